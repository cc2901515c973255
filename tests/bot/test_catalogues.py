"""The catalogues are complete, in step with the code, and every fault in one would be seen."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot import catalogues
from bot.catalogues import LANGUAGES, extracted, faults, updated

CYRILLIC = re.compile(r"[А-Яа-яЁё]")
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_the_languages_own_script(language: str) -> None:
    for message in catalogues.read(language):
        words = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        for one in filter(None, words if message.id else []):
            plain = re.sub(r"\{[a-z_]+\}|/[a-z]+", "", one)
            assert not re.search(r"[A-Za-z]{3}", plain) or CYRILLIC.search(plain), one


def test_kazakh_is_kazakh_and_russian_is_not() -> None:
    written = {
        language: " ".join(str(message.string) for message in catalogues.read(language) if message.id)
        for language in LANGUAGES
    }
    assert len(KAZAKH.findall(written["kk"])) > 500
    assert len(KAZAKH.findall(written["ru"])) == 0


GOOD = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: ru\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Hello, {name}."
msgstr "Здравствуйте, {name}."

msgid "{n} vacancy"
msgid_plural "{n} vacancies"
msgstr[0] "{n} вакансия"
msgstr[1] "{n} вакансии"
msgstr[2] "{n} вакансий"
"""


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("", "", None),
        ('msgstr "Здравствуйте, {name}."', 'msgstr ""', "missing"),
        ("Здравствуйте, {name}.", "Здравствуйте.", "placeholders differ"),
        ("Здравствуйте, {name}.", "Здравствуйте, {nam}.", "placeholders differ"),
        ('msgstr "Здравствуйте, {name}."', 'msgstr "Hello, {name}."', "not translated"),
        ('msgstr[2] "{n} вакансий"', 'msgstr[2] ""', "missing"),
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
