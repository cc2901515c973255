"""One language's words for occupations, and how well each occupation fits what was asked.

Rare words tell more than common ones: of "knitting machine operator" it is "knitting". An occupation's score is that of
its best phrase (how much of the question the phrase covers, how much of the phrase was asked for) with a little for what
its other phrases cover; 1 is the very words.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process

from services.fillers import FILLERS
from services.folding import plain_letters
from services.vocabulary import Vocabulary

ASKED_COVERED, PHRASE_COVERED, BY_ITS_OTHERS = 0.6, 0.4, 0.15
EARLIER_IN_LINE, STEP_IN_LINE = 0.012, 0.001
"""The title comes first in its line, then the words in the order somebody gave them: each a little ahead of the next."""

UNKNOWN_WORD, FILLER = 0.5, 0.05
"""How telling a word of the question is that nothing fits, and a filler within a phrase; the rarest word has 1."""

UNSURE, WRITTEN_TOGETHER, ALIKE_TOGETHER = 0.75, 0.9, 82.0
MOST_WORDS = 12
"""Of a longer text only so many words are looked at."""

_BETWEEN_WORDS = "-'’()/.&+:;!?\"«»“”_–—·،"
_ARTICLE = re.compile(r"\b(?:[وفبك]?ال|لل)(?=\w{3})")


class Score(NamedTuple):
    """How well an occupation fits, up to about 1, and how surely the word that speaks most for it was understood."""

    fit: float
    surest: float


NOTHING = Score(0.0, 0.0)

Fitting = dict[int, tuple[float, str]]
"""By place in the question: how well the word there fits, and which word of the phrase it fits."""


def bare(text: str, language: str) -> str:
    """Folded words without what Arabic writes in front of them: the article, with or without a preposition."""
    return _ARTICLE.sub("", text) if language == "ar" else text


class OccupationIndex:
    """The phrases of one language; build it once, it never changes."""

    def __init__(self, language: str, lines: Mapping[str, str]) -> None:
        """Take for each code its phrases, separated by commas, the title first."""
        text = bare(_words_only(plain_letters("\n".join(lines.values()))), language)
        self._language = language
        self._phrases = text.replace("\n", ",").split(",")
        self._together = text.replace("\n", ",").replace(" ", "").split(",")
        self._codes: list[str] = []
        self._firsts: dict[str, int] = {}
        for code, line in zip(lines, text.split("\n"), strict=True):
            self._firsts[code] = len(self._codes)
            self._codes += [code] * (line.count(",") + 1)
        self._holders = _holders(self._phrases)
        self._vocabulary = Vocabulary(self._holders, language)
        self._rarities: dict[str, float] = {}
        self._wholes: dict[int, float] = {}
        self._everything = math.log(1 + len(lines))
        self._fillers = FILLERS.get(language, frozenset())

    def scores(self, text: str, *, in_latin: bool = False, together: bool = True) -> dict[str, Score]:
        """How well each occupation fits a folded text; those that nothing speaks for are left out.

        `in_latin` is for a text led back from Latin letters; `together` looks for words run together or torn apart too.
        """
        asked = self._asked(text)
        look_up = self._vocabulary.meant_in_latin if in_latin else self._vocabulary.meant
        meant = [look_up(word) for word in asked]
        found = self._scored(meant) if any(meant) else {}
        if asked and together and max(found.values(), default=NOTHING).fit < UNSURE:
            self._add_written_together("".join(asked), found)
        return found

    def _asked(self, text: str) -> list[str]:
        words = dict.fromkeys(bare(text, self._language).split())
        return [word for word in words if word not in self._fillers][:MOST_WORDS]

    def _scored(self, meant: list[dict[str, float]]) -> dict[str, Score]:
        weights = [self._weight(words) for words in meant]
        possible = sum(weights)
        by_code: defaultdict[str, list[tuple[float, Fitting]]] = defaultdict(list)
        for number, fits in self._fits(meant).items():
            covered = sum(weights[place] * fit for place, (fit, _word) in fits.items()) / possible
            own = ASKED_COVERED * covered + PHRASE_COVERED * self._covered(number, fits.values())
            by_code[self._codes[number]].append((own + self._bonus(number), fits))
        return {code: _best(scored, weights, possible) for code, scored in by_code.items()}

    def _fits(self, meant: list[dict[str, float]]) -> dict[int, Fitting]:
        found: defaultdict[int, Fitting] = defaultdict(dict)
        for place, words in enumerate(meant):
            for word, fit in words.items():
                for number in self._holders[word]:
                    before = found[number].get(place)
                    if before is None or fit > before[0]:
                        found[number][place] = (fit, word)
        return found

    def _covered(self, number: int, fits: Iterable[tuple[float, str]]) -> float:
        """How much of a phrase was asked for."""
        asked: dict[str, float] = {}
        for fit, word in fits:
            asked[word] = max(fit, asked.get(word, 0.0))
        return sum(fit * self._rarity(word) for word, fit in asked.items()) / self._whole(number)

    def _whole(self, number: int) -> float:
        known = self._wholes.get(number)
        if known is None:
            known = self._wholes[number] = sum(map(self._rarity, self._phrases[number].split()))
        return known

    def _weight(self, words: Mapping[str, float]) -> float:
        """How telling a word of the question is: as rare as what it most likely means."""
        return self._rarity(max(words, key=lambda word: words[word])) if words else UNKNOWN_WORD

    def _rarity(self, word: str) -> float:
        known = self._rarities.get(word)
        if known is None:
            holders = len({self._codes[number] for number in self._holders[word]})
            known = FILLER if word in self._fillers else 1 - math.log(holders) / self._everything
            self._rarities[word] = known
        return known

    def _bonus(self, number: int) -> float:
        return EARLIER_IN_LINE - STEP_IN_LINE * (number - self._firsts[self._codes[number]])

    def _add_written_together(self, text: str, found: dict[str, Score]) -> None:
        """Words run together or torn apart: whole phrases are compared without the spaces."""
        near = process.extract(text, self._together, scorer=fuzz.ratio, score_cutoff=ALIKE_TOGETHER, limit=20)
        for _phrase, alike, number in near:
            score = Score(WRITTEN_TOGETHER * alike / 100 + self._bonus(number), 0.0)
            found[self._codes[number]] = max(score, found.get(self._codes[number], NOTHING))


def _words_only(text: str) -> str:
    for sign in _BETWEEN_WORDS:
        text = text.replace(sign, " ")
    return text


def _holders(phrases: list[str]) -> dict[str, list[int]]:
    """The numbers of the phrases that hold each word."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for word in phrase.split():
            found[word].append(number)
    return dict(found)


def _best(scored: list[tuple[float, Fitting]], weights: list[float], possible: float) -> Score:
    """The best phrase's score, moved a little towards what all the occupation's phrases cover together."""
    together: dict[int, float] = {}
    for _score, fits in scored:
        for place, (fit, _word) in fits.items():
            together[place] = max(fit, together.get(place, 0.0))
    covered = sum(weights[place] * fit for place, fit in together.items()) / possible
    best = max(score for score, _fits in scored)
    return Score((1 - BY_ITS_OTHERS) * best + BY_ITS_OTHERS * covered, max(together.values()))
