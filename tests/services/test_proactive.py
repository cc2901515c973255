"""May it be heard now? Skip beats hold, and the night ends in the person's own zone."""

from datetime import UTC, datetime, timedelta

import pytest

from services.proactive import HELD_FOR, Hold, Skip, verdict

NOON = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
ALMATY = "Asia/Almaty"


def test_by_day_it_is_said() -> None:
    assert verdict(NOON, ALMATY, unreachable=None, stopped=False, with_human=False) is None


@pytest.mark.parametrize("moment", [NOON, NIGHT])
@pytest.mark.parametrize("with_human", [True, False])
def test_whoever_stopped_or_blocked_hears_nothing(moment: datetime, with_human: bool) -> None:
    assert verdict(moment, ALMATY, unreachable=None, stopped=True, with_human=with_human) == Skip("stopped")
    blocked = verdict(moment, ALMATY, unreachable="blocked", stopped=True, with_human=with_human)
    assert blocked == Skip("blocked")


@pytest.mark.parametrize("with_human", [True, False])
def test_whoever_has_their_data_deleted_hears_nothing(with_human: bool) -> None:
    ruling = verdict(NIGHT, ALMATY, unreachable=None, stopped=True, with_human=with_human, erasing=True)
    assert ruling == Skip("erasing")


def test_what_was_not_agreed_to_is_not_said() -> None:
    ruling = verdict(NOON, ALMATY, unreachable=None, stopped=False, with_human=True, agreed=False)
    assert ruling == Skip("no_consent")


def test_while_a_human_talks_it_waits() -> None:
    assert verdict(NOON, ALMATY, unreachable=None, stopped=False, with_human=True) == Hold(NOON + HELD_FOR)


def test_at_night_it_waits_for_the_morning_of_the_person() -> None:
    held = verdict(NIGHT, ALMATY, unreachable=None, stopped=False, with_human=False)
    assert held == Hold(datetime(2026, 11, 24, 3, 0, tzinfo=UTC))


@pytest.mark.parametrize(("hour", "quiet"), [(7, True), (8, False), (20, False), (21, True)])
def test_the_edges_of_the_night(hour: int, quiet: bool) -> None:
    moment = datetime(2026, 11, 23, hour, 0, tzinfo=UTC)
    held = verdict(moment, "UTC", unreachable=None, stopped=False, with_human=False)
    assert isinstance(held, Hold) == quiet
    if isinstance(held, Hold):
        assert held.until - moment <= timedelta(hours=11)
