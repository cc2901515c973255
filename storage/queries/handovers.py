"""Questions about one-time links by which a helped person takes over their record."""

from sqlmodel import select

from storage.tables.people import Handover
from storage.work import Work

_handover = Handover.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes


def by_digest(work: Work, digest: str) -> Handover | None:
    """Give the link of this hash, locked: two who open it at once take over one after the other."""
    return work.session.exec(select(Handover).where(_handover.c.digest == digest).with_for_update()).first()


def open_of(work: Work, person_id: int) -> list[Handover]:
    """Give a person's links that still work."""
    statement = select(Handover).where(
        _handover.c.person_id == person_id, _handover.c.used_at.is_(None), _handover.c.expires_at > work.now
    )
    return list(work.session.exec(statement).all())
