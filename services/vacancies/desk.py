"""The vacancy desk: finding, showing and keeping vacancies."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from services.occupations import Occupations
from services.vacancies.matching import Fit, fit, is_near
from services.vacancies.terms import terms
from storage.inbox import insert_or_ignore
from storage.queries import vacancies
from storage.tables.people import Person
from storage.tables.vacancies import SavedVacancy, Vacancy
from storage.work import Work

PAGE = 5
"""Vacancies shown in one message."""

NEWEST = 1000
"""Open vacancies looked through for a list that needs no words."""

_MEANT = 3
"""Occupations a typed word may mean at most."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of a result list, with the honest total."""

    vacancies: list[Vacancy]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Count the pages."""
        return -(-self.total // PAGE)


@dataclass(frozen=True, slots=True)
class Card:
    """A vacancy with why it fits this person, and whether they keep it."""

    vacancy: Vacancy
    fit: Fit
    saved: bool
    today: date

    @property
    def is_closed(self) -> bool:
        """Tell whether it can no longer be applied for."""
        closes = self.vacancy.closes_on
        return self.vacancy.closed_at is not None or (closes is not None and closes < self.today)


@dataclass(frozen=True, slots=True)
class VacancyDesk:
    """Finds vacancies. Works for people who never registered."""

    occupations: Occupations

    def search(self, work: Work, person: Person, words: str, page: int = 0) -> Results:
        """Find by free words in any offered language; those that also fit the person come first among equals."""
        meant = self.occupations.find(words, person.language or "", limit=_MEANT)
        hits = vacancies.found(work, terms(words), meant, local_day(work, person))
        return self._page(work, [number for number, _ in hits], page)

    def fitting(self, work: Work, person: Person, page: int = 0) -> Results:
        """Give what fits the profile, the best first: the person's work or its field; without a work, their region."""
        rows = vacancies.newest(work, local_day(work, person), limit=NEWEST)
        fits = ((fit(person, row), row.id or 0) for row in rows)
        ranked = sorted((-fitting.score, number) for fitting, number in fits if is_near(fitting))
        return self._page(work, [number for _score, number in ranked], page)

    def saved(self, work: Work, person: Person, page: int = 0) -> Results:
        """Give what the person keeps."""
        return self._page(work, [row.id or 0 for row in vacancies.saved_by(work, person.id or 0)], page)

    @staticmethod
    def _page(work: Work, numbers: list[int], page: int) -> Results:
        page = max(0, min(page, (len(numbers) - 1) // PAGE))
        return Results(vacancies.by_ids(work, numbers[page * PAGE : (page + 1) * PAGE]), len(numbers), page)

    def open(self, work: Work, person: Person, number: int) -> Card | None:
        """Show one vacancy; None when there is none of this number."""
        vacancy = work.find(Vacancy, number)
        if vacancy is None:
            return None
        saved = work.find(SavedVacancy, (person.id, number)) is not None
        return Card(vacancy, fit(person, vacancy), saved, local_day(work, person))

    def save(self, work: Work, person: Person, number: int) -> Card | None:
        """Keep a vacancy; keeping it twice changes nothing."""
        if work.find(Vacancy, number) is None:
            return None
        values = {"person_id": person.id, "vacancy_id": number, "saved_at": work.now}
        work.session.execute(insert_or_ignore(work, SavedVacancy.__table__).values(values))  # type: ignore[attr-defined]  # set by SQLModel
        return self.open(work, person, number)

    def forget(self, work: Work, person: Person, number: int) -> Card | None:
        """Keep it no longer."""
        row = work.find(SavedVacancy, (person.id, number))
        if row is not None:
            work.session.delete(row)
            work.session.flush()
        return self.open(work, person, number)


def local_day(work: Work, person: Person) -> date:
    """Give today where the person is."""
    return work.now.astimezone(ZoneInfo(person.zone)).date()
