"""Taking updates in: stored first, acknowledged after. Both ways in, polling and webhook, go through here."""

from typing import Any

import structlog

from bot.lanes import Lanes, kind_of, lane_of
from storage import faults, inbox
from storage.engine import Database
from storage.inbox import Arrived
from storage.work import Work

log = structlog.get_logger("intake")

LARGEST = 2**63 - 1
"""Numbers from here on leave no room for the one that follows."""


class Intake:
    """Stores raw updates and wakes their lanes."""

    def __init__(self, database: Database, lanes: Lanes, bot_id: int) -> None:
        self._database = database
        self._lanes = lanes
        self._bot_id = bot_id

    async def take_in(self, updates: list[dict[str, Any]], next_update: int | None = None) -> None:
        """Store updates in one transaction; when this returns they may be acknowledged. Repeats change nothing."""
        arrived = [found for update in updates if (found := arrival(update)) is not None]
        lanes = await self._database.run(lambda work: self._store(work, arrived, next_update))
        faults.passing("intake.stored")
        self._lanes.kick(lanes)

    def _store(self, work: Work, arrived: list[Arrived], next_update: int | None) -> list[str]:
        lanes = inbox.store(work, self._bot_id, arrived)
        if next_update is not None:
            inbox.remember_next_update(work, self._bot_id, next_update)
        return lanes


def arrival(update: Any) -> Arrived | None:
    """Give what is stored of a raw update; None when it has no number we could recognise it by."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < LARGEST:
        log.warning("update_without_number")
        return None
    return Arrived(number, lane_of(update), kind_of(update), update)
