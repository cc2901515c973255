"""Names of languages among other words: "казахский и немного по-турецки", "кazakh, a bit of russian"."""

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale
from rapidfuzz import fuzz

from services.folding import fold
from services.understanding.spelling import LONGEST

SPOKEN = tuple("kk ru en uz ky tg tr az uk de fr es pt it ar fa zh ko ja hi ur pl ro hy ka mn be tt".split())
"""Languages understood besides those that are offered."""

_SHORTEST_NAME = 4
_SPOKEN_SO = ("ша", "ше", "ча", "че")
"""What Kazakh and its neighbours put after a people's name for its language."""
_ARTICLE = "ال"
_ALIKE = 80.0


def read_languages(text: str, offered: Sequence[str], readers: Sequence[str]) -> list[str]:
    """Give the codes of the languages named in a text, the offered ones first, as any of the readers' languages calls them."""
    every = (*offered, *(code for code in SPOKEN if code not in offered))
    said = [word.removeprefix(_ARTICLE) for word in fold(text[:LONGEST]).split() if len(word) >= _SHORTEST_NAME]
    meant: set[str] = set()
    for word in said:
        likeness = {code: max(_likeness(word, name) for name in _names(code, tuple(readers))) for code in every}
        best = max(likeness.values())
        meant |= {code for code in every if likeness[code] == best >= _ALIKE}
    return [code for code in every if code in meant]


@lru_cache(maxsize=256)
def _names(code: str, readers: tuple[str, ...]) -> frozenset[str]:
    """Give the first word of a language's name in each of the readers' languages."""
    shown = (str(Locale.parse(code).get_display_name(reader)) for reader in readers)
    return frozenset(fold(name).split()[0].removeprefix(_ARTICLE) for name in shown)


def _likeness(word: str, name: str) -> float:
    """Tell how like a language's name a word is, its ending apart: "қазақша", "по-русски", and "орсша" with a letter lost."""
    if len(name) < _SHORTEST_NAME:
        return 0.0
    likeness = fuzz.ratio(word[: len(name)], name)
    stem = word[:-2] if word.endswith(_SPOKEN_SO) else ""
    return max(likeness, fuzz.ratio(stem, name) if len(stem) >= _SHORTEST_NAME - 1 else 0.0)
