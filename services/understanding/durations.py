"""How long somebody worked, as people type it: "полгода", "3 года и 6 месяцев", "since 2015", "без опыта"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain

from services.understanding import shelf
from services.understanding.bounds import Pair, read_bounds
from services.understanding.meanings import NUMBERS, Kind, Meaning
from services.understanding.numerals import read_number
from services.understanding.spelling import pieces_with_numbers
from services.understanding.vocabulary import Vocabulary

LONGEST = 70 * 12
"""Nobody worked longer; a higher number is something else."""
EARLIEST_YEAR = 1950
MOST_STRANGERS = 4

_MONTHS = {"year": Decimal(12), "month": Decimal(1), "week": Decimal(12) / 52, "day": Decimal(1) / 30}
_AROUND_A_YEAR = frozenset({Kind.SINCE, Kind.LOW, Kind.LOW_AFTER, Kind.FROM_AFTER, Kind.UNIT})
_BETWEEN_YEARS = _AROUND_A_YEAR | {Kind.HIGH, Kind.TO, Kind.DASH, Kind.AND, Kind.BETWEEN}


@dataclass(frozen=True, slots=True)
class _Length:
    """A length in months; `unit` is the smallest one said, none for a bare number."""

    months: Decimal
    unit: str | None = None


def read_months(text: str, language: str, today: date) -> int | None:
    """How many months somebody worked. A bare number means years, and of a range it is the middle.

    A few days tell nothing about somebody's experience: "half a day" answers another question.
    """
    pieces = pieces_with_numbers(text)
    for meanings in shelf.readings(pieces, shelf.books(_filling, language), strangers=MOST_STRANGERS):
        months = _months(_without_strangers(meanings), today)
        if months is not None:
            return months if months <= LONGEST else None
    return None


def _filling(words: Vocabulary, language: str) -> shelf.Entries:
    return chain(
        shelf.punctuation(".,;:=~"),
        shelf.meaning(Kind.ASIDE, words.experience.aside),
        ((name, month) for name, month in shelf.calendar(words, language) if month.kind is Kind.MONTH),
        shelf.bounds(words, language),
        shelf.cardinals(words, language),
        shelf.units(words, language),
        shelf.meaning(Kind.AGAINST, words.experience.against),
        shelf.meaning(Kind.SINCE, words.experience.since),
        shelf.meaning(Kind.NOTHING, words.experience.nothing),
    )


def _without_strangers(meanings: list[Meaning]) -> list[Meaning]:
    """Leave out a few unknown words after the length, as in "5 years as a cook"."""
    last = max((at for at, one in enumerate(meanings) if one.kind in {Kind.UNIT, Kind.SPAN}), default=len(meanings))
    told, rest = meanings[: last + 1], meanings[last + 1 :]
    strangers = [one for one in rest if one.kind is Kind.UNKNOWN]
    if not 0 < len(strangers) <= MOST_STRANGERS or any(one.kind in NUMBERS for one in rest):
        return meanings
    return told if all(one.kind not in {Kind.AGAINST, Kind.NOTHING} for one in rest) else meanings


def _months(meanings: Sequence[Meaning], today: date) -> int | None:
    said = _with_plain_units([meaning for meaning in meanings if meaning.kind is not Kind.ASIDE])
    kinds = {meaning.kind for meaning in said}
    if not said or kinds & {Kind.UNKNOWN, Kind.AGAINST}:
        return None
    if Kind.NOTHING in kinds:
        return 0 if kinds == {Kind.NOTHING} else None
    years = _since(said, today)
    return years if years is not None else _middle(read_bounds(said, _length))


def _with_plain_units(said: Sequence[Meaning]) -> list[Meaning]:
    """Leave out the plus of "5+ years": what is open above counts as its lower end."""
    following = [*said, Meaning(Kind.ASIDE)][1:]
    return [
        meaning
        for meaning, after in zip(said, following, strict=True)
        if not (meaning.kind is Kind.LOW_AFTER and after.kind is Kind.UNIT)
    ]


def _since(said: Sequence[Meaning], today: date) -> int | None:
    """The months since a year, or between two years; None when no year was told."""
    years = [12 * int(one.value) for one in said if _is_year(one, today)]
    months = [int(one.value) - 1 for one in said if one.kind is Kind.MONTH]
    around = _AROUND_A_YEAR if len(years) == 1 else _BETWEEN_YEARS
    others = [one for one in said if one.kind is not Kind.MONTH and not _is_year(one, today)]
    if len(years) not in {1, 2} or len(months) not in {0, len(years)} or any(one.kind not in around for one in others):
        return None
    begin, *ends = [year + month for year, month in zip(years, months or [0] * len(years), strict=True)]
    this_month = today.month - 1 if months or years[0] == 12 * today.year else 0
    end = ends[0] if ends else 12 * today.year + this_month
    return end - begin if end >= begin else None


def _is_year(meaning: Meaning, today: date) -> bool:
    return meaning.kind is Kind.DIGITS and meaning.value % 1 == 0 and EARLIEST_YEAR <= meaning.value <= today.year


def _length(meanings: Sequence[Meaning]) -> _Length | None:
    """One length: numbers with their units in falling order, or a bare number."""
    total, last, number = Decimal(0), "", list[Meaning]()
    for meaning in meanings:
        if meaning.kind not in {Kind.UNIT, Kind.SPAN}:
            number.append(meaning)
            continue
        count = _count(number, meaning, first=not last)
        if count is None or (last and _MONTHS[meaning.name] >= _MONTHS[last]):
            return None
        total, last, number = total + count * _MONTHS[meaning.name], meaning.name, []
    return _with_rest(total, last, number, said_units=len(meanings) - len(number))


def _count(number: Sequence[Meaning], unit: Meaning, first: bool) -> Decimal | None:
    """How many of a unit: what stands before it, else one; a span carries its own number."""
    before = number[1:] if not first and number and number[0].kind is Kind.AND else number
    if unit.kind is Kind.SPAN:
        return None if before else unit.value
    if not before:
        return Decimal(1)
    quantity = read_number(before)
    return quantity.value if quantity else None


def _with_rest(total: Decimal, last: str, rest: list[Meaning], said_units: int) -> _Length | None:
    """What stands after the last unit: nothing, a half of it, or the number itself, as in "лет пять"."""
    if last and not rest:
        return _Length(total, last)
    quantity = read_number(rest[1:] if last and rest[0].kind is Kind.AND else rest)
    if quantity is None:
        return None
    if not last:
        return _Length(quantity.value)
    if 0 < quantity.value < 1:
        return _Length(total + quantity.value * _MONTHS[last], last)
    bare_unit = said_units == 1 and total == _MONTHS[last] and rest[0].kind is not Kind.AND
    return _Length(quantity.value * _MONTHS[last], last) if bare_unit else None


def _middle(pair: Pair[_Length] | None) -> int | None:
    """The middle in whole months; what is open above counts as its lower end, what is open below begins at nothing."""
    if pair is None:
        return None
    low, high = pair
    if low is None and high is None:
        return None
    upper = _in_months(high, "year") if high else None
    lower = _in_months(low, (high.unit if high else None) or "year") if low else Decimal(0)
    if upper is None:
        return _whole(lower)
    return _whole((lower + upper) / 2) if lower <= upper else None


def _in_months(length: _Length, unit: str) -> Decimal:
    return length.months if length.unit else length.months * _MONTHS[unit]


def _whole(months: Decimal) -> int | None:
    """Whole months; weeks are a month at least, since they are not nothing. None for less than a week."""
    if 0 < months < _MONTHS["week"]:
        return None
    return int(months.to_integral_value(ROUND_HALF_UP)) or int(months > 0)
