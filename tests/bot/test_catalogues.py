"""The catalogues are complete, in step with the code, and every fault in one would be seen."""

import io
import re
from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from bot import catalogues
from bot.catalogues import LANGUAGES, PLURALS, extracted, faults, updated
from bot.settings import ROOT
from services.words import Languages

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
KAZAKH = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_extra_or_untouched(language: str) -> None:
    assert faults(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_as_it_would_be_written_today(language: str) -> None:
    assert catalogues.path_of(language).read_bytes() == updated(language), "run: python -m bot.catalogues"


def test_sentences_are_found_in_every_file_of_words() -> None:
    places = {place for message in extracted() for place, _line in message.locations}
    assert {"handlers/letters.py", "handlers/start/screens.py", "handlers/vacancies/screens.py"} <= places
    assert len(list(extracted())) > 150


def test_kazakh_is_kazakh_and_russian_is_not() -> None:
    written = {
        language: " ".join(str(message.string) for message in catalogues.read(language) if message.id)
        for language in LANGUAGES
    }
    assert len(KAZAKH.findall(written["kk"])) > 500
    assert len(KAZAKH.findall(written["ru"])) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plural_rule_is_that_of_cldr(language: str) -> None:
    """One form for each of CLDR's categories that whole numbers have, in CLDR's order, and each number in its own."""
    count, expression = PLURALS[language]
    rule, forms = c2py(expression), Locale.parse(language).plural_form
    form_of: dict[str, set[int]] = {}
    for number in [*range(5000), 10**6, 10**6 + 1, 2 * 10**6, 1_500_000, 10**9]:
        form_of.setdefault(forms(number), set()).add(rule(number))
    assert all(len(found) == 1 for found in form_of.values()), "one category, one form"
    used = [min(form_of[category]) for category in CATEGORIES if category in form_of]
    assert used == list(range(count))


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_counted_sentences_come_in_the_form_of_their_number(language: str) -> None:
    """What the program says for a number is the form that the rule gives it."""
    words = Languages(ROOT / "locales", ("en", *LANGUAGES))[language]
    forms = {Locale.parse(language).plural_form(number): number for number in (0, 1, 2, 3, 11, 100)}
    said = {category: words.many("{n} year", "{n} years", number) for category, number in forms.items()}
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize(
    ("text", "language", "foreign"),
    [
        ("Здравствуйте, {name}: /stop, SMS, https://egov.kz", "ru", []),
        ("Здравствуйте, dear {name}", "ru", ["dear"]),
        ("Сoхранить", "ru", ["Сoхранить"]),
        ("السلام عليكم {name}", "ar", []),
        ("السلام hello", "ar", ["hello"]),
        ("Años, ñandú", "es", []),
        ("Год", "fr", ["Год"]),
    ],
)
def test_a_word_in_another_script_is_seen(text: str, language: str, foreign: list[str]) -> None:
    assert catalogues.foreign_words(text, language) == foreign


GOOD = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: ru\\n"
"Plural-Forms: nplurals=3; plural=RULE;\\n"

msgid "Hello, {name}."
msgstr "Здравствуйте, {name}."

msgid "{n} vacancy"
msgid_plural "{n} vacancies"
msgstr[0] "{n} вакансия"
msgstr[1] "{n} вакансии"
msgstr[2] "{n} вакансий"
"""


GOOD = GOOD.replace("RULE", PLURALS["ru"][1])


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("", "", None),
        ('msgstr "Здравствуйте, {name}."', 'msgstr ""', "missing"),
        ("Здравствуйте, {name}.", "Здравствуйте.", "placeholders differ"),
        ("Здравствуйте, {name}.", "Здравствуйте, {nam}.", "placeholders differ"),
        ('msgstr "Здравствуйте, {name}."', 'msgstr "Hello, {name}."', "not translated"),
        ('msgstr[2] "{n} вакансий"', 'msgstr[2] ""', "missing"),
        ('msgstr[2] "{n} вакансий"', "", "missing"),
        ('msgstr[2] "{n} вакансий"', 'msgstr[2] "вакансий"', "placeholders differ"),
        ("n % 10 == 1", "n == 1", "plural rule"),
        ("вакансия", "vacancy", "script"),
        ('msgid "Hello, {name}."', 'msgid "Goodbye, {name}."', "extra"),
    ],
)
def test_each_fault_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: str, bad: str, fault: str | None
) -> None:
    source = read_po(io.BytesIO(GOOD.encode()), locale="ru")
    path = tmp_path / "messages.po"
    path.write_text(GOOD.replace(good, bad) if good else GOOD, "utf-8")
    monkeypatch.setattr(catalogues, "path_of", lambda language: path)
    monkeypatch.setattr(catalogues, "extracted", lambda: source)
    found = [one.partition(":")[0] for one in faults("ru")]
    assert (fault in found) if fault else found == []
