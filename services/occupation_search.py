"""Finding the occupations somebody means, in whatever way they typed it.

What was typed is read as it stands, in the person's language first, then in the others. Only when that does not settle it,
it is read as Russian, Kazakh or Arabic in Latin letters, and as typed with the keyboard set to another language.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from services.fillers import ALL_FILLERS
from services.folding import fold
from services.keyboards import LAYOUTS, retyped
from services.occupation_index import NOTHING, OccupationIndex, Score
from services.transliteration import WRITTEN_IN_LATIN, in_own_letters

SURE, SETTLED = 0.9, 0.72
"""From these scores on, other languages are not asked, and other readings are not tried."""

GOOD_ENOUGH, GOOD_ENOUGH_IF_SURE = 0.58, 0.45
UNDERSTOOD = 0.93
"""A word understood so surely may stand among others that say nothing; mere likeness has to fit the whole."""

NEAR_THE_BEST, NEARLY_AS_GOOD = 0.6, 0.85
"""Shares of the best score: below the first nothing is offered beside it, from the second on everything is."""

AS_TYPED, IN_LATIN_LETTERS, OTHER_KEYBOARD, OTHER_LANGUAGE = 1.0, 0.95, 0.92, 0.95
"""How far each way of reading is trusted."""

_SCRIPTS = {"cyrillic": re.compile("[а-я]"), "arabic": re.compile("[ء-ي]"), "latin": re.compile("[a-z]")}
_SCRIPT_OF = {"ru": "cyrillic", "kk": "cyrillic", "ar": "arabic"}
_LAYOUT_OF = {"cyrillic": "ru", "arabic": "ar", "latin": "latin"}
_SHORTEST_WORD, _SHORTEST_REREAD, _LONGEST_TEXT = 2, 4, 200
_WITHOUT_VOWELS = "ar"
_SEVERAL = 2
"""So many of the longest words of a question are also looked at alone."""


class Reading(NamedTuple):
    """One way of reading what was typed, for one language, and how far it is trusted."""

    language: str
    text: str
    trust: float
    in_latin: bool = False


class OccupationSearch:
    """Searches the catalogue in all its languages."""

    def __init__(self, lines: Mapping[str, Mapping[str, str]]) -> None:
        """Take for each language the phrases of each code, separated by commas, the title first."""
        self._indexes = {language: OccupationIndex(language, own) for language, own in lines.items()}

    def find(self, text: str, language: str, limit: int) -> list[str]:
        """Codes, best first; equals in the order of codes."""
        found: dict[str, Score] = {}
        for readings, enough in self._stages(text[:_LONGEST_TEXT], language):
            for reading in readings:
                self._read(reading, language, found)
            if max(found.values(), default=NOTHING).fit >= enough:
                break
        ranked = _ranked(found)[:limit]
        return ranked + self._word_by_word(text, language, ranked)[: limit - len(ranked)]

    def _word_by_word(self, text: str, language: str, besides: list[str]) -> list[str]:
        """Codes that only one word of several speaks for: a misspelt word counts little beside a common one spelt well."""
        index = self._indexes.get(language)
        telling = [word for word in fold(text[:_LONGEST_TEXT]).split() if word not in ALL_FILLERS]
        if index is None or len(telling) < _SEVERAL or not besides:
            return []
        found: dict[str, Score] = {}
        for word in sorted(telling, key=len, reverse=True)[:_SEVERAL]:
            if len(word) >= _SHORTEST_REREAD:
                for code, score in index.scores(word, in_latin=False, together=False).items():
                    found[code] = max(score, found.get(code, NOTHING))
        return [code for code in _ranked(found) if code not in besides]

    def _stages(self, text: str, language: str) -> Iterator[tuple[list[Reading], float]]:
        """Readings, the likeliest first, and the score from which the next ones are not asked."""
        typed = fold(text)
        if all(len(word) < _SHORTEST_WORD or word in ALL_FILLERS for word in typed.split()):
            return
        scripts = [script for script, letters in _SCRIPTS.items() if letters.search(typed)]
        straight = [Reading(one, typed, AS_TYPED) for one in self._indexes if _SCRIPT_OF.get(one, "latin") in scripts]
        own, others = _own_first(straight, language)
        yield own, SURE
        reread = list(self._reread(text, typed, scripts)) if _worth_rereading(text) else []
        own_reread, others_reread = _own_first(reread, language)
        yield own_reread + others, SETTLED
        yield [reading for reading in others_reread if not reading.in_latin], SETTLED

    def _reread(self, text: str, typed: str, scripts: list[str]) -> Iterator[Reading]:
        if "latin" in scripts:
            for language in WRITTEN_IN_LATIN:
                yield Reading(language, in_own_letters(typed, language), IN_LATIN_LETTERS, language == _WITHOUT_VOWELS)
        for layout in [_LAYOUT_OF[script] for script in scripts[:1]]:
            for language in self._indexes:
                meant = fold(retyped(text, layout, language if language in LAYOUTS else "latin"))
                if meant != typed:
                    yield Reading(language, meant, OTHER_KEYBOARD)

    def _read(self, reading: Reading, language: str, found: dict[str, Score]) -> None:
        index = self._indexes.get(reading.language)
        if index is None:
            return
        own = reading.language == language
        trust = reading.trust * (1.0 if own else OTHER_LANGUAGE)
        together = own and reading.trust == AS_TYPED
        for code, score in index.scores(reading.text, in_latin=reading.in_latin, together=together).items():
            found[code] = max(Score(trust * score.fit, trust * score.surest), found.get(code, NOTHING))


def _own_first(readings: list[Reading], language: str) -> tuple[list[Reading], list[Reading]]:
    own = [reading for reading in readings if reading.language == language]
    return own, [reading for reading in readings if reading.language != language]


def _worth_rereading(text: str) -> bool:
    """Whether a word is long enough that its letters cannot give a word of another alphabet by chance."""
    return any(len(word) >= _SHORTEST_REREAD for word in text.split())


def _ranked(found: Mapping[str, Score]) -> list[str]:
    """Codes that fit well enough, best first; nothing when not even the best does."""
    if not any(score.fit >= _good_enough(score) for score in found.values()):
        return []
    best = max(found.values()).fit
    good = [code for code, score in found.items() if score.fit >= _least(score, best)]
    return sorted(good, key=lambda code: (-round(found[code].fit, 6), code))


def _least(score: Score, best: float) -> float:
    return min(max(_good_enough(score), NEAR_THE_BEST * best), NEARLY_AS_GOOD * best)


def _good_enough(score: Score) -> float:
    return GOOD_ENOUGH_IF_SURE if score.surest >= UNDERSTOOD else GOOD_ENOUGH
