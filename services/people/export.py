"""Everything stored about a person: in short for the chat, in full for the copy they take away."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from services import letter_box
from services.letters import DataCopy
from services.people import audit
from storage.queries import inventory, people
from storage.tables.counselling import Case, CaseMessage
from storage.tables.people import Consent, Person
from storage.tables.vacancies import SavedVacancy, Vacancy
from storage.work import Work

ACT = "copy"
PAUSE = timedelta(minutes=10)
"""Between two copies for one person."""

LARGEST = 50 * 1024 * 1024
"""Bytes of a file that the messenger carries."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about a person. `cases` come with the name of who took them."""

    person: Person
    consents: list[Consent]
    saved: list[tuple[SavedVacancy, Vacancy]]
    told: int
    cases: list[tuple[Case, str]]
    lines: int
    draft_at: datetime | None

    @property
    def seen_by(self) -> list[tuple[str, datetime]]:
        """Give who took the person's cases, and so read what is in them, and when."""
        return [(name, case.taken_at) for case, name in self.cases if case.taken_at is not None]


@dataclass(frozen=True, slots=True)
class CopyDesk:
    """Shows people what is kept about them, and hands out copies."""

    def kept(self, work: Work, person: Person) -> Kept:
        """Gather what is kept, lines of talks only counted."""
        number = person.id or 0
        return Kept(
            person,
            people.consents(work, number),
            inventory.saved_of(work, number),
            inventory.count_told(work, number),
            inventory.cases_of(work, number),
            inventory.count_lines(work, number),
            inventory.draft_since(work, number),
        )

    def lines(self, work: Work, person: Person) -> list[CaseMessage]:
        """Give every line of the person's talks."""
        return inventory.lines_of(work, person.id or 0)

    def too_soon(self, work: Work, person: Person) -> bool:
        """Tell whether a copy was made a moment ago."""
        return inventory.acted_since(work, ACT, audit.named(person), work.now - PAUSE)

    def for_programs(self, work: Work, person: Person) -> str:
        """Write every row of every table that is the person's as JSON."""
        others, _empty = inventory.others_at(work, person)
        rows = inventory.rows_of(work, person, alone=not others)
        seen = [{"name": name, "at": at} for name, at in self.kept(work, person).seen_by]
        written = {"person": person.id, "made_at": work.now, "opened_by": seen, "tables": rows}
        return json.dumps(written, ensure_ascii=False, indent=1, default=_plain)

    def hand_out(self, work: Work, person: Person, copies: Sequence[DataCopy]) -> bool:
        """Send copies, and record that they were made. False, with nothing sent, when one is too big for the messenger."""
        if any(len(one.enclosed().content) > LARGEST for one in copies):
            return False
        for number, one in enumerate(copies):
            letter_box.to_person(work, person, one, f"copy:{person.id}:{work.now.isoformat()}:{number}")
        audit.note(work, person, ACT)
        return True


def _plain(value: Any) -> str:
    """Write what JSON has no form for: instants and days."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
