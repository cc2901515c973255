"""Lanes: one in order, many at once, none kept when it is empty."""

import asyncio
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.lanes import KINDS, Lanes, kind_of, lane_of
from bot.lifecycle import Nursery
from storage.tables.people import Conversation, Person
from storage.work import Work
from tests.phone import Phone, World, open_world, settings_for

PRIVATE: dict[str, Any] = {"chat": {"id": 7, "type": "private"}, "from": {"id": 7}}
GROUP: dict[str, Any] = {"chat": {"id": -5, "type": "supergroup"}, "from": {"id": 7}}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": PRIVATE}, "u:7"),
        ({"edited_message": PRIVATE}, "u:7"),
        ({"my_chat_member": PRIVATE}, "u:7"),
        ({"callback_query": {"from": {"id": 7}, "message": PRIVATE}}, "u:7"),
        ({"callback_query": {"from": {"id": 7}}}, "u:7"),
        ({"callback_query": {"from": {"id": 7}, "message": GROUP}}, "g:-5:0"),
        ({"message": GROUP}, "g:-5:0"),
        ({"message": GROUP | {"message_thread_id": 12}}, "g:-5:12"),
        ({"message": GROUP | {"message_thread_id": "12"}}, "g:-5:0"),
        ({"channel_post": {"chat": {"id": -9, "type": "channel"}}}, "g:-9:0"),
        ({"message": {"chat": {"id": "7", "type": "private"}, "from": {"id": 7}}}, "none"),
        ({"message": {"chat": {"id": True, "type": "private"}}}, "none"),
        ({"message": {"chat": {"id": 2**63, "type": "private"}}}, "none"),
        ({"message": []}, "none"),
        ({"poll": {"id": "1"}}, "none"),
        ({}, "none"),
    ],
)
def test_the_lane_is_read_off_the_raw_update(update: dict[str, Any], lane: str) -> None:
    assert lane_of(update) == lane


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["chat", "from", "id", "type"]), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*KINDS, "poll"]), anything, max_size=2))
def test_any_nonsense_has_a_lane_and_a_kind(update: dict[str, Any]) -> None:
    assert isinstance(lane_of(update), str)
    assert kind_of(update) in {*KINDS, "unknown"}


class Worker:
    """Takes updates from lists, one list a lane, yielding so that lanes can mix."""

    def __init__(self, waiting: dict[str, list[int]]) -> None:
        self.waiting = waiting
        self.done: list[tuple[str, int]] = []
        self.busy: set[str] = set()
        self.most = 0
        self.again: set[int] = set()

    async def take(self, lane: str) -> float | None:
        assert lane not in self.busy, "two turns of one lane at once"
        self.busy.add(lane)
        self.most = max(self.most, len(self.busy))
        await asyncio.sleep(0)
        self.busy.remove(lane)
        number = self.waiting[lane][0]
        if number in self.again:
            self.again.remove(number)
            return 0.0
        self.done.append((lane, self.waiting[lane].pop(0)))
        return None


async def test_one_lane_in_order_many_at_once() -> None:
    worker, nursery = Worker({f"u:{lane}": list(range(20)) for lane in range(30)}), Nursery()
    lanes = Lanes(worker.take, nursery.start, at_once=8)
    kicks = [lane for lane in worker.waiting for _ in range(20)]
    random.Random(1).shuffle(kicks)
    lanes.kick(kicks)
    await lanes._idle.wait()
    for lane in worker.waiting:
        assert [number for name, number in worker.done if name == lane] == list(range(20))
    assert 1 < worker.most <= 8
    assert lanes._waiting == {}
    assert not lanes.is_running("u:1")


async def test_a_failing_update_keeps_its_place() -> None:
    worker, nursery = Worker({"u:1": [1, 2, 3]}), Nursery()
    worker.again = {2}
    lanes = Lanes(worker.take, nursery.start)
    lanes.kick(["u:1"] * 3)
    await lanes._idle.wait()
    assert [number for _, number in worker.done] == [1, 2, 3]


async def test_stopping_finishes_what_runs_and_leaves_the_rest() -> None:
    worker, nursery = Worker({"u:1": list(range(50))}), Nursery()
    lanes = Lanes(worker.take, nursery.start)
    lanes.kick(["u:1"] * 50)
    await asyncio.sleep(0)
    await lanes.stop()
    assert worker.busy == set()
    assert len(worker.done) < 50
    lanes.kick(["u:1"])
    assert not lanes.is_running("u:2")


async def test_ten_presses_at_once_are_one_step(world: World) -> None:
    you = world.phone()
    await you.say("/start")
    await you.tap("English")
    await you.tap("Register")
    await you.tap("Begin, it is for me")
    pressed = [you.pressing("rs1:name") for _ in range(10)]
    happened = await world.feed(*pressed)
    assert [one.act for one in happened].count("tap") == 10, "every spinner stops"
    assert [one.act for one in happened].count("edit") == 1
    assert [one.act for one in happened].count("send") == 0
    assert await world.run(lambda work: work.session.exec(select(Conversation.step)).one()) == "Registration:place"


async def test_text_and_press_of_one_moment_give_one_of_the_serial_results(office_url: str) -> None:
    """Two processes, twenty-five people, each writing a name and pressing Skip at once; what arrived first counts first."""
    dice = random.Random(2)
    async with open_world(settings_for(office_url)) as one, open_world(settings_for(office_url), one.recorder) as two:
        two.update_id = one.update_id + 100_000
        for number in range(25):
            await _race(one, two, one.phone(8000 + number, "Racer"), dice)
        rows = await one.run(_standings)
    assert len(rows) == 25
    for step, name, region in rows:
        assert (step, region) == ("Registration:place", None)
        assert name in {None, "Racer"}


async def _race(one: World, two: World, racer: Phone, dice: random.Random) -> None:
    await racer.say("/start")
    await racer.tap("English")
    await racer.tap("Register")
    await racer.tap("Begin, it is for me")
    text = one.update("message", racer.message(text="Racer"))
    press = racer.pressing("rs1:name") | {"update_id": two.update_id}
    two.update_id += 1
    first, second = ((one, text), (two, press)) if dice.random() < 0.5 else ((two, press), (one, text))
    await asyncio.gather(first[0].feed(first[1]), second[0].feed(second[1]))


def _standings(work: Work) -> list[tuple[str | None, object, object]]:
    talks = work.session.exec(select(Conversation).join(Person)).all()
    drafts = [(talk.step, talk.form["registration"]["answers"]) for talk in talks]
    return [(step, draft.get("name"), draft.get("region")) for step, draft in drafts]
