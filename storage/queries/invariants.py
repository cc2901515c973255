"""What must always be true of the rows: one sentence and one question in SQL each, for `doctor`.

Every question counts the rows that break its sentence. They hold at any moment at which nothing is being written, and
also while the service runs: what is merely under way is given time before it counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select

from storage.tables.counselling import Case
from storage.tables.people import Conversation, Person
from storage.tables.records import Occurrence, Run
from storage.tables.traffic import Inbox, Outbox
from storage.tables.vacancies import Told
from storage.work import Work

OPEN_TOO_LONG = timedelta(minutes=15)
KEPT_AT_LEAST = timedelta(days=1)
"""How long what was said is surely kept before it is forgotten."""

TALKING = "Counselling:talking"
"""The step of a person who talks with a human, as the counselling desk writes it."""

_inbox, _outbox, _case, _person, _talk, _occurrence, _run, _told = (
    table.__table__  # type: ignore[union-attr]  # SQLModel sets it on table classes
    for table in (Inbox, Outbox, Case, Person, Conversation, Occurrence, Run, Told)
)


@dataclass(frozen=True, slots=True)
class Invariant:
    """A sentence about the data, how to mend what breaks it, and the condition that finds such rows."""

    name: str
    holds: str
    mend: str
    broken: Callable[[Work], Any]


def broken(work: Work) -> list[tuple[Invariant, int]]:
    """Give the invariants that do not hold, with how many rows break each."""
    counts = ((each, work.session.execute(each.broken(work)).scalar() or 0) for each in INVARIANTS)
    return [(each, count) for each, count in counts if count]


def _rows(table: Any, *conditions: Any) -> Any:
    return select(func.count()).select_from(table).where(*conditions)


def _inbox_open_too_long(work: Work) -> Any:
    return _rows(_inbox, _inbox.c.state == "open", _inbox.c.received_at < work.now - OPEN_TOO_LONG)


def _inbox_ended_without_end(_: Work) -> Any:
    return _rows(_inbox, (_inbox.c.state == "open") != _inbox.c.ended_at.is_(None))


def _inbox_text_kept(_: Work) -> Any:
    return _rows(_inbox, _inbox.c.state.in_(("done", "ignored")), _inbox.c.payload.is_not(None))


def _inbox_open_without_text(_: Work) -> Any:
    return _rows(_inbox, _inbox.c.state.in_(("open", "dead")), _inbox.c.payload.is_(None))


def _outbox_lease_expired(work: Work) -> Any:
    over = work.real_now - OPEN_TOO_LONG
    late = or_(_outbox.c.lease_until.is_(None), _outbox.c.lease_until < over)
    return _rows(_outbox, _outbox.c.state == "claimed", late)


def _outbox_leased_without_claim(_: Work) -> Any:
    return _rows(_outbox, _outbox.c.state != "claimed", _outbox.c.lease_until.is_not(None))


def _outbox_ended_without_end(_: Work) -> Any:
    is_open = _outbox.c.state.in_(("pending", "claimed"))
    return _rows(_outbox, is_open != _outbox.c.ended_at.is_(None))


def _outbox_text_kept(_: Work) -> Any:
    return _rows(_outbox, _outbox.c.state.in_(("sent", "failed", "skipped")), _outbox.c.body.is_not(None))


def _outbox_open_without_text(_: Work) -> Any:
    return _rows(_outbox, _outbox.c.state.in_(("pending", "claimed")), _outbox.c.body.is_(None))


def _negative_counts(_: Work) -> Any:
    inbox = _rows(_inbox, _inbox.c.attempts < 0).scalar_subquery()
    outbox = _rows(_outbox, or_(_outbox.c.attempts < 0, _outbox.c.token < 0)).scalar_subquery()
    runs = _rows(_run, or_(_run.c.seen < 0, _run.c.sent < 0, _run.c.failed < 0)).scalar_subquery()
    return select(inbox + outbox + runs)


def _two_open_cases(_: Work) -> Any:
    people = select(_case.c.person_id).where(_case.c.state != "closed").group_by(_case.c.person_id)
    return select(func.count()).select_from(people.having(func.count() > 1).subquery())


def _human_without_assignee(_: Work) -> Any:
    return _rows(_case, _case.c.state == "human", or_(_case.c.assignee_id.is_(None), _case.c.taken_at.is_(None)))


def _closed_without_end(_: Work) -> Any:
    return _rows(_case, (_case.c.state == "closed") != _case.c.closed_at.is_not(None))


def _human_but_not_talking(_: Work) -> Any:
    talks = exists().where(_talk.c.person_id == _case.c.person_id, _talk.c.step == TALKING)
    return _rows(_case, _case.c.state == "human", ~talks)


def _talking_without_human(_: Work) -> Any:
    human = exists().where(_case.c.person_id == _talk.c.person_id, _case.c.state == "human")
    return _rows(_talk, _talk.c.step == TALKING, ~human)


def _conversation_without_person(_: Work) -> Any:
    return _rows(_talk, ~exists().where(_person.c.id == _talk.c.person_id))


def _person_without_conversation(_: Work) -> Any:
    return _rows(_person, ~exists().where(_talk.c.person_id == _person.c.id))


def _digest_without_occurrence(_: Work) -> Any:
    happened = exists().where(
        _occurrence.c.person_id == _outbox.c.person_id,
        _occurrence.c.made_at == _outbox.c.created_at,
        _occurrence.c.outcome.in_(("sent", "late")),
    )
    return _rows(_outbox, _outbox.c.kind == "Digest", ~happened)


def _occurrence_without_digest(work: Work) -> Any:
    written = exists().where(
        _outbox.c.person_id == _occurrence.c.person_id,
        _outbox.c.kind == "Digest",
        _outbox.c.created_at == _occurrence.c.made_at,
    )
    recent = _occurrence.c.made_at > work.now - KEPT_AT_LEAST
    return _rows(_occurrence, _occurrence.c.outcome.in_(("sent", "late")), recent, ~written)


def _told_without_digest(_: Work) -> Any:
    happened = exists().where(
        _occurrence.c.person_id == _told.c.person_id,
        _occurrence.c.made_at == _told.c.told_at,
        _occurrence.c.outcome.in_(("sent", "late")),
    )
    return _rows(_told, ~happened)


def _due_without_hour(_: Work) -> Any:
    return _rows(_person, and_(_person.c.next_digest_at.is_not(None), _person.c.digest_hour.is_(None)))


def _erasure_overdue(work: Work) -> Any:
    return _rows(_person, _person.c.erase_at < work.now - OPEN_TOO_LONG)


_RESTART = "restart the service; if it stays, look at its log for this row's turn"
_REPORT = "this is a defect: report it with the service's version; the rows themselves do no harm"
_SCHEDULER = "let the scheduler run; if it does, look in its log for job_failed"

INVARIANTS = (
    Invariant("inbox_open", "every update is worked on soon after it came", _RESTART, _inbox_open_too_long),
    Invariant("inbox_end", "an update has an end exactly when it has ended", _REPORT, _inbox_ended_without_end),
    Invariant("inbox_text", "what was done or ignored keeps no text", _REPORT, _inbox_text_kept),
    Invariant("inbox_open_text", "what is open or dead keeps its text", _REPORT, _inbox_open_without_text),
    Invariant("outbox_lease", "a claim whose lease ran out is taken over", _RESTART, _outbox_lease_expired),
    Invariant("outbox_claim", "only a claimed message has a lease", _REPORT, _outbox_leased_without_claim),
    Invariant("outbox_end", "a message has an end exactly when it has ended", _REPORT, _outbox_ended_without_end),
    Invariant("outbox_text", "a message that has ended keeps no text", _REPORT, _outbox_text_kept),
    Invariant("outbox_open_text", "a message that must still be said has its text", _REPORT, _outbox_open_without_text),
    Invariant("counts", "nothing was counted below zero", _REPORT, _negative_counts),
    Invariant("case_one_open", "a person has at most one open case", "close all but one of them", _two_open_cases),
    Invariant(
        "case_assignee", "a case with a human has an assignee", "close the case in its topic", _human_without_assignee
    ),
    Invariant("case_end", "a case has an end exactly when it is closed", _REPORT, _closed_without_end),
    Invariant("case_talking", "who has a human talks with them", "close the case in its topic", _human_but_not_talking),
    Invariant("talk_human", "who talks with a human has one", "the person types /end", _talking_without_human),
    Invariant("talk_person", "every conversation is a person's", _REPORT, _conversation_without_person),
    Invariant("person_talk", "every person has a conversation", _REPORT, _person_without_conversation),
    Invariant("digest_once", "every digest is the letter of an occurrence", _REPORT, _digest_without_occurrence),
    Invariant("digest_written", "every occurrence that was sent has its letter", _REPORT, _occurrence_without_digest),
    Invariant("told_digest", "what a person was told about stood in a digest", _REPORT, _told_without_digest),
    Invariant("digest_hour", "a digest is due only for who chose an hour", _REPORT, _due_without_hour),
    Invariant("erasure", "who is to be deleted is gone soon after the instant", _SCHEDULER, _erasure_overdue),
)
"""All of them, in the order an operator should read them."""
