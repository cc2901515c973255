"""Due times in local time, through every kind of clock change that the tested zones have."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.due_times import (
    QUIET_UNTIL,
    SPREAD_MINUTES,
    due_on,
    end_of_quiet,
    instant_of,
    is_quiet,
    monthly_on,
    next_due,
    spread,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    "Asia/Almaty",
    "Asia/Bishkek",
    "Europe/Moscow",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/St_Johns",
    "America/Havana",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Beirut",
    "Asia/Gaza",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
)
"""Half hours, three quarters, half-hour summer time, changes at midnight, Ramadan changes, and no changes at all."""

YEAR = 2026
QUARTERS = [time(minute // 60, minute % 60) for minute in range(0, 24 * 60, 15)]


def wall(written: str) -> datetime:
    """Read what a clock on the wall shows, in no zone."""
    return datetime.fromisoformat(written)


def transition_weeks(zone: ZoneInfo) -> list[date]:
    """Give the days around every change of the clock in two years; the first week where there is none."""
    days = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(730)]
    noon = [datetime.combine(day, time(12), zone).utcoffset() for day in days]
    changed = [number for number in range(1, len(days)) if noon[number] != noon[number - 1]]
    around = {number + apart for number in changed or [4] for apart in range(-4, 4)}
    return [days[number] for number in sorted(around) if 0 <= number < len(days)]


@pytest.mark.parametrize("name", ZONES)
def test_every_local_day_has_exactly_one_instant(name: str) -> None:
    zone = ZoneInfo(name)
    for at in QUARTERS:
        for day in transition_weeks(zone):
            due = due_on(day, at, zone)
            local = due.astimezone(zone)
            existed = datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
            if existed == datetime.combine(day, at):
                assert local.replace(tzinfo=None) == existed
                assert local.fold == 0, "a doubled hour fires the first time only"
            else:
                assert timedelta(0) < local.replace(tzinfo=None) - datetime.combine(day, at) <= timedelta(hours=1)
                before = (due - timedelta(minutes=1)).astimezone(zone)
                assert before.replace(tzinfo=None) < datetime.combine(day, at), "the first minute after the gap"


@pytest.mark.parametrize("name", ZONES)
def test_looking_again_and_again_finds_each_day_once(name: str) -> None:
    zone = ZoneInfo(name)
    for at in QUARTERS[:16]:
        for day in transition_weeks(zone):
            due = due_on(day, at, zone)
            following = next_due(due, at, zone)
            assert following == due_on(day + timedelta(days=1), at, zone)
            assert next_due(due - timedelta(microseconds=1), at, zone) == due


def test_the_skipped_hour_fires_when_it_ends_and_the_doubled_one_once() -> None:
    assert instant_of(wall("2026-03-29T02:30"), BERLIN) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert instant_of(wall("2026-10-25T02:30"), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(st.datetimes(wall("2024-01-01"), wall("2030-01-01")), st.sampled_from(ZONES), st.sampled_from(QUARTERS))
def test_the_next_one_is_later_and_within_a_day_and_a_bit(moment: datetime, name: str, at: time) -> None:
    after = moment.replace(tzinfo=UTC)
    due = next_due(after, at, ZoneInfo(name))
    assert timedelta(0) < due - after <= timedelta(hours=26)


@given(st.integers(1, 10**12))
def test_the_spread_is_stable_and_within_the_quarter(person: int) -> None:
    assert spread(person) == spread(person)
    assert 0 <= spread(person) < SPREAD_MINUTES


def test_the_spread_uses_every_minute() -> None:
    assert {spread(person) for person in range(1, 500)} == set(range(SPREAD_MINUTES))


@given(st.datetimes(wall("2026-01-01"), wall("2027-01-01")), st.sampled_from(ZONES))
def test_the_night_ends_in_a_morning(moment: datetime, name: str) -> None:
    now, zone = moment.replace(tzinfo=UTC), ZoneInfo(name)
    end = end_of_quiet(now, zone)
    assert not is_quiet(end, zone)
    assert end.astimezone(zone).time() == QUIET_UNTIL


@pytest.mark.parametrize(("month", "day", "falls_on"), [(1, 31, 31), (2, 31, 28), (2, 29, 28), (4, 31, 30), (12, 1, 1)])
def test_a_monthly_wish_never_misses_a_month(month: int, day: int, falls_on: int) -> None:
    assert monthly_on(2026, month, day) == date(2026, month, falls_on)
