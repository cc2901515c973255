"""Words of other alphabets in Latin letters."""

import pytest

from services.transliteration import in_own_letters


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("svarshik", "ru", "сваршик"),
        ("prodavec", "ru", "продавец"),
        ("borshch", "ru", "борщ"),
        ("4istka", "ru", "чистка"),
        ("jurist", "ru", "юрист"),
        ("jurgizushi", "kk", "жургизуши"),
        ("aspazshy", "kk", "аспазшы"),
        ("qoishy", "kk", "коишы"),
        ("sa2eq", "ar", "سايق"),
        ("khayyat", "ar", "خايات"),
        ("7alla2", "ar", "حالاق"),
    ],
)
def test_latin_letters_give_own_ones(typed: str, language: str, meant: str) -> None:
    assert in_own_letters(typed, language) == meant


def test_numbers_and_words_of_other_alphabets_stay() -> None:
    assert in_own_letters("20 повар let", "ru") == "20 повар лет"
