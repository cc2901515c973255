"""Questions about places: where letters for staff go, and what became of them."""

from sqlalchemy import update
from sqlmodel import select

from storage.tables.traffic import Outbox, Place
from storage.work import Work

_place = Place.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_outbox = Outbox.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes


def by_ids(work: Work, place_ids: set[int]) -> dict[int, Place]:
    """Give places by number."""
    if not place_ids:
        return {}
    rows = work.session.exec(select(Place).where(_place.c.id.in_(place_ids))).all()
    return {row.id: row for row in rows if row.id is not None}


def of_thread(work: Work, chat_id: int, thread_id: int) -> Place | None:
    """Give the place a topic belongs to. Nothing but the stored numbers decides."""
    statement = select(Place).where(Place.chat_id == chat_id, Place.thread_id == thread_id)
    return work.session.exec(statement).first()


def is_staff_room(work: Work, chat_id: int) -> bool:
    """Tell whether cases have topics in this chat: a staff group keeps working under the number it was upgraded to."""
    return work.session.exec(select(_place.c.id).where(_place.c.chat_id == chat_id).limit(1)).first() is not None


def found_topic(work: Work, place_id: int, thread_id: int) -> bool:
    """Keep the topic that was made for a place. False when the place is gone."""
    statement = update(_place).where(_place.c.id == place_id).values(thread_id=thread_id).returning(_place.c.id)
    return work.session.execute(statement).scalar() is not None


def lost_topic(work: Work, place_id: int) -> None:
    """Forget a topic that somebody deleted: the next letter makes a new one."""
    changed = {"thread_id": None, "generation": _place.c.generation + 1}
    work.session.execute(update(_place).where(_place.c.id == place_id).values(changed))


def moved_group(work: Work, old: int, new: int) -> None:
    """Follow a group that became a supergroup, with everything still addressed to its old number."""
    work.session.execute(update(_place).where(_place.c.chat_id == old).values(chat_id=new))
    open_rows = update(_outbox).where(_outbox.c.chat_id == old, _outbox.c.state == "pending")
    work.session.execute(open_rows.values(chat_id=new))
