"""Deleting a person: everything the marks call theirs, and what hangs on it, in the one transaction that is handed over.

The order of locks is a turn's own: first the updates of the account, then the person. So a turn that is under way ends
before the erasure, and one that comes after it meets nobody.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, Table, and_, delete, or_, select, update

from storage.queries.inventory import account_lane, is_of_account, personal_tables
from storage.tables.all import METADATA
from storage.tables.people import Person
from storage.tables.traffic import Inbox, Outbox, Place
from storage.work import Work

NOBODYS_LANE = "erased"
"""Where ended updates of an erased account stay: their numbers are needed to recognise repeats, and point to nobody."""

_person, _inbox, _outbox, _place = (
    table.__table__  # type: ignore[union-attr]  # SQLModel sets it on table classes
    for table in (Person, Inbox, Outbox, Place)
)


class Farewell(NamedTuple):
    """The last letter to a person: what became of it so far, and when it was written."""

    state: str
    written_at: datetime


def due(work: Work, limit: int) -> list[int]:
    """Give the numbers of those whose deletion has become final, the longest waiting first."""
    statement = select(_person.c.id).where(_person.c.erase_at <= work.now).order_by(_person.c.erase_at).limit(limit)
    return list(work.session.execute(statement).scalars())


def hold_updates(work: Work, person_id: int) -> None:
    """Lock what came from a person's account until the transaction ends, before the person is locked."""
    account = work.session.execute(select(_person.c.user_id).where(_person.c.id == person_id)).scalar()
    if account is not None:
        mine = select(_inbox.c.id).where(_inbox.c.lane == account_lane(account), _inbox.c.state == "open")
        work.session.execute(mine.with_for_update()).all()


def farewell(work: Work, key: str) -> Farewell | None:
    """Give the letter of this key; None while it was not written."""
    row = work.session.execute(select(_outbox.c.state, _outbox.c.created_at).where(_outbox.c.key == key)).first()
    return Farewell(*row) if row is not None else None


def topics(work: Work, person_id: int) -> list[tuple[int, int]]:
    """Give every topic in which a person's cases were talked about: chat and thread."""
    statement = select(_place.c.chat_id, _place.c.thread_id).where(
        _place.c.person_id == person_id, _place.c.thread_id.is_not(None)
    )
    return [(chat_id, thread_id) for chat_id, thread_id in work.session.execute(statement)]


def erase(work: Work, person: Person, sharing: list[int]) -> None:
    """Delete a person's rows in every table. `sharing`: others of the same account, of whom one is present from now on."""
    person_id, user_id, was_present = person.id or 0, person.user_id, person.is_present
    work.session.flush()
    _forget_updates(work, person_id, user_id, sharing, was_present=was_present)
    work.session.expunge_all()
    _delete_rows(work, person_id)
    if sharing and was_present:
        work.session.execute(update(_person).where(_person.c.id == min(sharing)).values(is_present=True))


# ------------------------------------------------------------------------------------------------------------- rows


def _delete_rows(work: Work, person_id: int) -> None:
    """Delete children first, by the foreign keys; who merely points to the person points to nobody from now on."""
    owned = _owned(work, person_id)
    for table in reversed(METADATA.sorted_tables):
        for column, keys in _pointers(table, owned):
            if _goes_along(table, column):
                work.session.execute(delete(table).where(column.in_(keys)))
            else:
                work.session.execute(update(table).where(column.in_(keys)).values({column.name: None}))
    work.session.execute(delete(_person).where(_person.c.id == person_id))


def _owned(work: Work, person_id: int) -> dict[Table, list[int]]:
    """Find the person's rows in the tables that others point to."""
    owned: dict[Table, list[int]] = {_person: [person_id]}
    pointed_to = {key.column.table for table in METADATA.sorted_tables for key in table.foreign_keys}
    for table in personal_tables():
        if table in pointed_to and table is not _person:
            theirs = or_(*(column.in_(keys) for column, keys in _pointers(table, owned)))
            owned[table] = list(work.session.execute(select(*table.primary_key).where(theirs)).scalars())
    return owned


def _pointers(table: Table, owned: dict[Table, list[int]]) -> Iterator[tuple[Column[Any], list[int]]]:
    """Give the columns of a table that point to owned rows, with the keys of these."""
    for key in table.foreign_keys:
        keys = owned.get(key.column.table)
        if keys:
            yield key.parent, keys


def _goes_along(table: Table, column: Column[Any]) -> bool:
    """Tell whether a row that points to an owned one is the person's too: in a table of persons, by its own mark or a parent's."""
    if "person" not in table.info:
        return False
    to_person = any(key.column.table is _person for key in column.foreign_keys)
    return not to_person or (table.info["person"] == column.name and not is_of_account(table))


# ---------------------------------------------------------------------------------------------------------- updates


def _forget_updates(work: Work, person_id: int, user_id: int, sharing: list[int], *, was_present: bool) -> None:
    """Forget what came from the account, as far as it is this person's; what nobody has looked at yet is a newcomer's."""
    mine = _inbox.c.lane == account_lane(user_id)
    failing = and_(_inbox.c.state == "open", _inbox.c.attempts > 0)
    if not sharing:
        gone = or_(_inbox.c.state == "dead", failing, _inbox.c.update_id.is_(None))
        work.session.execute(delete(_inbox).where(mine, gone))
        work.session.execute(update(_inbox).where(mine, _inbox.c.ended_at.is_not(None)).values(lane=NOBODYS_LANE))
        return
    dead = and_(_inbox.c.state == "dead", _inbox.c.id.not_in(_answered_dead(work, sharing)))
    told = _inbox.c.id.in_(_told_about(work, mine, person_id))
    theirs = or_(dead, told, failing) if was_present else or_(dead, told)
    work.session.execute(delete(_inbox).where(mine, theirs))


def _answered_dead(work: Work, person_ids: list[int]) -> list[int]:
    """Give the given-up updates whose apology went to one of these people, and which are therefore theirs."""
    keys = select(_outbox.c.key).where(_outbox.c.person_id.in_(person_ids), _outbox.c.kind == "NotUnderstood")
    return [int(key.rpartition(":")[2]) for key in work.session.execute(keys).scalars()]


def _told_about(work: Work, mine: Any, person_id: int) -> list[int]:
    """Give the open internal rows of a lane that are about this person."""
    rows = select(_inbox.c.id, _inbox.c.payload).where(mine, _inbox.c.update_id.is_(None), _inbox.c.state == "open")
    return [number for number, payload in work.session.execute(rows) if payload.get("person_id") == person_id]
