"""Questions about vacancies: found by terms and occupation, saved by, told to."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import case, func, or_
from sqlmodel import col, select

from storage.tables.vacancies import SavedVacancy, Told, Vacancy, VacancyToken
from storage.work import Work

OCCUPATION_SCORE = 12
"""What an occupation named in any language adds: as much as two title words."""


def is_open(today: date) -> tuple[object, ...]:
    """Give the conditions of a vacancy that can still be applied for."""
    return col(Vacancy.closed_at).is_(None), or_(col(Vacancy.closes_on).is_(None), col(Vacancy.closes_on) >= today)


def found(work: Work, terms: Iterable[str], occupations: Iterable[str], today: date) -> list[tuple[int, int]]:
    """Give (number, score) of open vacancies that hold one of the terms or are of one of the occupations, best first."""
    wanted = list(terms)
    matched = (
        select(VacancyToken.vacancy_id, func.sum(VacancyToken.weight).label("score"))
        .where(col(VacancyToken.token).in_(wanted))
        .group_by(col(VacancyToken.vacancy_id))
        .subquery()
    )
    of_occupation = col(Vacancy.occupation).in_(list(occupations))
    score = func.coalesce(matched.c.score, 0) + case((of_occupation, OCCUPATION_SCORE), else_=0)
    statement = (
        select(col(Vacancy.id), score)
        .outerjoin(matched, matched.c.vacancy_id == Vacancy.id)
        .where(or_(col(matched.c.score) > 2, of_occupation), *is_open(today))  # type: ignore[arg-type]  # conditions of SQLAlchemy
        .order_by(score.desc(), col(Vacancy.published_on).desc(), col(Vacancy.id))
    )
    return [(int(number or 0), int(points)) for number, points in work.session.exec(statement).all()]


def newest(work: Work, today: date, limit: int = 200) -> list[Vacancy]:
    """Give open vacancies, the newest first."""
    statement = (
        select(Vacancy)
        .where(*is_open(today))  # type: ignore[arg-type]  # conditions of SQLAlchemy
        .order_by(col(Vacancy.published_on).desc(), col(Vacancy.id))
    )
    return list(work.session.exec(statement.limit(limit)).all())


def near(work: Work, occupation: str, region: str | None, today: date) -> list[Vacancy]:
    """Give open vacancies of an occupation's minor group that are in a region, remote, or anywhere when none is given."""
    statement = select(Vacancy).where(
        col(Vacancy.occupation).startswith(occupation[:3]),
        *is_open(today),  # type: ignore[arg-type]  # conditions of SQLAlchemy
    )
    if region is not None:
        statement = statement.where(or_(col(Vacancy.region) == region, col(Vacancy.remote)))
    return list(work.session.exec(statement.order_by(col(Vacancy.id))).all())


def by_ids(work: Work, numbers: list[int]) -> list[Vacancy]:
    """Give vacancies in the order of their numbers; unknown ones are left out."""
    rows = {row.id: row for row in work.session.exec(select(Vacancy).where(col(Vacancy.id).in_(numbers))).all()}
    return [rows[number] for number in numbers if number in rows]


def saved_by(work: Work, person_id: int) -> list[Vacancy]:
    """Give what a person saved, the latest first."""
    statement = (
        select(Vacancy)
        .join(SavedVacancy, col(SavedVacancy.vacancy_id) == col(Vacancy.id))
        .where(SavedVacancy.person_id == person_id)
        .order_by(col(SavedVacancy.saved_at).desc())
    )
    return list(work.session.exec(statement).all())


def told_keys(work: Work, person_id: int) -> set[str]:
    """Give the contents a person was already told about."""
    return set(work.session.exec(select(Told.content_key).where(Told.person_id == person_id)).all())


def of_source(work: Work, source: str) -> dict[str, Vacancy]:
    """Give a source's vacancies by its own numbers."""
    rows = work.session.exec(select(Vacancy).where(Vacancy.source == source)).all()
    return {row.source_id: row for row in rows}
