"""Bringing a source's vacancies in: compare, refuse a suspicious loss, publish in one transaction."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert

from services.folding import fold
from services.samples import SampleVacancy
from services.vacancies.terms import terms_of_advert
from storage.queries import vacancies
from storage.tables.vacancies import Vacancy, VacancyToken
from storage.work import Work

SAMPLES = "sample"
LOST_SHARE = 0.5
"""A source that lost more than this share at once is held until somebody looks: more likely broken than true."""

_token = VacancyToken.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_NOT_COMPARED = {"id", "source", "source_id", "first_seen_at", "checked_at", "closed_at"}


@dataclass(slots=True)
class Gathered:
    """What an import did."""

    new: int = 0
    changed: int = 0
    closed: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)
    held: bool = False


def content_key(title: str, employer: str, place: str) -> str:
    """Name who offers what where: a repost under another number has the same key."""
    return hashlib.sha256("\n".join((fold(title), fold(employer), fold(place))).encode()).hexdigest()[:32]


def publish(work: Work, source: str, adverts: Iterable[dict[str, Any]], *, held_at: float = LOST_SHARE) -> Gathered:
    """Take a source's full list: new ones appear, changed ones change, those that are gone close."""
    known = vacancies.of_source(work, source)
    given = {advert["source_id"]: advert for advert in adverts}
    gone = [row for number, row in known.items() if number not in given and row.closed_at is None]
    open_before = sum(row.closed_at is None for row in known.values())
    done = Gathered(held=open_before > 0 and len(gone) > open_before * held_at)
    if done.held:
        return done
    for number, advert in given.items():
        _take(work, source, advert, known.get(number), done)
    for row in gone:
        row.closed_at = work.now
        done.closed += 1
    return done


def _take(work: Work, source: str, advert: dict[str, Any], row: Vacancy | None, done: Gathered) -> None:
    values = {**advert, "content_key": content_key(advert["title"], advert["employer"], advert["place"])}
    if row is None:
        row = work.add(Vacancy(source=source, first_seen_at=work.now, checked_at=work.now, **values))
        done.new += 1
    elif row.closed_at is None and all(
        getattr(row, name) == values[name] for name in values if name not in _NOT_COMPARED
    ):
        done.unchanged += 1
        row.checked_at = work.now
        return
    else:
        row.sqlmodel_update({**values, "closed_at": None, "checked_at": work.now})
        done.changed += 1
    _index(work, row)


def _index(work: Work, row: Vacancy) -> None:
    """Write the terms a vacancy is found by."""
    work.session.flush()
    work.session.execute(delete(_token).where(_token.c.vacancy_id == row.id))
    found = terms_of_advert(row.title, f"{row.employer} {row.place} {row.description}")
    rows = [{"token": term, "vacancy_id": row.id, "weight": weight} for term, weight in found.items()]
    work.session.execute(insert(_token), rows)


def from_sample(sample: SampleVacancy, today: date) -> dict[str, Any]:
    """Turn one of a pack's samples into an advert whose dates are counted from today."""
    pay = sample.pay
    return {
        "source_id": sample.id,
        "title": sample.title,
        "employer": sample.employer,
        "region": sample.region,
        "place": sample.place,
        "occupation": sample.occupation,
        "pay_min": pay.min if pay else None,
        "pay_max": pay.max if pay else None,
        "currency": pay.currency if pay else None,
        "pay_period": pay.period if pay else None,
        "hours": sample.hours,
        "contract": sample.contract,
        "remote": sample.remote,
        "no_experience": sample.no_experience,
        "disability_friendly": sample.disability_friendly,
        "needs": list(sample.needs),
        "description": sample.description,
        "apply": sample.apply,
        "language": sample.language,
        "published_on": today - timedelta(days=sample.opened_days_ago),
        "closes_on": None if sample.closes_in_days is None else today + timedelta(days=sample.closes_in_days),
    }
