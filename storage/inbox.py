"""The inbox: what the messenger handed over, stored before it is acknowledged, decided once, in order within a lane."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.tables.traffic import Inbox, Line
from storage.work import Work

End = Literal["done", "ignored", "dead"]

_inbox = Inbox.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_line = Line.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update as it came, with the lane it must keep its order in."""

    update_id: int
    lane: str
    kind: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The earliest open update of a lane."""

    id: int
    bot_id: int
    lane: str
    kind: str
    payload: dict[str, Any]
    attempts: int


def insert_or_ignore(work: Work, table: Any) -> Any:
    """Start an insert that leaves existing rows alone, in the words of this database."""
    dialect = sqlite if work.dialect == "sqlite" else postgresql
    return dialect.insert(table).on_conflict_do_nothing()


_STORED = ("bot_id", "update_id", "lane", "kind", "payload", "state", "attempts", "received_at")


def _storing(dialect: str) -> Any:
    insert_of = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert_of(_inbox).on_conflict_do_nothing().returning(_inbox.c.lane)


_STORE = Prepared(_storing, takes=_STORED, gives=(_inbox.c.lane,))


def store(work: Work, bot_id: int, arrived: Sequence[Arrived]) -> list[str]:
    """Keep updates; those seen before are left alone. Gives the lane of every new one."""
    rows = [
        {
            "bot_id": bot_id,
            "update_id": one.update_id,
            "lane": one.lane,
            "kind": one.kind,
            "payload": one.payload,
            "state": "open",
            "attempts": 0,
            "received_at": work.now,
        }
        for one in arrived
    ]
    return [lane for row in rows for (lane,) in _STORE.rows(work.connection, row)]


def tell(work: Work, bot_id: int, key: str, lane: str, kind: str, payload: dict[str, Any]) -> None:
    """Put an internal row into a lane, once per key: something a turn of this person must hear."""
    values = {
        "bot_id": bot_id,
        "key": key,
        "lane": lane,
        "kind": kind,
        "payload": payload,
        "state": "open",
        "attempts": 0,
        "received_at": work.now,
    }
    work.session.execute(insert_or_ignore(work, _inbox).values(values))


_WAITING = tuple(getattr(_inbox.c, name) for name in Waiting.__dataclass_fields__)
_EARLIEST = Prepared(
    select(*_WAITING)
    .where(_inbox.c.state == "open", _inbox.c.lane == bindparam("wanted"))
    .order_by(_inbox.c.id)
    .limit(1)
    .with_for_update(),
    gives=_WAITING,
)


def earliest(work: Work, lane: str) -> Waiting | None:
    """Give the first open update of a lane and lock it. None when the lane is empty or another process just took it."""
    row = _EARLIEST.row(work.connection, {"wanted": lane})
    return None if row is None else Waiting(*row)


_FINISHING = (
    update(_inbox)
    .where(_inbox.c.id == bindparam("row"), _inbox.c.state == "open")
    .values(state=bindparam("end"), reason=bindparam("because"), ended_at=bindparam("at"))
)
_FINISH = Prepared(_FINISHING)
_FINISH_AND_FORGET = Prepared(_FINISHING.values(payload=None))


def finish(work: Work, row_id: int, end: End, reason: str | None = None) -> bool:
    """Close an update in the transaction of its effects. False when another process closed it meanwhile.

    Its text goes at once, unless it is dead and may be replayed.
    """
    values = {"row": row_id, "end": end, "because": reason, "at": work.now}
    statement = _FINISH if end == "dead" else _FINISH_AND_FORGET
    return bool(statement.change(work.connection, values))


def count_attempt(work: Work, row_id: int) -> int:
    """Count a failed try and give how many there were."""
    statement = (
        update(_inbox)
        .where(_inbox.c.id == row_id, _inbox.c.state == "open")
        .values(attempts=_inbox.c.attempts + 1)
        .returning(_inbox.c.attempts)
    )
    return work.session.execute(statement).scalar() or 0


def replay(work: Work, row_id: int) -> str | None:
    """Open a dead update again after a fix. Gives its lane, or None when it is not dead (pressing twice adds nothing)."""
    statement = (
        update(_inbox)
        .where(_inbox.c.id == row_id, _inbox.c.state == "dead")
        .values(state="open", attempts=0, reason=None, ended_at=None)
        .returning(_inbox.c.lane)
    )
    return cast("str | None", work.session.execute(statement).scalar())


def open_lanes(work: Work, limit: int = 1000) -> list[str]:
    """Give the lanes in which something waits, the oldest first."""
    statement = (
        select(_inbox.c.lane)
        .where(_inbox.c.state == "open")
        .group_by(_inbox.c.lane)
        .order_by(func.min(_inbox.c.id))
        .limit(limit)
    )
    return list(work.session.execute(statement).scalars())


def forget(work: Work, before: datetime, limit: int) -> int:
    """Delete ended updates; their numbers are kept long enough to recognise any repeat. Gives how many went."""
    old = select(_inbox.c.id).where(_inbox.c.state.in_(("done", "ignored")), _inbox.c.ended_at < before).limit(limit)
    return len(work.session.execute(delete(_inbox).where(_inbox.c.id.in_(old)).returning(_inbox.c.id)).all())


def next_update(work: Work, bot_id: int) -> int | None:
    """Give the number polling goes on from; None for a bot never polled."""
    return cast(
        "int | None", work.session.execute(select(_line.c.next_update).where(_line.c.bot_id == bot_id)).scalar()
    )


def remember_next_update(work: Work, bot_id: int, number: int) -> None:
    """Keep how far polling has stored, in the transaction that stores."""
    changed = update(_line).where(_line.c.bot_id == bot_id).values(next_update=number)
    if not cast("Any", work.session.execute(changed)).rowcount:
        work.session.execute(insert(_line).values(bot_id=bot_id, next_update=number))
