"""Questions about persons: who speaks, who to write to."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, inspect, update
from sqlmodel import select

from storage.inbox import insert_or_ignore
from storage.prepared import Prepared
from storage.tables.counselling import Case, CaseMessage
from storage.tables.people import Consent, Conversation, Person
from storage.tables.vacancies import SavedVacancy
from storage.work import Work

_person = Person.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_conversation = Conversation.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes

_loaded = (*_person.c, *_conversation.c)
_LOADED = (
    select(*_loaded)
    .select_from(_person.join(_conversation, _conversation.c.person_id == _person.c.id))
    .with_for_update()
)
_BY_ACCOUNT = Prepared(_LOADED.where(_person.c.user_id == bindparam("account")), gives=_loaded)
_BY_ID = Prepared(_LOADED.where(_person.c.id == bindparam("number")), gives=_loaded)
_PERSON_FIELDS = tuple(column.key for column in _person.c)
_PLACE_FIELDS = tuple(column.key for column in _conversation.c)


def speaker(work: Work, user_id: int) -> tuple[Person, Conversation] | None:
    """Give a person and where they stand, locked until the turn ends. None for somebody never seen."""
    return _held(work, _BY_ACCOUNT.row(work.connection, {"account": user_id}))


def by_id(work: Work, person_id: int) -> tuple[Person, Conversation] | None:
    """Give a person by our own number, locked until the turn ends."""
    return _held(work, _BY_ID.row(work.connection, {"number": person_id}))


def _held(work: Work, row: tuple[Any, ...] | None) -> tuple[Person, Conversation] | None:
    if row is None:
        return None
    person = dict(zip(_PERSON_FIELDS, row[: len(_PERSON_FIELDS)], strict=True))
    place = dict(zip(_PLACE_FIELDS, row[len(_PERSON_FIELDS) :], strict=True))
    return work.hold(Person, person), work.hold(Conversation, place)


_STAND = Prepared(
    update(_conversation)
    .where(_conversation.c.person_id == bindparam("person"))
    .values(
        step=bindparam("now_step"),
        version=bindparam("now_version"),
        form=bindparam("now_form"),
        updated_at=bindparam("at"),
    )
)


def keep_place(work: Work, talk: Conversation) -> None:
    """Write where a person stands now, without a session when the turn has opened none (then that writes it)."""
    if work.has_session or not inspect(talk).modified:
        return
    values = {
        "person": talk.person_id,
        "now_step": talk.step,
        "now_version": talk.version,
        "now_form": talk.form,
        "at": talk.updated_at,
    }
    _STAND.change(work.connection, values)
    work.let_go(talk)


def newcomer(work: Work, user_id: int, zone: str) -> tuple[Person, Conversation]:
    """Make the rows of somebody new; whoever comes second finds the first one's."""
    values = {"user_id": user_id, "zone": zone, "created_at": work.now}
    made = work.session.execute(insert_or_ignore(work, _person).values(values).returning(_person.c.id)).scalar()
    if made is not None:
        blank = {"person_id": made, "form": {}, "version": 1, "updated_at": work.now}
        work.session.execute(insert(_conversation).values(blank))
    found = speaker(work, user_id)
    if found is None:
        message = "a person vanished within their own transaction"
        raise LookupError(message)
    return found


def recipients(work: Work, person_ids: set[int]) -> dict[int, Person]:
    """Give the persons letters are addressed to, unlocked."""
    if not person_ids:
        return {}
    rows = work.session.exec(select(Person).where(_person.c.id.in_(person_ids))).all()
    return {row.id: row for row in rows if row.id is not None}


def mark_unreachable(work: Work, person_id: int, reason: str) -> None:
    """Remember that the messenger refuses this person for good; their next message clears it."""
    statement = update(_person).where(_person.c.id == person_id, _person.c.unreachable.is_(None))
    work.session.execute(statement.values(unreachable=reason, unreachable_at=work.now))


def due_digests(work: Work, limit: int) -> list[Person]:
    """Give people whose digest is due, locked; another scheduler skips them."""
    statement = (
        select(Person)
        .where(_person.c.next_digest_at <= work.now)
        .order_by(_person.c.next_digest_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(work.session.exec(statement).all())


def consent(work: Work, person_id: int, purpose: str) -> Consent | None:
    """Give the standing consent for a purpose."""
    statement = select(Consent).where(Consent.person_id == person_id, Consent.purpose == purpose)
    row = work.session.exec(statement).first()
    return row if row is not None and row.withdrawn_at is None else None


def give_consent(work: Work, person_id: int, purpose: str, *, version: int, language: str, at: datetime) -> None:
    """Record an agreement with the text version and language it was given in."""
    statement = select(Consent).where(Consent.person_id == person_id, Consent.purpose == purpose)
    row = work.session.exec(statement).first() or Consent(
        person_id=person_id, purpose=purpose, text_version=version, language=language, given_at=at
    )
    row.text_version, row.language, row.given_at, row.withdrawn_at = version, language, at, None
    work.add(row)


def count_due_digests(work: Work) -> int:
    """Count the digests that are due."""
    return work.session.exec(select(func.count()).select_from(Person).where(_person.c.next_digest_at <= work.now)).one()


def kept_of(work: Work, person_id: int) -> tuple[int, int, int]:
    """Count a person's saved vacancies, cases and lines of cases."""
    saved = select(func.count()).select_from(SavedVacancy).where(SavedVacancy.person_id == person_id)
    cases = select(func.count()).select_from(Case).where(Case.person_id == person_id)
    lines = select(func.count()).select_from(CaseMessage).where(CaseMessage.person_id == person_id)
    return work.session.exec(saved).one(), work.session.exec(cases).one(), work.session.exec(lines).one()
