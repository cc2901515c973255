"""The word books of every reader, put together from the vocabularies of all offered languages.

In a book all languages stand side by side, since people mix them; where two use one word differently, the first language
wins. A reader tries the book of the person's own language and then those of the others.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from babel import Locale

from services.understanding.meanings import Kind, Meaning
from services.understanding.numerals import COUNTED
from services.understanding.spelling import MOST_PIECES, Piece
from services.understanding.vocabulary import Vocabulary, vocabularies
from services.understanding.wordbook import Wordbook

Entries = Iterator[tuple[str, Meaning]]
Filling = Callable[[Vocabulary, str], Entries]


def readings(pieces: Sequence[Piece], books: Sequence[Wordbook], strangers: int = 0) -> Iterator[list[Meaning]]:
    """What the pieces mean, by one book after the other; nothing when too many of them are in no book.

    All books know the same words, so the first one tells whether the others are worth a look.
    """
    if not 0 < len(pieces) <= MOST_PIECES:
        return
    for book in books:
        meanings = book.meanings(pieces, strangers)
        if meanings is None:
            return
        yield meanings


@lru_cache(maxsize=256)
def books(filling: Filling, language: str, glued: bool = True) -> tuple[Wordbook, ...]:
    """The books of one reader in the order they are tried; `glued` when parts of words count, as they do in numbers."""
    return tuple(_book(filling, first, glued) for first in _order(language))


def _order(language: str) -> list[str]:
    known = vocabularies()
    near = known[language].neighbours if language in known else ()
    return [code for code in dict.fromkeys((language, *near, *known)) if code in known]


@lru_cache(maxsize=256)
def _book(filling: Filling, first: str, glued: bool) -> Wordbook:
    known = vocabularies()
    order = _order(first)
    entries = chain.from_iterable(filling(known[code], code) for code in reversed(order))
    parts = [known[code].parts for code in order if glued]
    before = {word: Meaning(Kind.ASIDE) for part in parts for word in part.before}
    before |= {word: Meaning(Kind.AND) for part in parts for word in part.and_before}
    after = {word: Meaning(Kind.ASIDE) for part in parts for word in part.after}
    after |= {word: Meaning(Kind.FROM_AFTER) for part in parts for word in part.from_after}
    return Wordbook(entries, before, after)


def meaning(kind: Kind, words: Iterable[str], value: Decimal | int = 0, name: str = "") -> Entries:
    """Entries for words of one meaning."""
    meant = Meaning(kind, Decimal(value), name)
    return ((word, meant) for word in words)


def punctuation(signs: str, kind: Kind = Kind.ASIDE) -> Entries:
    """Entries for signs that the language of a person does not change."""
    return meaning(kind, signs)


def cardinals(words: Vocabulary, _language: str) -> Entries:
    """Numbers in words and what joins them."""
    for value, forms in words.numbers.cardinals.items():
        yield from meaning(Kind.CARDINAL, forms, value)
    yield from meaning(Kind.AND, words.numbers.joins)


def scales(words: Vocabulary, _language: str) -> Entries:
    """Hundred, thousand, million; some words are one only after a count."""
    counted = frozenset(words.numbers.counted)
    for value, forms in words.numbers.scales.items():
        yield from meaning(Kind.SCALE, (form for form in forms if form not in counted), value)
        yield from meaning(Kind.SCALE, (form for form in forms if form in counted), value, COUNTED)


def ordinals(words: Vocabulary, _language: str) -> Entries:
    """First, second, and what is put after digits to say the same."""
    for value, forms in words.numbers.ordinals.items():
        yield from meaning(Kind.ORDINAL, forms, value)
    endings = words.numbers.ordinal_endings
    yield from meaning(Kind.ORDINAL_ENDING, [*endings, *(f"-{ending}" for ending in endings)])


def bounds(words: Vocabulary, _language: str) -> Entries:
    """From, up to, between, and the signs for them."""
    yield from punctuation("-", Kind.DASH)
    yield from punctuation("+", Kind.LOW_AFTER)
    yield from punctuation(">≥", Kind.LOW)
    yield from punctuation("<≤", Kind.HIGH)
    yield from meaning(Kind.ASIDE, words.bounds.about)
    yield from meaning(Kind.BETWEEN, words.bounds.between)
    yield from meaning(Kind.LOW_AFTER, words.bounds.low_after)
    yield from _after_digits(words)
    yield from meaning(Kind.LOW, words.bounds.low)
    yield from meaning(Kind.TO, words.bounds.to)
    yield from meaning(Kind.HIGH, words.bounds.high)


def _after_digits(words: Vocabulary) -> Entries:
    """Endings set off from digits: 300-ге."""
    yield from meaning(Kind.FROM_AFTER, (f"-{ending}" for ending in words.parts.from_after))
    yield from meaning(Kind.ASIDE, (f"-{ending}" for ending in words.parts.after))


def units(words: Vocabulary, _language: str) -> Entries:
    """Year, month, week, day, and words that are a number of them at once."""
    for unit, forms in words.units.items():
        yield from meaning(Kind.UNIT, forms, name=unit)
    for unit, counts in words.spans.items():
        for count, forms in counts.items():
            yield from meaning(Kind.SPAN, forms, count, unit)


def calendar(words: Vocabulary, language: str) -> Entries:
    """Weekdays from 1 for Monday, and months: Babel's names and abbreviations, and what people type besides."""
    locale = Locale.parse(language)
    for context in ("stand-alone", "format"):
        for width in ("abbreviated", "wide"):
            for day, name in locale.days[context][width].items():
                yield from meaning(Kind.WEEKDAY, [name.replace(".", "")], day + 1)
            for month, name in locale.months[context][width].items():
                yield from meaning(Kind.MONTH, [name.replace(".", "")], month)
    for day, names in words.dates.weekdays.items():
        yield from meaning(Kind.WEEKDAY, names, day)
    for month, names in words.dates.months.items():
        yield from meaning(Kind.MONTH, names, month)
