"""Entities: UTF-16 offsets, what is found without being marked, trimming."""

import pytest

from channels.messenger.entities import Marked, completed, cut, explicit, found_in, units
from channels.messenger.errors import BotApiError


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [("bot_command", "/start")]),
        ("/take@jobline_bot", [("bot_command", "/take@jobline_bot")]),
        ("see https://enbek.kz/ru?a=1.", [("url", "https://enbek.kz/ru?a=1")]),
        ("enbek.kz", [("url", "enbek.kz")]),
        ("a@b.kz and @someone #работа", [("email", "a@b.kz"), ("mention", "@someone"), ("hashtag", "#работа")]),
        ("👋👋 /help", [("bot_command", "/help")]),
        ("and/or 1/2 #12 nothing", []),
        ("plain", []),
    ],
)
def test_found_without_being_marked(text: str, found: list[tuple[str, str]]) -> None:
    assert [(e["type"], cut(text, e["offset"], e["length"])) for e in found_in(text)] == found


def test_units_count_utf16() -> None:
    assert [units(text) for text in ("ab", "әб", "👋", "")] == [2, 2, 2, 0]


def test_trimming_keeps_entities_true() -> None:
    bold = {"type": "bold", "offset": 0, "length": 6}
    assert completed(Marked("  ab  ", [bold])) == Marked("ab", [{"type": "bold", "offset": 0, "length": 2}])
    assert completed(Marked("   ", [{"type": "bold", "offset": 0, "length": 3}])) == Marked("", [])
    assert completed(Marked("a\x00b")).text == "a b"


def test_nothing_is_found_inside_code() -> None:
    code = {"type": "code", "offset": 0, "length": 5}
    assert completed(Marked("/help /menu", [code])).entities == [
        code,
        {"type": "bot_command", "offset": 6, "length": 5},
    ]


def test_explicit_entities_are_checked() -> None:
    given = [{"type": "text_link", "offset": 0, "length": 1, "url": "https://a.b", "odd": 1}]
    assert explicit("x", given).entities == [{"type": "text_link", "offset": 0, "length": 1, "url": "https://a.b"}]
    for wrong in ("x", ["x"], [{"type": "odd"}], [{"type": "bold"}], [{"type": "bold", "offset": 0, "length": 2}]):
        with pytest.raises(BotApiError):
            explicit("x", wrong)
