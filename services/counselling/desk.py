"""The counselling desk: a jobseeker asks for a human, one takes the case, their words go both ways, somebody ends it.

The caller's turn already holds the jobseeker's row, so that a message, a claim and a close of the same case can never
interleave. Only stored numbers decide who gets what; nothing anybody wrote does.
"""

from dataclasses import dataclass
from typing import Literal

from services import letter_box
from services.letters import (
    CaseEnded,
    CaseOpened,
    CaseTaken,
    CounsellorJoined,
    CounsellorSaid,
    JobseekerSaid,
    NotDelivered,
)
from services.occupations import Occupations
from services.packs import Pack
from storage.queries import cases, people
from storage.tables.counselling import Case, CaseMessage, Staff
from storage.tables.people import Conversation, Person
from storage.tables.records import Audit
from storage.tables.traffic import Place
from storage.work import Work

TALKING = "Counselling:talking"
"""The step of a person who is with a human: everything they say goes there and the bot is silent."""

CARD_LANGUAGE = "en"


class NoDesk(Exception):
    """There is no staff group to send cases to."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act of staff did not happen; nothing was sent."""

    why: Literal["not_staff", "no_case", "closed", "taken", "not_yours", "not_taken", "already_yours", "empty"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """Keeps cases. `staff_groups` are forum groups; a person always gets the same one."""

    staff_groups: tuple[int, ...]
    pack: Pack
    occupations: Occupations

    def open_case(self, work: Work, person: Person) -> Case | None:
        """Give the person's open case."""
        return cases.open_case(work, person.id or 0)

    def ask(self, work: Work, person: Person, talk: Conversation, question: str | None) -> tuple[Case, bool]:
        """Open a case, or add to the open one. Gives the case and whether it is new. Raises NoDesk."""
        known = self.open_case(work, person)
        if known is not None:
            if question:
                self.add(work, person, known, question)
            return known, False
        if not self.staff_groups:
            raise NoDesk
        place = work.add(
            Place(kind="topic", chat_id=self._group_for(person), title=_title(person), person_id=person.id)
        )
        case = work.add(
            Case(
                person_id=person.id or 0,
                place_id=place.id or 0,
                state="waiting",
                question=question,
                kept_step=talk.step,
                opened_at=work.now,
            )
        )
        talk.step = None
        card = CaseOpened(
            case_id=case.id or 0,
            name=person.name or "",
            language=person.language or "",
            region=self.pack.region_in_full(person.region, CARD_LANGUAGE) if person.region else "",
            occupation=person.occupation_words or "",
            question=question or "",
            step=case.kept_step or "",
            helper=self._helper(work, person),
        )
        letter_box.to_place(work, place, card, f"case-opened:{case.id}")
        self._keep(work, case, "jobseeker", question)
        return case, True

    @staticmethod
    def _helper(work: Work, person: Person) -> str:
        """Name who writes for this person; a number when the helper has no name."""
        helper = people.recipients(work, {person.helper_id}).get(person.helper_id) if person.helper_id else None
        return (helper.name or str(helper.id)) if helper is not None else ""

    def _group_for(self, person: Person) -> int:
        return self.staff_groups[(person.id or 0) % len(self.staff_groups)]

    def add(self, work: Work, person: Person, case: Case, words: str, *, edited: bool = False) -> None:
        """Carry a jobseeker's words into their case's topic."""
        line = self._keep(work, case, "jobseeker", words)
        place = work.find(Place, case.place_id)
        if line is not None and place is not None:
            letter = JobseekerSaid(person.name or "", words, edited)
            letter_box.to_place(work, place, letter, f"case-line:{line.id}")

    def take(self, work: Work, place: Place, staff: Staff) -> Case | Refusal:
        """Make the case this counsellor's. The first one wins; the others hear who did."""
        case, person, talk = self._at(work, place)
        if case is None or person is None or talk is None:
            return Refusal("no_case")
        if case.state == "closed":
            return Refusal("closed")
        if case.assignee_id is not None:
            holder = work.find(Staff, case.assignee_id)
            why: Literal["already_yours", "taken"] = "already_yours" if case.assignee_id == staff.id else "taken"
            return Refusal(why, holder.name if holder else "")
        case.assignee_id, case.state, case.taken_at = staff.id, "human", work.now
        case.kept_step = case.kept_step or talk.step
        talk.step, talk.updated_at = TALKING, work.now
        self._audit(work, staff, "take", case)
        letter_box.to_person(work, person, CounsellorJoined(staff.name), f"joined:{case.id}:{staff.id}")
        letter_box.to_place(work, place, CaseTaken(staff.name), f"taken:{case.id}:{staff.id}")
        return case

    def answer(self, work: Work, place: Place, staff: Staff, words: str, *, edited: bool = False) -> Refusal | None:
        """Carry the assignee's words to the jobseeker. Everybody else's stay in the topic."""
        case, person, _ = self._at(work, place)
        refusal = self._refusal(work, case, staff)
        if refusal is not None or case is None or person is None:
            return refusal or Refusal("no_case")
        if not words:
            return Refusal("empty")
        line = self._keep(work, case, "counsellor", words)
        if line is not None:
            letter_box.to_person(work, person, CounsellorSaid(staff.name, words, edited), f"case-line:{line.id}")
        return None

    def note(self, work: Work, place: Place, staff: Staff, words: str) -> Refusal | None:
        """Keep a note that only staff see."""
        case, _, _ = self._at(work, place)
        if case is None:
            return Refusal("no_case")
        self._audit(work, staff, "note", case)
        return None if self._keep(work, case, "note", words) else Refusal("empty")

    def close(self, work: Work, place: Place, staff: Staff) -> Case | Refusal:
        """End the talk from the office's side; the form the person had left is offered again."""
        case, person, talk = self._at(work, place)
        refusal = self._refusal(work, case, staff, unassigned_too=True)
        if refusal is not None or case is None or person is None or talk is None:
            return refusal or Refusal("no_case")
        self._end(work, case, talk, "counsellor")
        self._audit(work, staff, "close", case)
        letter = CaseEnded("counsellor", for_staff=False, kept_step=bool(case.kept_step))
        letter_box.to_person(work, person, letter, f"ended:{case.id}")
        return case

    def leave(self, work: Work, person: Person, talk: Conversation) -> Case | None:
        """End the talk from the jobseeker's side. None when there was none."""
        case = self.open_case(work, person)
        if case is None:
            return None
        self._end(work, case, talk, "jobseeker")
        place = work.find(Place, case.place_id)
        if place is not None:
            letter_box.to_place(work, place, CaseEnded("jobseeker", for_staff=True), f"ended:{case.id}")
        return case

    def undelivered(self, work: Work, payload: dict[str, object]) -> None:
        """Tell the topic that the jobseeker did not get the counsellor's words (an internal row of the inbox)."""
        person_id = payload["person_id"]
        case = cases.open_case(work, person_id) if isinstance(person_id, int) else None
        place = work.find(Place, case.place_id) if case is not None else None
        if place is not None and case is not None:
            letter = NotDelivered(str(payload["reason"]))
            letter_box.to_place(work, place, letter, f"undelivered:{case.id}:{work.now.timestamp():.6f}")

    @staticmethod
    def assignee(work: Work, case: Case) -> str:
        """Give the first name of who has the case."""
        holder = work.find(Staff, case.assignee_id) if case.assignee_id is not None else None
        return holder.name if holder is not None else ""

    @staticmethod
    def _at(work: Work, place: Place) -> tuple[Case | None, Person | None, Conversation | None]:
        """Find a topic's case and lock first its jobseeker, then the case, as every turn does."""
        case = cases.case_at(work, place.id or 0)
        locked = people.by_id(work, case.person_id) if case is not None else None
        if case is None or locked is None:
            return None, None, None
        return cases.locked(work, case.id or 0), *locked

    @staticmethod
    def _refusal(work: Work, case: Case | None, staff: Staff, *, unassigned_too: bool = False) -> Refusal | None:
        if case is None:
            return Refusal("no_case")
        if case.state == "closed":
            return Refusal("closed")
        if case.assignee_id == staff.id or (unassigned_too and case.assignee_id is None):
            return None
        holder = work.find(Staff, case.assignee_id) if case.assignee_id is not None else None
        return Refusal("not_yours", holder.name) if holder is not None else Refusal("not_taken")

    @staticmethod
    def _end(work: Work, case: Case, talk: Conversation, by: str) -> None:
        case.state, case.closed_at, case.ended_by = "closed", work.now, by
        if talk.step == TALKING or talk.step is None:
            talk.step, talk.updated_at = case.kept_step, work.now

    @staticmethod
    def _keep(work: Work, case: Case, by: str, words: str | None) -> CaseMessage | None:
        if not words:
            return None
        return work.add(
            CaseMessage(case_id=case.id or 0, person_id=case.person_id, by=by, words=words, said_at=work.now)
        )

    @staticmethod
    def _audit(work: Work, staff: Staff, act: str, case: Case) -> None:
        work.add(Audit(at=work.now, actor=f"staff:{staff.id}", act=act, about=f"case:{case.id}", outcome="done"))


def _title(person: Person) -> str:
    """Name a topic by the person, or by number for somebody who gave no name."""
    return f"{person.name or '–'} · {person.id}"
