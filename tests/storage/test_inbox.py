"""What came in: stored once, worked on in order, decided once (IN-03, IN-04)."""

import asyncio
import threading
from typing import Any

import pytest
from sqlalchemy import text

from storage import inbox
from storage.inbox import Arrived, Waiting
from storage.queries import health
from storage.work import Work
from tests.databases import Opened, until

BOT = 42


def arrived(number: int, lane: str = "u:501") -> Arrived:
    return Arrived(number, lane, "message", {"update_id": number})


def store(*numbers: int, lane: str = "u:501", bot: int = BOT) -> Any:
    return lambda work: inbox.store(work, bot, [arrived(number, lane) for number in numbers])


def take(lane: str = "u:501") -> Any:
    def unit(work: Work) -> Waiting | None:
        found = inbox.earliest(work, lane)
        if found is not None:
            inbox.finish(work, found.id, "done")
        return found

    return unit


async def first(opened: Opened, lane: str = "u:501") -> Waiting:
    found = await opened.database.run(lambda work: inbox.earliest(work, lane))
    assert found is not None
    return found


def remember(number: int) -> Any:
    return lambda work: inbox.remember_next_update(work, BOT, number)


def numbers(found: list[Waiting | None]) -> list[int]:
    return [one.payload["update_id"] for one in found if one is not None]


async def test_nothing_is_stored_of_an_empty_batch(opened: Opened) -> None:
    assert await opened.database.run(store()) == []


async def test_the_lane_of_every_new_update_is_named(opened: Opened) -> None:
    assert await opened.database.run(store(1, 2)) == ["u:501", "u:501"]
    assert await opened.database.run(store(2, 3)) == ["u:501"]


async def test_twenty_copies_at_once_through_two_processes_are_one(opened: Opened) -> None:
    """IN-03 with 20 copies of 5 updates."""
    other = await opened.once_more()

    stored = await asyncio.gather(
        *((other if copy % 2 else opened.database).run(store(number)) for number in range(5) for copy in range(20))
    )

    assert sum(map(len, stored)) == 5
    assert await opened.one("SELECT count(*) FROM inbox") == 5


async def test_a_number_that_was_worked_on_is_still_known(opened: Opened) -> None:
    await opened.database.run(store(9))
    await opened.database.run(take())

    assert await opened.database.run(store(9)) == []
    assert await opened.database.run(take()) is None


async def test_a_smaller_number_than_the_last_is_no_repeat(opened: Opened) -> None:
    await opened.database.run(store(900_000))
    assert await opened.database.run(store(17)) == ["u:501"]


async def test_another_bot_has_numbers_of_its_own(opened: Opened) -> None:
    await opened.database.run(store(1))
    assert await opened.database.run(store(1, bot=43)) == ["u:501"]


async def test_the_order_is_kept_within_a_lane(opened: Opened) -> None:
    await opened.database.run(store(3, 1, 2))
    await opened.database.run(store(4, lane="u:502"))

    found = [await opened.database.run(take()) for _ in range(4)]

    assert numbers(found) == [3, 1, 2]
    assert found[3] is None


async def test_text_is_gone_when_it_is_done_and_kept_when_it_is_dead(opened: Opened) -> None:
    await opened.database.run(store(1, 2))
    row = await first(opened)
    await opened.database.run(lambda work: inbox.finish(work, row.id, "dead", "Broken"))
    await opened.database.run(take())

    found = await opened.rows("SELECT state, reason, payload IS NULL, ended_at IS NULL FROM inbox ORDER BY id")

    assert [tuple(row) for row in found] == [("dead", "Broken", False, False), ("done", None, True, False)]


async def test_what_has_ended_cannot_be_ended_again(opened: Opened) -> None:
    await opened.database.run(store(1))
    row = await opened.database.run(take())

    assert not await opened.database.run(lambda work: inbox.finish(work, row.id, "dead", "Broken"))
    assert await opened.one("SELECT state FROM inbox") == "done"


async def test_tries_are_counted_while_it_is_open(opened: Opened) -> None:
    await opened.database.run(store(1))
    row = await first(opened)

    counted = [await opened.database.run(lambda work: inbox.count_attempt(work, row.id)) for _ in range(3)]
    await opened.database.run(take())

    assert counted == [1, 2, 3]
    assert await opened.database.run(lambda work: inbox.count_attempt(work, row.id)) == 0


async def test_a_dead_update_is_replayed_once(opened: Opened) -> None:
    await opened.database.run(store(1))
    row = await first(opened)
    assert await opened.database.run(lambda work: inbox.replay(work, row.id)) is None
    await opened.database.run(lambda work: inbox.count_attempt(work, row.id))
    await opened.database.run(lambda work: inbox.finish(work, row.id, "dead", "Broken"))

    replayed = [await opened.database.run(lambda work: inbox.replay(work, row.id)) for _ in range(2)]

    assert replayed == ["u:501", None]
    again = await first(opened)
    assert again.payload == {"update_id": 1}
    assert again.attempts == 0


async def test_an_internal_row_is_told_once(opened: Opened) -> None:
    for _ in range(2):
        await opened.database.run(
            lambda work: inbox.tell(work, BOT, "undelivered:7", "u:501", "undelivered", {"person_id": 1})
        )

    found = [await opened.database.run(take()) for _ in range(2)]

    assert found[0].kind == "undelivered"
    assert found[1] is None


async def test_open_lanes_are_named_once_the_oldest_first(opened: Opened) -> None:
    await opened.database.run(store(1, lane="b"))
    await opened.database.run(store(2, lane="a"))
    await opened.database.run(store(3, lane="b"))
    await opened.database.run(store(4, lane="c"))
    await opened.database.run(take("c"))

    assert await opened.database.run(inbox.open_lanes) == ["b", "a"]
    assert await opened.database.run(lambda work: inbox.open_lanes(work, limit=1)) == ["b"]


async def test_polling_goes_on_where_it_stopped(opened: Opened) -> None:
    assert await opened.database.run(lambda work: inbox.next_update(work, BOT)) is None
    for number in (5, 9):
        await opened.database.run(remember(number))

    assert await opened.database.run(lambda work: inbox.next_update(work, BOT)) == 9
    assert await opened.database.run(lambda work: inbox.next_update(work, 43)) is None


async def test_health_counts_what_waits_and_since_when(opened: Opened) -> None:
    await opened.database.run(store(1, 2))
    opened.moment.passes(seconds=90)
    await opened.database.run(take())

    found = await opened.database.run(health.counts)

    assert found["inbox_open"] == 1
    assert found["inbox_oldest_seconds"] == 90
    assert found.keys() == health.COUNTS.keys()


async def test_two_processes_work_on_one_lane_in_order(postgres: Opened) -> None:
    other = await postgres.once_more()
    await postgres.database.run(store(*range(40)))
    worked: list[int] = []

    def unit(work: Work) -> bool:
        found = take()(work)
        if found is not None:
            worked.append(found.payload["update_id"])
        return found is not None

    async def work_until_empty(database: Any) -> None:
        while await database.run(unit):
            pass

    await asyncio.gather(*(work_until_empty(each) for each in (postgres.database, other) * 2))

    assert worked == list(range(40))


async def test_a_lane_that_goes_on_elsewhere_is_not_taken_for_empty(postgres: Opened) -> None:
    """Another process holds the first row: we wait for it and are given the next one, not nothing."""
    other = await postgres.once_more()
    await postgres.database.run(store(1, 2))
    held = threading.Event()

    def holding(work: Work) -> None:
        take()(work)
        held.set()
        work.session.execute(text("SELECT pg_sleep(0.2)"))

    first = asyncio.create_task(other.run(holding))
    await until(held.is_set)
    found = await postgres.database.run(take())
    await first

    assert numbers([found]) == [2]


async def test_a_row_that_arrives_while_we_wait_is_found_by_the_next_look(postgres: Opened) -> None:
    other = await postgres.once_more()
    await postgres.database.run(store(1))
    held = threading.Event()

    def holding(work: Work) -> None:
        take()(work)
        held.set()
        work.session.execute(text("SELECT pg_sleep(0.2)"))

    async with asyncio.TaskGroup() as group:
        group.create_task(other.run(holding))
        await until(held.is_set)
        waiting = group.create_task(postgres.database.run(take()))
        await asyncio.sleep(0.05)
        await other.run(store(2))

    found = waiting.result() or await postgres.database.run(take())
    assert numbers([found]) == [2]


@pytest.mark.parametrize("payload", [{"text": "\x00 \ud800 \u202e é"}, {"n": 2**70}, {"deep": [[[[]]]]}, {}])
async def test_any_json_comes_back_as_it_was(opened: Opened, payload: dict[str, Any]) -> None:
    await opened.database.run(lambda work: inbox.store(work, BOT, [Arrived(1, "u:501", "message", payload)]))

    assert (await opened.database.run(take())).payload == payload
