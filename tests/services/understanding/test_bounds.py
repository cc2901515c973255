"""From, up to, between, and two values with something between them."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from services.understanding.bounds import read_bounds
from services.understanding.meanings import Kind, Meaning


def read(meanings: Sequence[Meaning]) -> int | None:
    """One value is one number."""
    return int(meanings[0].value) if len(meanings) == 1 and meanings[0].kind is Kind.DIGITS else None


def said(*words: int | Kind) -> list[Meaning]:
    return [Meaning(Kind.DIGITS, Decimal(word)) if isinstance(word, int) else Meaning(word) for word in words]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        (said(2), 2, 2),
        (said(Kind.ASIDE, 2, Kind.ASIDE), 2, 2),
        (said(Kind.LOW, 2), 2, None),
        (said(2, Kind.LOW_AFTER), 2, None),
        (said(2, Kind.FROM_AFTER, Kind.LOW_AFTER), 2, None),
        (said(2, Kind.FROM_AFTER, Kind.HIGH), None, 2),
        (said(Kind.HIGH, 2), None, 2),
        (said(2, Kind.HIGH), None, 2),
        (said(2, Kind.DASH, 3), 2, 3),
        (said(2, Kind.TO, 3), 2, 3),
        (said(Kind.LOW, 2, Kind.HIGH, 3), 2, 3),
        (said(2, Kind.FROM_AFTER, 3, Kind.HIGH), 2, 3),
        (said(Kind.BETWEEN, 2, Kind.AND, 3), 2, 3),
        (said(2, Kind.AND, 3, Kind.BETWEEN), 2, 3),
    ],
)
def test_bounds(words: list[Meaning], low: int | None, high: int | None) -> None:
    assert read_bounds(words, read) == (low, high)


@pytest.mark.parametrize(
    "words",
    [
        [],
        said(Kind.LOW),
        said(Kind.DASH, 2),
        said(2, Kind.DASH),
        said(2, 3),
        said(2, Kind.AND, 3),
        said(2, Kind.LOW_AFTER, 3),
        said(Kind.BETWEEN, 2),
        said(2, Kind.DASH, 3, Kind.DASH, 4),
        said(Kind.HIGH, 2, Kind.HIGH, 3),
        said(Kind.LOW, 2, Kind.HIGH),
        said(2, Kind.DASH, 3, Kind.LOW_AFTER),
    ],
)
def test_what_has_no_bounds(words: list[Meaning]) -> None:
    assert read_bounds(words, read) is None
