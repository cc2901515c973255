"""Asking the messenger for updates. The next offset is asked for only after the batch is stored."""

import asyncio
import json
from typing import Any

import aiohttp
import structlog

from bot.intake import Intake, arrival
from bot.lanes import KINDS
from storage import inbox
from storage.engine import Database

log = structlog.get_logger("polling")

LONG_POLL = 25
ANSWER_WITHIN = 10
LONGEST_PAUSE = 30.0
COMPLAIN_EVERY = 10.0
"""Seconds between two lines about the same trouble."""


class TokenRefused(Exception):
    """The messenger does not know this token (any more)."""


class StandingBy(Exception):
    """Somebody else is given the updates: another process polls with this token, or a webhook is set."""


class Polling:
    """One long poll after the other, for ever."""

    def __init__(self, database: Database, intake: Intake, *, token: str, api_url: str, bot_id: int) -> None:
        self._database = database
        self._intake = intake
        self._url = f"{api_url}/bot{token}/getUpdates"
        self._bot_id = bot_id
        self._pause = 0.0
        self._complained: dict[type[Exception], float] = {}

    async def run(self) -> None:
        """Poll until cancelled. Whatever fails is tried again, each time a little later."""
        async with aiohttp.ClientSession() as session:
            while True:
                try:
                    await self._poll(session)
                except Exception as failure:  # noqa: BLE001  # network or database: the batch is asked for again
                    await self._rest(failure)

    async def _poll(self, session: aiohttp.ClientSession) -> None:
        """Go on where the stored updates end; a stored batch is confirmed by the next question's offset."""
        offset = await self._database.run(lambda work: inbox.next_update(work, self._bot_id))
        while True:
            updates = await self._ask(session, offset)
            if updates:
                offset = await self._keep(updates)
            self._pause = 0.0

    async def _keep(self, updates: list[dict[str, Any]]) -> int:
        """Store a batch; only then it is confirmed by the next offset."""
        following = max(found.update_id for update in updates if (found := arrival(update)) is not None) + 1
        await self._intake.take_in(updates, following)
        return following

    async def _ask(self, session: aiohttp.ClientSession, offset: int | None) -> list[dict[str, Any]]:
        body: dict[str, Any] = {"timeout": LONG_POLL, "allowed_updates": KINDS}
        if offset is not None:
            body["offset"] = offset
        timeout = aiohttp.ClientTimeout(total=LONG_POLL + ANSWER_WITHIN)
        async with session.post(self._url, json=body, timeout=timeout) as answer:
            return self._read(answer.status, json.loads(await answer.read()))

    def _read(self, status: int, answer: dict[str, Any]) -> list[dict[str, Any]]:
        if answer.get("ok"):
            result: list[dict[str, Any]] = answer["result"]
            return result
        if status in {401, 404}:
            raise TokenRefused
        if status == 409:
            raise StandingBy
        raise ConnectionError(status)

    async def _rest(self, failure: Exception) -> None:
        """Wait a little longer after each failure, and say so now and then."""
        refused = isinstance(failure, TokenRefused)
        self._pause = LONGEST_PAUSE if refused else min(max(0.5, self._pause * 2), LONGEST_PAUSE)
        now = self._database.clock.monotonic()
        if now - self._complained.get(type(failure), float("-inf")) >= COMPLAIN_EVERY:
            self._complained[type(failure)] = now
            _complain(failure, self._pause)
        await asyncio.sleep(self._pause)


def _complain(failure: Exception, pause: float) -> None:
    """Name a trouble, and what an operator can do about it."""
    if isinstance(failure, TokenRefused):
        log.error("token_refused", mend="set JOBLINE_TOKEN to a valid token and start again", again_in=pause)
    elif isinstance(failure, StandingBy):
        log.warning("standing_by", mend="another process polls with this token, or a webhook is set", again_in=pause)
    else:
        log.warning("poll_failed", failure=failure, again_in=pause)
