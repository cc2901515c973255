"""What a typed answer means: one reader a kind of question. Nothing here decides where the talk goes next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.profile import screens as words
from services.folding import fold
from services.occupations import Occupations
from services.packs import Pack
from services.people import profile
from services.people.desk import NAME_LIMIT
from services.people.drafts import Draft
from services.typed import one_line
from services.understanding.amounts import read_amount
from services.understanding.choices import read_choice, read_choices
from services.understanding.durations import read_months
from services.understanding.list_numbers import numbered_places
from services.understanding.options import read_option, read_options
from services.understanding.picking import Picking, read_picking
from services.understanding.tongues import read_languages
from services.understanding.yes_no import read_yes_no
from services.words import Translate

WORDS_LIMIT = 120
"""Characters of somebody's own words for their work or skills."""

LONGEST_EXPERIENCE = 70 * 12
HIGHEST_PAY = 10**8


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer, by field."""

    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Several:
    """The words may mean any of these codes: the person chooses."""

    codes: list[str]
    words: str


def options(draft: Draft, pack: Pack) -> tuple[str, ...]:
    """Give the codes the draft's question offers as buttons. Some skills are only offered to some occupations."""
    offered: dict[str, tuple[str, ...]] = {
        "skills": profile.skills_for(draft.answers.get("occupation")),
        "experience": tuple(profile.EXPERIENCE),
        "education": profile.EDUCATION,
        "languages": pack.registration.languages,
        "hours": profile.HOURS,
        "under_18": ("yes", "no"),
        "adaptation": profile.ADAPTATION,
    }
    return offered.get(draft.step, ())


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads answers in one person's language. `today` is the day where they are: "since 2015" is counted from it."""

    translate: Translate
    pack: Pack
    occupations: Occupations
    today: date
    draft: Draft

    def read(self, text: str) -> Understood | Several | None:
        """Understand an answer, or give None when it cannot be."""
        readers: dict[str, Callable[[str], Understood | Several | None]] = {
            "name": self._name,
            "place": self._place,
            "occupation": self._occupation,
            "skills": self._skills,
            "experience": self._experience,
            "education": lambda said: self._one("education", said),
            "languages": self._languages,
            "hours": lambda said: self._some("hours", said),
            "pay": self._pay,
            "under_18": self._under_18,
            "adaptation": lambda said: self._some("adaptation", said),
        }
        return readers[self.draft.step](text)

    def found(self, text: str) -> str | None:
        """Give the one of the offered codes that is meant by its number or its name, or None."""
        codes, language = self.draft.found, self.translate.language
        if self.draft.step == "place":
            place = read_choice(text, [self.pack.region_name(code, language) for code in codes], language)
            return None if place is None else codes[place]
        titles = [fold(self.occupations.title(code, language)) for code in codes]
        places = numbered_places(text, len(codes), language) or [
            at for at, one in enumerate(titles) if one == fold(text)
        ]
        return codes[places[0]] if len(places) == 1 else None

    def end_of_picking(self, text: str) -> Picking | None:
        """Tell whether the words end the choosing of several answers; a yes does unless it names an answer."""
        end = read_picking(text, self.translate.language)
        if end is None and read_yes_no(text, self.translate.language) and self._meant(text) is None:
            return Picking.ONWARD
        return end

    @property
    def _codes(self) -> tuple[str, ...]:
        return options(self.draft, self.pack)

    def _labels(self, codes: tuple[str, ...]) -> list[str]:
        return [words.option(self.translate, code) for code in codes]

    def _name(self, text: str) -> Understood | None:
        name = one_line(text, NAME_LIMIT)
        return Understood({"name": name}) if any(letter.isalpha() for letter in name) else None

    def _place(self, text: str) -> Understood | Several | None:
        said = one_line(text, NAME_LIMIT)
        found = self.pack.find_regions(said, self.translate.language)
        if len(found) > 1:
            return Several([one.code for one in found], said)
        if not found:
            return None
        return Understood({"region": found[0].code, "place": self.pack.town_said(found[0], said)})

    def _occupation(self, text: str) -> Several | None:
        said = one_line(text, WORDS_LIMIT)
        found = self.occupations.find(said, self.translate.language)
        return Several(found, said) if found else None

    def _skills(self, text: str) -> Understood | None:
        every = self._meant(text)
        if every is not None:
            return Understood({"skills": every, "skills_words": None})
        own = one_line(text, WORDS_LIMIT)
        if read_yes_no(text, self.translate.language) or not any(letter.isalpha() for letter in own):
            return None
        return Understood({"skills": self._meant(text, partly=True), "skills_words": own})

    def _experience(self, text: str) -> Understood | None:
        months = read_months(text, self.translate.language, self.today)
        if months is None:
            code = self._one_meant(text)
            months = None if code is None else profile.EXPERIENCE[code]
        return None if months is None or months > LONGEST_EXPERIENCE else Understood({"experience": months})

    def _one(self, question: str, text: str) -> Understood | None:
        code = self._one_meant(text)
        return None if code is None else Understood({question: code})

    def _some(self, question: str, text: str) -> Understood | None:
        codes = self._meant(text)
        return None if codes is None else Understood({question: codes})

    def _one_meant(self, text: str) -> str | None:
        """Find the one option meant."""
        codes = self._codes
        return read_option(text, codes, self._labels(codes), self.translate.language)

    def _meant(self, text: str, *, partly: bool = False) -> list[str] | None:
        """Find the options meant; `partly` where the person's own words are kept beside them."""
        codes = self._codes
        return read_options(text, codes, self._labels(codes), self.translate.language, partly=partly)

    def _languages(self, text: str) -> Understood | None:
        chosen = read_choices(text, self._labels(self._codes), self.translate.language)
        found = (
            [self._codes[number] for number in chosen]
            if chosen is not None
            else read_languages(text, self._codes, self.pack.languages)
        )
        return Understood({"languages": found}) if found else None

    def _pay(self, text: str) -> Understood | None:
        amount = read_amount(text, self.translate.language)
        least = amount and (amount.low if amount.low is not None else amount.high)
        if not least:
            return None
        pay = least * 1000 if least < self.pack.registration.thousands_below else least
        return Understood({"pay": pay}) if pay <= HIGHEST_PAY else None

    def _under_18(self, text: str) -> Understood | None:
        said = read_yes_no(text, self.translate.language)
        return None if said is None else Understood({"under_18": said})
