"""Russian, Kazakh and Arabic written in Latin letters, as in chats: «svarshik», «aspazshy», «sa2eq».

The result need not be correct spelling, only near enough to be compared by sound (`services.sounds`).
"""

import re
from collections.abc import Mapping


def _pairs(pairs: str) -> dict[str, str]:
    """Read `latin>own` pairs; nothing after `>` leaves the letters out."""
    return {latin: own for latin, _, own in (pair.partition(">") for pair in pairs.split())}


_CYRILLIC = {
    **dict(zip("abvgdeziklmnoprstufhcywqjx46", "абвгдезиклмнопрстуфхцывкжхчш", strict=True)),
    **_pairs("shch>щ sch>щ tch>ч tsh>ч zh>ж kh>х ts>ц tz>ц ch>ч sh>ш gh>г ph>ф ck>к dj>ж dzh>ж"),
    **_pairs("yo>е yu>ю ya>я ye>е iy>ии ij>ии yj>ии ay>аи ey>еи oy>ои oo>у ee>и"),
}
_ARABIC = {
    **dict(zip("abptjgvfdrzskqlmnhwyiouc", "اببتججففدرزسكقلمنهوييووك", strict=True)),
    **_pairs("2>ي 3>ع 5>خ 6>ط 7>ح 8>ق 9>ص sh>ش ch>ش kh>خ th>ث gh>غ dh>ذ ou>و oo>و ee>ي aa>ا x>كس e>"),
}
_TABLES = {"ru": _CYRILLIC | _pairs("jo>е ju>ю ja>я"), "kk": _CYRILLIC, "ar": _ARABIC}
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z3579])\1")
"""A consonant that is said twice is written once in Arabic; two vowels are one long one."""

_GLOTTAL_AT_THE_END = re.compile(r"2\b")
"""At the end of a word the glottal stop is mostly what is left of a qaf: 7alla2 for حلاق."""

_LATIN_WORD = re.compile(r"\b\d*[a-z][a-z\d]*\b")

WRITTEN_IN_LATIN = tuple(_TABLES)
"""The languages whose words people also write in Latin letters."""


def _longest_first(table: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(table, key=len, reverse=True)))


_LETTERS = {language: _longest_first(table) for language, table in _TABLES.items()}


def in_own_letters(text: str, language: str) -> str:
    """Write the Latin words of a folded text in the language's letters; numbers and other words stay."""
    table, letters = _TABLES[language], _LETTERS[language]
    if language == "ar":
        text = _DOUBLED.sub(r"\1", _GLOTTAL_AT_THE_END.sub("8", text))
    return _LATIN_WORD.sub(lambda word: letters.sub(lambda found: table[found[0]], word[0]), text)
