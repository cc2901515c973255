"""Webhook delivery: at once, in lanes, again until it works or the update is too old.

Messages of a chat wait for one another; presses ride in a lane of their own, by person. The first repeat comes at
once, then the pauses double up to a random one to two minutes; `Retry-After` is obeyed. The answer may carry one
method call.
"""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from channels.messenger.faults import Faults
from channels.messenger.model import Bot
from channels.messenger.updates import Update, UpdateQueue

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_WISH = 3600.0
CHANCE = random.SystemRandom()
Answered = Callable[[Bot, str, bytes], Awaitable[None]]


class Delivery:
    """One bot's webhook at work."""

    def __init__(self, bot: Bot, queue: UpdateQueue, session: aiohttp.ClientSession, owner: "Webhooks") -> None:
        self._bot = bot
        self._queue = queue
        self._session = session
        self._owner = owner
        self._webhook: dict[str, Any] = dict(bot.webhook or {})
        self._free = asyncio.Semaphore(int(self._webhook.get("max_connections", 40)))
        self._lanes: dict[str, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def offer(self, update: Update) -> None:
        """Put an update at the end of its lane; a resting lane starts moving."""
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.get_running_loop().create_task(self._move(update.lane))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a webhook lane broke: %s", type(error).__name__)

    async def _move(self, name: str) -> None:
        lane = self._lanes[name]
        try:
            while lane:
                await self._deliver(lane[0])
                lane.popleft()
        finally:
            del self._lanes[name]

    async def _deliver(self, update: Update) -> None:
        attempt = 0
        while update.id in self._queue.pending and not self._queue.expired(update):
            wish = await self._post(update)
            if wish is None:
                break
            await asyncio.sleep(wish or self._pause(attempt))
            attempt += 1
        self._queue.done(update.id)

    def _pause(self, attempt: int) -> float:
        pause = 0.0 if attempt == 0 else float(2 ** min(attempt, 8))
        return min(pause, CHANCE.uniform(60, 120)) * self._owner.pause_scale

    async def _post(self, update: Update) -> float | None:
        """None when delivered; else the seconds the other side asks to wait, 0 without a wish."""
        async with self._free:
            fault = self._owner.faults.strike("webhook")
            if fault and fault.kind == "duplicate_updates":
                await self._posted(update)
            return await self._posted(update)

    async def _posted(self, update: Update) -> float | None:
        headers = {"Content-Type": "application/json"}
        if secret := self._webhook.get("secret_token"):
            headers[SECRET_HEADER] = secret
        try:
            async with self._session.post(
                self._webhook["url"], data=update.body.encode(), headers=headers, allow_redirects=False
            ) as response:
                if 200 <= response.status < 300:
                    await self._owner.answered(self._bot, response.content_type, await response.read())
                    return None
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                return _wish(response.headers.get("Retry-After", ""))
        except (TimeoutError, aiohttp.ClientError) as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            self._failed("Connection refused" if refused else "Connection reset by peer")
            return 0.0

    def _failed(self, reason: str) -> None:
        if self._bot.webhook is not None:
            self._bot.webhook |= {"last_error_date": self._owner.stamp(), "last_error_message": reason}

    def stop(self) -> list[asyncio.Task[None]]:
        """Stop all lanes; what was not delivered stays in the queue."""
        self._queue.offer = None
        for task in self._tasks:
            task.cancel()
        return list(self._tasks)


def _wish(header: str) -> float:
    return min(float(header), LONGEST_WISH) if header.isdigit() else 0.0


class Webhooks:
    """Owns every delivery task: starts them, stops them, waits for their end."""

    def __init__(self, faults: Faults, stamp: Callable[[], int]) -> None:
        self.faults = faults
        self.stamp = stamp
        self.pause_scale = 1.0
        self.answered: Answered = _ignored
        self.queues: dict[int, UpdateQueue] = {}
        self._session: aiohttp.ClientSession | None = None
        self._running: dict[int, Delivery] = {}
        self._ending: list[asyncio.Task[None]] = []

    def start(self, bot: Bot) -> None:
        """Deliver what waits and what comes."""
        self.stop(bot)
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=60)
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout)
        queue = self.queues[bot.id]
        delivery = self._running[bot.id] = Delivery(bot, queue, self._session, self)
        queue.offer = delivery.offer
        for update in list(queue.pending.values()):
            delivery.offer(update)

    def stop(self, bot: Bot) -> None:
        """No more deliveries for this bot."""
        if delivery := self._running.pop(bot.id, None):
            self._ending += delivery.stop()

    async def close(self) -> None:
        """Stop everything and wait for it."""
        for delivery in self._running.values():
            self._ending += delivery.stop()
        self._running.clear()
        await asyncio.gather(*self._ending, return_exceptions=True)
        if self._session is not None:
            await self._session.close()


async def _ignored(bot: Bot, content_type: str, body: bytes) -> None:
    """Until somebody wants the answers."""
