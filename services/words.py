"""Finding words in a person's language.

The English sentence is the key. Placeholders are named and filled with plain values only: no attribute access, no format
codes, so text written by a translator or an admin can reach nothing but the values it was given.
"""

import gettext
import io
import re
from collections.abc import Mapping
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

SOURCE_LANGUAGE = "en"
SIGNS = {"KZT": "₸", "RUB": "₽", "KGS": "сом", "UZS": "soʻm"}
"""Signs people know for currencies that some languages of the library write as codes."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Put values into `{names}`. Raises KeyError for a name nobody gave."""
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), template)


class Translate:
    """The words of one language: call it with the English sentence.

    Use `_("Hello, {name}.", name=...)` for sentences, `_.within("button", "Save")` where one English word needs
    different words elsewhere, and `_.many("{n} vacancy", "{n} vacancies", n)` for counted things.
    """

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self._catalogue = catalogue

    def __call__(self, sentence: str, **values: Any) -> str:
        """Give the sentence in this language with its placeholders filled."""
        return fill(self._catalogue.gettext(sentence), values)

    def within(self, context: str, sentence: str, **values: Any) -> str:
        """Give a sentence whose meaning depends on where it stands."""
        return fill(self._catalogue.pgettext(context, sentence), values)

    def many(self, one: str, more: str, n: int, **values: Any) -> str:
        """Give a counted sentence by the language's own plural rule; `{n}` is the localised number."""
        return fill(self._catalogue.ngettext(one, more, n), {"n": self.number(n), **values})

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
