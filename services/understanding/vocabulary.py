"""The words people answer with, one file for each language under `locales/understanding/`.

A language is added by adding its file. The models refuse what makes no sense, with file and line, as they do for packs.
Names of weekdays and months come from Babel; the files hold what people type besides.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from services.pack_files import mapping, open_file, validate
from services.pack_models import LanguageCode, PackValue, Text

FOLDER = Path(__file__).resolve().parents[2] / "locales" / "understanding"

Words = tuple[Text, ...]
SomeWords = Annotated[Words, Field(min_length=1)]
UnitName = Literal["year", "month", "week", "day"]
CommandName = Literal["skip", "back", "stop", "again", "menu", "counsellor", "not_sure"]
Weekday = Annotated[int, Field(ge=1, le=7)]
Month = Annotated[int, Field(ge=1, le=12)]
OptionCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
OrdinalNumber = Annotated[int, Field(ge=1, le=31)]
Positive = Annotated[Decimal, Field(ge=0)]


class WordParts(PackValue):
    """What is glued to a word: an Arabic "and" before it, a Kazakh case after it."""

    and_before: Words = ()
    before: Words = ()
    from_after: Words = ()
    after: Words = ()


class Numbers(PackValue):
    """Numbers in words; `joins` is the "and" within them and between the items of a list.

    Scales that are `counted` say nothing without a number before them, like k.
    """

    cardinals: Mapping[Positive, SomeWords]
    scales: Mapping[Positive, SomeWords]
    counted: Words = ()
    ordinals: Mapping[OrdinalNumber, SomeWords]
    ordinal_endings: Words = ()
    joins: Words = ()


class Bounds(PackValue):
    """From, up to, between; `about` changes nothing."""

    low: SomeWords
    low_after: Words = ()
    high: SomeWords
    to: Words = ()
    between: Words = ()
    about: Words = ()


class Experience(PackValue):
    """How people tell how long they worked.

    `against` are words with which a length is something else, like "ago";
    `since` stands before a year only.
    """

    nothing: SomeWords
    against: SomeWords
    since: Words = ()
    aside: Words = ()


class Answers(PackValue):
    """Yes and no; `surely` means yes alone and strengthens either beside it."""

    yes: SomeWords
    no: SomeWords
    surely: Words = ()
    aside: Words = ()


class Choosing(PackValue):
    """Words around the number of a list item, and those that choose without a number.

    `either` is the "or" between items; `beside` stands around an item told by words and says nothing alone;
    `without` takes back what stands near it.
    """

    every: SomeWords
    both: Words = ()
    last: SomeWords
    aside: Words = ()
    either: Words = ()
    beside: Words = ()
    without: Words = ()


class EndOfPicking(PackValue):
    """Words that end the choosing of several answers; `onward` ends it only once something is chosen."""

    done: SomeWords
    onward: SomeWords
    nothing: SomeWords


class Dates(PackValue):
    """Days told from today. `next_week` is a weekday of the week after this one, `coming` the first such day to come.

    `day_before` stands before the mere number of a day.
    """

    from_today: Mapping[Annotated[int, Field(ge=-7, le=31)], SomeWords]
    weekdays: Mapping[Weekday, SomeWords] = {}
    months: Mapping[Month, SomeWords] = {}
    next_week: SomeWords
    coming: Words = ()
    day_before: Words = ()
    ahead: SomeWords
    aside: Words = ()


class Commands(PackValue):
    """Short words that mean a button."""

    words: Mapping[CommandName, SomeWords]
    aside: Words = ()


class Vocabulary(PackValue):
    """One language. `neighbours` are asked first when its own words do not fit.

    `options` are everyday words for the answers that questions offer as buttons, by the answer's code.
    """

    neighbours: tuple[LanguageCode, ...] = ()
    parts: WordParts = WordParts()
    numbers: Numbers
    bounds: Bounds
    money: Words
    units: Mapping[UnitName, SomeWords]
    spans: Mapping[UnitName, Mapping[Positive, SomeWords]] = {}
    experience: Experience
    answers: Answers
    choosing: Choosing
    picking: EndOfPicking
    dates: Dates
    commands: Commands
    options: Mapping[OptionCode, SomeWords] = {}


@lru_cache(maxsize=1)
def vocabularies() -> Mapping[str, Vocabulary]:
    """Read the vocabulary of every offered language, once; raises PackError that names what is wrong and where."""
    return {path.stem: read_vocabulary(FOLDER, path.name) for path in sorted(FOLDER.glob("*.yaml"))}


def read_vocabulary(folder: Path, name: str) -> Vocabulary:
    """Read one language's file; raises PackError with every fault."""
    file = open_file(folder, name)
    return validate(Vocabulary, mapping(file), file)
