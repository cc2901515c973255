"""Letters as people type them: one folded spelling for matching names and questions.

Many people write Kazakh on a Russian keyboard, leave out the dots of «ё», or mix both. Matching therefore compares
folded forms; what is shown is never folded.
"""

import re
from functools import lru_cache

_LOOKALIKES = str.maketrans(
    {
        "ә": "а",
        "ғ": "г",
        "қ": "к",
        "ң": "н",
        "ө": "о",
        "ұ": "у",
        "ү": "у",
        "һ": "х",
        "і": "и",
        "ё": "е",
        "й": "и",
        "’": "'",
    }
)
_LATIN_IN_CYRILLIC = str.maketrans("aceopxykmtbh", "асеорхукмтвн")
_CYRILLIC = re.compile("[а-я]")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower-case words with one space between them, Kazakh letters as their nearest Russian ones."""
    return " ".join(_one_script(word) for word in _WORD.findall(text.casefold().translate(_LOOKALIKES)))


def _one_script(word: str) -> str:
    """A Russian or Kazakh word into which a Latin letter of the same shape slipped."""
    return word.translate(_LATIN_IN_CYRILLIC) if not word.isascii() and _CYRILLIC.search(word) else word


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold(text).split()
