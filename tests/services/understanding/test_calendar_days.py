"""Reckoning with days that may not exist."""

from datetime import date

import pytest

from services.understanding.calendar_days import (
    day_in_month,
    months_ahead,
    next_day_of_month,
    next_such_day,
    weekday_ahead,
    weekday_of_next_week,
    whole_year,
)

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2026, 2, 29), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (1899, 1, 1), (2200, 1, 1)]
)
def test_a_day_that_does_not_exist(year: int, month: int, day: int) -> None:
    assert day_in_month(year, month, day) is None


def test_today_is_the_next_such_day() -> None:
    assert next_such_day(TODAY, 18, 11) == TODAY
    assert next_such_day(TODAY, 17, 11) == date(2027, 11, 17)


def test_the_next_leap_day_may_be_eight_years_away() -> None:
    assert next_such_day(date(2096, 3, 1), 29, 2) == date(2104, 2, 29)


def test_the_thirty_first_is_in_the_next_month_that_has_one() -> None:
    assert next_day_of_month(TODAY, 31) == date(2026, 12, 31)
    assert next_day_of_month(date(2027, 1, 31), 30) == date(2027, 3, 30)
    assert next_day_of_month(TODAY, 32) is None


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert months_ahead(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_ahead(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert months_ahead(TODAY, 12 * 1000) is None


@pytest.mark.parametrize(("weekday", "ahead", "next_week"), [(3, 25, 25), (4, 19, 26), (1, 23, 23), (7, 22, 29)])
def test_weekdays(weekday: int, ahead: int, next_week: int) -> None:
    assert weekday_ahead(TODAY, weekday) == date(2026, 11, ahead)
    assert weekday_of_next_week(TODAY, weekday) == date(2026, 11, next_week)


@pytest.mark.parametrize(("typed", "meant"), [(26, 2026), (46, 2046), (47, 1947), (99, 1999), (0, 2000), (2031, 2031)])
def test_years_of_two_figures(typed: int, meant: int) -> None:
    assert whole_year(typed, TODAY) == meant
