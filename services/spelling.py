"""Words of a vocabulary that sound like what was typed, or nearly: a few letters missing, doubled, swapped or wrong."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.sounds import sounds

_SLIPS = (0, 0, 0, 0, 1, 1, 2, 2, 2, 2)
_MOST_SLIPS = 3
_SHORTEST = 2
_LEAST_ALIKE = 0.6
_LEAST_KNOWN = 0.25
_OTHER_BEGINNING = 0.05


def slips_allowed(length: int) -> int:
    """How many slips a word of this length may have: none in very short ones, where everything is near to everything."""
    return _SLIPS[length] if length < len(_SLIPS) else _MOST_SLIPS


class Near(NamedTuple):
    """How alike a word is, up to 1, and whether it sounds the same."""

    alike: float
    same_sound: bool


class Speller:
    """A vocabulary by its sound; build it once, it never changes."""

    def __init__(self, vocabulary: Sequence[str], language: str, spelt_in: str = "") -> None:
        """Take the words; `spelt_in` names the sounds to compare as spelling where the letters were not typed by anybody."""
        self._language = language
        self._spelt_in = spelt_in
        self._by_length: defaultdict[int, tuple[list[str], list[str], list[str]]] = defaultdict(lambda: ([], [], []))
        self._heard = sounds("\n".join(vocabulary), language)
        self._triples: set[str] = set()
        spellings = sounds("\n".join(vocabulary), spelt_in).split("\n") if spelt_in else vocabulary
        for word, key, spelling in zip(vocabulary, self._heard.split("\n"), spellings, strict=True):
            keys, spelt, words = self._by_length[len(key)]
            keys.append(key)
            spelt.append(spelling)
            words.append(word)

    def near(self, word: str) -> dict[str, Near]:
        """The words that may be meant."""
        key = sounds(word, self._language)
        slips = slips_allowed(len(key))
        if len(key) < _SHORTEST or self._known_share(key) < _LEAST_KNOWN:
            return {}
        spelling = sounds(word, self._spelt_in) if self._spelt_in else word
        found: dict[str, Near] = {}
        for length in range(len(key) - slips, len(key) + slips + 1):
            keys, spelt, words = self._by_length.get(length, ((), (), ()))
            for heard, _slips, place in process.extract(key, keys, scorer=OSA.distance, score_cutoff=slips, limit=None):
                alike = _alike(spelling, spelt[place], key, heard)
                if alike >= _LEAST_ALIKE:
                    found[words[place]] = Near(alike, key == heard)
        return found

    def _known_share(self, key: str) -> float:
        """How many of three letters in a row occur in the vocabulary at all: nearly none of what a cat types."""
        if not self._triples:
            self._triples = _triples(self._heard)
        asked = _triples(key)
        return len(asked & self._triples) / len(asked)


def _triples(text: str) -> set[str]:
    text = f"\n{text}\n"
    return set(map("".join, zip(text, text[1:], text[2:], strict=False)))


def _alike(word: str, other: str, key: str, other_key: str) -> float:
    """How near two words are, half by their letters and half by their sound."""
    alike = (OSA.normalized_similarity(word, other) + OSA.normalized_similarity(key, other_key)) / 2
    return alike if key[0] == other_key[0] else alike - _OTHER_BEGINNING
