"""What a bot has not yet confirmed: one queue per bot, for long polling and for webhooks alike."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass

from channels.messenger.clock import Clock
from channels.messenger.errors import TWO_POLLERS, conflict
from channels.messenger.model import JSON, Bot
from channels.messenger.store import DROP_UPDATE, DROP_UPDATES, PUT_UPDATE, Store, dumped

FIRST_UPDATE_ID = 700_000_000
MESSAGE_LIFE = 86_400.0
CALLBACK_LIFE = 150.0
ON_REQUEST = ("chat_member", "message_reaction", "message_reaction_count")


@dataclass(slots=True)
class Update:
    """One waiting update, already written as JSON; `lane` says behind which others it waits."""

    id: int
    kind: str
    lane: str
    expires: float
    body: str


class UpdateQueue:
    """The waiting updates of one bot, in order of their numbers."""

    def __init__(self, bot: Bot, store: Store, clock: Clock) -> None:
        self.bot = bot
        self.pending: dict[int, Update] = {}
        self.offer: Callable[[Update], None] | None = None
        self._store = store
        self._clock = clock
        self._waiter: asyncio.Future[None] | None = None
        self._last_batch: list[Update] = []
        self._closed = False
        self._in_order = True
        bot.next_update_id = bot.next_update_id or FIRST_UPDATE_ID

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind; some come only on request."""
        allowed = self.bot.allowed_updates
        return kind in allowed if allowed else kind not in ON_REQUEST

    def put(self, kind: str, payload: JSON, lane: str) -> int:
        """Queue an update under the next number; 0 when the bot does not want its kind."""
        if not self.wants(kind):
            return 0
        number = self.bot.next_update_id
        self.put_raw(number, kind, {"update_id": number, kind: payload}, lane)
        return number

    def put_raw(self, number: int, kind: str, body: JSON, lane: str) -> None:
        """Queue a whole update as it is; the next number follows on."""
        life = CALLBACK_LIFE if kind == "callback_query" else MESSAGE_LIFE
        update = Update(number, kind, lane, self._clock.now() + life, dumped(body))
        self.bot.next_update_id = max(number + 1, self.bot.next_update_id)
        self._in_order = self._in_order and (not self.pending or number > next(reversed(self.pending)))
        self._store.keep("bot", self.bot.id, self.bot)
        self._store.note(PUT_UPDATE, (self.bot.id, number, kind, lane, update.expires, update.body))
        self.pending[number] = update
        if self.offer is not None:
            self.offer(update)
        elif self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def restore(self, update: Update) -> None:
        """Take back an update from before a restart."""
        self.pending[update.id] = update

    def done(self, number: int) -> None:
        """Delivered, or too old: one update leaves the queue."""
        if self.pending.pop(number, None):
            self._store.note(DROP_UPDATE, (self.bot.id, number))

    def expired(self, update: Update) -> bool:
        """Whether its time has passed."""
        return update.expires <= self._clock.now()

    def confirm(self, offset: int) -> None:
        """Forget everything below a number."""
        for number in self._below(offset):
            del self.pending[number]
        self._in_order = self._in_order or not self.pending
        self._store.note(DROP_UPDATES, (self.bot.id, offset))

    def _below(self, offset: int) -> list[int]:
        """In order, as nearly always, the look ends at the first that stays."""
        if self._in_order:
            return list(itertools.takewhile(lambda number: number < offset, self.pending))
        return [number for number in self.pending if number < offset]

    def clear(self) -> None:
        """Forget everything."""
        self.confirm(self.bot.next_update_id + 1)

    async def poll(self, offset: int, limit: int, timeout: float, *, replay: bool = False) -> list[Update]:
        """Confirm below `offset` and answer what waits, or wait for it. A new poll ends the one before.

        `replay` answers the batch of before once more, as happens when the offset was lost on its way.
        """
        self.interrupt(TWO_POLLERS)
        if replay and self._last_batch:
            return self._last_batch
        self._seek(offset)
        self._last_batch = self._batch(limit) or await self._awaited(limit, timeout)
        return self._last_batch

    def _seek(self, offset: int) -> None:
        if offset < 0:
            kept = list(self.pending)[offset:]
            self.confirm(kept[0] if kept else self.bot.next_update_id)
        elif offset > 0:
            self.confirm(offset)

    def _batch(self, limit: int) -> list[Update]:
        """The oldest that are still alive; those too old leave the queue on the way."""
        batch: list[Update] = []
        stale: list[int] = []
        for update in self.pending.values():
            if self.expired(update):
                stale.append(update.id)
            elif len(batch) < limit:
                batch.append(update)
            else:
                break
        for number in stale:
            self.done(number)
        return batch

    async def _awaited(self, limit: int, timeout: float) -> list[Update]:
        if timeout <= 0 or self._closed:
            return []
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiter, min(timeout, 50))
        except TimeoutError:
            return []
        finally:
            if self._waiter is waiter:
                self._waiter = None
        return self._batch(limit)

    def interrupt(self, reason: str) -> None:
        """End a waiting poll with 409."""
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_exception(conflict(reason))

    def close(self) -> None:
        """Let a waiting poll go home empty-handed."""
        self._closed = True
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
