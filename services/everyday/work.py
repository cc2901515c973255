"""From what somebody does every day to occupations they may not know by name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.everyday.files import EverydayFiles, WordsFile, read_everyday
from services.everyday.phrases import Phrases
from services.folding import fold
from services.words import RIGHT_TO_LEFT

SUGGESTIONS = 3
LIKED_WEIGHS = 3
"""What somebody wants to do counts as much as three things they merely did."""

_UNTOLD = 4
"""Divided by two with each suggestion that is an activity's nearest work; whole numbers down to one."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An occupation, and the activities that speak for it, the strongest reason first."""

    code: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody's own words say: where they were busy, and what they did."""

    places: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()


class EverydayWork:
    """Places, activities, their words, and what they speak for. Read once, never changed."""

    def __init__(self, files: EverydayFiles) -> None:
        self._work = files.work
        self._weights = {
            activity: weights for of_place in files.work.values() for activity, weights in of_place.items()
        }
        self._place_of = {activity: place for place, of_place in files.work.items() for activity in of_place}
        self._order = {activity: number for number, activity in enumerate(self._weights)}
        self._labels = {code: _labels(words) for code, words in files.words.items()}
        self._phrases = Phrases({code: _ways(words) for code, words in files.words.items()})
        self._ends = frozenset(fold(said) for words in files.words.values() for said in words.ends)
        self.places = tuple(files.work)

    def activities(self, place: str) -> tuple[str, ...]:
        """Give what is done in a place, in the order it is shown; nothing for an unknown place."""
        return tuple(self._work.get(place, ()))

    def place_of(self, activity: str) -> str | None:
        """Give where an activity is done; None for an unknown one."""
        return self._place_of.get(activity)

    def label(self, key: str, language: str) -> str:
        """Give the words for a place or an activity in this language, else in English; an unknown key is shown as it is.

        An activity's words name it in its plainest form, fit to follow "You can …".
        """
        return self._labels.get(language, {}).get(key) or self._labels["en"].get(key, key)

    def understand(self, text: str, language: str) -> Told:
        """Find places and activities in somebody's own words."""
        found = self._phrases.find(text, language)
        return Told(
            tuple(key for key in found if key in self._work), tuple(key for key in found if key in self._weights)
        )

    def says_end(self, text: str) -> bool:
        """Tell whether somebody writes, in any language, that there is nothing more to tell."""
        return fold(text) in self._ends

    def own_words(self, activities: Iterable[str], language: str, limit: int) -> str:
        """Give what somebody did as their own label for an occupation: as many whole activities as fit."""
        said, comma = "", "، " if language in RIGHT_TO_LEFT else ", "
        for activity in activities:
            label = self.label(activity, language)
            longer = f"{said}{comma}{inside(label)}" if said else label
            if len(longer) > limit:
                break
            said = longer
        return said

    def suggest(self, chosen: Iterable[str], liked: Iterable[str] = ()) -> list[Suggestion]:
        """Suggest three different occupations for what somebody did and would like to do as work.

        Every activity adds its weight to the occupations it speaks for, three times its weight where the person would like
        to do it. The highest sum is suggested first. An activity whose nearest work is suggested counts half for the next
        one unless it is a wish, so that somebody who cooks, sews and keeps hens is not shown three kinds of cook, and
        somebody who wants to cook is. Of equal sums the one with the single strongest reason comes first, then the one
        whose reason stands first in the file. The order in which things were chosen changes nothing; unknown activities
        are passed over; where nothing was chosen, nothing is suggested.
        """
        wishes = self._known(liked)
        liking = {one: LIKED_WEIGHS if one in wishes else 1 for one in self._known([*chosen, *wishes])}
        untold = dict.fromkeys(liking, _UNTOLD)
        suggested: list[Suggestion] = []
        while liking and len(suggested) < SUGGESTIONS:
            taken = {one.code for one in suggested}
            best = max(self._open(liking, taken), key=lambda code: self._rank(code, liking, untold))
            because = self._reasons(best, liking)
            suggested.append(Suggestion(best, because))
            untold |= {
                one: max(1, untold[one] // 2) for one in because if self._nearest(one, best) and one not in wishes
            }
        return suggested

    def _known(self, activities: Iterable[str]) -> list[str]:
        return sorted({one for one in activities if one in self._weights}, key=self._order.__getitem__)

    def _open(self, activities: Iterable[str], taken: Collection[str]) -> list[str]:
        """Give the occupations that are spoken for and not yet suggested, in the order of the file."""
        codes = dict.fromkeys(code for activity in activities for code in self._weights[activity])
        return [code for code in codes if code not in taken]

    def _rank(self, code: str, liking: Mapping[str, int], untold: Mapping[str, int]) -> tuple[int, int]:
        reasons = [self._weights[one].get(code, 0) * liking[one] for one in liking]
        total = sum(reason * untold[one] for reason, one in zip(reasons, liking, strict=True))
        return total, max(reasons)

    def _nearest(self, activity: str, code: str) -> bool:
        weights = self._weights[activity]
        return weights[code] == max(weights.values())

    def _reasons(self, code: str, liking: Mapping[str, int]) -> tuple[str, ...]:
        speaking = [one for one in liking if code in self._weights[one]]
        return tuple(sorted(speaking, key=lambda one: -self._weights[one][code] * liking[one]))


def inside(label: str) -> str:
    """Let a label stand inside a sentence."""
    return label[:1].lower() + label[1:]


def load_everyday(folder: Path, codes: Collection[str]) -> EverydayWork:
    """Read `locales/everyday/`; `codes` are the occupations there are. Raises PackError with every fault found."""
    return EverydayWork(read_everyday(folder, codes))


def _labels(words: WordsFile) -> Mapping[str, str]:
    return {key: wording.label for key, wording in (*words.places.items(), *words.activities.items())}


def _ways(words: WordsFile) -> Mapping[str, Sequence[str]]:
    """Every way of saying each place and activity; the label is one of them."""
    wordings = (*words.places.items(), *words.activities.items())
    return {key: (*wording.words, wording.label) for key, wording in wordings}
