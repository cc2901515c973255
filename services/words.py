"""Finding words in a person's language.

The English sentence is the key. Placeholders are named and filled with plain values only: no attribute access, no format
codes, so text written by a translator or an admin can reach nothing but the values it was given.
"""

import gettext
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

from services.screen import Text

SOURCE_LANGUAGE = "en"
SIGNS = {"KZT": "₸", "RUB": "₽", "KGS": "сом", "UZS": "soʻm"}
"""Signs people know for currencies that some languages of the library write as codes."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
"""Languages written from right to left."""

_ARABIC_COMMA = frozenset({"ar", "fa", "ur"})
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_COMMAND = re.compile(r"(?<![\w/])/[a-z]+")
_LEFT, _FIRST, _END = "\u2066", "\u2068", "\u2069"
"""Unicode's isolates: written left to right; as its first letter is; the end of either."""


def fill(template: str, values: Mapping[str, Any], isolate: Callable[[str], str] = str) -> str:
    """Put values into `{names}`. Raises KeyError for a name nobody gave."""
    return _PLACEHOLDER.sub(lambda found: isolate(str(values[found[1]])), template)


def direction(text: str) -> str:
    """Tell how a text's letters are written: "ltr", "rtl", "mixed", "digits" or "" when it has neither letters nor digits."""
    kinds = {unicodedata.bidirectional(letter) for letter in text}
    right, left = bool(kinds & {"R", "AL"}), "L" in kinds
    if right and left:
        return "mixed"
    if right or left:
        return "rtl" if right else "ltr"
    return "digits" if kinds & {"EN", "AN"} else ""


class Translate:
    """The words of one language: call it with the English sentence.

    Use `_("Hello, {name}.", name=...)` for sentences, `_.within("button", "Save")` where one English word needs
    different words elsewhere, and `_.many("{n} vacancy", "{n} vacancies", n)` for counted things.
    """

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self.written = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        self._catalogue = catalogue

    def __call__(self, sentence: str, **values: Any) -> str:
        """Give the sentence in this language with its placeholders filled."""
        return self._filled(self._catalogue.gettext(sentence), values)

    def within(self, context: str, sentence: str, **values: Any) -> str:
        """Give a sentence whose meaning depends on where it stands."""
        return self._filled(self._catalogue.pgettext(context, sentence), values)

    def many(self, one: str, more: str, n: int, **values: Any) -> str:
        """Give a counted sentence by the language's own plural rule; `{n}` is the localised number."""
        return self._filled(self._catalogue.ngettext(one, more, n), {"n": self.number(n), **values})

    def _filled(self, template: str, values: Mapping[str, Any]) -> str:
        if self.written == "rtl":
            template = _COMMAND.sub(lambda found: f"{_LEFT}{found[0]}{_END}", template)
        return fill(template, values, self.isolated)

    def isolated(self, text: str) -> str:
        """Keep a text that is written the other way from disturbing what stands around it.

        Amounts, telephone numbers and names in another script would otherwise drag full stops and brackets to the wrong side.
        """
        found = direction(text)
        if found in ("", self.written) or (found == "digits" and (self.written == "ltr" or text.isalnum())):
            return text
        return f"{_LEFT if found in ('ltr', 'digits') else _FIRST}{text}{_END}"

    def fact(self, label: str, value: str) -> Text:
        """Set a value behind its label: "Name: Aigul"; French leaves a space in front of the colon."""
        colon = "\u00a0:" if self.language == "fr" else ":"
        return (f"{label}{colon}", " ", self.isolated(value))

    def number(self, value: float) -> str:
        """Write a number as this language does."""
        return str(format_decimal(value, locale=self.locale))

    def money(self, value: float, currency: str) -> str:
        """Write an amount without a fraction, as this language does."""
        written = format_currency(value, currency, format="#,##0 ¤", locale=self.locale, currency_digits=False)
        return str(written).replace(currency, SIGNS.get(currency, currency))

    def day(self, on: date) -> str:
        """Write a date in full, so that nobody mistakes day for month."""
        return str(format_date(on, format="long", locale=self.locale))

    def clock(self, at: datetime, zone: str) -> str:
        """Write the time of day in somebody's zone."""
        return str(format_time(at.astimezone(ZoneInfo(zone)), format="HH:mm", locale=self.locale))

    def language_name(self, code: str) -> str:
        """Name a language in this one."""
        return Locale.parse(code).get_display_name(self.locale) or code

    def row(self, items: Iterable[str]) -> str:
        """Set items one after the other, "a, b, c", as in a form: CLDR has no such list for every language."""
        return ("، " if self.language in _ARABIC_COMMA else ", ").join(items)

    def listed(self, items: list[str]) -> str:
        """Join items as this language does: "a, b and c"."""
        return str(format_list(items, locale=self.locale))


class Languages:
    """All offered languages and their catalogues, read once at start.

    A language whose `.po` is missing is not offered: reading it raises FileNotFoundError.
    """

    def __init__(self, root: Path, offered: tuple[str, ...]) -> None:
        self.offered = offered
        self._translates = {code: Translate(code, _catalogue(root, code)) for code in offered}

    def __getitem__(self, language: str) -> Translate:
        """Give the words of a language, or of the first offered one when it is not offered."""
        return self._translates.get(language) or self._translates[self.offered[0]]

    def guess(self, phone_language: str | None) -> str:
        """Guess from the phone's language code; the first offered language when nothing fits."""
        short = (phone_language or "").lower().partition("-")[0]
        return short if short in self._translates else self.offered[0]

    def own_name(self, language: str) -> str:
        """Give a language's name in itself, with a capital: Қазақ тілі, Русский."""
        name = Locale.parse(language).get_display_name(language) or language
        return name[:1].upper() + name[1:]


def _catalogue(root: Path, language: str) -> gettext.NullTranslations:
    """Read one `.po` into memory; the source language needs none."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    with (root / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
