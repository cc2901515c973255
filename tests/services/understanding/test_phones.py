"""Telephone numbers as people type them."""

import pytest

from services.understanding.phones import read_phone

AIGUL = "+77011234567"


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("8 701 123 45 67", "KZ", AIGUL),
        ("87011234567", "KZ", AIGUL),
        ("8-701-123-45-67", "KZ", AIGUL),
        ("8(701)1234567", "KZ", AIGUL),
        ("8 (701) 123 45-67", "KZ", AIGUL),
        ("+77011234567", "KZ", AIGUL),
        ("+7 (701) 123-45-67", "KZ", AIGUL),
        ("+7 701 123 45 67", "FR", AIGUL),
        ("77011234567", "KZ", AIGUL),
        ("7 701 123 45 67", "KZ", AIGUL),
        ("7011234567", "KZ", AIGUL),
        ("701 123 45 67", "KZ", AIGUL),
        ("00 7 701 123 45 67", "KZ", AIGUL),
        ("007 701 1234567", "FR", AIGUL),
        ("٨٧٠١١٢٣٤٥٦٧", "KZ", AIGUL),
        ("٨ ٧٠١ ١٢٣ ٤٥ ٦٧", "KZ", AIGUL),
        ("۸۷۰۱۱۲۳۴۵۶۷", "KZ", AIGUL),
        ("８７０１１２３４５６７", "KZ", AIGUL),
        ("\u202a+7 701 123 45 67\u202c", "KZ", AIGUL),
        ("мой номер 8 701 123 45 67", "KZ", AIGUL),
        ("тел: 87011234567.", "kz", AIGUL),
        ("87011234567, +7 701 123 45 67", "KZ", AIGUL),
        ("8 495 123 45 67", "RU", "+74951234567"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("0612-345678", "MA", "+212612345678"),
        ("٠١٠٠ ١٢٣ ٤٥٦٧", "EG", "+201001234567"),
        ("(201) 555-0123", "US", "+12015550123"),
    ],
)
def test_a_number(typed: str, country: str, number: str) -> None:
    assert read_phone(typed, country) == number


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("", "KZ"),
        ("нет", "KZ"),
        ("12345", "KZ"),
        ("112", "KZ"),
        ("8701123456", "KZ"),
        ("870112345678", "KZ"),
        ("87011234567 или 87021234567", "KZ"),
        ("87011234567", "ZZ"),
        ("87011234567", ""),
        ("+999 123 456 789", "KZ"),
        ("8 701 123 45 67" + " и ещё слова" * 9, "KZ"),
        ("👍" * 4096, "KZ"),
    ],
)
def test_what_is_no_number(typed: str, country: str) -> None:
    assert read_phone(typed, country) is None
