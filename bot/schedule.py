"""What wakes when, and nothing else. APScheduler keeps no job of ours: it only looks at the clock.

Every occurrence is a row that can be inserted once, so any number of schedulers may look at the same time.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from services.alerts.desk import JOB, DigestDesk
from services.people import drafts, erasure
from services.people.drafts import DraftDesk
from services.people.erasure import ErasureDesk
from storage import inbox, outbox
from storage.clock import Clock
from storage.engine import Database
from storage.tables.records import Run
from storage.work import Work

log = structlog.get_logger("schedule")

BATCH = 200
TIDY = "tidy"
KEPT_FOR = timedelta(days=10)
"""How long ended traffic is kept: longer than the messenger repeats anything, short enough for privacy."""


@dataclass(slots=True)
class Tally:
    """What one run of a job saw and did."""

    seen: int = 0
    sent: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def count(self, outcomes: list[str]) -> None:
        """Add what became of some occurrences."""
        for outcome in outcomes:
            self.seen += 1
            if outcome in {"sent", "late"}:
                self.sent += 1
            else:
                self.skipped[outcome] = self.skipped.get(outcome, 0) + 1


class Schedule:
    """The table of jobs."""

    def __init__(
        self,
        database: Database,
        wake: Callable[[], None],
        *,
        digests: DigestDesk,
        unfinished: DraftDesk,
        erasure: ErasureDesk,
    ) -> None:
        self._database = database
        self._digests = digests
        self._unfinished = unfinished
        self._erasure = erasure
        self._wake = wake
        self._scheduler: AsyncIOScheduler | None = None

    def jobs(self) -> dict[str, tuple[int, Callable[[], Awaitable[Tally]]]]:
        """Give every job: how many seconds lie between two looks, and what looking does."""
        return {
            JOB: (20, self.digests_due),
            erasure.JOB: (10, self.erasures_due),
            drafts.JOB: (60, self.drafts_due),
            TIDY: (3600, self.tidied),
        }

    def start(self) -> None:
        """Wake at the intervals of the table, beginning now."""
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for name, (seconds, look) in self.jobs().items():
            self._scheduler.add_job(
                self._look,
                "interval",
                [name, look],
                seconds=seconds,
                next_run_time=Clock().real(),
                id=name,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Wake no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)

    async def _look(self, name: str, look: Callable[[], Awaitable[Tally]]) -> None:
        try:
            await look()
        except Exception as failure:  # noqa: BLE001  # the next look comes anyway
            log.error("job_failed", job=name, failure=failure)

    async def tick(self) -> dict[str, Tally]:
        """Do once what is due now, for every job."""
        return {name: await look() for name, (_seconds, look) in self.jobs().items()}

    async def tidied(self) -> Tally:
        """Delete traffic that nobody needs any more, and registrations nobody came back to, some rows at a time."""
        tally = Tally()
        before = self._database.clock.real() - KEPT_FOR
        deeds: list[tuple[str, Callable[[Work], int]]] = [
            ("forgotten", partial(inbox.forget, before=before, limit=BATCH)),
            ("forgotten", partial(outbox.forget, before=before, limit=BATCH)),
            ("drafts", partial(self._unfinished.delete_old, limit=BATCH)),
        ]
        for what, forget in deeds:
            while gone := await self._database.run(forget):
                tally.seen += gone
                tally.skipped[what] = tally.skipped.get(what, 0) + gone
        return tally

    async def digests_due(self) -> Tally:
        """Write the digests that are due, some at a time, and keep a record of the run when there were any."""
        return await self._written(JOB, lambda work: self._digests.due(work, BATCH))

    async def drafts_due(self) -> Tally:
        """Remind once of registrations that were left unfinished."""
        return await self._written(drafts.JOB, lambda work: self._unfinished.remind(work, BATCH))

    async def _written(self, job: str, write: Callable[[Work], list[str]]) -> Tally:
        """Write what is due, some at a time, and keep a record of the run when there was any."""
        tally = Tally()
        started = self._database.clock.now()
        while outcomes := await self._database.run(write):
            tally.count(outcomes)
            self._wake()
        if tally.seen:
            await self._database.run(partial(self._record, job=job, tally=tally, started=started))
        return tally

    async def erasures_due(self) -> Tally:
        """Do the next step of every deletion that is final, each in a transaction of its own, and count the finished ones."""
        tally = Tally()
        started = self._database.clock.now()
        for person_id in await self._database.run(lambda work: self._erasure.due(work, BATCH)):
            try:
                stage = await self._database.run(partial(self._erasure.advance, person_id=person_id))
            except Exception as failure:  # noqa: BLE001  # one that fails must not keep the others waiting
                log.error("job_failed", job=erasure.JOB, failure=failure)
                continue
            tally.count(["sent" if stage == "erased" else stage])
            self._wake()
        if tally.sent:
            await self._database.run(partial(self._record, job=erasure.JOB, tally=tally, started=started))
        return tally

    @staticmethod
    def _record(work: Work, job: str, tally: Tally, started: datetime) -> None:
        work.add(
            Run(
                job=job,
                started_at=started,
                ended_at=work.now,
                seen=tally.seen,
                sent=tally.sent,
                skipped=tally.skipped,
            )
        )
