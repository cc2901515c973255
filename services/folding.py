"""Letters as people type them: one folded spelling for matching names, questions and occupations.

Many people write Kazakh on a Russian keyboard, leave out the accents of French and Spanish or the dots of «ё», write
Arabic with or without hamza, vowel signs and Persian letters, or mix all that. Matching therefore compares folded forms;
what is shown is never folded.
"""

import re
import unicodedata
from functools import lru_cache

_SIGNS_ON_LETTERS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u2060-\u2069]+"
)
"""Accents, vowel signs, the Arabic stroke that lengthens words, and marks that only steer the direction of writing."""

_ALIKE = (
    *zip("әғқңөұүһі", "агкноуухи", strict=True),
    *zip("œæøłđı", ("oe", "ae", "o", "l", "d", "i"), strict=True),
    *zip(
        "ىیېےەہھةكکگپچڤژٱء",
        ("ي", "ي", "ي", "ي", "ه", "ه", "ه", "ه", "ك", "ك", "ك", "ب", "ج", "ف", "ز", "ا", ""),
        strict=True,
    ),
    *zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", strict=True),
)
_LATIN_IN_CYRILLIC = str.maketrans("aceopxykmtbh", "асеорхукмтвн")
_CYRILLIC = re.compile("[а-я]")
_WORD = re.compile(r"[^\W_]+")


def plain_letters(text: str) -> str:
    """Small letters without accents, look-alikes as one letter; whatever stands between the words stays.

    This is the part of `fold` that whole files go through at once; for those, plain replacements are the quickest.
    """
    text = text.casefold()
    if text.isascii():
        return text
    text = _SIGNS_ON_LETTERS.sub("", unicodedata.normalize("NFKD", text))
    for letter, plain in _ALIKE:
        text = text.replace(letter, plain)
    return text


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower-case words with one space between them, Kazakh letters as their nearest Russian ones."""
    return " ".join(_one_script(word) for word in _WORD.findall(plain_letters(text)))


def _one_script(word: str) -> str:
    """A Russian or Kazakh word into which a Latin letter of the same shape slipped."""
    return word.translate(_LATIN_IN_CYRILLIC) if not word.isascii() and _CYRILLIC.search(word) else word


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold(text).split()
