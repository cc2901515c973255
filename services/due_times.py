"""When something is due in somebody's local time: pure functions over zones and calendar days.

Rules: a wish that falls into the hour skipped in spring fires at the next existing minute; one that falls into the hour
doubled in autumn fires the first time only; a day after the 28th that a month lacks means its last day. Each local
day has exactly one instant.
"""

import calendar
import hashlib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 0)
"""Nothing we send of our own accord arrives between these local times."""

SPREAD_MINUTES = 15
"""Digests of one hour are spread over its first minutes, stable per person."""


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """Give the UTC instant of a wall-clock time: next existing minute in a gap, first pass in a fold."""
    local = wall.replace(tzinfo=zone, fold=0)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    return _end_of_gap(local, zone)


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """Find the first instant after a skipped stretch by halving it down to a minute."""
    low, high = local.replace(fold=1).astimezone(UTC), local.replace(fold=0).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=int((high - low).total_seconds() // 120))
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def due_on(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Give the one instant at which a daily wish is due on a local day."""
    return instant_of(datetime.combine(day, at), zone)


def next_due(after: datetime, at: time, zone: ZoneInfo) -> datetime:
    """Give the first daily due instant later than `after`."""
    day = after.astimezone(zone).date() - timedelta(days=1)
    while (due := due_on(day, at, zone)) <= after:
        day += timedelta(days=1)
    return due


def spread(person_id: int) -> int:
    """Give the minute within the first quarter of an hour at which this person's digests fall due, always the same."""
    return hashlib.sha256(str(person_id).encode()).digest()[0] % SPREAD_MINUTES


def is_quiet(now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether it is night where the person is."""
    local = now.astimezone(zone).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def end_of_quiet(now: datetime, zone: ZoneInfo) -> datetime:
    """Give the next local morning at which we may speak again."""
    return next_due(now, QUIET_UNTIL, zone)


def monthly_on(year: int, month: int, day: int) -> date:
    """Give the day of a month on which a monthly wish falls; the last one where the month is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
