"""Gates and the shared pace in the database: every process and every restart obeys them (R8, OUT-05)."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from channels.pace import Pace
from storage.gates import BOT, Gates
from tests.databases import Opened

REPLY = 0


@contextlib.asynccontextmanager
async def running(*paces: Pace) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(pace.run()) for pace in paces]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def now(opened: Opened) -> float:
    return opened.moment.at.timestamp()


async def test_no_slot_is_given_twice(opened: Opened, now: float) -> None:
    """Two processes, 100 leases at once, clocks a second apart: all slots differ and follow each other."""
    stores = [Gates(opened.database), Gates(await opened.once_more())]
    firsts = await asyncio.gather(*(stores[n % 2].lease(4, 0.04, now - n % 2) for n in range(100)))

    slots = sorted(first + number * 0.04 for first in firsts for number in range(4))
    assert min(_gaps(slots)) > 0.0399
    assert max(_gaps([slot for slot in slots if slot > now - 0.001])) < 0.0401, (
        "once the faster clock has asked, no slot is left out"
    )
    assert slots[0] >= now - 1


def _gaps(slots: list[float]) -> list[float]:
    return [later - earlier for earlier, later in itertools.pairwise(slots)]


async def test_the_schedule_never_runs_back_and_never_saves_up(opened: Opened, now: float) -> None:
    store = Gates(opened.database)
    first = await store.lease(10, 1.0, now)
    assert await store.lease(1, 1.0, now - 3600) == pytest.approx(first + 10)
    assert await store.lease(1, 1.0, now + 3600) == pytest.approx(now + 3600)


async def test_no_slot_lies_before_the_gate_opens(opened: Opened, now: float) -> None:
    store = Gates(opened.database)
    await store.close_until(BOT, now + 30)

    assert await store.lease(1, 0.04, now) == pytest.approx(now + 30)


async def test_a_gate_only_shuts_longer(opened: Opened, now: float) -> None:
    store, other = Gates(opened.database), Gates(await opened.once_more())
    await store.close_until("chat:5", now + 30)
    await other.close_until("chat:5", now + 10)
    assert await store.gates() == {"chat:5": pytest.approx(now + 30)}
    await other.close_until("chat:5", now + 60)
    assert await store.gates() == {"chat:5": pytest.approx(now + 60)}


async def test_a_gate_opens_by_time_alone(opened: Opened, now: float) -> None:
    store = Gates(opened.database)
    await store.close_until("chat:5", now + 30)
    await store.close_until(BOT, now + 90)
    opened.moment.passes(seconds=31)
    assert await store.gates() == {BOT: pytest.approx(now + 90)}
    opened.moment.passes(seconds=60)
    assert await store.gates() == {}


async def test_closings_at_once_keep_the_longest(opened: Opened, now: float) -> None:
    stores = [Gates(opened.database), Gates(await opened.once_more())]
    await asyncio.gather(*(stores[n % 2].close_until(BOT, now + n) for n in range(1, 60)))

    assert await stores[0].gates() == {BOT: pytest.approx(now + 59)}


async def test_a_refusal_heard_by_one_process_is_obeyed_by_the_other(opened: Opened) -> None:
    """OUT-05: two `Pace` on one database; the second learns of the 429 without ever hearing one."""
    opened.moment.at = datetime.fromtimestamp(time.time(), UTC)
    first = Pace(25, store=Gates(opened.database), shared=True)
    second = Pace(25, store=Gates(await opened.once_more()), shared=True)
    async with running(first, second):
        await first.slot(5, REPLY)
        await second.slot(6, REPLY)
        first.close(3600)
        await until_shut(Gates(opened.database))
        permitted = [await permits(second, chat) for chat in range(10, 14)]

    assert permitted[-2:] == [False, False], "it may use up what it had reserved, and no more"


async def permits(pace: Pace, chat_id: int) -> bool:
    """Tell whether a message may go out about now."""
    try:
        await asyncio.wait_for(pace.slot(chat_id, REPLY), 0.3)
    except TimeoutError:
        return False
    return True


async def until_shut(gates: Gates) -> None:
    """Wait until a closing was written down."""
    async with asyncio.timeout(20):
        while not await gates.gates():  # noqa: ASYNC110  # the database tells nobody when a row changes
            await asyncio.sleep(0.01)


async def test_a_restart_obeys_what_was_said_before_it(opened: Opened) -> None:
    opened.moment.at = datetime.fromtimestamp(time.time(), UTC)
    before = Pace(25, store=Gates(opened.database))
    async with running(before):
        before.close(3600, 5)
        await until_shut(Gates(opened.database))
    after = Pace(25, store=Gates(opened.database))
    async with running(after):
        await asyncio.wait_for(after.slot(6, REPLY), 20)
        assert not await permits(after, 5)
