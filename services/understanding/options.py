"""Which of a question's options are meant by everyday words that stand on no button: "вахта", "college", "permis b".

Labels and numbers come first. The words of the vocabularies must be typed whole, though endings and slips are forgiven:
a part of them is too little to be sure.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from services.understanding.choices import (
    ands_before,
    joins,
    known_labels,
    next_label,
    read_choice,
    read_choices,
    words_aside,
)
from services.understanding.labels import MARGIN, MOST_WORDS, Word, alike, label_words, same_label
from services.understanding.list_numbers import numbered_places
from services.understanding.spelling import LONGEST, phrase
from services.understanding.vocabulary import Words, vocabularies

_BETWEEN_ITEMS = re.compile(r"[,;،؛\n&•·]+|\+(?!\s*\d)")
_SURE = 0.9
"""The beginning of a word alone is less than this."""
_LONG = 5
"""A word of so many letters may lack the last one or two."""
_WITHOUT_VOWELS = str.maketrans("", "", "aeiouyаеёиоуыэюя")
_TELLING = 2
"""A phrase of so many words is believed among other words; one word may be about something else: "ремонт телефонов"."""


class _Synonym(NamedTuple):
    """Words for an option, in the language they were written in."""

    code: str
    language: str
    words: tuple[Word, ...]


_Tellings = tuple[tuple[Word, ...], tuple[Word, ...]]
"""The words of an item, and the same without an "and" glued to them."""

_Typed = dict[str, _Tellings]
"""By language, whose stemming they have."""


_Synonyms = Mapping[tuple[str, Word], Sequence[_Synonym]]
"""By language and first word, which many have in common."""


class _Match(NamedTuple):
    """How far a synonym reaches from where it was looked for, and how alike it is."""

    end: int
    likeness: float
    synonym: _Synonym


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question's options; `labels` are those that have a number."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    language: str

    def meant(self, places: Sequence[int]) -> set[str]:
        """Give the codes at these places."""
        return {self.codes[place] for place in places}


@dataclass(slots=True)
class _Heard:
    """What one item of an answer means, what of it stands for more than one word, and what of it is not known."""

    codes: set[str] = field(default_factory=set)
    telling: set[str] = field(default_factory=set)
    strangers: list[str] = field(default_factory=list)


def read_option(text: str, codes: Sequence[str], labels: Sequence[str], language: str) -> str | None:
    """The code of the one option meant; None when it is none, several, or not certain which."""
    found = read_options(text, codes, labels, language)
    return found[0] if found is not None and len(found) == 1 else None


def read_options(
    text: str, codes: Sequence[str], labels: Sequence[str], language: str, *, partly: bool = False
) -> list[str] | None:
    """The codes of all options meant, in the order of the question; None when one of them is not certain.

    With `partly`, what is certain is given although the rest of the text is about something else. Words that take
    something back ("no licence") leave nothing certain then.
    """
    if len(text) > LONGEST:
        return None
    asked = _Asked(tuple(codes), tuple(labels), language)
    found = _by_label(text, asked) or _by_words(text, asked, partly)
    return [code for code in codes if code in found] if found else None


def _items(text: str) -> list[str]:
    return [item for item in _BETWEEN_ITEMS.split(text) if item.strip()]


def _by_label(text: str, asked: _Asked) -> set[str]:
    """By a label in full or by numbers, unless an item is a word to the letter: 2/2 is then no pair of numbers."""
    same = same_label(label_words(text, asked.language), known_labels(asked.labels, asked.language))
    if same is not None:
        return asked.meant([same])
    if any(_to_the_letter(item, asked) for item in [text, *_items(text)]):
        return set()
    return _by_number(text, asked) or set()


def _by_number(text: str, asked: _Asked) -> set[str] | None:
    """The options told by nothing but numbers; None when the text says something else."""
    if numbered_places(text, len(asked.labels), asked.language) is None:
        return None
    return asked.meant(read_choices(text, asked.labels, asked.language) or ())


def _by_words(text: str, asked: _Asked, partly: bool) -> set[str]:
    if (exact := _to_the_letter(text, asked)) is not None:
        return {exact}
    for languages in _circles(asked.language):
        heard = [_hear(item, asked, languages) for item in _items(text)]
        if not any(one.strangers for one in heard):
            return set().union(*(one.codes for one in heard))
    if whole := _by_some_of_a_label(text, asked):
        return whole
    return _certain([_hear(item, asked, _circles(asked.language)[0]) for item in _items(text)]) if partly else set()


def _by_some_of_a_label(text: str, asked: _Asked) -> set[str]:
    """By words that only one label has, if they say anything alone."""
    idle = all(word.spelling in _around() | _between() for word in label_words(text, asked.language))
    place = None if idle else read_choice(text, asked.labels, asked.language)
    return set() if place is None else asked.meant([place])


def _certain(heard: Sequence[_Heard]) -> set[str]:
    """What may be believed among other words."""
    if any(_takes_back(one.strangers) for one in heard):
        return set()
    return set().union(*(one.telling if one.strangers else one.codes for one in heard))


def _takes_back(strangers: Sequence[str]) -> bool:
    said = f" {' '.join(strangers)} "
    return any(f" {word} " in said for word in _without())


def _to_the_letter(item: str, asked: _Asked) -> str | None:
    """The option of which an item is a word exactly, signs and all."""
    spelt = phrase(item)
    for languages in _circles(asked.language):
        if (code := _spellings(asked.codes, languages).get(spelt)) is not None:
            return code
    return None


def _hear(item: str, asked: _Asked, languages: tuple[str, ...]) -> _Heard:
    """Read one item: as a whole, or from left to right, the longest words first."""
    if (exact := _to_the_letter(item, asked)) is not None:
        return _Heard({exact})
    if numbered := _by_number(item, asked):
        return _Heard(numbered)
    typed = {code: _tellings(item, code) for code in (*languages, asked.language)}
    own = typed[asked.language][0]
    heard = _Heard(strangers=[word.spelling for word in own[MOST_WORDS:]])
    at = 0
    while at < len(own):
        at = _hear_next(heard, typed, at, asked, languages)
    whole = _by_some_of_a_label(item, asked) if heard.strangers else set()
    return _Heard(whole) if whole else heard


def _hear_next(heard: _Heard, typed: _Typed, at: int, asked: _Asked, languages: tuple[str, ...]) -> int:
    """Take in what begins here; gives where to go on."""
    own = typed[asked.language][0]
    if match := _best(typed, at, _synonyms(asked.codes, languages)):
        heard.codes.add(match.synonym.code)
        if len(match.synonym.words) >= _TELLING:
            heard.telling.add(match.synonym.code)
        return match.end
    if own[at].spelling in _between() or own[at].spelling in _around():
        return at + 1
    if run := next_label(own[at:], known_labels(asked.labels, asked.language)):
        heard.codes.add(asked.codes[run[0]])
        return at + run[1]
    if own[at].spelling in _without() or _consonants(own[at].spelling) not in _around_in_haste():
        heard.strangers.append(own[at].spelling)
    return at + 1


def _best(typed: _Typed, at: int, synonyms: _Synonyms) -> _Match | None:
    """The synonym that takes in the most words; None when two options could be meant."""
    begun = (ones for (language, first), ones in synonyms.items() if _begins(first, typed[language], at))
    found = [match for ones in begun for one in ones if (match := _reaches(one, typed[one.language], at))]
    if not found:
        return None
    best = max(found, key=lambda match: (match.end, match.likeness))
    rivals = (one for one in found if one.end == best.end and one.likeness >= best.likeness - MARGIN)
    return best if all(one.synonym.code == best.synonym.code for one in rivals) else None


def _reaches(synonym: _Synonym, typed: _Tellings, at: int) -> _Match | None:
    """All words of the synonym from here on, in order; words that say nothing may stand between them."""
    end, total = at, 0.0
    for wanted in synonym.words:
        found = _find(wanted, typed, end, first=end == at)
        if found is None:
            return None
        end, total = found[0] + 1, total + found[1]
    return _Match(end, total / len(synonym.words), synonym)


def _find(wanted: Word, typed: _Tellings, at: int, *, first: bool) -> tuple[int, float] | None:
    """Where the wanted word stands, and how alike it is; the first one of a synonym stands right here."""
    plain, _ = typed
    for place in range(at, len(plain)):
        like = _begins(wanted, typed, place) if first else _surely(plain[place], wanted)
        if like:
            return place, like
        if first or plain[place].spelling not in _around():
            return None
    return None


def _begins(wanted: Word, typed: _Tellings, at: int) -> float:
    """How alike the first word of a synonym is to the one here, an "and" before it or not."""
    plain, bare = typed
    like = _surely(plain[at], wanted)
    return like if plain[at] == bare[at] else max(like, _surely(bare[at], wanted))


def _surely(typed: Word, wanted: Word) -> float:
    """How alike two words are; a mere beginning is too little."""
    like = alike(typed, wanted)
    nearly_whole = len(typed.spelling) >= _LONG and len(wanted.spelling) - len(typed.spelling) in (1, 2)
    return like if like >= _SURE or nearly_whole else 0.0


def _tellings(item: str, language: str) -> _Tellings:
    """The words of an item, and the same words without an "and" glued to them."""
    plain = label_words(item, language)
    bare = label_words(_glued_and().sub("", item), language)
    return plain, bare if len(bare) == len(plain) else plain


def _circles(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The languages whose words are tried: the person's own and its neighbours, then every one."""
    known = vocabularies()
    near = tuple(code for code in (language, *_neighbours(language)) if code in known)
    return near, tuple(dict.fromkeys((*near, *known)))


def _neighbours(language: str) -> tuple[str, ...]:
    known = vocabularies()
    return known[language].neighbours if language in known else ()


@lru_cache(maxsize=256)
def _spellings(codes: tuple[str, ...], languages: tuple[str, ...]) -> dict[str, str]:
    """The option of every spelling; where languages use one differently, the first of them wins."""
    return {phrase(words): code for code, _, words in reversed(list(_entries(codes, languages)))}


@lru_cache(maxsize=256)
def _synonyms(codes: tuple[str, ...], languages: tuple[str, ...]) -> _Synonyms:
    spellings = _spellings(codes, languages)
    found: dict[tuple[str, Word], list[_Synonym]] = defaultdict(list)
    for code, language, spelt in _entries(codes, languages):
        words = label_words(spelt, language)
        if spellings[phrase(spelt)] == code:
            found[language, words[0]].append(_Synonym(code, language, words))
    return found


def _entries(codes: Sequence[str], languages: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    known = vocabularies()
    for language in languages:
        for code in codes:
            yield from ((code, language, words) for words in known[language].options.get(code, ()))


def _every(groups: Iterator[Words]) -> frozenset[str]:
    return frozenset(phrase(word) for words in groups for word in words)


@lru_cache(maxsize=1)
def _around() -> frozenset[str]:
    """Words that say nothing alone, in any language."""
    return words_aside() | _every(words.choosing.beside for words in vocabularies().values())


@lru_cache(maxsize=1)
def _around_in_haste() -> frozenset[str]:
    """The same words as they are typed without vowels: "битрдм"; those that are too short then are other words too easily."""
    bare = map(_consonants, _around())
    return frozenset(letters for letters in bare if len(letters) >= _LONG)


def _consonants(word: str) -> str:
    return word.translate(_WITHOUT_VOWELS)


@lru_cache(maxsize=1)
def _between() -> frozenset[str]:
    """Every "and" and "or" of any language."""
    return joins() | _every(words.choosing.either for words in vocabularies().values())


@lru_cache(maxsize=1)
def _without() -> frozenset[str]:
    return _every(words.choosing.without for words in vocabularies().values())


@lru_cache(maxsize=1)
def _glued_and() -> re.Pattern[str]:
    parts = "|".join(map(re.escape, ands_before())) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{parts})(?=\w{{3}})")
