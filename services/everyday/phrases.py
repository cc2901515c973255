"""Finding in somebody's own words what they did: "I cooked and looked after my mother".

A phrase is meant when every word of it stands in the text, close together and in any order; endings, beginnings and one
wrong letter are forgiven. A phrase that is only part of another one found ("cook" within "cook for a wedding") is not meant.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from services.folding import words
from services.stems import stem

MOST_WORDS = 60
"""What somebody did last month is told in fewer; a letter is not searched."""

_SLACK = 4
"""Other words that may stand between the words of a phrase: "looked after my old mother"."""

_EXACT, _SAME_STEM, _NEAR = 3, 2, 1
_SHORTEST_BEGINNING = 4
_LONGEST_ENDING = 5
_SHORTEST_WITH_SLIP = 6

_GLUED_IN_ARABIC = re.compile("^(?:[وف]?[بلك]?ال|لل|[وف]?[بلك])(?=...)")
"""And, with, for, like, the: written in one with the word behind them."""


class Phrase(NamedTuple):
    """One way of saying a key."""

    key: str
    words: tuple[str, ...]


class Found(NamedTuple):
    """A phrase that was found: where, and how well."""

    key: str
    places: frozenset[int]
    likeness: int


class Phrases:
    """What can be found, in every language: for each key the ways of saying it."""

    def __init__(self, by_language: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        self._by_language = {code: tuple(_phrases(given)) for code, given in by_language.items()}

    def find(self, text: str, language: str) -> list[str]:
        """Give the keys meant, in the order they were said: in the person's own language, else word for word in another."""
        said = words(text)[:MOST_WORDS]
        for code in dict.fromkeys((language, *self._by_language)):
            found = _found(_Alike(said, code, exactly=code != language), self._by_language.get(code, ()))
            if found:
                return found
        return []


def _phrases(given: Mapping[str, Iterable[str]]) -> Iterable[Phrase]:
    for key, ways in given.items():
        said = dict.fromkeys(tuple(words(way)) for way in ways)
        yield from (Phrase(key, one) for one in said if one)


def _found(alike: "_Alike", phrases: Iterable[Phrase]) -> list[str]:
    found = [one for phrase in phrases if (one := _look(phrase, alike)) is not None]
    meant = [one for one in found if not any(_says_more(other, one) for other in found)]
    return list(dict.fromkeys(one.key for one in sorted(meant, key=lambda one: min(one.places))))


def _says_more(other: Found, one: Found) -> bool:
    """Tell whether the other phrase covers this one's words and more, or the same words better."""
    return other.places > one.places or (other.places == one.places and other.likeness > one.likeness)


def _look(phrase: Phrase, alike: "_Alike") -> Found | None:
    """Look for the words of a phrase in one stretch of the text."""
    where = [alike.places(word) for word in phrase.words]
    for first in sorted({place for places in where for place in places}):
        taken = _taken(where, range(first, first + len(phrase.words) + _SLACK))
        if taken is not None:
            return Found(phrase.key, frozenset(taken), sum(taken.values()))
    return None


def _taken(where: Iterable[Mapping[int, int]], stretch: range) -> dict[int, int] | None:
    """Give each word of a phrase its own place in the stretch, the best one that is free; None when one has none."""
    taken: dict[int, int] = {}
    for places in where:
        free = [(likeness, -place) for place, likeness in places.items() if place in stretch and place not in taken]
        if not free:
            return None
        likeness, place = max(free)
        taken[-place] = likeness
    return taken


class _Alike:
    """Remembers where in one text each word of the phrases stands."""

    def __init__(self, said: Iterable[str], language: str, *, exactly: bool) -> None:
        self._said = tuple(said)
        self._language = language
        self._exactly = exactly
        self._known: dict[str, dict[int, int]] = {}

    def places(self, word: str) -> dict[int, int]:
        """Give the places in the text where this word stands in some form, each with its likeness."""
        if word not in self._known:
            likenesses = ((place, self._likeness(word, said)) for place, said in enumerate(self._said))
            self._known[word] = {place: likeness for place, likeness in likenesses if likeness}
        return self._known[word]

    def _likeness(self, word: str, said: str) -> int:
        if said == word:
            return _EXACT
        if self._exactly:
            return 0
        if not _forms(word, self._language).isdisjoint(_forms(said, self._language)):
            return _SAME_STEM
        return _NEAR if _begins(word, said, self._language) or _slipped(word, said) else 0


@lru_cache(maxsize=8192)
def _forms(word: str, language: str) -> frozenset[str]:
    """What is compared of a word: its stem, in Arabic also without what is glued before it."""
    forms = {stem(word, language)}
    if language == "ar":
        bare = _GLUED_IN_ARABIC.sub("", word)
        forms |= {word, bare, stem(bare, language)}
    return frozenset(forms)


def _begins(word: str, said: str, language: str) -> bool:
    """Tell whether what was said is the word with another ending; a Kazakh verb is named with «-у»."""
    root = stem(word, language)
    root = root.removesuffix("у") if language == "kk" else root
    ending = len(said) - len(root)
    return len(root) >= _SHORTEST_BEGINNING and 0 < ending <= _LONGEST_ENDING and said.startswith(root)


def _slipped(word: str, said: str) -> bool:
    """Tell whether one wrong letter parts the two; the first one is seldom wrong."""
    long_enough = min(len(word), len(said)) >= _SHORTEST_WITH_SLIP and said[0] == word[0]
    return long_enough and OSA.distance(word, said, score_cutoff=1) <= 1
