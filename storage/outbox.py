"""The outbox: every message that must be said, claimed with a lease, settled with a fence, in order within its lane.

What happens to a claim whose owner died is decided here and nowhere else: repeated once and marked "possibly twice",
or left `unknown` when its second copy may be out already. Edits may be repeated freely.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, exists, func, insert, literal, not_, or_, select, update

from storage.inbox import insert_or_ignore
from storage.prepared import Prepared
from storage.tables.traffic import Outbox
from storage.work import Work

REPLY, LIVE_TALK, TIMELY, ALERT, ANNOUNCEMENT = range(5)
"""Priorities: a higher one (smaller number) never waits for a lower one."""

LEASE = timedelta(seconds=60)
"""How long a claim holds before another sender may take over."""

_outbox = Outbox.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_OPEN = ("pending", "claimed")
_CLAIMING = 0x6F7574
"""The space of the advisory locks of lanes on PostgreSQL ("out")."""

LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row this process may send now. `token` must be given back when it is settled."""

    id: int
    token: int
    lane: str
    person_id: int | None
    place_id: int | None
    chat_id: int
    thread_id: int | None
    edit_of: int | None
    kind: str
    body: dict[str, Any]
    priority: int
    attempts: int
    possibly_twice: bool
    created_at: datetime


_CLAIMED = tuple(getattr(_outbox.c, name) for name in Claimed.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to say: to whom, what, and how urgent."""

    key: str
    lane: str
    chat_id: int
    kind: str
    body: dict[str, Any]
    priority: int
    person_id: int | None = None
    place_id: int | None = None
    thread_id: int | None = None
    edit_of: int | None = None
    due_at: datetime | None = None


_ROW = tuple("key lane person_id place_id chat_id thread_id edit_of kind body priority state attempts".split()) + tuple(
    "possibly_twice token due_at created_at".split()
)


def _row(work: Work, saying: Saying) -> dict[str, Any]:
    return {
        "key": saying.key,
        "lane": saying.lane,
        "person_id": saying.person_id,
        "place_id": saying.place_id,
        "chat_id": saying.chat_id,
        "thread_id": saying.thread_id,
        "edit_of": saying.edit_of,
        "kind": saying.kind,
        "body": saying.body,
        "priority": saying.priority,
        "state": "pending",
        "attempts": 0,
        "possibly_twice": False,
        "repeating": False,
        "token": 0,
        "due_at": saying.due_at or min(work.now, work.real_now),
        "created_at": work.now,
    }


def promise(work: Work, saying: Saying) -> bool:
    """Write a letter once per key. Gives False when it was promised before."""
    statement = insert_or_ignore(work, _outbox).values(_row(work, saying)).returning(_outbox.c.id)
    return work.session.execute(statement).scalar() is not None


_AHEAD = Prepared(
    select(_outbox.c.id)
    .where(
        or_(*(_outbox.c.state == state for state in _OPEN)),
        _outbox.c.lane == bindparam("in"),
        _outbox.c.priority == bindparam("urgency"),
        _outbox.c.due_at <= bindparam("now"),
    )
    .limit(1)
)
_WRITTEN = (*_ROW, "lease_until")
_REPLY = Prepared(insert(_outbox).returning(_outbox.c.id), takes=_WRITTEN, gives=(_outbox.c.id,))


def reply(work: Work, sayings: Sequence[Saying]) -> list[Claimed]:
    """Write a turn's replies, claimed by this turn so that they can go out right after the commit.

    When something earlier of the same urgency still waits for this lane, they queue behind it instead (an empty list).
    """
    if not sayings:
        return []
    ahead = {"in": sayings[0].lane, "urgency": sayings[0].priority, "now": work.now}
    behind = _AHEAD.row(work.connection, ahead) is not None
    claim = {"state": "pending", "attempts": 0, "token": 0, "lease_until": None}
    if not behind:
        claim = {"state": "claimed", "attempts": 1, "token": 1, "lease_until": work.real_now + LEASE}
    rows = [_row(work, saying) | claim for saying in sayings]
    numbers = [number for row in rows for (number,) in _REPLY.rows(work.connection, row)]
    return [] if behind else [_claimed(number, row) for number, row in zip(numbers, rows, strict=True)]


def _claimed(number: int, row: dict[str, Any]) -> Claimed:
    """Give a row just written as the claim it is."""
    return Claimed(number, **{name: row[name] for name in Claimed.__dataclass_fields__ if name != "id"})


def claim(work: Work, limit: int) -> list[Claimed]:
    """Take due rows by urgency: the most urgent first row of each lane, and none of a lane that has one in flight."""
    chosen: Any = _claimable(work).limit(limit)
    if work.dialect == "postgresql":
        chosen = work.session.execute(_lanes_of_ours(chosen)).scalars().all()
    flying = _outbox.alias("flying")
    in_flight = exists().where(flying.c.lane == _outbox.c.lane, flying.c.state == "claimed")
    statement = (
        update(_outbox)
        .where(_outbox.c.id.in_(chosen), _outbox.c.state == "pending", not_(in_flight))
        .values(
            state="claimed",
            token=_outbox.c.token + 1,
            attempts=_outbox.c.attempts + 1,
            lease_until=work.real_now + LEASE,
        )
        .returning(*_CLAIMED)
    )
    rows = [Claimed(*row) for row in work.session.execute(statement).all()]
    return sorted(rows, key=lambda one: (one.priority, one.id))


def _claimable(work: Work) -> Any:
    """Choose what may be claimed: due, first of its lane and urgency, nothing more urgent beside it, nothing in flight."""
    earlier, urgent, flying = _outbox.alias("earlier"), _outbox.alias("urgent"), _outbox.alias("flying")
    blocked = exists().where(
        earlier.c.lane == _outbox.c.lane,
        earlier.c.priority == _outbox.c.priority,
        earlier.c.id < _outbox.c.id,
        earlier.c.state.in_(_OPEN),
        earlier.c.due_at <= work.now,
    )
    outranked = exists().where(
        urgent.c.lane == _outbox.c.lane, urgent.c.priority < _outbox.c.priority, *_ready(urgent, work)
    )
    in_flight = exists().where(flying.c.lane == _outbox.c.lane, flying.c.state == "claimed")
    return (
        select(_outbox.c.id)
        .where(*_ready(_outbox, work), not_(blocked), not_(outranked), not_(in_flight))
        .order_by(_outbox.c.priority, _outbox.c.due_at, _outbox.c.id)
        .with_for_update(skip_locked=True, of=_outbox)
    )


def _ready(table: Any, work: Work) -> tuple[Any, ...]:
    return (
        table.c.state == "pending",
        table.c.due_at <= work.now,
        or_(table.c.not_before.is_(None), table.c.not_before <= work.real_now),
    )


def _lanes_of_ours(chosen: Any) -> Any:
    """Keep of the chosen rows those whose lane no other process is claiming from in this very moment.

    Locked rows alone do not show it: two processes may each see another row of one lane. Whoever comes second leaves the
    lane alone; the update that follows looks again, so it sees what was claimed before we got the lane.
    """
    found = chosen.add_columns(_outbox.c.lane).cte("found")
    free = func.pg_try_advisory_xact_lock(_CLAIMING, func.hashtext(found.c.lane))
    return select(found.c.id).where(free)


def _settle(work: Work, row: Claimed, **values: Any) -> bool:
    """Change a row only while this claim is the newest. False: somebody else took over, our word counts no more."""
    statement = (
        update(_outbox)
        .where(_outbox.c.id == row.id, _outbox.c.token == row.token, _outbox.c.state == "claimed")
        .values(lease_until=None, **values)
        .returning(_outbox.c.id)
    )
    return work.session.execute(statement).scalar() is not None


_SENT = Prepared(
    update(_outbox)
    .where(_outbox.c.id == bindparam("row"), _outbox.c.token == bindparam("claim"), _outbox.c.state == "claimed")
    .values(state="sent", message_id=bindparam("number"), body=None, lease_until=None, ended_at=bindparam("at"))
)


def settle_sent(work: Work, row: Claimed, message_id: int | None) -> bool:
    """Record that the messenger accepted it. The words are dropped: only what is still open needs them."""
    values = {"row": row.id, "claim": row.token, "number": message_id, "at": work.now}
    return bool(_SENT.change(work.connection, values))


def settle_later(work: Work, row: Claimed, seconds: float, reason: str) -> bool:
    """Put it back until the messenger will hear us again."""
    held_until = work.real_now + timedelta(seconds=seconds)
    return _settle(work, row, state="pending", not_before=held_until, reason=reason, repeating=False)


def settle_given_back(work: Work, row: Claimed, due_at: datetime | None = None) -> bool:
    """Put back what was claimed and surely never sent: it counts as no attempt."""
    values: dict[str, Any] = {"state": "pending", "attempts": row.attempts - 1, "repeating": False}
    if due_at is not None:
        values["due_at"] = due_at
    return _settle(work, row, **values)


def settle_moved(work: Work, row: Claimed, chat_id: int) -> bool:
    """Send it to the chat's new number."""
    return _settle(work, row, state="pending", chat_id=chat_id, reason="moved")


def settle_as_new(work: Work, row: Claimed) -> bool:
    """Send an edit whose message cannot be edited any more as a message of its own."""
    return _settle(work, row, state="pending", edit_of=None, reason="uneditable")


def settle_ended(work: Work, row: Claimed, state: str, reason: str) -> bool:
    """End it for good: failed, skipped or unknown, with the reason."""
    return _settle(work, row, state=state, reason=reason, body=None, ended_at=work.now)


def settle_unknown(work: Work, row: Claimed, reason: str) -> bool:
    """Record that nobody knows whether it arrived: repeated once as "possibly twice", then left unknown.

    What is repeated waits a little longer each time, so that a server in trouble is not hammered.
    """
    held_until = work.real_now + timedelta(seconds=min(LONGEST_PAUSE, 2.0 ** min(row.attempts, 6)))
    return _settle(work, row, not_before=held_until, **_unknown_values(work, reason))


def _unknown_values(work: Work, reason: str) -> dict[str, Any]:
    repeats = and_(_outbox.c.priority != ANNOUNCEMENT, or_(_outbox.c.edit_of.is_not(None), not_(_outbox.c.repeating)))
    return {
        "state": case((repeats, literal("pending")), else_=literal("unknown")),
        "possibly_twice": case((repeats, literal(value=True)), else_=_outbox.c.possibly_twice),
        "repeating": False,
        "ended_at": case((repeats, None), else_=literal(work.now, _outbox.c.ended_at.type)),
        "reason": reason,
    }


def recover(work: Work, *, everything: bool) -> int:
    """Take over claims whose lease ran out, or all of them when this is the only process on the database."""
    expired = _outbox.c.state == "claimed"
    if not everything:
        expired = and_(expired, _outbox.c.lease_until < work.real_now)
    values = {"lease_until": None, "token": _outbox.c.token + 1, **_unknown_values(work, "lease_expired")}
    return len(work.session.execute(update(_outbox).where(expired).values(values).returning(_outbox.c.id)).all())


def begin_repeat(work: Work, row: Claimed) -> bool:
    """Note that a second copy is about to be sent: whatever happens then, nobody sends a third. False: the claim is gone.

    A claim whose owner dies before this note was surely not sent again, so it may be taken over any number of times.
    """
    statement = (
        update(_outbox)
        .where(_outbox.c.id == row.id, _outbox.c.token == row.token, _outbox.c.state == "claimed")
        .values(repeating=True)
        .returning(_outbox.c.id)
    )
    return work.session.execute(statement).scalar() is not None


def has_more(work: Work, lane: str) -> bool:
    """Tell whether something of a lane waits that could go out now."""
    waits = select(_outbox.c.id).where(_outbox.c.lane == lane, *_ready(_outbox, work)).limit(1)
    return work.session.execute(waits).first() is not None


def skip_open(work: Work, person_id: int, reason: str, *, least_urgent_from: int) -> int:
    """End what still waits for a person, from a priority downwards: they blocked us or stopped proactive messages."""
    statement = (
        update(_outbox)
        .where(_outbox.c.person_id == person_id, _outbox.c.state == "pending", _outbox.c.priority >= least_urgent_from)
        .values(state="skipped", reason=reason, body=None, ended_at=work.now)
        .returning(_outbox.c.id)
    )
    return len(work.session.execute(statement).all())


def readdress(work: Work, person_id: int, chat_id: int) -> None:
    """Send what waits for a person to another chat: their record moved to another account."""
    waiting = update(_outbox).where(
        _outbox.c.person_id == person_id, _outbox.c.state.in_(_OPEN), _outbox.c.place_id.is_(None)
    )
    work.session.execute(waiting.values(chat_id=chat_id, edit_of=None))


def forget(work: Work, before: datetime, limit: int) -> int:
    """Delete what was said long ago. Gives how many rows went."""
    old = select(_outbox.c.id).where(_outbox.c.ended_at < before).limit(limit)
    return len(work.session.execute(delete(_outbox).where(_outbox.c.id.in_(old)).returning(_outbox.c.id)).all())
