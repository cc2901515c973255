"""Words without their endings, in the languages offered.

English, Russian, Spanish, French and Arabic have Snowball stemmers. Kazakh has none: its endings are taken off one by one
from the end, as they are put on (plural, whose, which case, who I am). Words are expected folded (`services.folding`).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

import snowballstemmer

_SNOWBALL = {
    "en": snowballstemmer.stemmer("english"),
    "ru": snowballstemmer.stemmer("russian"),
    "es": snowballstemmer.stemmer("spanish"),
    "fr": snowballstemmer.stemmer("french"),
    "ar": snowballstemmer.stemmer("arabic"),
}
_ONE_AT_A_TIME = Lock()
"""A stemmer keeps the word it works on, and searches run on the loop and in the writer's thread."""

_SHORT_I = re.compile("(?<=[аеоуыэюя])и$")
_ACCENTS_LOST = tuple(
    (re.compile(ending + "(?=s?$)"), accented) for ending, accented in [("iere", "ière"), ("ee", "ée")]
)

_KAZAKH_ENDINGS = tuple(
    re.compile(f"(?<=...)(?:{endings})$")
    for endings in (
        "[мбп][ыи]н|с[ыи]н|с[ыи]з(?:дер)?|[мбп][ыи]з",
        "[ндт][ыи]н?|[гк][ае]|н[ае]н?|(?:(?<=[ыи])н)?[дт][ае]н?|[мбп]ен",
        "[ыи]?м[ыи]з|[ыи][мн]|(?<=[ыиуаеоя])с[ыи]|(?<=[^ыиуаеояш])[ыи]",
        "[лдт][ае]р",
    )
)


@lru_cache(maxsize=32768)
def stem(word: str, language: str) -> str:
    """What the forms of a word have in common; a language without a stemmer gives the word itself."""
    if language == "kk":
        return _kazakh(word)
    if language not in _SNOWBALL:
        return word
    with _ONE_AT_A_TIME:
        return str(_SNOWBALL[language].stemWord(_REPAIRS.get(language, _untouched)(word)))


def _kazakh(word: str) -> str:
    """Take off endings until none is left; «-шы», «-ші» says who does the work and stays.

    What only looks like an ending goes too, from every form of the word alike.
    """
    shorter = word
    for endings in _KAZAKH_ENDINGS:
        shorter = endings.sub("", shorter)
    return shorter if shorter == word else _kazakh(shorter)


def _russian_letters(word: str) -> str:
    """Folding makes «й» an «и»; the stemmer knows the endings «-ый», «-ой», «-ей» only with «й»."""
    return _SHORT_I.sub("й", word)


def _french_letters(word: str) -> str:
    for ending, accented in _ACCENTS_LOST:
        word = ending.sub(accented, word)
    return word


def _untouched(word: str) -> str:
    return word


_REPAIRS: dict[str, Callable[[str], str]] = {"ru": _russian_letters, "fr": _french_letters}
