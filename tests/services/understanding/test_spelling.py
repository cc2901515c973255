"""What was typed is levelled and cut into comparable pieces."""

from decimal import Decimal

import pytest

from services.understanding.meanings import Kind, Meaning
from services.understanding.spelling import LONGEST, MOST_PIECES, phrase, pieces, pieces_with_numbers, spelled


@pytest.mark.parametrize(
    ("typed", "levelled"),
    [
        ("Mañana", "manana"),
        ("ЁЛКА", "елка"),
        ("أربعمئة", "اربعميه"),
        ("نَعَمْ", "نعم"),
        ("٢٥٫٥", "25.5"),
        ("1½", "1.5"),
        ("250\u00a0000", "250_000"),
        ("250\u202f000", "250_000"),
        ("250'000", "250_000"),
        ("да\u00a0конечно", "да конечно"),
        ("200 … 300", "200-300"),
        ("дааааа", "да"),
        ("2️⃣5️⃣", "25"),
        ("👍🏽", "👍"),
        ("vingt‑cinq", "vingt-cinq"),
        ("№2", "#2"),
        ("\u202e25\u202c\x00", "25"),
        ("\x00\u202e", ""),
        ("а" * (LONGEST + 1), ""),
    ],
)
def test_spelled(typed: str, levelled: str) -> None:
    assert spelled(typed) == levelled


def test_nothing_typed_is_nothing_spelled() -> None:
    assert spelled(None) == ""


@pytest.mark.parametrize(
    ("typed", "value", "fraction"),
    [
        ("250 000", "250000", None),
        ("1 250 000", "1250000", None),
        ("250.000", "250000", "250.000"),
        ("250,000", "250000", "250.000"),
        ("1.250.000", "1250000", None),
        ("1,250,000.50", "1250000.50", None),
        ("1.250.000,5", "1250000.5", None),
        ("250 000,00", "250000.00", None),
        ("250\u00a0000\u00a0000\u00a0001", "250000000001", None),
        ("1,5", "1.5", None),
        ("0.500", "0.500", None),
        ("1000.5", "1000.5", None),
        ("250000", "250000", None),
    ],
)
def test_a_number_is_one_piece(typed: str, value: str, fraction: str | None) -> None:
    expected = Meaning(Kind.DIGITS, Decimal(value), fraction=Decimal(fraction) if fraction else None)
    assert pieces_with_numbers(typed) == [expected]


@pytest.mark.parametrize("typed", ["87011234567", "1234567890", "250 000 300 000"])
def test_a_phone_number_or_two_amounts_are_no_number(typed: str) -> None:
    assert Meaning(Kind.UNKNOWN) in pieces_with_numbers(typed)


@pytest.mark.parametrize(
    ("typed", "count"),
    [("2500 000", 2), ("12 345 67", 2), ("8 701 123 45 67", 3), ("1 2 3", 3), ("250000 300000", 2)],
)
def test_numbers_that_do_not_belong_together_stay_apart(typed: str, count: int) -> None:
    assert len(pieces_with_numbers(typed)) == count


def test_every_run_of_digits_is_a_piece_where_dates_are_read() -> None:
    assert pieces("12.11.2026") == [
        Meaning(Kind.DIGITS, Decimal(12)),
        ".",
        Meaning(Kind.DIGITS, Decimal(11)),
        ".",
        Meaning(Kind.DIGITS, Decimal(2026)),
    ]


def test_letters_and_digits_are_cut_apart_and_quotes_left_out() -> None:
    assert pieces("«25к» (мың)") == [Meaning(Kind.DIGITS, Decimal(25)), "к", "мын"]


def test_no_more_pieces_than_any_reader_takes() -> None:
    assert len(pieces("1 " * 99)) == MOST_PIECES + 1


def test_a_phrase_of_the_vocabulary_is_spelled_like_what_is_typed() -> None:
    assert phrase("Jusqu'à") == "jusqu a"
    assert phrase("жиырма") == phrase("жиырма".upper())
