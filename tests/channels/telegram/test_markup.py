"""What Telegram reads: nothing a person typed becomes markup, long texts part at safe places, keyboards fit."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from channels.telegram.markup import clipped, html, inline, keyboard, parts, speakable, styled, width, words
from services.actions import GoHome
from services.screen import Asking, Button, Mark, Packed, bold, link, pack, screen

NASTY = [
    "<",
    "&",
    '<a href="https://foreign.example">press</a>',
    "</b>",
    "*_[",
    "{0}",
    "%s",
    "&lt;",
    '"',
    "'",
    "\0",
    "\ud800",
]


class Reader(HTMLParser):
    """Reads HTML as Telegram would: the words, the links, and whether each tag closes in order."""

    def __init__(self) -> None:
        super().__init__()
        self.said, self.links, self.open = "", list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader


@pytest.mark.parametrize("nasty", NASTY, ids=ascii)
@pytest.mark.parametrize("style", ["bold", "italic", "code", "link", "none"])
def test_what_a_person_typed_is_shown_as_typed(nasty: str, style: Any) -> None:
    piece = (
        nasty if style == "none" else Mark(nasty, style, 'https://office.example/?a=1&b="2"' if style == "link" else "")
    )
    shown = read(html(pack(screen("Name: ", piece))))

    assert shown.said == "Name: \n" + speakable(nasty)
    assert shown.links == (['https://office.example/?a=1&b="2"'] if style == "link" else [])


def test_styles_become_tags() -> None:
    shown = pack(screen(bold("B"), Mark("I", "italic"), Mark("C", "code"), link("L", "https://a.example")))

    assert html(shown) == '<b>B</b>\n<i>I</i>\n<code>C</code>\n<a href="https://a.example">L</a>'
    assert words(shown) == "B\nI\nC\nL (https://a.example)"


def test_only_marks_need_markup() -> None:
    assert not styled(pack(screen("plain", "lines")))
    assert styled(pack(screen("plain", bold("and bold"))))


def test_what_cannot_be_written_is_replaced() -> None:
    assert speakable("a\0b") == "ab"
    assert speakable("ends \ud800") == "ends \ufffd"
    assert speakable("👋") == "👋"


def test_width_counts_as_telegram_does() -> None:
    assert [width(text) for text in ("abc", "äöü", "Қаз", "👋", "👨‍👩‍👧")] == [3, 3, 3, 2, 8]


def test_a_clipped_text_says_so_and_keeps_characters_whole() -> None:
    assert clipped("short", 10) == "short"
    assert clipped("0123456789", 5) == "0123…"
    assert clipped("👋👋👋", 5) == "👋👋…"
    assert clipped("ab👨‍👩‍👧cd", 6) == "ab…"


def test_a_text_that_fits_stays_one_message() -> None:
    shown = pack(screen("x" * 4096, buttons=[[Button("Home", GoHome())]]))

    assert parts(shown) == [shown]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aaaa aaa\naa\n\nbb bb\nbbbbbb", ["aaaa aaa\naa", "bb bb\nbbbbbb"]),
        ("aaaa aaaa\nbb bbbb\nccc", ["aaaa aaaa\nbb bbbb", "ccc"]),
        ("aaaa bbbb cccc dddd eeee", ["aaaa bbbb cccc dddd", "eeee"]),
        ("a" * 45, ["a" * 20, "a" * 20, "a" * 5]),
        ("👋" * 15, ["👋" * 10, "👋" * 5]),
        ("a" * 19 + "e\u0301\u0302" + "b", ["a" * 19, "e\u0301\u0302b"]),
        ("a" * 18 + "👍🏽" + "b" * 4, ["a" * 18, "👍🏽bbbb"]),
        ("a" * 17 + "🇰🇿", ["a" * 17, "🇰🇿"]),
        ("a\n\n" + "b" * 30, ["a\n\n" + "b" * 17, "b" * 13]),
        (" " * 30 + "a", ["a"]),
    ],
    ids=["paragraph", "line", "word", "hard", "emoji", "accents", "skin tone", "flag", "no tiny part", "blank"],
)
def test_a_long_text_parts_at_the_safest_place(text: str, expected: list[str]) -> None:
    assert [words(part) for part in parts(Packed([text]), 20)] == expected


def test_a_cut_avoids_styled_words_and_resumes_a_style_that_must_be_cut() -> None:
    avoided = parts(pack(screen(("aaaa bbbb ", bold("cccc dddd eeee")))), 20)
    resumed = parts(Packed([["link", "a" * 30, "https://a.example"]]), 20)

    assert [html(part) for part in avoided] == ["aaaa bbbb", "<b>cccc dddd eeee</b>"]
    assert [part.text for part in resumed] == [
        [["link", "a" * 20, "https://a.example"]],
        [["link", "a" * 10, "https://a.example"]],
    ]


def test_buttons_stand_under_the_last_part() -> None:
    shown = pack(screen("a" * 30, buttons=[[Button("Home", GoHome())]], asking=((Asking("Mine", "contact"),),)))

    first, last = parts(shown, 20)

    assert (first.rows, first.asking) == ([], None)
    assert (last.rows, last.asking) == (shown.rows, shown.asking)


PIECES = st.one_of(
    st.text(alphabet="ab \n👋é\u0301\u200d🇰🇿<&", min_size=1, max_size=60),
    st.tuples(st.just("bold"), st.text(alphabet="cd \n👋", min_size=1, max_size=60), st.just("")).map(list),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=8), st.integers(12, 60))
def test_parts_fit_and_lose_nothing_but_blanks(text: list[Any], limit: int) -> None:
    packed = Packed(text)
    split = parts(packed, limit)

    def inked(one: Packed) -> str:
        return re.sub(r"\s", "", words(one))

    assert "".join(inked(part) for part in split) == inked(packed)
    assert all(width(words(part)) <= limit for part in split)
    assert len(split) == 1 or all(inked(part) for part in split)
    for part in split:
        read(html(part))


def test_buttons_under_a_message() -> None:
    shown = pack(screen("t", buttons=[[Button("Home", GoHome()), Button("Site", url="https://a.example")]]))

    made = keyboard(shown)

    assert isinstance(made, InlineKeyboardMarkup)
    assert made.to_dict() == {
        "inline_keyboard": [[{"text": "Home", "callback_data": "home1"}, {"text": "Site", "url": "https://a.example"}]]
    }


def test_buttons_in_place_of_the_keyboard() -> None:
    shown = pack(screen("t", asking=((Asking("Phone", "contact"), Asking("Place", "location")), (Asking("Skip"),))))

    made = keyboard(shown)

    assert isinstance(made, ReplyKeyboardMarkup)
    assert made.to_dict() == {
        "keyboard": [
            [{"text": "Phone", "request_contact": True}, {"text": "Place", "request_location": True}],
            [{"text": "Skip"}],
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


def test_no_buttons_leave_the_keyboard_and_an_empty_asking_takes_it_away() -> None:
    assert keyboard(pack(screen("t"))) is None
    assert isinstance(keyboard(pack(screen("t", asking=()))), ReplyKeyboardRemove)
    assert inline(pack(screen("t", asking=()))) is None


def test_buttons_under_the_message_win() -> None:
    assert isinstance(
        keyboard(pack(screen("t", buttons=[[Button("Home", GoHome())]], asking=()))), InlineKeyboardMarkup
    )
