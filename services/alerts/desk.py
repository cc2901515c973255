"""The digest: one message a day at the hour a person chose, with vacancies they were not told about before."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from services import letter_box
from services.due_times import due_on, next_due, spread
from services.letters import Digest
from services.pack_models import PurposeKey
from services.people.purposes import PurposeDesk
from services.proactive import ERASING
from services.vacancies.matching import fit, is_for
from storage import faults
from storage.inbox import insert_or_ignore
from storage.queries import people, vacancies
from storage.tables.people import Person
from storage.tables.records import Occurrence
from storage.tables.vacancies import Told, Vacancy
from storage.work import Work

JOB = "digest"
PURPOSE: PurposeKey = "alerts"
HOURS = tuple(range(8, 21))
"""Local hours a digest may be chosen for: the quiet hours are left out."""

SHOWN = 5
STILL_USEFUL = Digest.useful_for or timedelta.max
"""A digest that could not be sent for longer than this goes into the next one."""

LATE = timedelta(minutes=5)

_occurrence = Occurrence.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_told = Told.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes


@dataclass(frozen=True, slots=True)
class DigestDesk:
    """Keeps when each person's digest is due, and writes it."""

    purposes: PurposeDesk

    def choose_hour(self, work: Work, person: Person, hour: int, language: str) -> bool:
        """Turn the daily digest on: this is the consent to alerts. False for an hour that is not offered."""
        if hour not in HOURS:
            return False
        person.digest_hour, person.stopped_at = hour, None
        person.next_digest_at = self._next(work.now, person)
        self.purposes.give(work, person, PURPOSE, language)
        return True

    def turn_off(self, work: Work, person: Person) -> None:
        """Turn the digest off and withdraw the consent."""
        person.digest_hour = person.next_digest_at = None
        self.purposes.withdraw(work, person, PURPOSE)

    def follow_zone(self, work: Work, person: Person) -> None:
        """Reckon the next digest anew after the person's zone changed."""
        if person.digest_hour is not None:
            person.next_digest_at = self._next(work.now, person)

    @staticmethod
    def _wall(person: Person) -> time:
        return time(person.digest_hour or 0, spread(person.id or 0))

    def _next(self, after: datetime, person: Person) -> datetime:
        return next_due(after, self._wall(person), ZoneInfo(person.zone))

    def due(self, work: Work, limit: int = 200) -> list[str]:
        """Write the digests that are due, each in this transaction with its occurrence. Gives their outcomes."""
        return [self._occur(work, person) for person in people.due_digests(work, limit)]

    def _occur(self, work: Work, person: Person) -> str:
        """Let one person's digest happen once for its local day, however many schedulers look."""
        due_at = person.next_digest_at or work.now
        zone = ZoneInfo(person.zone)
        today = work.now.astimezone(zone).date()
        todays = due_on(today, self._wall(person), zone)
        if due_at < todays <= work.now:
            due_at = todays
        person.next_digest_at = self._next(work.now, person)
        local_on = due_at.astimezone(zone).date()
        outcome = self._outcome(work, person, due_at)
        values = {
            "job": JOB,
            "person_id": person.id,
            "local_on": local_on,
            "due_at": due_at,
            "made_at": work.now,
            "outcome": outcome,
        }
        inserted = work.session.execute(insert_or_ignore(work, _occurrence).values(values).returning(_occurrence.c.id))
        if inserted.scalar() is None:
            return "repeated"
        faults.passing("occurrence.inserted")
        if outcome in {"sent", "late"} and not self._write(work, person, local_on, late=outcome == "late"):
            outcome = "nothing_new"
            changed = _occurrence.update().where(
                _occurrence.c.job == JOB, _occurrence.c.person_id == person.id, _occurrence.c.local_on == local_on
            )
            work.session.execute(changed.values(outcome=outcome))
        return outcome

    @staticmethod
    def _outcome(work: Work, person: Person, due_at: datetime) -> str:
        """Decide before anything is written: too late goes into the next one."""
        if person.unreachable:
            return person.unreachable
        if person.erase_at is not None:
            return ERASING
        if person.stopped_at is not None:
            return "stopped"
        if work.now - due_at > STILL_USEFUL:
            return "too_late"
        return "late" if work.now - due_at > LATE else "sent"

    def _write(self, work: Work, person: Person, local_on: date, *, late: bool) -> bool:
        """Write the letter with what is new, and the ledger for all of it, also for what is behind "show more"."""
        fresh = self.fresh(work, person, local_on)
        if not fresh:
            return False
        for vacancy in fresh:
            values = {"person_id": person.id, "content_key": vacancy.content_key, "because": "new", "told_at": work.now}
            work.session.execute(insert_or_ignore(work, _told).values(values))
        letter = Digest(
            person.id or 0, [facts(vacancy) for vacancy in fresh[:SHOWN]], len(fresh), late, local_on.isoformat()
        )
        return letter_box.to_person(work, person, letter, f"{JOB}:{person.id}:{local_on}")

    def missed(self, work: Work, digest: dict[str, Any]) -> None:
        """Forget that a digest's vacancies were told: it was held too long and nobody heard it (an internal row)."""
        happened = select(_occurrence.c.made_at).where(
            _occurrence.c.job == JOB,
            _occurrence.c.person_id == digest["person_id"],
            _occurrence.c.local_on == date.fromisoformat(digest["local_on"]),
        )
        untold = delete(_told).where(
            _told.c.person_id == digest["person_id"], _told.c.told_at == happened.scalar_subquery()
        )
        work.session.execute(untold)

    def fresh(self, work: Work, person: Person, today: date) -> list[Vacancy]:
        """Give open vacancies that fit and were never told, the best first, each content once."""
        if person.occupation is None:
            return []
        told = vacancies.told_keys(work, person.id or 0)
        chosen: dict[str, tuple[int, Vacancy]] = {}
        for vacancy in vacancies.near(work, person.occupation, person.region, today):
            fitting = fit(person, vacancy)
            if is_for(fitting) and vacancy.content_key not in told:
                chosen.setdefault(vacancy.content_key, (fitting.score, vacancy))
        ranked = sorted(chosen.values(), key=lambda pair: (-pair[0], pair[1].id or 0))
        return [vacancy for _, vacancy in ranked]


def facts(vacancy: Vacancy) -> dict[str, Any]:
    """Give what a digest needs to word one vacancy."""
    return {
        "id": vacancy.id,
        "title": vacancy.title,
        "employer": vacancy.employer,
        "place": vacancy.place,
        "pay_min": vacancy.pay_min,
        "pay_max": vacancy.pay_max,
        "currency": vacancy.currency,
        "pay_period": vacancy.pay_period,
    }
