"""The terms a vacancy is found by, made the same way from adverts and from what people type.

A word gives its stem and, when it is long enough, its first letters: the first serves English and Russian, the second
Kazakh, which has no stemmer, and endings the stemmers miss. Both databases store them, so both find the same.
"""

from functools import lru_cache

import snowballstemmer

from services.folding import words

STEM_WEIGHT, BEGINNING_WEIGHT, TITLE_FACTOR = 2, 1, 3
_BEGINNING = 5
_LONGEST_TERM = 40
_STEMMERS = {True: snowballstemmer.stemmer("english"), False: snowballstemmer.stemmer("russian")}
_SILENT = frozenset(
    words("a an the in of and for to work job vacancy work в на и по для с работа вакансия работу жұмыс және")
)


def terms(text: str) -> dict[str, int]:
    """Give each term of a text with its weight."""
    found: dict[str, int] = {}
    for word in words(text):
        if word in _SILENT or len(word) < 2:
            continue
        found[_stem(word)] = STEM_WEIGHT
        if len(word) >= _BEGINNING:
            found["~" + word[:_BEGINNING]] = BEGINNING_WEIGHT
    return found


def terms_of_advert(title: str, rest: str) -> dict[str, int]:
    """Give the terms of an advert; words of its title weigh more than those of its text."""
    found = terms(rest)
    for term, weight in terms(title).items():
        found[term] = weight * TITLE_FACTOR
    return found


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    return str(_STEMMERS[word.isascii()].stemWord(word))[:_LONGEST_TERM]
