"""Every screen and letter, in every language, with ordinary, longest and hostile data: it fits and shows what it was given."""

import importlib
import inspect
import re
from collections.abc import Callable
from html.parser import HTMLParser
from types import ModuleType
from typing import get_type_hints

import pytest

from bot import wiring
from bot.catalogues import SAME_WORD
from bot.settings import ROOT
from channels.telegram import markup
from handlers.letters import phrase
from handlers.profile.screens import option
from services import letters
from services.actions import unpack
from services.screen import LABEL_LIMIT, TEXT_LIMIT, Button, Packed, Screen, Toast, pack, plain
from services.words import Translate
from tests.handlers.gallery import (
    GALLERY,
    HANDOVER,
    HOSTILE,
    LETTERS,
    ORDINARY,
    SAMPLES,
    Content,
    Sample,
    screens_of,
    toasts_of,
)
from tests.phone import settings_for
from tests.recorder import TOAST_LIMIT

LANGUAGES = ("en", "ru", "kk", "es", "fr", "ar")
SIDE_BY_SIDE = 30
"""Characters of a label that shares its row with another one."""


@pytest.fixture(scope="module")
def content() -> Content:
    loaded = wiring.load_content(settings_for("sqlite:///nowhere"))
    return Content(loaded.languages, loaded.pack, loaded.occupations, loaded.everyday)


def words_modules() -> dict[str, ModuleType]:
    """Find every module of screens by its conversation."""
    paths = sorted(ROOT.glob("handlers/*/screens.py"))
    return {path.parent.name: importlib.import_module(f"handlers.{path.parent.name}.screens") for path in paths}


def shown_by(module: ModuleType) -> list[Callable[..., object]]:
    """Give the functions of a module that give something to show."""
    found: list[Callable[..., object]] = []
    for _name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not function.__name__.startswith("_"):
            gives = get_type_hints(function).get("return")
            if gives in (Screen, Toast):
                found.append(function)
    return found


def test_every_screen_hangs_in_the_gallery() -> None:
    made = {f"{name}.{function.__name__}" for name, module in words_modules().items() for function in shown_by(module)}
    assert made - GALLERY.keys() == set(), "say in gallery.py what these are shown with"
    assert GALLERY.keys() - made <= {"counselling.refused"}, "these are gone"


def test_every_letter_hangs_in_the_gallery_and_has_words() -> None:
    kinds = {kind for kind in letters.kinds().values() if kind.__module__.startswith("services")}
    assert kinds == set(LETTERS)


def everything(_: Translate, sample: Sample, content: Content) -> list[tuple[str, Screen]]:
    """Give every screen and letter, filled with a sample, by its name."""
    shown = [(name, one) for name, build in GALLERY.items() for one in screens_of(build(_, sample, content))]
    written = [(kind.__name__, phrase(letter, _)) for kind, build in LETTERS.items() for letter in build(sample)]
    return shown + written


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_it_fits_and_is_shown_as_it_was_given(content: Content, language: str, sample: str) -> None:
    _ = content.languages[language]
    known = addresses(content)
    for name, one in everything(_, SAMPLES[sample], content):
        packed = pack(one)
        cut = markup.parts(packed)
        assert all(0 < markup.width(plain_of(part)) <= TEXT_LIMIT for part in cut), name
        assert [part.rows for part in cut[:-1]] == [[]] * (len(cut) - 1), (
            f"{name}: the keyboard stands on the last part"
        )
        for row in one.rows:
            for button in row:
                check_button(name, button, alone=len(row) == 1)
        for part in cut:
            check_html(name, part, known)


def plain_of(packed: Packed) -> str:
    """Give the words of a packed screen."""
    return "".join(piece if isinstance(piece, str) else piece[1] for piece in packed.text)


def check_button(name: str, button: Button, *, alone: bool) -> None:
    """A label can be read on a small phone, and the payload comes back as the same tap."""
    assert 0 < len(button.label) <= (LABEL_LIMIT if alone else SIDE_BY_SIDE), f"{name}: {button.label}"
    assert button.action is not None or button.url
    if button.action is not None:
        assert unpack(button.action.pack()) == button.action, f"{name}: {button.label}"


class Reader(HTMLParser):
    """Reads what the messenger would: words, tags, and where links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        self.links |= {value or "" for key, value in attrs if key == "href"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def check_html(name: str, part: Packed, known: set[str]) -> None:
    """The markup says exactly the words, in our own tags, and no link leads where somebody else wanted."""
    reader = Reader()
    reader.feed(markup.html(part))
    reader.close()
    assert reader.open == [], name
    assert reader.words == plain_of(part), name
    assert reader.tags <= {"b", "i", "a", "code"}, name
    assert reader.links <= known, name


def addresses(content: Content) -> set[str]:
    """Give the addresses the pack itself links to."""
    answers = content.pack.answers
    ours = {HANDOVER}
    return ours | {answer.law.address for answer in answers} | {answer.source.address for answer in answers}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_is_left_over(content: Content, language: str) -> None:
    for name, one in everything(content.languages[language], ORDINARY, content):
        labels = " ".join(button.label for row in one.rows for button in row)
        assert not re.search(r"\{[a-z_]*\}", plain(one.text) + labels), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_toast_fits(content: Content, language: str) -> None:
    _ = content.languages[language]
    for name, build in GALLERY.items():
        for sample in SAMPLES.values():
            assert all(0 < len(toast) <= TOAST_LIMIT for toast in toasts_of(build(_, sample, content))), name


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_words_are_shown_literally(content: Content, number: int) -> None:
    _, sample = content.languages["en"], SAMPLES[f"hostile {number}"]
    shown = dict(everything(_, sample, content))
    for name in ("vacancies.apply", "JobseekerSaid", "CounsellorSaid", "registration.registered", "start.home"):
        given = sample.words if name in {"vacancies.apply", "JobseekerSaid", "CounsellorSaid"} else sample.name
        texts = [plain(one.text) for known, one in everything(_, sample, content) if known == name]
        assert any(given in text for text in texts), name
    assert len(shown) > 50


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_nothing_is_left_in_english(content: Content, language: str) -> None:
    there, english = content.languages[language], content.languages["en"]
    same_in_all = {"start.ask_language", "JobseekerSaid", "CounsellorSaid"}
    pairs = zip(everything(there, ORDINARY, content), everything(english, ORDINARY, content), strict=True)
    for (name, ours), (_name, theirs) in pairs:
        if name in same_in_all:
            continue
        assert plain(ours.text) != plain(theirs.text) or not re.search(r"[a-z]{3}", plain(theirs.text)), name
        labels = [button.label for row in ours.rows for button in row]
        english_labels = {button.label for row in theirs.rows for button in row}
        untouched = [label for label in labels if label in english_labels and re.search(r"[A-Za-z]{3}", label)]
        theirs_too = {word for code, word in SAME_WORD if code == language} | named_alike(content, language)
        given = (ORDINARY.line, ORDINARY.name)
        assert [
            one
            for one in untouched
            if re.sub(r"^\d+\. | ✓$", "", one) not in theirs_too and not any(word in one for word in given)
        ] == [], name


def named_alike(content: Content, language: str) -> set[str]:
    """Give the regions, occupations and languages that are called the same in English."""
    there, english, occupations = content.languages[language], content.languages["en"], content.occupations
    pairs = [(one.short[language], one.short["en"]) for one in content.pack.regions]
    pairs += [(occupations.title(code, language), occupations.title(code, "en")) for code in occupations.codes]
    pairs += [(option(there, code), option(english, code)) for code in content.pack.registration.languages]
    return {name for name, in_english in pairs if name == in_english}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_has_a_way_on(content: Content, language: str) -> None:
    """Nobody is left without a button, except where text is all that is wanted or a human is on the other side."""
    silent = {
        "common.edit_not_taken",
        "common.not_here",
        "counselling.added",
        "counselling.only_text_to_counsellor",
        "counselling.edit_not_carried",
        "counselling.note_kept",
        "counselling.closed",
        "counselling.only_in_topics",
        "counselling.nobody",
        "registration.confirm_first",
        "deletion.deleting",
        "JobseekerSaid",
        "CounsellorSaid",
        "CaseEnded",
        "CaseErased",
        "DataCopy",
        "DeleteByHand",
        "Erased",
        "NotDelivered",
    }
    bare = {name for name, one in everything(content.languages[language], ORDINARY, content) if not one.rows}
    assert bare <= silent
