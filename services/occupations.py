"""Occupations (ISCO-08 unit groups): their titles in each language, found by the words people really use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import snowballstemmer
from pydantic import ConfigDict, Field, RootModel, StringConstraints
from rapidfuzz import fuzz

from services.folding import words
from services.pack_files import PackFile, mapping, open_file, validate
from services.pack_models import PackError, PackFault, PackValue, Text

GOOD_ENOUGH = 0.62
ALIKE = 0.78
OWN_LANGUAGE_BONUS = 0.03
TITLE_BONUS = 0.01

_SHORTEST_PREFIX = 4
_SILENT = frozenset(
    words(
        "i a an the am work as job looking for worked was of and in at want to be"
        " я как работа работал работала работать ищу хочу на в и или по был была стать вакансия"
        " мен болып жұмыс істеймін істедім іздеймін керек болғым келеді ретінде және"
    )
)
_STEMMERS = {"en": snowballstemmer.stemmer("english"), "ru": snowballstemmer.stemmer("russian")}


class OccupationWords(PackValue):
    """An occupation in one language: the title shown and the everyday words for it."""

    title: Text
    words: Annotated[tuple[Text, ...], Field(min_length=3, max_length=8)]


class OccupationFile(RootModel[Mapping[Annotated[str, StringConstraints(pattern=r"^\d{4}$")], OccupationWords]]):
    """One language's catalogue, by ISCO-08 code."""

    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of saying an occupation, ready for comparison."""

    code: str
    language: str
    tokens: tuple[str, ...]
    stems: frozenset[str]
    bonus: float


class Occupations:
    """The catalogue of occupations in all languages. Codes keep the order of the file."""

    def __init__(self, by_language: Mapping[str, Mapping[str, OccupationWords]]) -> None:
        self._by_language = by_language
        self.languages = tuple(by_language)
        self.codes = tuple(next(iter(by_language.values())))
        self._phrases = tuple(_phrases(by_language))

    def title(self, code: str, language: str) -> str:
        """The title in this language, else in any; an unknown code is shown as it is."""
        order = (language, *self.languages)
        found = (self._by_language[choice].get(code) for choice in order if choice in self._by_language)
        return next((one.title for one in found if one), code)

    def find(self, text: str, language: str, limit: int = 5) -> list[str]:
        """Codes meant by what was typed, best first: own language a little ahead, typos and endings forgiven."""
        asked = tuple(token for token in words(text) if token not in _SILENT)
        best: dict[str, float] = {}
        for phrase in self._phrases if asked else ():
            score = _likeness(asked, phrase) + (OWN_LANGUAGE_BONUS if phrase.language == language else 0.0)
            best[phrase.code] = max(best.get(phrase.code, 0.0), score)
        good = sorted((code for code in best if best[code] >= GOOD_ENOUGH), key=lambda code: -best[code])
        return good[:limit]


def load_occupations(root: Path) -> Occupations:
    """Read every `<language>.yaml` of the folder; raises PackError, also where languages differ in their codes."""
    files = {path.stem: open_file(root, path.name) for path in sorted(root.glob("*.yaml"))}
    read = {language: _read(file) for language, file in files.items()}
    if not read:
        raise PackError((PackFault(root.name, None, "no occupation files", "add at least en.yaml"),))
    expected = set(next(iter(read.values())))
    faults = [fault for language in read for fault in _code_faults(files[language], set(read[language]), expected)]
    if faults:
        raise PackError(tuple(faults))
    return Occupations(read)


def _read(file: PackFile) -> Mapping[str, OccupationWords]:
    return validate(OccupationFile, mapping(file), file).root


def _code_faults(file: PackFile, codes: set[str], expected: set[str]) -> Iterable[PackFault]:
    for code in sorted(codes ^ expected):
        what = f"occupation {code} is not in every language"
        yield file.fault(what, "add it to the other files or remove it here", file.line_of([code]))


def _phrases(by_language: Mapping[str, Mapping[str, OccupationWords]]) -> Iterable[Phrase]:
    for language, catalogue in by_language.items():
        for code, entry in catalogue.items():
            for text in (entry.title, *entry.words):
                bonus = TITLE_BONUS if text == entry.title else 0.0
                tokens = tuple(words(text))
                yield Phrase(code, language, tokens, frozenset(_stem(token) for token in tokens), bonus)


def _likeness(asked: tuple[str, ...], phrase: Phrase) -> float:
    """How well the phrase covers what was asked, and a little for the reverse; 1 is the same words."""
    covered = sum(max(_token_likeness(token, other, phrase) for other in phrase.tokens) for token in asked)
    if not covered:
        return 0.0
    used = sum(max(_token_likeness(token, other, phrase) for token in asked) for other in phrase.tokens)
    return 0.6 * covered / len(asked) + 0.4 * used / len(phrase.tokens) + phrase.bonus


def _token_likeness(token: str, other: str, phrase: Phrase) -> float:
    if token == other:
        return 1.0
    if _stem(token) in phrase.stems and _stem(token) == _stem(other):
        return 0.97
    shorter, longer = sorted((token, other), key=len)
    if len(shorter) >= _SHORTEST_PREFIX and longer.startswith(shorter):
        return 0.9
    ratio = fuzz.ratio(token, other) / 100 if len(shorter) >= _SHORTEST_PREFIX else 0.0
    return ratio if ratio >= ALIKE else 0.0


@lru_cache(maxsize=8192)
def _stem(token: str) -> str:
    """Latin words as English, others as Russian; Kazakh has no stemmer and relies on shared beginnings."""
    stemmer = _STEMMERS["en" if token.isascii() else "ru"]
    return str(stemmer.stemWord(token))
