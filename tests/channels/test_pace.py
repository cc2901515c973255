"""The pace, counted on a loop whose clock leaps: no test here waits, and every count is exact."""

import asyncio
import selectors
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.pace import LIVE_TALK, Limits, Pace

T = TypeVar("T")
EPOCH = 1_700_000_000.0


class Leaping(selectors.SelectSelector):
    """Waits for no time at all: when nothing can happen before a timer, the clock leaps to it."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 1000.0

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0)
        if not events and timeout is None:
            message = "everybody waits and no timer is set"
            raise AssertionError(message)
        if not events and timeout:
            self.time += timeout
        return events


class LeapingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.leaping = Leaping()
        super().__init__(self.leaping)

    def time(self) -> float:
        return self.leaping.time


def leaping(story: Callable[[], Awaitable[T]]) -> T:
    async def told() -> T:
        return await story()

    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(told())


def now() -> float:
    return asyncio.get_running_loop().time()


def wall() -> float:
    return now() + EPOCH


def pace(rate: float = 25.0, **more: Any) -> Pace:
    return Pace(rate, now=now, wall=wall, **more)


async def all_slots(tried: Pace, wishes: list[tuple[int, int]]) -> list[tuple[float, int, int]]:
    """Ask for all slots at once, in the given order. Gives when each was had, in the order they were had."""
    had: list[tuple[float, int, int]] = []

    async def ask(chat_id: int, priority: int) -> None:
        await tried.slot(chat_id, priority)
        had.append((now(), chat_id, priority))

    async with asyncio.TaskGroup() as group:
        for chat_id, priority in wishes:
            group.create_task(ask(chat_id, priority))
    return had


def most_within(times: list[float], seconds: float) -> int:
    """Count the fullest window, wherever it is laid."""
    return max(sum(1 for time in times[at:] if time < start + seconds) for at, start in enumerate(times))


# The whole bot


@pytest.mark.parametrize("rate", [1, 25, 30, 100, 1000])
def test_no_second_holds_more_than_the_rate_and_little_is_left_unused(rate: int) -> None:
    count = 3 * rate + 10
    times = leaping(lambda: times_of(pace(rate), count))

    assert most_within(times, 1.0) <= rate
    assert (count - 1) / (times[-1] - times[0]) >= 0.985 * rate


async def times_of(tried: Pace, count: int) -> list[float]:
    return [at for at, _, _ in await all_slots(tried, [(chat, 4) for chat in range(1, count + 1)])]


def test_slots_nobody_used_are_gone() -> None:
    async def story() -> list[float]:
        tried = pace(30)
        await tried.slot(1, 4)
        await asyncio.sleep(60)
        return await times_of(tried, 60)

    assert most_within(leaping(story), 1.0) <= 30


def test_a_stalled_loop_catches_up_a_little_and_within_the_rate() -> None:
    async def story() -> list[float]:
        tried = pace(100)

        async def stall() -> None:
            await asyncio.sleep(0.5)
            asyncio.get_running_loop().leaping.time += 0.3  # type: ignore[attr-defined]  # the leaping loop of these tests

        async with asyncio.TaskGroup() as group:
            group.create_task(stall())
            return await group.create_task(times_of(tried, 250))

    times = leaping(story)
    assert most_within(times, 1.0) <= 100
    assert 15 <= most_within(times, 0.1) <= 21


def test_callers_who_go_on_late_are_counted_when_they_go() -> None:
    """A stall after the slots were given: those messages leave late, and the second after them must still not be full."""

    async def story() -> list[float]:
        tried, left = pace(1000), list[float]()

        async def ask(chat_id: int) -> None:
            await tried.slot(chat_id, 4)
            left.append(now())
            if chat_id == 1000:
                asyncio.get_running_loop().leaping.time += 0.05  # type: ignore[attr-defined]  # the leaping loop of these tests

        async with asyncio.TaskGroup() as group:
            for chat_id in range(1, 3500):
                group.create_task(ask(chat_id))
        return sorted(left)

    assert most_within(leaping(story), 1.0) <= 1000


@pytest.mark.parametrize("told", [True, False])
def test_the_way_may_jam_when_the_answers_are_told(told: bool) -> None:
    """What left while the way was jammed arrives at once when it clears, and what leaves then arrives punctually."""

    async def story() -> list[float]:
        tried, arrived = pace(1000), list[float]()

        async def ask(chat_id: int) -> None:
            await tried.slot(chat_id, 4)
            left = now()
            jammed = max(0.0, 1001.55 - left) if left > 1001.5 else 0.0
            arrived.append(left + jammed)
            await asyncio.sleep(0.06 + jammed)
            if told:
                tried.landed(now() - left)

        async with asyncio.TaskGroup() as group:
            for chat_id in range(1, 4000):
                group.create_task(ask(chat_id))
        return sorted(arrived)

    assert (most_within(leaping(story), 1.0) <= 1000) is told


def test_a_call_that_is_slow_at_the_other_end_holds_nothing_up_for_long() -> None:
    async def story() -> float:
        tried = pace(25)
        for number in range(100):
            await tried.slot(number, 4)
            tried.landed(0.05 if number % 2 else 9.0)
        return now() - 1000.0

    assert leaping(story) < 6.5


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 2), max_size=20), st.sampled_from([5, 25, 200]))
def test_no_pattern_of_asking_and_pausing_beats_the_rate(pauses: list[float], rate: int) -> None:
    async def story() -> list[float]:
        tried, times = pace(rate), list[float]()
        for number, pause in enumerate(pauses):
            await asyncio.sleep(pause)
            wishes = [(number * 1000 + one, one % 5) for one in range(rate // 3)]
            times += [at for at, _, _ in await all_slots(tried, wishes)]
        return times

    times = leaping(story)
    assert not times or most_within(times, 1.0) <= rate


# Who goes first


def test_the_urgent_go_first_and_equals_in_order_of_arrival() -> None:
    wishes = [(chat, priority) for chat, priority in zip(range(1, 11), [4, 4, 3, 2, 0, 1, 4, 0, 3, 2], strict=True)]
    had = leaping(lambda: all_slots(pace(10), [(99, 4), *wishes]))

    assert [chat for _, chat, _ in had] == [99, 5, 8, 6, 4, 10, 3, 9, 1, 2, 7]


def test_a_reply_does_not_wait_behind_a_crowd() -> None:
    async def story() -> float:
        tried = pace(25)
        async with asyncio.TaskGroup() as group:
            group.create_task(times_of(tried, 200))
            await asyncio.sleep(1.0)
            asked = now()
            await tried.slot(-7, 0)
            return now() - asked

    assert leaping(story) <= 1 / 25 + 0.01


def test_a_chat_that_rests_holds_nobody_up() -> None:
    had = leaping(lambda: all_slots(pace(10), [(1, 4), (1, 4), (2, 4), (3, 4)]))

    assert [chat for _, chat, _ in had] == [1, 2, 3, 1]


def test_within_a_chat_the_urgent_overtakes() -> None:
    had = leaping(lambda: all_slots(pace(10), [(1, 4), (1, 4), (1, 3), (1, 0)]))

    assert [priority for _, _, priority in had] == [4, 0, 3, 4]


def test_an_urgent_word_lifts_its_chat_above_the_others() -> None:
    had = leaping(lambda: all_slots(pace(10), [(9, 0), (1, 4), (2, 3), (1, 0)]))

    assert [(chat, priority) for _, chat, priority in had] == [(9, 0), (1, 0), (2, 3), (1, 4)]


# One person, one group


@pytest.mark.parametrize(("priority", "at_once"), [(0, 3), (LIVE_TALK, 3), (LIVE_TALK + 1, 1), (4, 1)])
def test_a_dialogue_may_burst_and_a_bulk_may_not(priority: int, at_once: int) -> None:
    had = leaping(lambda: all_slots(pace(1000), [(1, priority)] * 8))
    times = [at for at, _, _ in had]

    assert sum(1 for at in times if at < times[0] + 0.5) == at_once
    assert most_within(times[at_once - 1 :], 0.99) == 1


def test_a_burst_comes_back_with_rest() -> None:
    async def story() -> float:
        tried = pace(1000)
        await all_slots(tried, [(1, 0)] * 3)
        await asyncio.sleep(3)
        began = now()
        await all_slots(tried, [(1, 0)] * 3)
        return now() - began

    assert leaping(story) < 0.1


def test_a_group_hears_twenty_a_minute_and_others_go_on() -> None:
    had = leaping(lambda: all_slots(pace(25), [(-100, 0)] * 45 + [(chat, 4) for chat in range(1, 30)]))
    group = [at for at, chat, _ in had if chat == -100]
    others = [at for at, chat, _ in had if chat != -100]

    assert most_within(group, 60.0) == 20
    assert len(group) == 45
    assert others[-1] - others[0] < 5


def test_the_limits_can_be_set() -> None:
    limits = Limits(person_spacing=0.1, burst=1, group_messages=2, group_seconds=5)
    had = leaping(lambda: all_slots(pace(1000, limits=limits), [(1, 0)] * 3 + [(-1, 0)] * 4))

    assert most_within([at for at, chat, _ in had if chat == 1], 0.09) == 1
    assert most_within([at for at, chat, _ in had if chat == -1], 5.0) == 2


# Refusals


def test_a_refused_chat_rests_and_others_go_on() -> None:
    async def story() -> list[tuple[float, int, int]]:
        tried = pace(10)
        tried.close(30, 1)
        began = now()
        return [(at - began, chat, priority) for at, chat, priority in await all_slots(tried, [(1, 0), (2, 0)])]

    (other_at, other, _), (refused_at, refused, _) = leaping(story)
    assert (other, refused) == (2, 1)
    assert other_at == 0
    assert 30 <= refused_at < 30.1


def test_only_time_opens_a_gate() -> None:
    async def story() -> float:
        tried = pace(10)
        began = now()
        tried.close(5)
        tried.close(1)
        await asyncio.sleep(0.5)
        await tried.slot(1, 0)
        return now() - began

    assert 5 <= leaping(story) < 5.1


@pytest.mark.parametrize(
    ("refusals", "shut"),
    [
        ([(0.0, 1), (0.9, 2)], True),
        ([(0.0, 1), (1.5, 2)], False),
        ([(0.0, 1), (0.2, 1), (0.4, 1)], False),
        ([(0.0, 1), (0.2, 1), (0.4, 2)], True),
        ([(0.0, None)], True),
    ],
    ids=["two chats together", "two chats apart", "one chat again", "one again and another", "no chat"],
)
def test_when_the_whole_gate_shuts(refusals: list[tuple[float, int | None]], shut: bool) -> None:
    async def story() -> float:
        tried = pace(10)
        began = now()
        for at, chat in refusals:
            await asyncio.sleep(max(0.0, began + at - now()))
            tried.close(20, chat)
        await tried.slot(3, 0)
        return now() - began

    assert (leaping(story) >= 20) is shut


def test_after_a_refusal_the_full_rate_returns_without_a_burst() -> None:
    async def story() -> list[float]:
        tried = pace(30)

        async def refuse() -> None:
            await asyncio.sleep(1)
            tried.close(3)

        async with asyncio.TaskGroup() as group:
            group.create_task(refuse())
            return await group.create_task(times_of(tried, 150))

    times = leaping(story)
    gap, opened = max((late - early, late) for early, late in pairwise(times))
    after = [at for at in times if opened <= at < opened + 1]
    assert 3.0 <= gap <= 3.2
    assert most_within(times, 1.0) <= 30
    assert len(after) >= 29


# Cancelled callers, and memory


def test_a_caller_who_gives_up_takes_no_slot_and_blocks_nobody() -> None:
    async def story() -> list[float]:
        tried = pace(10)
        tried.close(2, 1)
        async with asyncio.TaskGroup() as group:
            gone = [group.create_task(tried.slot(chat, 0)) for chat in (1, 1, 2, 3, 4)]
            await asyncio.sleep(0.05)
            for one in gone:
                one.cancel()
        began = now()
        return [at - began for at, _, _ in await all_slots(tried, [(5, 4), (6, 4), (1, 4)])]

    times = leaping(story)
    assert times[1] < 0.35
    assert 1.9 <= times[2] < 2.1


def test_the_most_urgent_giving_up_leaves_the_rest_in_order() -> None:
    async def story() -> list[int]:
        tried, had = pace(10), list[int]()

        async def ask(chat: int, priority: int) -> None:
            await tried.slot(chat, priority)
            had.append(priority)

        await tried.slot(9, 0)
        async with asyncio.TaskGroup() as group:
            urgent = group.create_task(ask(1, 0))
            for chat, priority in ((1, 4), (2, 3)):
                group.create_task(ask(chat, priority))
            await asyncio.sleep(0)
            urgent.cancel()
        return had

    assert leaping(story) == [3, 4]


def test_those_behind_one_who_gives_up_stay_sorted() -> None:
    async def story() -> list[int]:
        tried, had = pace(10), list[int]()

        async def ask(priority: int) -> None:
            await tried.slot(1, priority)
            had.append(priority)

        tried.close(2, 1)
        async with asyncio.TaskGroup() as group:
            first, *_ = [group.create_task(ask(priority)) for priority in (0, 3, 1, 4)]
            await asyncio.sleep(0)
            first.cancel()
        return had

    assert leaping(story) == [1, 3, 4]


def test_a_caller_cancelled_in_the_moment_of_its_slot_harms_nothing() -> None:
    async def story() -> float:
        tried = pace(10)
        await tried.slot(1, 0)
        task = asyncio.create_task(tried.slot(2, 0))
        while not task.done():
            await asyncio.sleep(0.001)
            if now() > 1000.1:
                task.cancel()
                await asyncio.wait([task])
        await tried.slot(3, 0)
        return now()

    assert leaping(story) < 1000.4


def test_chats_are_forgotten_when_nothing_is_owed_to_them() -> None:
    async def story() -> int:
        tried = pace(1000)
        tried.close(3600, 99_077)
        for chat in range(1, 20_001):
            await tried.slot(chat if chat % 5 else -chat, 4)
        assert 99_077 in tried._chats
        return len(tried._chats) + len(tried._ready) + len(tried._resting)

    assert leaping(story) < 9000


# Shared by processes


class Store:
    """What a database would do, with the delays and failures of one."""

    def __init__(self) -> None:
        self.next_slot = 0.0
        self.shut: dict[str, float] = {}
        self.leases = 0
        self.failing = False

    async def lease(self, count: int, spacing: float, now: float) -> float:
        await self._travel()
        self.leases += 1
        first = max(self.next_slot, now, self.shut.get("bot", 0.0))
        self.next_slot = first + count * spacing
        return first

    async def close_until(self, scope: str, until: float) -> None:
        await self._travel()
        self.shut[scope] = max(self.shut.get(scope, 0.0), until)

    async def gates(self) -> Mapping[str, float]:
        await self._travel()
        return dict(self.shut)

    async def _travel(self) -> None:
        await asyncio.sleep(0.002)
        if self.failing:
            raise ConnectionError


@asynccontextmanager
async def running(*paces: Pace) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(one.run()) for one in paces]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


@pytest.mark.parametrize("rate", [25, 1000])
def test_processes_share_one_rate(rate: int) -> None:
    async def story() -> list[float]:
        store = Store()
        both = [pace(rate, store=store, shared=True) for _ in range(2)]
        async with running(*both):
            halves = await asyncio.gather(*(times_of(one, rate * 2) for one in both))
        return sorted(halves[0] + halves[1])

    times = leaping(story)
    assert most_within(times, 1.0) <= rate
    assert (len(times) - 1) / (times[-1] - times[0]) >= 0.97 * rate


def test_many_slots_are_leased_at_once() -> None:
    async def story() -> int:
        store = Store()
        tried = pace(1000, store=store, shared=True)
        async with running(tried):
            await times_of(tried, 1000)
        return store.leases

    assert leaping(story) <= 50


def test_leased_slots_nobody_used_are_gone() -> None:
    async def story() -> list[float]:
        tried = pace(1000, store=Store(), shared=True)
        async with running(tried):
            async with asyncio.TaskGroup() as group:
                asked = [group.create_task(tried.slot(chat, 4)) for chat in range(1, 200)]
                await asyncio.sleep(0.05)
                for one in asked:
                    one.cancel()
            await asyncio.sleep(5)
            return await times_of(tried, 1200)

    times = leaping(story)
    assert most_within(times, 1.0) <= 1000
    assert most_within(times, 0.01) <= 20


def test_a_refusal_shuts_the_gate_of_every_process() -> None:
    async def story() -> tuple[list[float], float]:
        store = Store()
        refused, other = (pace(25, store=store, shared=True) for _ in range(2))
        async with running(refused, other):
            await refused.slot(1, 0)
            shut_at = now()
            refused.close(30)
            return await times_of(other, 5), shut_at

    times, shut_at = leaping(story)
    assert sum(1 for at in times if at < shut_at + 30) <= 1
    assert times[-1] < shut_at + 30.5


def test_a_gate_outlives_the_process() -> None:
    async def story() -> tuple[float, float]:
        store = Store()
        dying = pace(25, store=store)
        async with running(dying):
            dying.close(10)
            dying.close(20, 1)
            await dying.slot(2, 0)
        began = now() - 10
        reborn = pace(25, store=store)
        async with running(reborn):
            await reborn.slot(2, 0)
            other_at = now() - began
            await reborn.slot(1, 0)
            return other_at, now() - began

    other_at, refused_at = leaping(story)
    assert 10 <= other_at < 10.2
    assert 20 <= refused_at < 20.2


def test_nothing_goes_out_before_the_gates_are_known() -> None:
    async def story() -> float:
        store = Store()
        store.shut["bot"] = wall() + 7
        tried = pace(25, store=store)
        began = now()
        async with running(tried):
            await tried.slot(1, 0)
        return now() - began

    assert 7 <= leaping(story) < 7.2


def test_a_store_that_fails_is_waited_out_and_told_once_a_try(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> float:
        store = Store()
        store.failing = True
        tried = pace(25, store=store, shared=True)
        began = now()
        async with running(tried):
            tried.close(1, 5)
            async with asyncio.TaskGroup() as group:
                slot = group.create_task(tried.slot(1, 0))
                await asyncio.sleep(20)
                assert not slot.done()
                store.failing = False
            assert store.shut.keys() == {"chat:5"}
        return now() - began

    assert 20 < leaping(story) <= 31
    assert 3 <= len(caplog.records) <= 6
    assert "ConnectionError" in caplog.text


def test_real_time_works_too() -> None:
    async def story() -> None:
        tried = Pace(1000)
        await asyncio.gather(*(tried.slot(chat, 4) for chat in range(1, 21)))

    asyncio.run(story())
