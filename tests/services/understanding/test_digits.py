"""Digits of every script become the ten plain ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.digits import plain_digits


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("０１２３４５６７８９", "0123456789"),
        ("०१२३", "0123"),
        ("𝟐𝟓", "25"),
        ("٢٥ ألف", "25 ألف"),
        ("25 тыс", "25 тыс"),
        ("²½Ⅷ", "²½Ⅷ"),
        ("", ""),
    ],
)
def test_plain_digits(typed: str, plain: str) -> None:
    assert plain_digits(typed) == plain


@given(st.text())
def test_everything_but_digits_stays(text: str) -> None:
    plain = plain_digits(text)
    assert len(plain) == len(text)
    assert all(
        now == before or (before.isdecimal() and now in "0123456789") for before, now in zip(text, plain, strict=True)
    )
