"""Which label is meant by words: forgiving about endings, slips, beginnings and missing accents, never guessing."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer
from babel import Locale, UnknownLocaleError
from rapidfuzz.distance import OSA

from services.typed import clean
from services.understanding.spelling import LONGEST, phrase

GOOD_ENOUGH = 0.7
MARGIN = 0.03
"""Two labels nearer to each other than this are not told apart."""
MOST_WORDS = 12
"""Of a label or an answer; what is longer is no choice but a letter."""

_EQUAL, _SAME_STEM, _SLIP, _BEGINNING = 1.0, 0.97, 0.92, 0.88
_SHORTEST_BEGINNING = 3
_SHORTEST_STEM = 4
_LONGEST_ENDING = 4
_SHORTEST_WITH_SLIP = 5
_SHORTEST_WITH_TWO = 9
_WHOLE_WORDS_WEIGH = 0.85
_WORD = re.compile(r"[^\W_]+")


class Word(NamedTuple):
    """A word as it is compared: levelled, and its stem."""

    spelling: str
    stem: str


def label_words(text: str, language: str) -> tuple[Word, ...]:
    """The words of a text as they are compared."""
    stem = _stemmer(language)
    found = _WORD.findall(clean(text).casefold())[: MOST_WORDS + 1] if len(text) <= LONGEST else []
    levelled = ((phrase(word), phrase(stem(word)) if stem else "") for word in found)
    return tuple(Word(spelling, stem) for spelling, stem in levelled if spelling)


def same_label(typed: Sequence[Word], labels: Sequence[Sequence[Word]]) -> int | None:
    """The place of the one label that was typed in full."""
    spelt = [word.spelling for word in typed]
    same = [at for at, label in enumerate(labels) if spelt and spelt == [word.spelling for word in label]]
    return same[0] if len(same) == 1 else None


def likeliest_label(typed: Sequence[Word], labels: Sequence[Sequence[Word]], aside: frozenset[str]) -> int | None:
    """The place of the label meant; None when no label fits or two fit nearly as well."""
    if not 0 < len(typed) <= MOST_WORDS:
        return None
    ranked = sorted(((_likeness(typed, label, aside), at) for at, label in enumerate(labels)), reverse=True)
    best, at = ranked[0] if ranked else (0.0, 0)
    certain = len(ranked) < 2 or ranked[1][0] < best - MARGIN
    return at if best >= GOOD_ENOUGH and certain else None


def _likeness(typed: Sequence[Word], label: Sequence[Word], aside: frozenset[str]) -> float:
    """From 0 to 1. Every typed word must be one of the label's, but for those that change nothing."""
    left = list(label)
    likenesses: list[float] = []
    for word in typed:
        like, at = max(((alike(word, other), at) for at, other in enumerate(left)), default=(0.0, 0))
        if like:
            likenesses.append(like)
            left.pop(at)
        elif word.spelling not in aside:
            return _run_together(typed, label)
    if not likenesses:
        return 0.0
    covered = len(likenesses) / len(label)
    return sum(likenesses) / len(likenesses) * (_WHOLE_WORDS_WEIGH + (1 - _WHOLE_WORDS_WEIGH) * covered)


def _run_together(typed: Sequence[Word], label: Sequence[Word]) -> float:
    """How alike both are without spaces, for words written as one or torn apart."""
    one, other = ("".join(word.spelling for word in words) for words in (typed, label))
    return _SLIP if one and one == other else _slip(one, other, most=1)


def alike(typed: Word, other: Word) -> float:
    """From 0 to 1: the same word, another form of it, one with a slip, or the beginning of it."""
    one, two = typed.spelling, other.spelling
    if one == two:
        return _EQUAL
    if len(typed.stem) >= _SHORTEST_BEGINNING and typed.stem == other.stem:
        return _SAME_STEM
    if (one[:1] != two[:1] and one[1:2] != two[1:2]) or one.isdecimal() or two.isdecimal():
        return 0.0
    if _one_stem_begins_other(typed.stem, other.stem):
        return _SLIP
    if len(one) >= _SHORTEST_BEGINNING and two.startswith(one):
        return _BEGINNING
    if len(two) >= _SHORTEST_STEM and one.startswith(two) and len(one) - len(two) <= _LONGEST_ENDING:
        return _SLIP
    return _slip(one, two, most=2 if min(len(one), len(two)) >= _SHORTEST_WITH_TWO else 1)


def _one_stem_begins_other(one: str, other: str) -> bool:
    """Tell word formation as in удалённый and удалёнка."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter) and len(longer) - len(shorter) <= 2


def _slip(one: str, two: str, most: int) -> float:
    if min(len(one), len(two)) < _SHORTEST_WITH_SLIP:
        return 0.0
    return _SLIP if OSA.distance(one, two, score_cutoff=most) <= most else 0.0


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Callable[[str], str] | None:
    try:
        name = (Locale.parse(language).english_name or "").lower()
    except (ValueError, UnknownLocaleError):
        return None
    if name not in snowballstemmer.algorithms():
        return None
    stem: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem
