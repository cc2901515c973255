"""Items of a numbered list told by numbers: "2", "№2", "второй", "1, 3 и 5", "1-3", "все"."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from services.understanding import shelf
from services.understanding.meanings import Kind, Meaning
from services.understanding.numerals import read_number
from services.understanding.spelling import pieces
from services.understanding.vocabulary import Vocabulary

_Step = int | Kind
"""A number of the list, or the dash between the first and the last of several."""

_AROUND = frozenset({Kind.ORDINAL_ENDING, Kind.AND, Kind.COMMA, Kind.BETWEEN, Kind.LOW, Kind.FROM_AFTER})
_UP_TO = frozenset({Kind.DASH, Kind.TO, Kind.HIGH})


def numbered_places(text: str, count: int, language: str) -> list[int] | None:
    """Places, counted from 0 and rising, told by nothing but numbers.

    An empty list when the list has no such place; None when the message says something else.
    """
    for meanings in shelf.readings(pieces(text), shelf.books(_filling, language)):
        places = _places([meaning for meaning in meanings if meaning.kind is not Kind.ASIDE], count)
        if places is not None:
            return places
    return None


def _filling(words: Vocabulary, language: str) -> shelf.Entries:
    return chain(
        shelf.ordinals(words, language),
        shelf.meaning(Kind.ASIDE, words.choosing.aside),
        shelf.punctuation(".:#~"),
        shelf.punctuation(",;&+/", Kind.COMMA),
        shelf.punctuation("-", Kind.DASH),
        shelf.meaning(Kind.LOW, words.bounds.low),
        shelf.meaning(Kind.TO, words.bounds.to),
        shelf.meaning(Kind.HIGH, words.bounds.high),
        shelf.meaning(Kind.BETWEEN, words.bounds.between),
        shelf.cardinals(words, language),
        shelf.meaning(Kind.LAST, words.choosing.last),
        shelf.meaning(Kind.BOTH, words.choosing.both),
        shelf.meaning(Kind.EVERY, words.choosing.every),
    )


def _places(said: Sequence[Meaning], count: int) -> list[int] | None:
    kinds = {meaning.kind for meaning in said}
    if kinds == {Kind.EVERY} or (kinds == {Kind.BOTH} and count == 2):
        return list(range(count))
    steps = _steps(said, count)
    if not steps:
        return None
    if any(step == 0 or step > count for step in steps if isinstance(step, int)):
        return []
    numbers = _numbers(steps)
    return None if numbers is None else sorted(number - 1 for number in numbers)


def _steps(said: Sequence[Meaning], count: int) -> list[_Step] | None:
    steps: list[_Step] = []
    before: Kind | None = None
    for kind, run in groupby(said, key=lambda meaning: meaning.kind):
        numbers = _said_numbers(kind, list(run), count, before)
        if numbers is None:
            return None
        steps.extend(numbers)
        before = kind
    return steps


def _said_numbers(kind: Kind, run: Sequence[Meaning], count: int, before: Kind | None) -> Sequence[_Step] | None:
    """What a run of words of one kind adds; None for words that do not belong among numbers."""
    if kind is Kind.CARDINAL:
        one_of_them = before is Kind.ORDINAL and [meaning.value for meaning in run] == [1]
        return [] if one_of_them else list(_cardinals(run))
    if kind in {Kind.DIGITS, Kind.ORDINAL}:
        return [min(int(meaning.value), count + 1) for meaning in run]
    if kind is Kind.LAST:
        return [count]
    if kind in _UP_TO:
        return [Kind.DASH]
    return [] if kind in _AROUND else None


def _cardinals(run: Sequence[Meaning]) -> Iterator[int]:
    """One number of several words, or several numbers of one word each."""
    whole = read_number(run)
    yield from [int(whole.value)] if whole else [int(meaning.value) for meaning in run]


def _numbers(steps: Sequence[_Step]) -> set[int] | None:
    numbers: set[int] = set()
    rest = list(steps)
    while rest:
        match rest:
            case [int(first), Kind.DASH, int(last), *rest] if first <= last:
                numbers.update(range(first, last + 1))
            case [int(number), *rest]:
                numbers.add(number)
            case _:
                return None
    return numbers
