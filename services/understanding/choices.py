"""Which items of a numbered list are meant: by number, or by the words of the item."""

import re
from collections.abc import Sequence
from functools import lru_cache

from services.understanding.labels import MOST_WORDS, Word, label_words, likeliest_label, same_label
from services.understanding.list_numbers import numbered_places
from services.understanding.spelling import LONGEST, phrase
from services.understanding.vocabulary import vocabularies

LONGEST_RUN = 3
"""Words of a label that stand together in a list of labels without commas."""

_BETWEEN_ITEMS = re.compile(r"[,;،؛\n/+&•·]+")

Labels = Sequence[tuple[Word, ...]]


def read_choice(text: str, labels: Sequence[str], language: str) -> int | None:
    """The place of the one item meant, counted from 0; None when it is none, several, or not certain which."""
    if len(text) > LONGEST:
        return None
    typed, known = label_words(text, language), known_labels(labels, language)
    exact = same_label(typed, known)
    if exact is not None:
        return exact
    agreed = _agreed(numbered_places(text, len(labels), language), likeliest_label(typed, known, words_aside()))
    return agreed[0] if agreed and len(agreed) == 1 else None


def read_choices(text: str, labels: Sequence[str], language: str) -> list[int] | None:
    """The places of all items meant, counted from 0 and rising; None when one of them is not certain."""
    if len(text) > LONGEST:
        return None
    typed, known = label_words(text, language), known_labels(labels, language)
    exact = same_label(typed, known)
    if exact is not None:
        return [exact]
    numbered = numbered_places(text, len(labels), language)
    agreed = _agreed(numbered, likeliest_label(typed, known, words_aside()))
    if agreed is not None or numbered is not None:
        return agreed
    items = [item for item in _BETWEEN_ITEMS.split(text) if item.strip()]
    return _each(items, labels, language) if len(items) > 1 else _in_a_row(typed, known)


def _agreed(numbered: list[int] | None, named: int | None) -> list[int] | None:
    """What the numbers and the words of one answer say together; None when they contradict each other."""
    if not numbered:
        return None if named is None else [named]
    return numbered if named is None or numbered == [named] else None


def _each(items: Sequence[str], labels: Sequence[str], language: str) -> list[int] | None:
    """Item by item, by number or words."""
    found: set[int] = set()
    for item in items[: len(labels) + 1]:
        one = read_choice(item, labels, language)
        more = [one] if one is not None else _in_a_row(label_words(item, language), known_labels(labels, language))
        if not more:
            return None
        found.update(more)
    return sorted(found) if len(items) <= len(labels) else None


def _in_a_row(typed: Sequence[Word], known: Labels) -> list[int] | None:
    """Labels one after the other with an "and" or a mere space between them."""
    found: set[int] = set()
    at = 0
    while at < len(typed) <= MOST_WORDS:
        run = next_label(typed[at:], known)
        if run is None and typed[at].spelling not in joins():
            return None
        place, length = run or (None, 1)
        found |= set() if place is None else {place}
        at += length
    return sorted(found) or None


def next_label(typed: Sequence[Word], known: Labels) -> tuple[int, int] | None:
    """The label that the next words are, the most words first, and how many they are."""
    for length in range(min(LONGEST_RUN, len(typed)), 0, -1):
        for words in _without_and(typed[:length]):
            place = likeliest_label(words, known, frozenset())
            if place is not None:
                return place, length
    return None


def _without_and(words: Sequence[Word]) -> list[Sequence[Word]]:
    """The words as they are, and without an "and" that is glued to the first one."""
    first = words[0].spelling
    bare = [first.removeprefix(part) for part in ands_before() if first.startswith(part)]
    return [words, *([Word(rest, rest), *words[1:]] for rest in bare if rest)]


def known_labels(labels: Sequence[str], language: str) -> Labels:
    """The labels' words as they are compared."""
    return [_label(label, language) for label in labels]


@lru_cache(maxsize=1024)
def _label(label: str, language: str) -> tuple[Word, ...]:
    return label_words(label, language)


@lru_cache(maxsize=1)
def words_aside() -> frozenset[str]:
    """Words that change nothing beside an item, in any language."""
    return frozenset(phrase(word) for words in vocabularies().values() for word in words.choosing.aside)


@lru_cache(maxsize=1)
def joins() -> frozenset[str]:
    """Every "and" of any language."""
    return frozenset(phrase(word) for words in vocabularies().values() for word in words.numbers.joins)


@lru_cache(maxsize=1)
def ands_before() -> tuple[str, ...]:
    """Every "and" that is glued to the word after it."""
    return tuple(phrase(part) for words in vocabularies().values() for part in words.parts.and_before)
