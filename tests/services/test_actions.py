"""Taps: what fits into 64 bytes, what is read back, and what is nobody's."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import actions
from services.actions import PAYLOAD_LIMIT, Action, head_of, unpack


@dataclass(frozen=True)
class Point(Action, prefix="zz"):
    """A tap for these tests."""

    number: int
    word: str


def test_a_tap_comes_back_as_it_was() -> None:
    assert unpack(Point(7, "north").pack()) == Point(7, "north")


@pytest.mark.parametrize(
    "payload",
    [
        None,
        "",
        ":",
        "zz",
        "zz1",
        "zz1:7",
        "zz1:7:a:b",
        "zz1:-7:a",
        "zz1:+7:a",
        "zz1: 7:a",
        "zz1:٧:a",
        "zz1:1e3:a",
        "zz1:9999999999999999999:a",
        "zz2:7:a",
        "ZZ1:7:a",
        "nobody:1",
        "zz1:7:" + "a" * PAYLOAD_LIMIT,
        b"zz1:7:a",
        7,
    ],
)
def test_what_does_not_fit_is_nobodys(payload: object) -> None:
    assert unpack(payload) is None


@given(st.text())
def test_any_text_is_read_without_an_error(payload: str) -> None:
    found = unpack(payload)
    assert found is None or found.pack() == payload or isinstance(found, Point)


@given(st.integers(0, 10**18 - 1), st.text(st.characters(codec="utf-8", exclude_characters=":"), max_size=10))
def test_every_tap_that_can_be_packed_can_be_read(number: int, word: str) -> None:
    tap = Point(number, word)
    try:
        payload = tap.pack()
    except ValueError:
        return
    assert len(payload.encode()) <= PAYLOAD_LIMIT
    assert unpack(payload) == tap


def test_a_tap_that_is_too_long_or_holds_a_colon_is_refused() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Point(1, "ы" * 40).pack()
    with pytest.raises(ValueError, match="colon"):
        Point(1, "a:b").pack()


def test_two_taps_cannot_share_a_prefix() -> None:
    with pytest.raises(ValueError, match="taken by Point"):

        @dataclass(frozen=True)
        class Other(Action, prefix="zz"):
            """Claims the same prefix."""


def test_another_version_is_another_tap() -> None:
    assert head_of(Point(1, "a").pack()) == "zz1"
    assert "zz1" in actions.known()
    assert unpack("zz9:1:a") is None
