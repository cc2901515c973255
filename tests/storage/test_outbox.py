"""What must be said: claimed in order and by urgency, settled by whoever holds the newest claim (R5, R6, fencing)."""

import asyncio
import threading
from collections import Counter
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from storage import outbox
from storage.outbox import ALERT, ANNOUNCEMENT, LEASE, LIVE_TALK, REPLY, TIMELY, Claimed
from storage.work import Work
from tests.databases import NOON, Opened, newcomer, said, until


@pytest.fixture
async def opened(opened: Opened) -> Opened:
    """Give a database that knows five people."""
    await know_five(opened)
    return opened


@pytest.fixture
async def postgres(postgres: Opened) -> Opened:
    """Give a PostgreSQL database that knows five people."""
    await know_five(postgres)
    return postgres


async def know_five(opened: Opened) -> None:
    await opened.database.run(lambda work: [newcomer(work, 500 + number).id for number in range(1, 6)])


async def promise(opened: Opened, *sayings: Any) -> None:
    def unit(work: Work) -> None:
        for saying in sayings:
            assert outbox.promise(work, saying)

    await opened.database.run(unit)


async def claim(opened: Opened, limit: int = 100) -> list[Claimed]:
    return await opened.database.run(lambda work: outbox.claim(work, limit))


async def states(opened: Opened) -> dict[str, str]:
    return dict([tuple(row) for row in await opened.rows("SELECT key, state FROM outbox")])


def settled(row: Claimed, message_id: int = 7) -> Any:
    return lambda work: outbox.settle_sent(work, row, message_id)


def lost(row: Claimed) -> Any:
    return lambda work: outbox.settle_unknown(work, row, "timeout")


def given_back(row: Claimed) -> Any:
    return lambda work: outbox.settle_given_back(work, row)


async def test_a_key_is_promised_once(opened: Opened) -> None:
    await promise(opened, said("a"))

    assert not await opened.database.run(lambda work: outbox.promise(work, said("a")))
    assert len(await claim(opened)) == 1


async def test_the_most_urgent_goes_first_and_then_the_oldest(opened: Opened) -> None:
    order = [ALERT, ANNOUNCEMENT, REPLY, TIMELY, LIVE_TALK]
    await promise(opened, *(said(f"{n}", n + 1, priority=priority) for n, priority in enumerate(order)))

    assert [row.priority for row in await claim(opened)] == sorted(order)


async def test_no_more_than_there_is_room_for(opened: Opened) -> None:
    await promise(opened, *(said(f"{n}", n) for n in range(1, 6)))

    assert [len(await claim(opened, 2)) for _ in range(4)] == [2, 2, 1, 0]


async def test_one_of_a_lane_is_in_flight_and_the_next_follows_it(opened: Opened) -> None:
    await promise(opened, said("a"), said("b"), said("c", 2))

    first = await claim(opened)
    assert [row.lane for row in first] == ["u:1", "u:2"]
    assert await claim(opened) == []
    await opened.database.run(settled(first[0]))

    (second,) = await claim(opened)
    assert second.id > first[0].id


async def test_one_claim_takes_one_of_a_lane_the_most_urgent(opened: Opened) -> None:
    await promise(opened, said("slow", priority=ALERT), said("quick", priority=REPLY))

    (first,) = await claim(opened)
    assert first.priority == REPLY
    await opened.database.run(settled(first))
    (second,) = await claim(opened)
    assert second.priority == ALERT


async def test_what_is_not_due_yet_waits_and_holds_up_nobody(opened: Opened) -> None:
    await promise(opened, said("tomorrow", due_at=NOON.replace(day=2)), said("now"))

    (row,) = await claim(opened)
    assert row.body["words"] == "Hello"
    await opened.database.run(settled(row))
    assert await claim(opened) == []
    opened.moment.passes(days=1)
    assert len(await claim(opened)) == 1


async def test_what_was_refused_for_now_keeps_its_place(opened: Opened) -> None:
    await promise(opened, said("a"), said("b"))
    (row,) = await claim(opened)
    await opened.database.run(lambda work: outbox.settle_later(work, row, 30, "later_chat"))

    assert await claim(opened) == []
    opened.moment.passes(seconds=31)
    (again,) = await claim(opened)
    assert (again.id, again.attempts) == (row.id, 2)


async def test_an_urgent_one_never_waits_for_a_held_slow_one(opened: Opened) -> None:
    await promise(opened, said("slow", priority=ALERT))
    (row,) = await claim(opened)
    await opened.database.run(lambda work: outbox.settle_later(work, row, 300, "later_server"))
    await promise(opened, said("quick", priority=LIVE_TALK))

    (first,) = await claim(opened)
    assert first.priority == LIVE_TALK


async def test_only_the_newest_claim_settles(opened: Opened) -> None:
    await promise(opened, said("a"))
    (stale,) = await claim(opened)
    opened.moment.passes(seconds=LEASE.total_seconds() + 1)
    assert await opened.database.run(lambda work: outbox.recover(work, everything=False)) == 1
    (fresh,) = await claim(opened)

    assert not await opened.database.run(settled(stale, 1))
    assert not await opened.database.run(lambda work: outbox.settle_ended(work, stale, "failed", "x"))
    assert await opened.database.run(settled(fresh, 2))
    assert not await opened.database.run(settled(fresh, 3))
    assert await opened.one("SELECT message_id FROM outbox") == 2


async def test_a_claim_holds_for_the_length_of_its_lease(opened: Opened) -> None:
    await promise(opened, said("a"))
    await claim(opened)
    opened.moment.passes(seconds=LEASE.total_seconds() - 1)

    assert await opened.database.run(lambda work: outbox.recover(work, everything=False)) == 0
    assert await opened.database.run(lambda work: outbox.recover(work, everything=True)) == 1


async def test_a_lost_claim_is_taken_over_until_its_second_copy_went_out(opened: Opened) -> None:
    await promise(opened, said("a"))
    for twice in (False, True, True):
        (row,) = await claim(opened)
        assert row.possibly_twice is twice
        await opened.database.run(lambda work: outbox.recover(work, everything=True))
    (row,) = await claim(opened)
    assert await opened.database.run(partial(outbox.begin_repeat, row=row))
    await opened.database.run(lambda work: outbox.recover(work, everything=True))

    found = await opened.one("SELECT state, possibly_twice, ended_at IS NULL, reason FROM outbox")
    assert tuple(found) == ("unknown", True, False, "lease_expired")
    assert await claim(opened) == []


async def test_a_second_copy_is_only_begun_under_the_newest_claim(opened: Opened) -> None:
    await promise(opened, said("a"))
    (stale,) = await claim(opened)
    await opened.database.run(lambda work: outbox.recover(work, everything=True))
    (fresh,) = await claim(opened)

    assert not await opened.database.run(partial(outbox.begin_repeat, row=stale))
    assert await opened.database.run(partial(outbox.begin_repeat, row=fresh))


async def test_a_second_copy_that_was_refused_for_now_may_be_begun_again(opened: Opened) -> None:
    await promise(opened, said("a"))
    await claim(opened)
    await opened.database.run(lambda work: outbox.recover(work, everything=True))
    (row,) = await claim(opened)
    await opened.database.run(partial(outbox.begin_repeat, row=row))
    await opened.database.run(lambda work: outbox.settle_later(work, row, 1, "later_chat"))
    opened.moment.passes(seconds=2)
    await claim(opened)
    await opened.database.run(lambda work: outbox.recover(work, everything=True))

    assert await states(opened) == {"a": "pending"}


async def test_a_lost_answer_is_repeated_once_and_then_unknown(opened: Opened) -> None:
    await promise(opened, said("a"))
    for twice in (False, True):
        (row,) = await claim(opened)
        assert row.possibly_twice is twice
        if twice:
            await opened.database.run(partial(outbox.begin_repeat, row=row))
        assert await opened.database.run(lost(row))
        assert await claim(opened) == [], "a server in trouble is left alone for a while"
        opened.moment.passes(minutes=2)

    assert await states(opened) == {"a": "unknown"}


@pytest.mark.parametrize("answer_lost", [True, False])
async def test_an_announcement_is_never_repeated_by_itself(opened: Opened, *, answer_lost: bool) -> None:
    await promise(opened, said("a", priority=ANNOUNCEMENT))
    (row,) = await claim(opened)
    if answer_lost:
        await opened.database.run(lambda work: outbox.settle_unknown(work, row, "timeout"))
    else:
        await opened.database.run(lambda work: outbox.recover(work, everything=True))

    opened.moment.passes(days=1)
    assert await claim(opened) == []
    assert tuple(await opened.one("SELECT state, possibly_twice FROM outbox")) == ("unknown", False)


async def test_an_edit_repeats_freely(opened: Opened) -> None:
    await promise(opened, said("a", edit_of=5))
    for _ in range(6):
        (row,) = await claim(opened)
        await opened.database.run(lost(row))
        opened.moment.passes(minutes=2)

    assert await states(opened) == {"a": "pending"}


async def test_words_are_dropped_when_it_ended_and_kept_while_it_may_be_said(opened: Opened) -> None:
    await promise(opened, *(said(f"{n}", n) for n in range(1, 6)))
    rows = await claim(opened)
    settle = [
        lambda work: outbox.settle_sent(work, rows[0], 1),
        lambda work: outbox.settle_ended(work, rows[1], "failed", "refused"),
        lambda work: outbox.settle_ended(work, rows[2], "skipped", "stopped"),
        lambda work: outbox.settle_later(work, rows[3], 5, "later_bot"),
        lambda work: outbox.settle_unknown(work, rows[4], "timeout"),
    ]
    for each in settle:
        assert await opened.database.run(each)

    found = await opened.rows(
        "SELECT state, body IS NULL, ended_at IS NULL, lease_until IS NULL FROM outbox ORDER BY id"
    )
    assert [tuple(row) for row in found] == [
        ("sent", True, False, True),
        ("failed", True, False, True),
        ("skipped", True, False, True),
        ("pending", False, True, True),
        ("pending", False, True, True),
    ]


async def test_what_was_surely_not_sent_counts_as_no_try(opened: Opened) -> None:
    await promise(opened, said("a"))
    for _ in range(3):
        (row,) = await claim(opened)
        await opened.database.run(given_back(row))

    (row,) = await claim(opened)
    assert (row.attempts, row.token) == (1, 4)


async def test_it_may_be_given_back_for_another_time(opened: Opened) -> None:
    await promise(opened, said("a"))
    (row,) = await claim(opened)
    await opened.database.run(lambda work: outbox.settle_given_back(work, row, due_at=NOON.replace(hour=9)))

    assert await claim(opened) == []
    opened.moment.passes(hours=2)
    assert len(await claim(opened)) == 1


async def test_a_group_that_moved_is_followed(opened: Opened) -> None:
    await promise(opened, said("a"))
    (row,) = await claim(opened)
    await opened.database.run(lambda work: outbox.settle_moved(work, row, -1009))

    assert [row.chat_id for row in await claim(opened)] == [-1009]


async def test_an_edit_that_cannot_be_becomes_a_message(opened: Opened) -> None:
    await promise(opened, said("a", edit_of=5))
    (row,) = await claim(opened)
    await opened.database.run(lambda work: outbox.settle_as_new(work, row))

    (again,) = await claim(opened)
    assert again.edit_of is None
    assert again.body == row.body


async def test_what_waits_for_a_person_is_skipped_from_an_urgency_on(opened: Opened) -> None:
    urgencies = [REPLY, LIVE_TALK, TIMELY, ALERT, ANNOUNCEMENT]
    await promise(opened, *(said(f"{urgency}", priority=urgency) for urgency in urgencies), said("other", 2))

    def unit(work: Work) -> int:
        return outbox.skip_open(work, 1, "blocked", least_urgent_from=TIMELY)

    assert await opened.database.run(unit) == 3
    found = await states(opened)
    assert [found[f"{urgency}"] for urgency in urgencies] == ["pending", "pending", "skipped", "skipped", "skipped"]
    assert found["other"] == "pending"


async def test_it_is_known_whether_a_lane_has_more(opened: Opened) -> None:
    def more(lane: str) -> Any:
        return lambda work: outbox.has_more(work, lane)

    await promise(opened, said("a"), said("b"), said("later", 2, due_at=NOON.replace(day=2)))
    rows = await claim(opened)
    assert await opened.database.run(more("u:1"))
    assert not await opened.database.run(more("u:2"))
    await opened.database.run(settled(rows[0]))
    await claim(opened)
    assert not await opened.database.run(more("u:1"))


# ------------------------------------------------------------------------------------------------------------- replies


async def test_replies_come_claimed_and_in_order(opened: Opened) -> None:
    rows = await opened.database.run(
        lambda work: outbox.reply(work, [said(f"in:1:{n}", words=f"{n}", priority=REPLY) for n in range(4)])
    )

    assert [row.body["words"] for row in rows] == ["0", "1", "2", "3"]
    assert await claim(opened) == []
    for row in rows:
        assert await opened.database.run(settled(row))


async def test_a_turn_without_replies_writes_nothing(opened: Opened) -> None:
    assert await opened.database.run(lambda work: outbox.reply(work, [])) == []


async def test_a_reply_queues_behind_an_earlier_one(opened: Opened) -> None:
    (first,) = await opened.database.run(lambda work: outbox.reply(work, [said("in:1", priority=REPLY)]))

    assert await opened.database.run(lambda work: outbox.reply(work, [said("in:2", priority=REPLY)])) == []
    await opened.database.run(settled(first))
    (second,) = await claim(opened)
    assert second.id > first.id


async def test_a_reply_does_not_queue_behind_what_is_less_urgent(opened: Opened) -> None:
    await promise(opened, said("a", priority=ALERT))
    await claim(opened)

    assert len(await opened.database.run(lambda work: outbox.reply(work, [said("in:1", priority=REPLY)]))) == 1


async def test_replies_of_a_dead_process_are_said_once_more(opened: Opened) -> None:
    await opened.database.run(lambda work: outbox.reply(work, [said("in:1", priority=REPLY)]))
    await opened.database.run(lambda work: outbox.recover(work, everything=True))

    (row,) = await claim(opened)
    assert row.possibly_twice


# --------------------------------------------------------------------------------------------------- several couriers


async def test_four_couriers_never_take_one_lane_at_once(postgres: Opened) -> None:
    """OUT-16 with 200 rows in 5 lanes of 5 urgencies: each row is taken once, and no lane twice at a time."""
    databases = [postgres.database, *[await postgres.once_more() for _ in range(3)]]
    await promise(postgres, *(said(f"{n}", n % 5 + 1, priority=n % 4) for n in range(200)))
    taken: Counter[int] = Counter()
    flying: Counter[str] = Counter()
    guard = threading.Lock()

    async def carry(database: Any) -> None:
        idle = 0
        while idle < 20:
            rows = await database.run(lambda work: outbox.claim(work, 3))
            idle = 0 if rows else idle + 1
            with guard:
                taken.update(row.id for row in rows)
                flying.update(row.lane for row in rows)
                assert max(flying.values(), default=0) <= 1
            await asyncio.sleep(0.001)
            for row in rows:
                with guard:
                    flying[row.lane] -= 1
                assert await database.run(settled(row))

    await asyncio.gather(*map(carry, databases))

    assert len(taken) == 200
    assert set(taken.values()) == {1}
    assert await postgres.one("SELECT count(*) FROM outbox WHERE state = 'sent'") == 200


async def test_a_lane_another_courier_is_claiming_from_is_left_alone(postgres: Opened) -> None:
    """The other one holds its claim uncommitted; we see a second row of the lane and must not take it."""
    other = await postgres.once_more()
    await promise(postgres, said("slow", priority=ALERT), said("elsewhere", 2))
    held, go_on = threading.Event(), "SELECT pg_sleep(0.3)"

    def holding(work: Work) -> int:
        rows = outbox.claim(work, 1)
        held.set()
        work.session.execute(text(go_on))
        return rows[0].id

    first = asyncio.create_task(other.run(holding))
    await until(held.is_set)
    await promise(postgres, said("quick", priority=REPLY))
    rows = await claim(postgres)
    await first

    assert [row.lane for row in rows] == ["u:2"]


async def test_a_frozen_courier_holds_up_only_its_own_lane(postgres: Opened) -> None:
    other = await postgres.once_more()
    await promise(postgres, *(said(f"{n}", n) for n in range(1, 6)))
    held = threading.Event()

    def frozen(work: Work) -> None:
        outbox.claim(work, 1)
        held.set()
        work.session.execute(text("SELECT pg_sleep(0.3)"))

    freezing = asyncio.create_task(other.run(frozen))
    await until(held.is_set)

    assert len(await claim(postgres)) == 4
    await freezing
