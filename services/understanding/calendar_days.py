"""Reckoning with days of the calendar; a day that does not exist is None."""

from calendar import monthrange
from datetime import date, timedelta

LEAP_YEAR_AT_THE_LATEST = 8
"""Around 1900 and 2100 the next 29 February is eight years away."""
YEARS_AHEAD = 20
"""A year of two figures lies at most so far ahead; a higher one is of the last century."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


def day_in_month(year: int, month: int, day: int) -> date | None:
    """This very day, if the calendar has it and a living person can mean it."""
    exists = EARLIEST_YEAR <= year <= LATEST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return date(year, month, day) if exists else None


def next_such_day(today: date, day: int, month: int) -> date | None:
    """The next day of this number and month, today included."""
    days = (day_in_month(today.year + ahead, month, day) for ahead in range(LEAP_YEAR_AT_THE_LATEST + 1))
    return next((found for found in days if found is not None and found >= today), None)


def next_day_of_month(today: date, day: int) -> date | None:
    """The next day of this number, today included, in the first month that has it."""
    firsts = (months_ahead(today.replace(day=1), ahead) for ahead in range(3))
    days = (day_in_month(first.year, first.month, day) for first in firsts if first is not None)
    return next((found for found in days if found is not None and found >= today), None)


def months_ahead(today: date, months: int) -> date | None:
    """The same day so many months later, or the last one of a shorter month."""
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    return (
        day_in_month(year, month + 1, min(today.day, monthrange(year, month + 1)[1])) if year <= LATEST_YEAR else None
    )


def weekday_ahead(today: date, weekday: int) -> date:
    """The first such weekday after today, 1 being Monday."""
    return today + timedelta(days=(weekday - today.isoweekday() - 1) % 7 + 1)


def weekday_of_next_week(today: date, weekday: int) -> date:
    """This weekday of the week that begins with the next Monday."""
    return today + timedelta(days=8 - today.isoweekday() + weekday - 1)


def whole_year(year: int, today: date) -> int:
    """A year of two figures in full."""
    if year > 99:
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year + YEARS_AHEAD else century - 100 + year
