"""What a pack holds: one country's regions, holidays and reviewed answers, as plain values.

A pack is data that an office maintains without a programmer. These models say what must be there and refuse what makes
no sense; `pack_files` reads them and names the file and line, `pack_lint` judges whether the content is fit to show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services import region_search

Reliability = Literal["L", "O", "N", "S"]
"""How sure a fact is: law text, an official body's page, news citing the authority, a secondary site."""

PurposeKey = Literal["registration", "alerts", "news", "employers", "activity", "helper"]
"""Registration and matching; daily vacancies; news; sharing with an employer; the counsellor sees what one does; being helped."""

QuestionKey = Literal[
    "name",
    "place",
    "occupation",
    "skills",
    "experience",
    "education",
    "languages",
    "hours",
    "pay",
    "under_18",
    "adaptation",
]
"""Everything a registration can ask; the last two are sensitive."""

SHORT_ANSWER_LIMIT = 600


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError) as unknown:
        raise ValueError(f"no such time zone: {name}") from unknown
    return name


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Names = Mapping[str, Text]
Zone = Annotated[str, AfterValidator(_known_zone)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


@dataclass(frozen=True, slots=True)
class PackFault:
    """Something wrong in a pack: where it is, what it is, and how an editor mends it."""

    file: str
    line: int | None
    what: str
    mend: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}. To mend: {self.mend}."


class PackError(Exception):
    """A pack that cannot be used; carries every fault found, so that one look mends them all."""

    def __init__(self, faults: tuple[PackFault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class PackValue(BaseModel):
    """A frozen value of a pack; an unknown key is refused, since it is most often a misspelt one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Office(PackValue):
    """Who runs the service, as the first screen tells it."""

    names: Names
    introduction: Names


class Hotline(PackValue):
    """A number people may call when the chat is not enough."""

    number: Annotated[str, StringConstraints(pattern=r"^\+?[0-9 ]{2,16}$")]
    names: Names
    emergency: bool = False


class Link(PackValue):
    """An official site a person may be sent to."""

    key: Text
    address: WebAddress
    names: Names


class Privacy(PackValue):
    """What is stored and how to stop it: the facts of the privacy lines."""

    stored: Names
    stop: Names


class Law(PackValue):
    """The legal basis; the paragraph stays empty where it was not confirmed."""

    names: Names
    paragraph: Names | None = None
    address: WebAddress


class Purpose(PackValue):
    """What data are used for. What rests on a task set by law is explained; everything else is asked for, one by one.

    Attributes:
        version: raise it whenever a text changes: who agreed to an earlier version is asked again.
        names: two or three words for it.
        texts: what is done with which data, exactly as the person reads and accepts it.
        law: the basis of a public task; None for a consent.
    """

    key: PurposeKey
    basis: Literal["public_task", "consent"]
    version: Annotated[int, Field(ge=1)] = 1
    names: Names
    texts: Names
    law: Law | None = None

    @model_validator(mode="after")
    def _law_where_it_rests_on_one(self) -> Self:
        if (self.law is None) != (self.basis == "consent"):
            raise ValueError("a public task names its law, a consent has none")
        return self


class RegistrationForm(PackValue):
    """Which questions the registration asks, in order; what is not named is never asked.

    Attributes:
        questions: at most nine; `under_18` and `adaptation` are sensitive and stand here only where a law lets an office ask.
        languages: languages one may say one speaks at work, those offered as buttons first.
        pay_example: an ordinary pay a month, shown as an example.
        thousands_below: a typed pay wish below this is meant in thousands ("250" for 250,000).
    """

    questions: Annotated[tuple[QuestionKey, ...], Field(min_length=1, max_length=9)]
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1, max_length=9)]
    pay_example: Annotated[int, Field(gt=0)]
    thousands_below: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for what, values in (("question", self.questions), ("language", self.languages)):
            if len(set(values)) != len(values):
                raise ValueError(f"a {what} stands here twice")
        return self


class Region(PackValue):
    """A first-level division; `also` holds other spellings and towns people name instead of it."""

    code: Text
    older_codes: tuple[Text, ...] = ()
    city: bool = False
    names: Names
    short: Names
    town: Names
    also: tuple[Text, ...] = ()
    zone: Zone


class Holiday(PackValue):
    """A day off by law, or one moved from a holiday that fell on a weekend."""

    on: date
    names: Names
    moved_from: date | None = None
    calculated: bool = False
    note: Text | None = None


class Source(PackValue):
    """Where a fact was read, and the date of that page."""

    names: Names
    address: WebAddress
    dated: date


class AnswerText(PackValue):
    """An answer in one language. The headings of a screen are not here: sections have keys, screens have words."""

    question: Text
    variants: tuple[Text, ...]
    short: Text
    amount: tuple[Text, ...] = ()
    steps: tuple[Text, ...] = ()
    documents: tuple[Text, ...] = ()
    where: tuple[Text, ...] = ()
    deadline: tuple[Text, ...] = ()


class Answer(PackValue):
    """A reviewed answer with its legal source, validity and owner."""

    slug: Text
    category: Text
    order: int = 100
    reliability: Reliability
    law: Law
    source: Source
    valid_from: date
    valid_to: date | None = None
    last_reviewed: date
    owner: Text
    texts: Mapping[str, AnswerText]

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self

    def in_force(self, today: date) -> bool:
        """Whether the answer may be shown today; `valid_to` is the last such day."""
        return self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)


class Pack(PackValue):
    """One country's content, read once and never changed; a reload makes a new one."""

    folder: Path
    country: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    names: Names
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    zone: Zone
    languages: Annotated[tuple[LanguageCode, ...], Field(min_length=1)]
    language_names: Names
    fallbacks: Mapping[str, tuple[str, ...]] = {}
    office: Office
    hotlines: tuple[Hotline, ...]
    links: tuple[Link, ...]
    privacy: Privacy
    purposes: tuple[Purpose, ...]
    registration: RegistrationForm
    categories: Mapping[str, Names]
    regions: tuple[Region, ...]
    holidays: tuple[Holiday, ...]
    holiday_years: frozenset[int]
    holiday_source: Source
    answers: tuple[Answer, ...]

    @model_validator(mode="after")
    def _purposes_in_order(self) -> Self:
        keys = [purpose.key for purpose in self.purposes]
        if sorted(keys) != sorted(get_args(PurposeKey)):
            raise ValueError("purposes: each of " + ", ".join(get_args(PurposeKey)) + " once")
        return self

    def purpose(self, key: PurposeKey) -> Purpose:
        """The purpose of this name."""
        return next(one for one in self.purposes if one.key == key)

    def consents(self) -> list[Purpose]:
        """What a person may agree to for themselves, in the order of the file."""
        return [one for one in self.purposes if one.basis == "consent" and one.key != "helper"]

    def wording(self, names: Mapping[str, str], language: str) -> str:
        """The text in this language, else in the related ones in order, else in any."""
        return names[self.language_shown(names, language)]

    def language_shown(self, texts: Mapping[str, object], language: str) -> str:
        """In which language a text will be shown, so that the person can be told when it is another."""
        if language in texts:
            return language
        order = (*self.fallbacks.get(language, ()), *self.languages)
        return next((choice for choice in order if choice in texts), next(iter(texts)))

    def region(self, code: str) -> Region | None:
        """The region of this code, older codes included."""
        return next((one for one in self.regions if code == one.code or code in one.older_codes), None)

    def region_name(self, code: str, language: str) -> str:
        """The region's short name for lists and cards; an unknown code is shown as it is."""
        region = self.region(code)
        return self.wording(region.short, language) if region else code

    def region_in_full(self, code: str, language: str) -> str:
        """The region's whole name for sentences, where the short one reads badly."""
        region = self.region(code)
        return self.wording(region.names, language) if region else code

    def find_regions(self, text: str, language: str, limit: int = 5) -> list[Region]:
        """Regions meant by what was typed, best first: any language, town or spelling, small slips forgiven."""
        return region_search.find(self.regions, text, language, limit, self.names.values())

    def town_said(self, region: Region, text: str) -> str | None:
        """The town somebody named, as this pack spells it where it knows it; None when they named the region itself."""
        return None if region.city else region_search.town_said(region, text)

    def answer(self, slug: str) -> Answer | None:
        """The answer of this name, in force or not."""
        return next((one for one in self.answers if one.slug == slug), None)

    def answers_in_force(self, today: date) -> list[Answer]:
        """What may be shown today, in menu order."""
        return sorted((one for one in self.answers if one.in_force(today)), key=lambda one: (one.order, one.slug))

    def holiday(self, day: date) -> Holiday | None:
        """The holiday on this day, if the calendar knows one."""
        return next((one for one in self.holidays if one.on == day), None)

    def calendar_covers(self, day: date) -> bool:
        """Whether the calendar of that year was entered; if not, deadlines must not be guessed."""
        return day.year in self.holiday_years
