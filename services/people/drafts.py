"""Unfinished registrations: how they move from question to question, are reminded of once, and are deleted in the end.

A draft lies in the person's form and survives restarts. A registered person who changes one answer has a draft of their
own kind ("change"), which nobody is reminded of and which is saved as soon as the question is answered.
"""

from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any

from services import letter_box
from services.everyday.talk import EVERYDAY
from services.letters import DraftWaiting
from services.people.profile import FIELDS
from storage.queries import people
from storage.work import Work

JOB = "drafts"
DRAFT = "registration"
"""Where the unfinished registration lies in the form; it stays while other things are done."""

DELETED = "draft_deleted"
"""Set in the form after an unfinished registration was deleted, until the person was told."""

CHANGE = "change"
"""Where an answer that a registered person is changing lies in the form."""

SUMMARY, PURPOSES = "summary", "purposes"
_STEPS = frozenset({*FIELDS, SUMMARY, PURPOSES})

REMIND_AFTER = timedelta(hours=24)
KEPT_FOR = timedelta(days=60)


@dataclass(slots=True)
class Draft:
    """Where somebody is in the registration and what they have said.

    Attributes:
        step: the question that waits, "purposes" or "summary".
        answers: by field; a skipped field is None, one that was never reached is absent.
        correcting: the question was opened from the summary and leads back to it.
        changing: a registered person changes this one answer.
        misses: how often in a row the answer was not understood.
        found: codes offered for what was typed, so that they can be shown again in another language.
        words: what was typed when they were found.
        picked: what is chosen so far where several may be.
        noted: the question answered just now, to be read back with the next one.
        hinted: when the person was last told that the summary waits for a press (seconds).
        account_name: what the messenger account calls the person, offered for the name.
        helping: somebody answers for a person they help.
        added: the person was added beside others on their phone.
    """

    step: str
    answers: dict[str, Any] = field(default_factory=dict)
    correcting: bool = False
    changing: bool = False
    misses: int = 0
    found: list[str] = field(default_factory=list)
    words: str = ""
    picked: list[str] | None = None
    noted: str = ""
    hinted: float = 0.0
    account_name: str = ""
    helping: bool = False
    added: bool = False

    @classmethod
    def of(cls, kept: Any) -> "Draft | None":
        """Read a draft from a form; one of an earlier release keeps its answers. None for anything else."""
        if not isinstance(kept, dict) or not isinstance(kept.get("step"), str):
            return None
        if "answers" not in kept:
            earlier = {name: kept[name] for names in FIELDS.values() for name in names if name in kept}
            step = {"region": "place"}.get(kept["step"], kept["step"])
            return cls(step, earlier) if step in _STEPS else None
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known}) if kept["step"] in _STEPS else None

    def said(self, question: str) -> bool:
        """Tell whether a question was answered with something."""
        return any(self.answers.get(name) is not None for name in FIELDS[question])

    def stand_at(self, step: str) -> None:
        """Move to a step; what belonged to the question before is forgotten."""
        self.step, self.misses, self.found, self.words, self.picked, self.noted = step, 0, [], "", None, ""

    def following(self, questions: tuple[str, ...]) -> str:
        """Give the step after this one."""
        if self.correcting or self.step not in questions:
            return SUMMARY if self.step != PURPOSES else questions[0]
        place = questions.index(self.step) + 1
        return questions[place] if place < len(questions) else SUMMARY

    def before(self, questions: tuple[str, ...]) -> str:
        """Give the step before this one."""
        if self.correcting:
            return SUMMARY
        if self.step == SUMMARY:
            return questions[-1]
        place = questions.index(self.step) if self.step in questions else 0
        return questions[place - 1] if place else PURPOSES


@dataclass(frozen=True, slots=True)
class DraftDesk:
    """Looks after unfinished registrations."""

    def remind(self, work: Work, limit: int) -> list[str]:
        """Write a reminder to everybody who stopped a day ago, once. Gives what became of each."""
        outcomes = []
        for person, talk in people.drafts_due(work, work.now - REMIND_AFTER, limit, reminded=False):
            talk.reminded_at = work.now
            if person.stopped_at is not None or person.erase_at is not None or person.unreachable:
                outcomes.append("held_back")
                continue
            step = str((talk.form.get(DRAFT) or {}).get("step", ""))
            written = letter_box.to_person(work, person, DraftWaiting(step), f"draft:{person.id}:{talk.draft_at}")
            outcomes.append("sent" if written else "repeated")
        return outcomes

    def delete_old(self, work: Work, limit: int) -> int:
        """Delete what was left alone for too long; the person is told when they come back. Gives how many."""
        old = people.drafts_due(work, work.now - KEPT_FOR, limit, reminded=True)
        for _person, talk in old:
            talk.form = {name: kept for name, kept in talk.form.items() if name not in {DRAFT, EVERYDAY}} | {
                DELETED: True
            }
            talk.draft_at = talk.reminded_at = None
            if talk.step is not None and talk.step.startswith(("Registration:", "Everyday:")):
                talk.step = None
        return len(old)
