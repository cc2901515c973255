"""Number words of every language add up, and what does not add up is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.amounts import read_amount
from tests.services.understanding.number_words import LANGUAGES, spelt

NUMBERS = st.one_of(
    st.integers(0, 1999),
    st.integers(0, 999_999),
    st.builds(lambda thousands, rest: thousands * 1000 + rest, st.integers(1, 999), st.sampled_from([0, 1, 100, 500])),
)


def test_spelling_out_is_right_where_it_was_looked_up() -> None:
    assert spelt(75_000, "fr") == "soixante-quinze mille"
    assert spelt(180_200, "fr") == "cent quatre-vingt mille deux cents"
    assert spelt(25_000, "ar") == "خمسة وعشرون ألف"
    assert spelt(22_001, "ru") == "двадцать две тысячи один"
    assert spelt(25_000, "kk") == "жиырма бес мың"
    assert spelt(1_531, "es") == "mil quinientos treinta y uno"
    assert spelt(115, "en") == "one hundred and fifteen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_thousand_is_read_back(language: str) -> None:
    wrong = [n for n in range(1100) if (read := read_amount(spelt(n, language), language)) is None or read.low != n]
    assert not wrong


@given(NUMBERS, st.sampled_from(sorted(LANGUAGES)), st.sampled_from(sorted(LANGUAGES)))
def test_spelt_numbers_are_read_whatever_the_language_of_the_person(number: int, written: str, own: str) -> None:
    amount = read_amount(spelt(number, written), own)
    assert amount is not None
    assert (amount.low, amount.high) == (number, number)


@pytest.mark.parametrize(
    "nonsense",
    [
        "двадцать сорок",
        "двадцать пятнадцать",
        "пять двадцать",
        "два три четыре",
        "тысяча тысяч тысяч",
        "сто двести",
        "двадцать 5",
        "5 двадцать",
        "hundred hundred",
        "и",
        "двадцать и",
        "и двадцать",
        "twenty and and five",
        "пять тысяч десять тысяч",
        "половина половины",
        "5 тысяч 5000",
        "ألفين ألفين",
    ],
)
def test_words_that_make_no_number(nonsense: str) -> None:
    assert read_amount(nonsense, "ru") is None
