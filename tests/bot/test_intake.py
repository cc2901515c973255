"""What is kept of a raw update, whatever it looks like, and when its lane wakes."""

from typing import Any

import pytest

from bot.intake import Intake, arrival
from bot.lanes import Lanes
from storage import faults, inbox
from storage.faults import Broken
from tests.databases import Opened

PRIVATE = {"id": 5, "type": "private"}


class Noted(Lanes):
    """Lanes that only write down who was woken."""

    def __init__(self) -> None:
        self.woken: list[str] = []

    def kick(self, lanes: list[str]) -> None:
        self.woken.extend(lanes)


@pytest.mark.parametrize(
    "update",
    [None, 7, "x", [], {}, {"update_id": None}, {"update_id": "7"}, {"update_id": True}, {"update_id": 7.0},
     {"update_id": -1}, {"update_id": 2**63 - 1}, {"update_id": 2**80}],
)  # fmt: skip  # one line a thought
def test_an_update_without_a_usable_number_is_not_kept(update: Any) -> None:
    assert arrival(update) is None


@pytest.mark.parametrize(
    ("update", "lane", "kind"),
    [
        ({"message": {"chat": PRIVATE, "from": {"id": 5}}}, "u:5", "message"),
        ({"callback_query": {"from": {"id": 6}, "message": {"chat": PRIVATE}}}, "u:6", "callback_query"),
        ({"message": {"chat": {"id": -9, "type": "supergroup"}, "message_thread_id": 4}}, "g:-9:4", "message"),
        ({"poll": {"id": "1"}}, "none", "unknown"),
        ({}, "none", "unknown"),
        ({"message": "text"}, "none", "unknown"),
        ({"message": {"chat": {"id": 2**70, "type": "private"}}}, "none", "message"),
    ],
)
def test_the_lane_and_the_kind_are_known_before_anything_is_read(update: Any, lane: str, kind: str) -> None:
    found = arrival({"update_id": 7} | update)

    assert found is not None
    assert (found.update_id, found.lane, found.kind) == (7, lane, kind)


async def test_it_is_stored_when_it_returns_and_only_new_ones_wake(opened: Opened) -> None:
    lanes = Noted()
    intake = Intake(opened.database, lanes, 42)
    updates = [{"update_id": number, "message": {"chat": PRIVATE}} for number in (1, 2)]

    await intake.take_in(updates, 3)
    await intake.take_in([*updates, {"update_id": 3, "message": {"chat": PRIVATE}}])

    assert lanes.woken == ["u:5"] * 3
    assert await opened.one("SELECT count(*) FROM inbox") == 3
    assert await opened.database.run(lambda work: inbox.next_update(work, 42)) == 3


async def test_what_cannot_be_stored_moves_nothing(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: Any) -> None:
        raise ConnectionRefusedError

    lanes = Noted()
    monkeypatch.setattr(inbox, "remember_next_update", fails)
    with pytest.raises(ConnectionRefusedError):
        await Intake(opened.database, lanes, 42).take_in([{"update_id": 1, "message": {"chat": PRIVATE}}], 2)

    assert lanes.woken == []
    assert await opened.one("SELECT count(*) FROM inbox") == 0


async def test_dying_right_after_it_was_stored_loses_nothing(sqlite: Opened) -> None:
    lanes = Noted()
    faults.arm("intake.stored:raise")
    try:
        with pytest.raises(Broken):
            await Intake(sqlite.database, lanes, 42).take_in([{"update_id": 1, "message": {"chat": PRIVATE}}], 2)
    finally:
        faults.arm("")

    assert lanes.woken == []
    assert await sqlite.database.run(inbox.open_lanes) == ["u:5"]
