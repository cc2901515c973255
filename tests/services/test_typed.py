"""What people type, cleaned."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.typed import LONGEST, clean, one_line

RIGHT_TO_LEFT = "\u202e"
JOINER = "\u200d"


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        (None, ""),
        ("", ""),
        ("   \n\t ", ""),
        ("\u200b", ""),
        (JOINER, ""),
        ("\0\0", ""),
        ("Ai\0gul", "Aigul"),
        (f"{RIGHT_TO_LEFT}lugiA", "lugiA"),
        ("  two\r\nlines ", "two\nlines"),
        ("A\u0308sel", "Äsel"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("\ud800half", "half"),
        ("\ufeffmark", "mark"),
    ],
)
def test_only_readable_characters_stay(typed: str | None, cleaned: str) -> None:
    assert clean(typed) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_nothing_invisible(typed: str) -> None:
    once = clean(typed)
    assert clean(once) == once
    assert len(once) <= LONGEST
    kept = {"\n", "\u200d", "\u200c"}
    assert all(unicodedata.category(letter)[0] != "C" for letter in once if letter not in kept)
    once.encode()


@given(st.text(), st.integers(1, 80))
def test_one_line_is_one_line_and_bounded(typed: str, longest: int) -> None:
    line = one_line(typed, longest)
    assert len(line) <= longest
    assert "\n" not in line
    assert line == line.strip()
