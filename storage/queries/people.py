"""Questions about persons: who speaks, who to write to."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, inspect, or_, update
from sqlmodel import select

from storage.inbox import insert_or_ignore
from storage.prepared import Prepared
from storage.tables.people import Consent, Conversation, Person
from storage.tables.traffic import Outbox
from storage.work import Work

_person = Person.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_conversation = Conversation.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_outbox = Outbox.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_consent = Consent.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes

_loaded = (*_person.c, *_conversation.c)
_LOADED = (
    select(*_loaded)
    .select_from(_person.join(_conversation, _conversation.c.person_id == _person.c.id))
    .with_for_update()
)
_BY_ACCOUNT = Prepared(
    _LOADED.where(_person.c.user_id == bindparam("account"), _person.c.is_present.is_(True)), gives=_loaded
)
_BY_ID = Prepared(_LOADED.where(_person.c.id == bindparam("number")), gives=_loaded)
_PERSON_FIELDS = tuple(column.key for column in _person.c)
_PLACE_FIELDS = tuple(column.key for column in _conversation.c)


def speaker(work: Work, user_id: int) -> tuple[Person, Conversation] | None:
    """Give who is present on an account and where they stand, locked until the turn ends. None for somebody never seen."""
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


_OTHERS = Prepared(
    select(_person.c.id).where(_person.c.user_id == bindparam("account"), _person.c.id != bindparam("number")).limit(1),
    gives=(_person.c.id,),
)
_ADDRESSED = Prepared(
    select(_outbox.c.person_id)
    .where(
        _outbox.c.person_id.in_(select(_person.c.id).where(_person.c.user_id == bindparam("account"))),
        or_(_outbox.c.message_id == bindparam("message"), _outbox.c.edit_of == bindparam("message")),
    )
    .order_by(_outbox.c.id.desc())
    .limit(1),
    gives=(_outbox.c.person_id,),
)


def shares_account(work: Work, person: Person) -> bool:
    """Tell whether somebody else writes from the same account."""
    return _OTHERS.row(work.connection, {"account": person.user_id, "number": person.id}) is not None


def is_for_another(work: Work, person: Person, message_id: int) -> bool:
    """Tell whether a message on the person's phone was written for somebody else who shares it."""
    if not shares_account(work, person):
        return False
    row = _ADDRESSED.row(work.connection, {"account": person.user_id, "message": message_id})
    return row is not None and row[0] != person.id


def helped_by(work: Work, person_id: int) -> list[Person]:
    """Give the people somebody helps."""
    return list(work.session.exec(select(Person).where(_person.c.helper_id == person_id).order_by(_person.c.id)).all())


_STAND = Prepared(
    update(_conversation)
    .where(_conversation.c.person_id == bindparam("person"))
    .values(
        step=bindparam("now_step"),
        version=bindparam("now_version"),
        form=bindparam("now_form"),
        draft_at=bindparam("now_draft_at"),
        reminded_at=bindparam("now_reminded_at"),
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
        "now_draft_at": talk.draft_at,
        "now_reminded_at": talk.reminded_at,
        "at": talk.updated_at,
    }
    _STAND.change(work.connection, values)
    work.let_go(talk)


def newcomer(work: Work, user_id: int, zone: str) -> tuple[Person, Conversation]:
    """Make the rows of somebody new; whoever comes second finds the first one's."""
    values = {"user_id": user_id, "is_present": True, "zone": zone, "created_at": work.now}
    made = work.session.execute(insert_or_ignore(work, _person).values(values).returning(_person.c.id)).scalar()
    if made is not None:
        _stand_nowhere(work, made)
    found = speaker(work, user_id)
    if found is None:
        message = "a person vanished within their own transaction"
        raise LookupError(message)
    return found


def _stand_nowhere(work: Work, person_id: int) -> None:
    blank = {"person_id": person_id, "form": {}, "version": 1, "updated_at": work.now}
    work.session.execute(insert(_conversation).values(blank))


def at_account(work: Work, user_id: int) -> list[Person]:
    """Give everybody who shares an account, the first one first."""
    statement = select(Person).where(_person.c.user_id == user_id).order_by(_person.c.id)
    return list(work.session.exec(statement).all())


def forms_at(work: Work, user_id: int) -> dict[int, dict[str, Any]]:
    """Give the forms of those on an account who left a registration unfinished, by person."""
    statement = select(Conversation).join(Person, _person.c.id == _conversation.c.person_id)
    begun = work.session.exec(statement.where(_person.c.user_id == user_id, _conversation.c.draft_at.is_not(None)))
    return {talk.person_id: talk.form for talk in begun.all()}


def add_beside(work: Work, person: Person, *, helper_id: int | None) -> tuple[Person, Conversation]:
    """Make another person on somebody's account, who is present from now on."""
    person.is_present = False
    work.session.flush()
    added = work.add(
        Person(
            user_id=person.user_id,
            language=person.language,
            zone=person.zone,
            helper_id=helper_id,
            created_at=work.now,
        )
    )
    _stand_nowhere(work, added.id or 0)
    return _known(work, added.id or 0)


def make_present(work: Work, person: Person, chosen: Person) -> tuple[Person, Conversation]:
    """Let another person of the same account be present."""
    person.is_present = False
    work.session.flush()
    chosen.is_present = True
    work.session.flush()
    return _known(work, chosen.id or 0)


def _known(work: Work, person_id: int) -> tuple[Person, Conversation]:
    found = by_id(work, person_id)
    if found is None:
        message = "a person vanished within their own transaction"
        raise LookupError(message)
    return found


def mark_reachable(work: Work, user_id: int) -> None:
    """Forget that an account refused us: somebody wrote from it."""
    statement = update(_person).where(_person.c.user_id == user_id, _person.c.unreachable.is_not(None))
    work.session.execute(statement.values(unreachable=None, unreachable_at=None))


def recipients(work: Work, person_ids: set[int]) -> dict[int, Person]:
    """Give the persons letters are addressed to, unlocked."""
    if not person_ids:
        return {}
    rows = work.session.exec(select(Person).where(_person.c.id.in_(person_ids))).all()
    return {row.id: row for row in rows if row.id is not None}


def mark_unreachable(work: Work, person_id: int, reason: str) -> None:
    """Remember that the messenger refuses this person's account for good; the next message from it clears that."""
    account = select(_person.c.user_id).where(_person.c.id == person_id).scalar_subquery()
    statement = update(_person).where(_person.c.user_id == account, _person.c.unreachable.is_(None))
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


def drafts_due(work: Work, before: datetime, limit: int, *, reminded: bool) -> list[tuple[Person, Conversation]]:
    """Give unfinished registrations that were last changed before an instant, locked. `reminded`: also those reminded of."""
    statement = (
        select(Conversation, Person)
        .join(Person, _person.c.id == _conversation.c.person_id)
        .where(_conversation.c.draft_at <= before)
        .order_by(_conversation.c.draft_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if not reminded:
        statement = statement.where(_conversation.c.reminded_at.is_(None))
    return [(person, talk) for talk, person in work.session.exec(statement).all()]


def consents(work: Work, person_id: int) -> list[Consent]:
    """Give every consent a person ever gave, the earliest first."""
    statement = select(Consent).where(Consent.person_id == person_id).order_by(_consent.c.id)
    return list(work.session.exec(statement).all())


def consent(work: Work, person_id: int, purpose: str) -> Consent | None:
    """Give the standing consent for a purpose."""
    statement = select(Consent).where(Consent.person_id == person_id, Consent.purpose == purpose)
    return work.session.exec(statement.where(_consent.c.withdrawn_at.is_(None))).first()


def agreed(work: Work, person_ids: set[int], purposes: set[str]) -> set[tuple[int, str]]:
    """Give which of these persons agree now to which of these purposes."""
    if not person_ids or not purposes:
        return set()
    statement = select(_consent.c.person_id, _consent.c.purpose).where(
        _consent.c.person_id.in_(person_ids), _consent.c.purpose.in_(purposes), _consent.c.withdrawn_at.is_(None)
    )
    return {(row.person_id, row.purpose) for row in work.session.execute(statement)}


def count_due_digests(work: Work) -> int:
    """Count the digests that are due."""
    return work.session.exec(select(func.count()).select_from(Person).where(_person.c.next_digest_at <= work.now)).one()
