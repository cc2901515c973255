"""Screens: plain values in, plain values out of the outbox."""

from dataclasses import dataclass

from services.actions import Action
from services.screen import Asking, Button, Mark, Screen, bold, lines, link, pack, plain, screen, unpack


@dataclass(frozen=True)
class Nothing(Action, prefix="zn"):
    """A tap for these tests."""


def test_rows_stand_under_each_other_and_none_is_left_out() -> None:
    text = lines("one", None, ("two ", bold("2")), "", "three")
    assert plain(text) == "one\ntwo 2\n\nthree"
    assert text == ("one", "\n", "two ", Mark("2", "bold"), "\n", "\n", "three")


def test_empty_rows_of_buttons_vanish() -> None:
    shown = screen("text", buttons=[[], [Button("Yes", Nothing())], []])
    assert shown.rows == ((Button("Yes", Nothing()),),)


def test_a_screen_survives_the_outbox() -> None:
    shown = Screen(
        ("plain ", bold("b"), link("words", "https://example.org")),
        rows=((Button("Yes", Nothing()), Button("Site", url="https://example.org")),),
        asking=((Asking("Share", "contact"),),),
    )
    packed = pack(shown)
    assert unpack(packed.as_json()) == packed
    assert packed.rows == [[["Yes", "zn1", ""], ["Site", "", "https://example.org"]]]
    assert packed.asking == [[["Share", "contact"]]]


def test_taking_a_keyboard_away_differs_from_leaving_it() -> None:
    assert pack(Screen(("a",))).asking is None
    assert pack(Screen(("a",), asking=())).asking == []
