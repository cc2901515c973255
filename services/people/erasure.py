"""Having one's data deleted: asked for with a typed word, final after seven days or at once, then gone everywhere.

Every step is a committed row, so that a process may die between any two of them: the wish is an instant in the person's
row, the farewell a letter, the deletion one transaction that leaves behind what staff groups still have to lose.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from rapidfuzz.distance import OSA

from services import letter_box
from services.counselling.desk import CaseDesk
from services.folding import fold
from services.letters import CaseErased, Erased
from services.people import audit
from storage import faults, outbox
from storage.queries import erasure, inventory, people
from storage.tables.people import Conversation, Person
from storage.tables.records import Audit
from storage.tables.traffic import Place
from storage.work import Work

JOB = "erasures"
UNDO_FOR = timedelta(days=7)
"""How long a deletion can be undone."""

PATIENCE = timedelta(seconds=40)
"""How long the deletion waits for the farewell to arrive. With the pauses of its job that stays below a minute."""

LONG_WORD = 5
"""Letters of a word in which one slip is forgiven; in a shorter one it might be another word."""

Stage = Literal["gone", "undone", "told", "waiting", "erased"]


@dataclass(frozen=True, slots=True)
class ErasureDesk:
    """Keeps the wish to be deleted, and carries it out."""

    counselling: CaseDesk

    @staticmethod
    def helped(work: Work, person: Person) -> list[str]:
        """Name the people somebody helps: their data stay on the phone, so they should be handed over first."""
        return [one.name or f"№ {one.id}" for one in people.helped_by(work, person.id or 0)]

    def ask(self, work: Work, person: Person) -> datetime:
        """Begin a deletion. From now on nothing comes unasked. Gives the instant it becomes final."""
        if person.erase_at is None:
            person.erase_at = work.now + UNDO_FOR
            audit.note(work, person, "ask_erasure")
        return person.erase_at

    def undo(self, work: Work, person: Person) -> bool:
        """Take the wish back: everything is as it was. False when there is none, or it is too late."""
        if person.erase_at is None or person.erase_at <= work.now:
            return False
        person.erase_at = None
        audit.note(work, person, "undo_erasure")
        return True

    def hasten(self, work: Work, person: Person) -> bool:
        """Make a deletion final now. False when none was asked for."""
        if person.erase_at is None:
            return False
        if person.erase_at > work.now:
            person.erase_at = work.now
            audit.note(work, person, "hasten_erasure")
        return True

    def due(self, work: Work, limit: int) -> list[int]:
        """Give the numbers of the people whose deletion is final."""
        return erasure.due(work, limit)

    def advance(self, work: Work, person_id: int) -> Stage:
        """Do the next step of a final deletion: the farewell, and once that has ended, the deletion itself."""
        erasure.hold_updates(work, person_id)
        found = people.by_id(work, person_id)
        if found is None:
            return "gone"
        person, talk = found
        if person.erase_at is None or person.erase_at > work.now:
            return "undone"
        self._end_case(work, person, talk)
        farewell = erasure.farewell(work, _key(person))
        if farewell is None:
            self._say_farewell(work, person)
            return "told"
        if farewell.state in {"pending", "claimed"} and work.now < farewell.written_at + PATIENCE:
            return "waiting"
        self._erase(work, person)
        return "erased"

    def _end_case(self, work: Work, person: Person, talk: Conversation) -> None:
        """Close an open case. Its topic hears of it, and the group too, because the topic goes."""
        case = self.counselling.leave(work, person, talk)
        place = work.find(Place, case.place_id) if case is not None else None
        if case is not None and place is not None:
            letter_box.to_room(
                work, place.chat_id, CaseErased(case.id or 0), f"case-erased:{case.id}:{work.now.isoformat()}"
            )

    @staticmethod
    def _say_farewell(work: Work, person: Person) -> None:
        """Write the last letter, before the address is forgotten: behind a copy that was asked for, in place of all else."""
        outbox.skip_open(work, person.id or 0, "erasing", least_urgent_from=outbox.TIMELY)
        others, _empty = inventory.others_at(work, person)
        letter_box.to_person(work, person, Erased(person.name or "" if others else ""), _key(person))

    @staticmethod
    def _erase(work: Work, person: Person) -> None:
        """Delete the person, and with the last one of an account the empty rows left there."""
        others, empty = inventory.others_at(work, person)
        for chat_id, thread_id in erasure.topics(work, person.id or 0):
            letter_box.delete_topic(work, chat_id, thread_id)
        work.add(Audit(at=work.now, actor="service", act="erase", about=audit.named(person), outcome="done"))
        for one in (person, *([] if others else empty)):
            erasure.erase(work, one, [other.id or 0 for other in others])
        faults.passing("erasure.decided")


def confirms(typed: str, words: Iterable[str]) -> bool:
    """Tell whether somebody typed one of the words that confirm a deletion, forgiving case, spaces and one slip."""
    said = _bare(typed)
    return any(_same(said, _bare(word)) for word in words)


def _bare(text: str) -> str:
    return fold(text).replace(" ", "")


def _same(said: str, word: str) -> bool:
    slips = 1 if len(word) >= LONG_WORD else 0
    return bool(said) and OSA.distance(said, word) <= slips


def _key(person: Person) -> str:
    return f"erased:{person.id}"
