"""A word book forgives a slip and knows glued parts, but does not guess."""

from decimal import Decimal

import pytest

from services.understanding.meanings import Kind, Meaning
from services.understanding.spelling import pieces
from services.understanding.wordbook import Wordbook

SEVENTY = Meaning(Kind.CARDINAL, Decimal(70))
SIXTY = Meaning(Kind.CARDINAL, Decimal(60))
YEAR = Meaning(Kind.UNIT, name="year")
SINCE = Meaning(Kind.FROM_AFTER)
AND = Meaning(Kind.AND)
ASIDE = Meaning(Kind.ASIDE)
BOOK = Wordbook(
    [
        ("setenta", SEVENTY),
        ("sesenta", SIXTY),
        ("жыл", YEAR),
        ("год", YEAR),
        ("года назад", ASIDE),
        ("سنة", YEAR),
        ("أحد عشر", SIXTY),
        ("₸", ASIDE),
    ],
    before={"و": AND, "ال": ASIDE},
    after={"дан": SINCE, "ы": ASIDE},
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("setenta", [SEVENTY]),
        ("setentta", [SEVENTY]),
        ("sessenta", [SIXTY]),
        ("жылдан", [YEAR, SINCE]),
        ("жылы", [YEAR]),
        ("года назад", [ASIDE]),
        ("والسنة", [AND, ASIDE, YEAR]),
        ("وأحد عشر", [AND, SIXTY]),
        ("год ₸ 🙂", [YEAR, ASIDE, ASIDE]),
        ("5 год", [Meaning(Kind.DIGITS, Decimal(5)), YEAR]),
    ],
)
def test_words_are_known(typed: str, meant: list[Meaning]) -> None:
    found = BOOK.meanings(pieces(typed))
    assert found is not None
    assert found[: len(meant)] == meant


@pytest.mark.parametrize("typed", ["setsenta", "гол", "годда", "ddeтenta", "жылданы", "§", "وو", "назад", "дан"])
def test_what_may_be_two_words_or_none_is_unknown(typed: str) -> None:
    assert BOOK.meanings(pieces(typed)) is None


def test_some_strangers_may_be_allowed() -> None:
    found = BOOK.meanings(pieces("год чего-то"), strangers=2)
    assert found is None
    found = BOOK.meanings(pieces("год повар"), strangers=1)
    assert found is not None
    assert [meaning.kind for meaning in found] == [Kind.UNIT, Kind.UNKNOWN]
