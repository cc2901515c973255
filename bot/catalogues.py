"""Keeps the catalogues in step with the sentences in the code: `python -m bot.catalogues` rewrites them, or those it is given.

Sentences are read from `screens.py` and `letters.py` files. New ones stand empty in each `.po` until somebody
translates them; those that are gone are taken out. `faults` says what keeps a language from being offered.
"""

import io
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from bot.settings import ROOT

LANGUAGES = ("ru", "kk", "es", "fr", "ar")
"""Languages with a catalogue of their own; English is the source."""

_MILLIONS = "(n != 0 && n % 1000000 == 0) ? 1 : 2"
PLURALS = {
    "ru": (
        3,
        "(n % 10 == 1 && n % 100 != 11) ? 0 : (n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14)) ? 1 : 2",
    ),
    "kk": (2, "(n != 1)"),
    "es": (3, f"(n == 1) ? 0 : {_MILLIONS}"),
    "fr": (3, f"(n == 0 || n == 1) ? 0 : {_MILLIONS}"),
    "ar": (
        6,
        "(n == 0) ? 0 : (n == 1) ? 1 : (n == 2) ? 2 : (n % 100 >= 3 && n % 100 <= 10) ? 3 : (n % 100 >= 11) ? 4 : 5",
    ),
}
"""How many forms a counted sentence has, and which one a whole number takes: CLDR's rules, in the order of its categories."""

EXACT_FORMS = {"ar": (0, 1, 2), "es": (0,), "kk": (0,)}
"""Forms that stand for a single number, so that they may say it in a word instead of showing it."""

SAME_WORD = frozenset(
    {("fr", "Menu"), ("fr", "{n} question"), ("fr", "Source"), ("fr", "Email"), ("es", "No"), ("fr", "Page {page}")}
)
"""Sentences that really are the same in another language."""

SCRIPTS = {"ru": "CYRILLIC", "kk": "CYRILLIC", "ar": "ARABIC", "es": "LATIN", "fr": "LATIN"}
OWN_NAMES = frozenset("Jobline SMS CV PDF HTML JSON Telegram OK B C D DELETE".split())
"""Names that are written in Latin letters in every language."""

KEYWORDS = {"_": None, "within": ((1, "c"), 2), "many": (1, 2)}
_NO_LETTERS = re.compile(r"\{[a-z_]+\}|/[a-z]+|https?://\S+")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_BOILERPLATE = re.compile(
    r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|Language-Team):'
)
"""Header lines that would name people or change with every run. Comments above the header stay: they hold the terms."""


def sources() -> list[Path]:
    """Give the files that hold words."""
    return sorted((*ROOT.glob("handlers/**/screens.py"), ROOT / "handlers/letters.py"))


def extracted() -> Catalog:
    """Read every sentence of the code."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for path in sources():
        place = str(path.relative_to(ROOT))
        for _line, message, _comments, context in extract("python", io.BytesIO(path.read_bytes()), KEYWORDS):
            found.add(message, context=context, locations=[(place, 0)])
    return found


def path_of(language: str) -> Path:
    """Give where a language's catalogue lies."""
    return ROOT / "locales" / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """Read a language's catalogue; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False, header_comment="#")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _rule(language: str) -> str:
    count, expression = PLURALS[language]
    return f"nplurals={count}; plural={expression};"


def updated(language: str) -> bytes:
    """Give a language's catalogue as it should be: today's sentences with the translations there are."""
    catalogue = read(language)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "Jobline", ""
    catalogue.mime_headers = [*catalogue.mime_headers, ("Plural-Forms", _rule(language))]
    written = io.BytesIO()
    write_po(written, catalogue, width=0, no_location=False, omit_header=False, sort_output=True, include_lineno=False)
    lines = written.getvalue().decode().replace("Jobline \\n", "Jobline\\n", 1).splitlines(keepends=True)
    return "".join(line for line in lines if not _BOILERPLATE.match(line)).encode()


def faults(language: str) -> list[str]:
    """Say what is wrong with a catalogue: missing, extra, placeholders, plural forms, untouched, another script."""
    known = {(message.id, message.context) for message in extracted() if message.id}
    catalogue = read(language)
    found = [
        f"extra: {message.id!r}" for message in catalogue if message.id and (message.id, message.context) not in known
    ]
    if catalogue.plural_forms != _rule(language).removesuffix(";") + ";":
        found.append(f"plural rule: {catalogue.plural_forms!r}")
    for message_id, context in sorted(known, key=str):
        message = catalogue.get(message_id if isinstance(message_id, str) else message_id[0], context)
        found.extend(_faults_of(message, message_id, language))
    return found


def _faults_of(message: Message | None, message_id: str | Sequence[str], language: str) -> Iterator[str]:
    forms = [message_id] if isinstance(message_id, str) else list(message_id)
    given = message.string if message else ""
    words = [word or "" for word in given] if isinstance(given, (tuple, list)) else [str(given or "")]
    if not all(words) or (len(forms) > 1 and len(words) != PLURALS[language][0]):
        yield f"missing: {message_id!r}"
        return
    for number, word in enumerate(words):
        free = {"n"} if len(forms) > 1 and number in EXACT_FORMS.get(language, ()) else set()
        if _placeholders(word) - free != _placeholders(forms[-1]) - free:
            yield f"placeholders differ: {message_id!r}"
        if (
            word in forms
            and re.search(r"[A-Za-z]{3}", _PLACEHOLDER.sub("", word))
            and (language, word) not in SAME_WORD
        ):
            yield f"not translated: {message_id!r}"
        yield from (f"script: {one!r} in {message_id!r}" for one in foreign_words(word, language))


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def foreign_words(text: str, language: str) -> list[str]:
    """Give the words of a text that are not written in the language's script, names of our own apart."""
    words = re.findall(r"[^\W\d_]+", _NO_LETTERS.sub(" ", text))
    script = SCRIPTS[language]
    return [word for word in words if word not in OWN_NAMES and not all(script in unicodedata.name(c) for c in word)]


def main(languages: Sequence[str] = LANGUAGES) -> int:
    """Rewrite the catalogues, or only those of some languages; exit 1 while something in them is missing."""
    wrong = 0
    for language in languages:
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(updated(language))
        missing = faults(language)
        wrong += len(missing)
        sys.stdout.write(f"{language}: {len(missing)} to mend\n")
        sys.stdout.writelines(f"  {fault}\n" for fault in missing[:200])
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or LANGUAGES))
