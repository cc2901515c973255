"""Which region, and which town of it, somebody means by what they typed."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from services.folding import fold

if TYPE_CHECKING:
    from services.pack_models import Region

GOOD_ENOUGH = 80.0

_SURE = 86.0
"""How like a place a word must be among others that say something else."""
_PLAIN = 95.0
"""A text so like a place names nothing besides."""
_LONG = 6
"""A word of so many letters may hold a slip or an ending."""
_SHORTEST = 5
"""A shorter word among others may be anything."""
_LONGEST_ENDING = 4
_VOWELS = ("а", "ы", "я", "о")
_MOST_WORDS = 12

_GENERIC = frozenset(
    fold(
        "region oblast область обл области облысы облысында обл г город города городе city қаласы қ"
        " región ciudad provincia ville région province منطقة مدينة مقاطعة ولاية"
    ).split()
)
_SMALL = frozenset(fold("в во из на of in the from по de del la el en du le près de في من").split())


def find(
    regions: "Sequence[Region]", text: str, language: str, limit: int, country: Iterable[str] = ()
) -> "list[Region]":
    """Give the regions meant, best first: any language, town or spelling, small slips forgiven. A whole country means none.

    The whole text counts first. When it is a sentence, its words and pairs of words are looked at: "I live near Karaganda".
    """
    asked = _telling(text)
    if asked in {fold(name) for name in country}:
        return []
    scored = [(_likeness(asked, region, language), region) for region in regions] if asked else []
    if scored and max(score for score, _ in scored) < _PLAIN:
        scored = [(max(score, _named(region, asked)[0]), region) for score, region in scored]
    good = sorted((pair for pair in scored if pair[0] >= GOOD_ENOUGH), key=lambda pair: -pair[0])
    return [region for _, region in good[:limit]]


def town_said(region: "Region", text: str) -> str | None:
    """Give the town that was named, as the pack spells it where it knows it; None when the region itself was named."""
    asked = _named(region, _telling(text))[1] or _telling(text)
    said = _without_generic(asked)
    own = {_without_generic(fold(name)) for names in (region.names, region.short) for name in names.values()}
    towns = (*region.town.values(), *region.also)

    def nearness(town: str) -> tuple[float, float]:
        return _spelling_score(said, fold(town)), fuzz.ratio(text.casefold(), town.casefold())

    spelt = max(towns, key=nearness, default="")
    as_town, as_region = nearness(spelt)[0], max((_spelling_score(said, name) for name in own), default=0.0)
    if not said or said != asked or as_region > as_town:
        return None
    return spelt if as_town >= GOOD_ENOUGH else text


def _likeness(asked: str, region: "Region", language: str) -> float:
    whole = [_telling(name) for name in region.names.values()]
    if asked in whole:
        return 110.0
    bare = _without_generic(asked)
    best = max(_spelling_score(bare or asked, spelling) for spelling in _spellings(region, whole))
    own = (fold(names[language]) for names in (region.short, region.town) if language in names)
    said_region = bare != asked
    return best + (1.0 if region.city != said_region else 0.0) + (0.5 if bare in own else 0.0)


def _named(region: "Region", asked: str) -> tuple[float, str]:
    """Find the part of a sentence that surely names the region or a town of it, and how like it is; nought when none does."""
    words = asked.split()[:_MOST_WORDS]
    if len(words) < 2:
        return 0.0, ""
    spellings = _spellings(region, [_telling(name) for name in region.names.values()])
    parts = [" ".join(pair) for pair in pairwise(words)] + words
    return max(((_sureness(part, spellings), part) for part in parts), key=lambda named: named[0])


def _sureness(part: str, spellings: set[str]) -> float:
    bare = _without_generic(part)
    if len(bare) < _SHORTEST and (bare == part or not bare):
        return 0.0
    if bare in spellings:
        return 100.0
    if len(bare) < _LONG:
        return 0.0
    likeness = max(_PLAIN if _with_ending(bare, one) else fuzz.ratio(bare, one) for one in spellings)
    return likeness if likeness >= _SURE else 0.0


def _with_ending(word: str, spelling: str) -> bool:
    """Tell whether a word is a place with an ending, its own last vowel left out or not: "темиртауда", "карагандой"."""
    stem = spelling[:-1] if spelling.endswith(_VOWELS) and len(spelling) >= _LONG else spelling
    ending = word.removeprefix(stem)
    return len(stem) >= _SHORTEST and ending != word and len(ending) <= _LONGEST_ENDING and " " not in ending


def _spellings(region: "Region", whole: list[str]) -> set[str]:
    shown = (*region.short.values(), *region.town.values(), *region.also)
    return {fold(spelling) for spelling in shown} | {_without_generic(name) for name in whole}


def _telling(text: str) -> str:
    """The folded words that tell something."""
    return " ".join(word for word in fold(text).split() if word not in _SMALL)


def _without_generic(folded: str) -> str:
    return " ".join(word for word in folded.split() if word not in _GENERIC)


def _spelling_score(asked: str, spelling: str) -> float:
    if asked == spelling:
        return 100.0
    if len(asked) >= 3 and spelling.startswith(asked):
        return 92.0
    if len(spelling) >= 4 and asked.startswith(spelling):
        return 90.0
    return fuzz.ratio(asked, spelling) if len(asked) >= 4 else 0.0
