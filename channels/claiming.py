"""Claiming what is due, and ending at once what must not be heard now: one transaction, before anything is sent."""

from dataclasses import dataclass

from services import letters, proactive
from services.letters import Letter
from storage import inbox, outbox
from storage.outbox import Claimed
from storage.queries import cases, people, places
from storage.tables.people import Person
from storage.tables.traffic import Place
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Errand:
    """A claimed row with everything needed to say it, and the loop's time until which that may begin."""

    row: Claimed
    until: float
    person: Person | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class _Hearing:
    """What decides whether the claimed letters may be heard: who talks with a human, who agrees to what."""

    talking: set[int]
    agreed: set[tuple[int, str]]


def claim(work: Work, bot_id: int, room: int, until: float) -> tuple[int, list[Errand]]:
    """Claim due rows, and settle at once those that must not be heard now. Gives how many were claimed."""
    rows = outbox.claim(work, room)
    persons = people.recipients(work, {row.person_id for row in rows if row.person_id is not None})
    rooms = places.by_ids(work, {row.place_id for row in rows if row.place_id is not None})
    purposes = {kind.purpose for kind in map(_kind, rows) if kind is not None and kind.purpose is not None}
    hearing = _Hearing(cases.with_human(work, persons), people.agreed(work, set(persons), set(purposes)))
    errands = []
    for row in rows:
        person = persons.get(row.person_id or 0)
        if _may_be_heard(work, bot_id, row, person, hearing):
            errands.append(Errand(row, until, person, rooms.get(row.place_id or 0)))
    return len(rows), errands


def _kind(row: Claimed) -> type[Letter] | None:
    return letters.kinds().get(row.kind)


def _may_be_heard(work: Work, bot_id: int, row: Claimed, person: Person | None, hearing: _Hearing) -> bool:
    kind = _kind(row)
    if kind is None or person is None:
        return True
    agreed = kind.purpose is None or (person.id or 0, kind.purpose) in hearing.agreed
    ruling = _ruling(work, row, kind, person, hearing, agreed=agreed)
    if isinstance(ruling, proactive.Skip):
        outbox.settle_ended(work, row, "skipped", ruling.reason)
        if ruling.reason in proactive.UNHEARD:
            _missed(work, bot_id, row)
    elif isinstance(ruling, proactive.Hold):
        outbox.settle_given_back(work, row, due_at=ruling.until)
    return ruling is None


def _ruling(
    work: Work, row: Claimed, kind: type[Letter], person: Person, hearing: _Hearing, *, agreed: bool
) -> proactive.Hold | proactive.Skip | None:
    """Judge a letter nobody asked for by everything; any other one only by what the person agrees to."""
    if not kind.proactive:
        return None if agreed else proactive.Skip(proactive.NO_CONSENT)
    now = max(work.now, row.created_at)
    return proactive.verdict(
        now,
        person.zone,
        unreachable=person.unreachable,
        stopped=person.stopped_at is not None,
        with_human=row.person_id in hearing.talking,
        erasing=person.erase_at is not None,
        agreed=agreed,
        too_old=kind.useful_for is not None and now - row.created_at > kind.useful_for,
    )


def _missed(work: Work, bot_id: int, row: Claimed) -> None:
    """Have the letter's service told that it was never heard, so that its news is not lost."""
    inbox.tell(work, bot_id, f"missed:{row.id}", f"u:{row.chat_id}", f"missed:{row.kind}", row.body)
