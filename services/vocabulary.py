"""Which words of a language somebody may have meant by one word, and how sure that is.

The same word is surest; then its stem, its sound, a beginning in common, slips, and the tail of a compound.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Prefix

from services.spelling import Near, Speller
from services.stems import stem

SAME, SAME_STEM, SAME_SOUND, BEGINNING, SLIPS, TAIL = 1.0, 0.96, 0.93, 0.9, 0.88, 0.7
"""What each way of fitting is worth at best."""

_SHORTEST_STEM = 3
_SHORTEST_BEGINNING = 4
_SHORTEST_TAIL = 5
_LEAST_IN_COMMON = 0.6
_LOST_BY_SHARE = 0.2
_MOST_BEGINNINGS = 40
_SURELY_ALIKE = 0.75
_KNOWN_BY_CONSONANTS = 4


class Vocabulary:
    """The words of one language; build it once, it never changes."""

    def __init__(self, words: Iterable[str], language: str) -> None:
        self._language = language
        self._known = frozenset(words)
        self._sorted = sorted(self._known)
        self._speller = Speller(self._sorted, language)
        self._latin: Speller | None = None

    def meant(self, word: str) -> dict[str, float]:
        """The words that may have been meant, each with how well it fits; slips are looked for when nothing fits better."""
        found = self._tail(word) | self._kin(word)
        if word in self._known:
            found[word] = SAME
        if max(found.values(), default=0.0) < SAME_STEM:
            _take_better(found, {other: _fit(near) for other, near in self._speller.near(word).items()})
        return found

    def meant_in_latin(self, word: str) -> dict[str, float]:
        """The same for a word of a language that leaves out vowels, led back from Latin letters."""
        if self._latin is None:
            self._latin = Speller(self._sorted, f"{self._language}-latin", self._language)
        return {other: fit for other, near in self._latin.near(word).items() if (fit := _fit_in_latin(other, near))}

    def _kin(self, word: str) -> dict[str, float]:
        """Words with the same stem, or with a beginning in common that is most of both."""
        core = stem(word, self._language)
        shared = word[: Prefix.similarity(word, core)]
        found = {}
        for other in self._beginning(shared) if len(shared) >= _SHORTEST_STEM else ():
            if stem(other, self._language) == core:
                found[other] = SAME_STEM
            elif fit := _fit_by_beginning(word, other):
                found[other] = fit
        for end in range(_SHORTEST_BEGINNING, len(shared)):
            if shared[:end] in self._known and (fit := _fit_by_beginning(word, shared[:end])):
                found[shared[:end]] = fit
        return found

    def _beginning(self, beginning: str) -> Iterator[str]:
        start = bisect_left(self._sorted, beginning)
        for other in self._sorted[start : start + _MOST_BEGINNINGS]:
            if not other.startswith(beginning):
                return
            yield other

    def _tail(self, word: str) -> dict[str, float]:
        """What a compound ends in: of an electric fitter, the fitter."""
        tails = (word[start:] for start in range(2, len(word) - _SHORTEST_TAIL + 1))
        return next(({tail: TAIL} for tail in tails if tail in self._known), {})


def _fit_by_beginning(word: str, other: str) -> float:
    share = Prefix.normalized_similarity(word, other)
    if share < _LEAST_IN_COMMON or Prefix.similarity(word, other) < _SHORTEST_BEGINNING:
        return 0.0
    return BEGINNING - _LOST_BY_SHARE * (1 - share)


def _fit(near: Near) -> float:
    return SAME_SOUND if near.same_sound and near.alike >= _SURELY_ALIKE else SLIPS * near.alike


def _fit_in_latin(word: str, near: Near) -> float:
    """Consonants alone tell a long word from others, a short one only with its vowels."""
    if near.same_sound and len(word) >= _KNOWN_BY_CONSONANTS:
        return SAME_SOUND if len(word) > _KNOWN_BY_CONSONANTS else SLIPS * max(near.alike, _SURELY_ALIKE)
    return SLIPS * near.alike if near.alike >= _SURELY_ALIKE else 0.0


def _take_better(found: dict[str, float], others: dict[str, float]) -> None:
    for word, fit in others.items():
        found[word] = max(fit, found.get(word, 0.0))
