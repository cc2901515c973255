"""When the next message may go out: slots on an absolute schedule, given to the most urgent caller that may use one.

The schedule stands at slightly less than the permitted rate and never saves up slots that nobody used, so no second,
wherever it is laid, holds more than the permitted number: neither at the start, nor after a pause, nor after a stall.
Within it each person and each group has a pace of its own, and a refusal shuts a gate that only time opens again.

Several processes share one schedule through a `PaceStore`; its instants are seconds of the real epoch, because no
other clock means the same on two machines.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import inf
from typing import Protocol

from channels.slots import Leases, Schedule, spacing

LEASE_AHEAD = 0.04
"""Seconds of the shared schedule that one process reserves at once; also how long it may overlook another's refusal."""

LEARN_EVERY = 1.0
RETRY_AT_MOST = 10.0
TOGETHER = 1.0
"""Two chats refused within this many seconds mean that the whole bot is too fast."""

FIRST_SWEEP = 1024
SHORTEST_TIMER = 0.001
"""Loops round timers to a millisecond; asking for less would spin."""

AT_ONCE = 0.004
"""Seconds of the schedule that one look may hand out, so that catching up does not make the last of many late."""

LIVE_TALK = 1
"""The last priority that counts as a dialogue and may use the burst."""

BOT = "bot"

_log = logging.getLogger(__name__)
_Waiting = tuple[int, int, "asyncio.Future[None]"]


class PaceStore(Protocol):
    """What processes share. Scopes are `bot` and `chat:<id>`; instants are seconds of the real epoch."""

    async def lease(self, count: int, spacing: float, now: float) -> float:
        """Reserve slots that follow each other by `spacing`, none before `now` or while the bot's gate is shut.

        Gives the instant of the first. No two calls, from whatever process, may be given the same slot.
        """

    async def close_until(self, scope: str, until: float) -> None:
        """Keep a gate shut; an earlier instant than the one known changes nothing."""

    async def gates(self) -> Mapping[str, float]:
        """Give the gates that were shut, with the instants that open them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the messenger permits, apart from the whole bot's rate."""

    person_spacing: float = 1.0
    burst: int = 3
    group_messages: int = 20
    group_seconds: float = 60.0


class _Chat:
    """One chat's own pace and who waits for it."""

    __slots__ = ("id", "key", "limits", "recent", "shut_until", "steady_at", "waiting")

    def __init__(self, chat_id: int, limits: Limits) -> None:
        self.id = chat_id
        self.limits = limits
        self.shut_until = -inf
        self.steady_at = -inf
        self.recent: deque[float] | None = deque(maxlen=limits.group_messages) if chat_id < 0 else None
        self.waiting: list[_Waiting] = []
        self.key: tuple[int, int] | None = None

    def free_at(self, priority: int) -> float:
        """Give the instant from which a message of this priority may go there."""
        burst = self.limits.burst - 1 if priority <= LIVE_TALK else 0
        at = max(self.shut_until, self.steady_at - burst * self.limits.person_spacing)
        if self.recent is not None and len(self.recent) == self.limits.group_messages:
            at = max(at, self.recent[0] + self.limits.group_seconds)
        return at

    def use(self, now: float) -> None:
        """Count a message."""
        self.steady_at = max(self.steady_at, now) + self.limits.person_spacing
        if self.recent is not None:
            self.recent.append(now)

    def idle(self, now: float) -> bool:
        """Tell whether forgetting this chat would change nothing."""
        fresh = self.recent is not None and self.recent and self.recent[-1] + self.limits.group_seconds > now
        return not (self.waiting or fresh or self.steady_at > now or self.shut_until > now)


class Pace:
    """Gives permission to send, one message at a time.

    `rate` is what the messenger permits the whole bot in a second. With a `store`, gates outlive the process and
    `run` must be kept running; `shared` takes the slots from it too, for several processes with one token.
    """

    def __init__(
        self,
        rate: float = 25.0,
        *,
        limits: Limits | None = None,
        store: PaceStore | None = None,
        shared: bool = False,
        now: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._limits = limits or Limits()
        self._spacing = spacing(rate)
        self._at_once = max(1, round(rate * AT_ONCE))
        self._lease_size = max(1, int(rate * LEASE_AHEAD))
        self._store = store
        self._leases = Leases() if store is not None and shared else None
        self._slots: Schedule | Leases = self._leases if self._leases is not None else Schedule(rate)
        self._now = now
        self._wall = wall
        self._shut_until = -inf
        self._learned_at = inf if store is None else -inf
        self._closings: deque[tuple[str, float]] = deque()
        self._stirred = asyncio.Event()
        self._refused: tuple[float, int] | None = None
        self._chats: dict[int, _Chat] = {}
        self._sweep_at = FIRST_SWEEP
        self._ready: list[tuple[int, int, int]] = []
        self._resting: list[tuple[float, int, int, int]] = []
        self._arrivals = 0
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = inf

    async def slot(self, chat_id: int, priority: int) -> None:
        """Wait until one message may go to this chat. Of those who may, the smallest priority goes first."""
        now = self._now()
        chat = self._chat(chat_id, now)
        if not self._ready:
            self._slots.begin(now)
        if not (self._ready or chat.waiting) and chat.free_at(priority) <= now and self._due(now) <= now:
            self._use(chat, now)
            self._slots.depart(now)
        else:
            await self._wait(chat, priority, now)

    def landed(self, took: float) -> None:
        """Tell how many seconds a call took, slot to answer. Not needed, but it keeps a jittery way from refusals."""
        self._slots.landed(self._now(), took)

    def close(self, seconds: float, chat_id: int | None = None) -> None:
        """Shut the gate after a refusal: of this chat, or of the whole bot when no chat or a second one was refused."""
        now = self._now()
        until = now + seconds
        if chat_id is None:
            self._shut_bot(until)
            return
        chat = self._chat(chat_id, now)
        chat.shut_until = max(chat.shut_until, until)
        self._remember(f"chat:{chat_id}", until)
        if self._refused and self._refused[1] != chat_id and now - self._refused[0] <= TOGETHER:
            other = self._chats.get(self._refused[1])
            self._shut_bot(max(until, other.shut_until if other else until))
        self._refused = (now, chat_id)

    async def run(self) -> None:
        """Keep in step with the store until cancelled. The store's failures are waited out, not passed on."""
        pause = 0.0
        while self._store is not None:
            try:
                await self._keep_step(self._store)
                pause = 0.0
            except Exception as failure:  # noqa: BLE001  # whatever the database raises, sending resumes when it is back
                pause = min(max(1.0, pause * 2), RETRY_AT_MOST)
                _log.warning("The shared pace cannot be reached (%s).", type(failure).__name__)
                await asyncio.sleep(pause)
                self._stirred.set()

    # Waiting callers

    async def _wait(self, chat: _Chat, priority: int, now: float) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._arrivals += 1
        entry = (priority, self._arrivals, waiter)
        heappush(chat.waiting, entry)
        self._queue(chat, now)
        self._hand_out()
        try:
            await waiter
        except asyncio.CancelledError:
            if entry in chat.waiting:
                chat.waiting.remove(entry)
                heapify(chat.waiting)
            raise
        finally:
            if not waiter.cancelled():
                self._slots.depart(self._now())

    def _queue(self, chat: _Chat, now: float) -> None:
        """Put the chat where its most urgent caller belongs, unless it stands there already."""
        priority, arrival, _ = chat.waiting[0]
        if chat.key is not None and chat.key <= (priority, arrival):
            return
        chat.key = (priority, arrival)
        free_at = chat.free_at(priority)
        if free_at <= now:
            if not self._ready:
                self._slots.begin(now)
            heappush(self._ready, (priority, arrival, chat.id))
        else:
            heappush(self._resting, (free_at, priority, arrival, chat.id))

    def _unqueued(self, priority: int, arrival: int, chat_id: int) -> _Chat | None:
        """Give the chat of a queue's entry; None when the entry is outdated or nobody waits any more."""
        chat = self._chats.get(chat_id)
        if chat is None or chat.key != (priority, arrival):
            return None
        chat.key = None
        return chat if chat.waiting else None

    def _hand_out(self) -> None:
        """Give every slot that is due to the most urgent caller that may use it, then wait for the next one."""
        now = self._now()
        self._wake_rested(now)
        given = 0
        while self._ready and given < self._at_once and self._due(now) <= now:
            given += self._give(*heappop(self._ready), now)
        self._ask_for_slots()
        self._arm(now)

    def _give(self, priority: int, arrival: int, chat_id: int, now: float) -> bool:
        """Give a slot to the caller whom a queue's entry means, if it still means one and the chat is free."""
        chat = self._unqueued(priority, arrival, chat_id)
        if chat is None:
            return False
        meant = chat.waiting[0][:2] == (priority, arrival) and chat.free_at(priority) <= now
        if meant:
            self._use(chat, now)
            waiter = heappop(chat.waiting)[2]
            if not waiter.done():
                waiter.set_result(None)
        if chat.waiting:
            self._queue(chat, now)
        return meant

    def _wake_rested(self, now: float) -> None:
        while self._resting and self._resting[0][0] <= now:
            _, priority, arrival, chat_id = heappop(self._resting)
            chat = self._unqueued(priority, arrival, chat_id)
            if chat is not None:
                self._queue(chat, now)

    def _arm(self, now: float) -> None:
        """Set the one timer to the next moment at which anything can change."""
        at = self._due(now) if self._ready else self._resting[0][0] if self._resting else inf
        if self._timer is not None and self._timer_at == at:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if at < inf:
            self._timer_at = at
            self._timer = asyncio.get_running_loop().call_later(max(at - now, SHORTEST_TIMER), self._time_came)

    def _time_came(self) -> None:
        self._timer = None
        self._hand_out()

    def _due(self, now: float) -> float:
        if self._learned_at == -inf:  # which gates are shut is not known yet
            return inf
        return max(self._shut_until, self._slots.next(now))

    def _use(self, chat: _Chat, now: float) -> None:
        self._slots.take(now)
        chat.use(now)

    def _chat(self, chat_id: int, now: float) -> _Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            if len(self._chats) >= self._sweep_at:
                self._chats = {known.id: known for known in self._chats.values() if not known.idle(now)}
                self._sweep_at = max(FIRST_SWEEP, 2 * len(self._chats))
            chat = self._chats[chat_id] = _Chat(chat_id, self._limits)
        return chat

    # The gates and the shared schedule

    def _shut_bot(self, until: float) -> None:
        self._shut_until = max(self._shut_until, until)
        self._slots.begin(until)
        self._remember(BOT, until)

    def _remember(self, scope: str, until: float) -> None:
        if self._store is not None:
            self._closings.append((scope, until - self._now() + self._wall()))
            self._stirred.set()

    def _slots_wanted(self) -> bool:
        leases = self._leases
        return leases is not None and len(leases) < min(self._lease_size, len(self._ready))

    def _ask_for_slots(self) -> None:
        if self._slots_wanted():
            self._stirred.set()

    async def _keep_step(self, store: PaceStore) -> None:
        """Do once what is to be done with the store, then hand out what that made possible."""
        while self._closings:
            await store.close_until(*self._closings[0])
            self._closings.popleft()
        if self._learned_at == -inf or (self._leases is not None and self._now() - self._learned_at > LEARN_EVERY):
            self._learn(await store.gates())
        if self._leases is not None and self._slots_wanted():
            first = await store.lease(self._lease_size, self._spacing, self._wall())
            self._leases.add(first - self._wall() + self._now(), self._lease_size, self._spacing)
        self._hand_out()
        await self._stirred.wait()
        self._stirred.clear()

    def _learn(self, gates: Mapping[str, float]) -> None:
        """Shut what another process, or this one before its restart, was told to leave alone."""
        now = self._now()
        offset = now - self._wall()
        self._learned_at = now
        for scope, until in gates.items():
            if until + offset <= now:
                continue
            if scope == BOT:
                self._shut_until = max(self._shut_until, until + offset)
            else:
                chat = self._chat(int(scope.partition(":")[2]), now)
                chat.shut_until = max(chat.shut_until, until + offset)
