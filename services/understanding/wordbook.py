"""A book of typed words and what they mean, forgiving about typing slips and glued parts of words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.understanding.meanings import Kind, Meaning
from services.understanding.spelling import Piece, phrase

SHORTEST_FORGIVEN = 5
"""One wrong letter in a shorter word makes another word too easily."""
SHORTEST_STEM = 2

_vocabulary_phrase = lru_cache(maxsize=16_384)(phrase)
"""One word stands in many books; what people type is not kept here."""

_ASIDE = Meaning(Kind.ASIDE)
_UNKNOWN = Meaning(Kind.UNKNOWN)


class Wordbook:
    """Words and phrases with their meanings for one reader; what is entered later wins.

    `before` and `after` are parts glued to a word, each with the meaning it adds.
    """

    def __init__(
        self,
        entries: Iterable[tuple[str, Meaning]],
        before: Mapping[str, Meaning] | None = None,
        after: Mapping[str, Meaning] | None = None,
    ) -> None:
        self._entries = {_vocabulary_phrase(words): meaning for words, meaning in entries}
        self._before = _longest_first(before)
        self._after = _longest_first(after)
        self._longest = max((words.count(" ") + 1 for words in self._entries), default=1)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for words in self._entries:
            if " " not in words and len(words) >= SHORTEST_FORGIVEN - 1:
                self._by_letter[words[0]].append(words)

    def meanings(self, pieces: Sequence[Piece], strangers: int = 0) -> list[Meaning] | None:
        """Read every piece, the longest phrase first; None when more than so many of them are unknown."""
        found: list[Meaning] = []
        at = 0
        while at < len(pieces):
            meanings, length = self._at(pieces, at)
            strangers -= meanings[0].kind is Kind.UNKNOWN
            if strangers < 0:
                return None
            found.extend(meanings)
            at += length
        return found

    def _at(self, pieces: Sequence[Piece], at: int) -> tuple[list[Meaning], int]:
        piece = pieces[at]
        words = [_text(one) for one in pieces[at : at + self._longest]]
        if (found := self._phrase(words)) is not None:
            return [found[0]], found[1]
        if isinstance(piece, Meaning):
            return [piece], 1
        for part, meaning in self._before:
            if piece.startswith(part) and (found := self._phrase([piece.removeprefix(part), *words[1:]], shortest=2)):
                return [meaning, found[0]], found[1]
        return self._word(piece), 1

    def _phrase(self, words: Sequence[str], shortest: int = 1) -> tuple[Meaning, int] | None:
        """The meaning of the longest phrase these words begin with, and how many of them it takes."""
        for length in range(len(words), shortest - 1, -1):
            if (meaning := self._entries.get(" ".join(words[:length]))) is not None:
                return meaning, length
        return None

    def _word(self, word: str) -> list[Meaning]:
        if not word.isalpha():
            return [_ASIDE if _is_picture(word) else _UNKNOWN]
        return self._drawn_out(word) or self._in_parts(word) or [self._near(word) or _UNKNOWN]

    def _drawn_out(self, word: str) -> list[Meaning]:
        """The meaning of a short word whose last letter was typed twice, as in "даа"."""
        return self._known(word[:-1]) if len(word) >= SHORTEST_STEM + 1 and word[-1] == word[-2] else []

    def _in_parts(self, word: str, deeper: bool = True) -> list[Meaning]:
        """The meanings of a known word with something glued to it, or nothing."""
        for part, meaning in self._before:
            rest = word.removeprefix(part)
            if rest != word and len(rest) >= SHORTEST_STEM:
                known = self._known(rest) or (self._in_parts(rest, deeper=False) if deeper else [])
                if known:
                    return [meaning, *known]
        for part, meaning in self._after:
            rest = word.removesuffix(part)
            if rest != word and len(rest) >= SHORTEST_STEM and self._known(rest):
                return [*self._known(rest), meaning]
        return []

    def _known(self, word: str) -> list[Meaning]:
        return [self._entries[word]] if word in self._entries else []

    def _near(self, word: str) -> Meaning | None:
        """What a word with one slip in it means, if all the words it may stand for mean the same."""
        if len(word) < SHORTEST_FORGIVEN:
            return None
        candidates = self._by_letter.get(word[0], [])
        near = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=1, limit=None)
        meant = {self._entries[words] for words, _, _ in near}
        return meant.pop() if len(meant) == 1 else None


def _text(piece: Piece) -> str:
    return str(piece.value) if isinstance(piece, Meaning) else piece


def _is_picture(sign: str) -> bool:
    """Tell an emoji: it neither adds to what was said nor takes from it."""
    return sign >= "\u2190"


def _longest_first(parts: Mapping[str, Meaning] | None) -> list[tuple[str, Meaning]]:
    folded = {_vocabulary_phrase(part): meaning for part, meaning in (parts or {}).items()}
    return sorted(folded.items(), key=lambda part: (-len(part[0]), part[0]))
