"""Days as people type them: "12.11", "next Monday", "через неделю", "غدا". Day before month, as in all our languages but one."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from services.understanding import shelf
from services.understanding.calendar_days import (
    day_in_month,
    months_ahead,
    next_day_of_month,
    next_such_day,
    weekday_ahead,
    weekday_of_next_week,
    whole_year,
)
from services.understanding.meanings import Kind, Meaning
from services.understanding.numerals import read_number
from services.understanding.spelling import pieces
from services.understanding.vocabulary import Vocabulary

FARTHEST = 1000
"""Days, weeks or months ahead: more is a slip."""

_DAYS = {"day": 1, "week": 7}
_SILENT = frozenset({Kind.ASIDE, Kind.DASH, Kind.FROM_AFTER})
_PARTS = frozenset({Kind.CARDINAL, Kind.ORDINAL, Kind.AND})


def read_date(text: str, language: str, today: date) -> date | None:
    """The day meant. Without a year it is the next such day, today included; a bare weekday is one of the seven to come."""
    for meanings in shelf.readings(pieces(text), shelf.books(_filling, language)):
        said = _with_whole_numbers([one for one in meanings if one.kind not in _SILENT])
        if (day := _day(said, today)) is not None:
            return day
    return None


def _filling(words: Vocabulary, language: str) -> shelf.Entries:
    told = (shelf.meaning(Kind.FROM_TODAY, forms, days) for days, forms in words.dates.from_today.items())
    return chain(
        shelf.ordinals(words, language),
        shelf.punctuation(".,/~"),
        shelf.punctuation("-", Kind.DASH),
        shelf.meaning(Kind.ASIDE, words.dates.aside),
        shelf.cardinals(words, language),
        shelf.units(words, language),
        shelf.calendar(words, language),
        shelf.meaning(Kind.AHEAD, words.dates.ahead),
        shelf.meaning(Kind.DAY_BEFORE, words.dates.day_before),
        shelf.meaning(Kind.COMING, words.dates.coming),
        shelf.meaning(Kind.NEXT_WEEK, words.dates.next_week),
        chain.from_iterable(told),
    )


def _with_whole_numbers(meanings: Sequence[Meaning]) -> list[Meaning]:
    """Put "двадцать первого" together into one number; an "and" that joins nothing is left out."""
    said: list[Meaning] = []
    run: list[Meaning] = []
    for meaning in [*meanings, Meaning(Kind.ASIDE)]:
        if meaning.kind in _PARTS:
            run.append(meaning)
        else:
            said.extend(_one_number(run))
            said.append(meaning)
            run = []
    return said[:-1]


def _one_number(run: Sequence[Meaning]) -> list[Meaning]:
    parts = [meaning for meaning in run if meaning.kind is not Kind.AND]
    quantity = read_number(run) or read_number(parts)
    if quantity is None:
        return parts
    return [Meaning(parts[-1].kind, quantity.value)]


def _day(said: Sequence[Meaning], today: date) -> date | None:
    if Kind.AHEAD in {meaning.kind for meaning in said}:
        return _ahead([meaning for meaning in said if meaning.kind not in {Kind.AHEAD, Kind.DAY_BEFORE}], today)
    if [meaning.kind for meaning in said] == [Kind.DAY_BEFORE, Kind.DIGITS]:
        return next_day_of_month(today, int(said[1].value))
    said = [meaning for meaning in said if meaning.kind not in {Kind.UNIT, Kind.DAY_BEFORE}]
    values = {meaning.kind: int(meaning.value) for meaning in said}
    kinds = set(values) if len(values) == len(said) else set()
    if kinds == {Kind.FROM_TODAY}:
        return today + timedelta(days=values[Kind.FROM_TODAY])
    if kinds in ({Kind.WEEKDAY}, {Kind.WEEKDAY, Kind.COMING}):
        return weekday_ahead(today, values[Kind.WEEKDAY])
    if kinds == {Kind.WEEKDAY, Kind.NEXT_WEEK}:
        return weekday_of_next_week(today, values[Kind.WEEKDAY])
    return _calendar_day(said, today)


def _ahead(said: Sequence[Meaning], today: date) -> date | None:
    """The day so many days, weeks or months from now; one of them when no number is said.

    A day without a number is refused: it is tomorrow to some and every other day to others.
    """
    match [(one.kind, one) for one in said]:
        case [(Kind.UNIT, unit)] if unit.name != "day":
            count = Decimal(1)
        case [(Kind.DIGITS | Kind.CARDINAL, number), (Kind.UNIT, unit)]:
            count = number.value
        case [(Kind.SPAN, unit)]:
            count = unit.value
        case _:
            return None
    if not 0 < count <= FARTHEST or (count % 1 and unit.name != "year"):
        return None
    if unit.name in _DAYS:
        return today + timedelta(days=int(count) * _DAYS[unit.name])
    return months_ahead(today, int(count * 12) if unit.name == "year" else int(count))


def _calendar_day(said: Sequence[Meaning], today: date) -> date | None:
    """A day of the calendar; a weekday told beside it must agree, or one of both is a slip."""
    weekdays = [int(one.value) for one in said if one.kind is Kind.WEEKDAY]
    rest = [one for one in said if one.kind is not Kind.WEEKDAY]
    day = _numbered_day(rest, today)
    agrees = day is not None and all(day.isoweekday() == weekday for weekday in weekdays)
    return day if agrees and len(weekdays) <= 1 else None


def _numbered_day(rest: Sequence[Meaning], today: date) -> date | None:
    marked = any(one.kind in {Kind.ORDINAL, Kind.ORDINAL_ENDING} for one in rest)
    numbers = [one for one in rest if one.kind in {Kind.DIGITS, Kind.CARDINAL, Kind.ORDINAL}]
    months = [int(one.value) for one in rest if one.kind is Kind.MONTH]
    endings = sum(one.kind is Kind.ORDINAL_ENDING for one in rest)
    if len(numbers) + len(months) + endings != len(rest) or len(months) > 1 or endings > 1:
        return None
    values = [int(one.value) for one in numbers]
    if months:
        return _of_named_month(values, months[0], today)
    return next_day_of_month(today, values[0]) if marked and len(values) == 1 else _of_numbers(numbers, today)


def _of_named_month(values: Sequence[int], month: int, today: date) -> date | None:
    match values:
        case [day]:
            return next_such_day(today, day, month)
        case [year, day] if year > 31:
            return day_in_month(whole_year(year, today), month, day)
        case [day, year]:
            return day_in_month(whole_year(year, today), month, day)
    return None


def _of_numbers(numbers: Sequence[Meaning], today: date) -> date | None:
    if any(number.kind is not Kind.DIGITS for number in numbers):
        return None
    match [int(number.value) for number in numbers]:
        case [day, month]:
            return next_such_day(today, day, month)
        case [year, month, day] if year > 31:
            return day_in_month(whole_year(year, today), month, day)
        case [day, month, year]:
            return day_in_month(whole_year(year, today), month, day)
    return None
