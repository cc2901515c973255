"""The sending gates and the shared pace, kept in the database so that every process and every restart obeys them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import case, func, literal, select

from storage.engine import Database
from storage.inbox import insert_or_ignore
from storage.tables.traffic import Gate
from storage.work import Work

BOT = "bot"

_gate = Gate.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class Gates:
    """What `channels.pace.Pace` shares between processes."""

    database: Database

    async def lease(self, count: int, spacing: float, now: float) -> float:
        """Reserve slots that follow each other by `spacing` seconds; gives the instant of the first."""
        length = timedelta(seconds=count * spacing)

        def unit(work: Work) -> datetime:
            self._ensure(work, BOT)
            row = work.session.execute(select(_gate).where(_gate.c.scope == BOT).with_for_update()).one()
            first: datetime = max(filter(None, (_instant(now), row.next_slot, row.until)))
            work.session.execute(_gate.update().where(_gate.c.scope == BOT).values(next_slot=first + length))
            return first

        return (await self.database.run(unit)).timestamp()

    async def close_until(self, scope: str, until: float) -> None:
        """Keep a gate shut; an earlier instant than the one known changes nothing."""

        def unit(work: Work) -> None:
            self._ensure(work, scope)
            instant = literal(_instant(until), _gate.c.until.type)
            later = case(
                (func.coalesce(_gate.c.until, instant) < instant, instant), else_=func.coalesce(_gate.c.until, instant)
            )
            work.session.execute(_gate.update().where(_gate.c.scope == scope).values(until=later))

        await self.database.run(unit)

    async def gates(self) -> Mapping[str, float]:
        """Give the gates that are still shut, with the instants that open them."""

        def unit(work: Work) -> dict[str, float]:
            rows = work.session.execute(select(_gate.c.scope, _gate.c.until).where(_gate.c.until > work.real_now))
            return {row.scope: row.until.timestamp() for row in rows}

        return await self.database.run(unit)

    @staticmethod
    def _ensure(work: Work, scope: str) -> None:
        work.session.execute(insert_or_ignore(work, _gate).values({"scope": scope}))
