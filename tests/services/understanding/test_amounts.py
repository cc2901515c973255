"""Amounts of money as people type them in six languages."""

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.amounts import HIGHEST, Amount, read_amount

PLAIN = [
    ("ru", "25к", 25_000),
    ("ru", "25 тыс.", 25_000),
    ("ru", "25тыщ", 25_000),
    ("ru", "двадцать пять тысяч", 25_000),
    ("ru", "двацать пять тысячь", 25_000),
    ("ru", "250 000", 250_000),
    ("ru", "250000₸", 250_000),
    ("ru", "300 000 тг/мес", 300_000),
    ("ru", "1,5 млн", 1_500_000),
    ("ru", "1 млн 200 тыс", 1_200_000),
    ("ru", "полтора миллиона", 1_500_000),
    ("ru", "пол миллиона", 500_000),
    ("ru", "полмиллиона тенге", 500_000),
    ("ru", "миллион с половиной", 1_500_000),
    ("ru", "хочу 200к в месяц", 200_000),
    ("ru", "где-то 200 тысяч на руки", 200_000),
    ("ru", "150 т.р.", 150_000),
    ("ru", "тысяча двести", 1_200),
    ("ru", "пару тысяч", 2_000),
    ("ru", "200.000 тысяч", 200_000),
    ("ru", "250 000.50", 250_001),
    ("ru", "2️⃣0️⃣0️⃣ тысяч", 200_000),
    ("kk", "25 мың", 25_000),
    ("kk", "жиырма бес мың", 25_000),
    ("kk", "жиырма бес мын тенге", 25_000),
    ("kk", "200 000 тенге", 200_000),
    ("kk", "екі жүз мыңдай", 200_000),
    ("kk", "жарты миллион", 500_000),
    ("kk", "бір жарым миллион", 1_500_000),
    ("kk", "двести тысяч", 200_000),
    ("kk", "айына 200 мың", 200_000),
    ("en", "25k", 25_000),
    ("en", "1.5m", 1_500_000),
    ("en", "250,000", 250_000),
    ("en", "1,500.75", 1_501),
    ("en", "twenty five thousand", 25_000),
    ("en", "a hundred thousand", 100_000),
    ("en", "fifteen hundred", 1_500),
    ("en", "half a million", 500_000),
    ("en", "two and a half million", 2_500_000),
    ("en", "about 200k", 200_000),
    ("en", "$500 a month", 500),
    ("en", "I'd like 200 000", 200_000),
    ("en", "25 тысяч", 25_000),
    ("es", "25 mil", 25_000),
    ("es", "veinticinco mil", 25_000),
    ("es", "250.000", 250_000),
    ("es", "mil quinientos euros al mes", 1_500),
    ("es", "un millón y medio", 1_500_000),
    ("es", "mil millones", 10**9),
    ("fr", "25 mille", 25_000),
    ("fr", "vingt-cinq mille", 25_000),
    ("fr", "soixante-quinze mille", 75_000),
    ("fr", "quatre vingt dix mille euros", 90_000),
    ("fr", "nonante mille", 90_000),
    ("fr", "1 500,50 €", 1_501),
    ("fr", "un million et demi", 1_500_000),
    ("ar", "25 ألف", 25_000),
    ("ar", "٢٥٠٠٠", 25_000),
    ("ar", "٢٥٠٬٠٠٠", 250_000),
    ("ar", "١٫٥ مليون", 1_500_000),
    ("ar", "خمسة وعشرون ألف", 25_000),
    ("ar", "مليون ونصف", 1_500_000),
    ("ar", "نص مليون", 500_000),
    ("ar", "مئتا ألف دينار", 200_000),
    ("en", "25", 25),
    ("en", "۲۵۰۰۰", 25_000),
    ("en", "２５０００", 25_000),
    ("en", "½ million", 500_000),
    ("en", "0", 0),
    ("xx", "25k", 25_000),
]

BOUNDED = [
    ("ru", "250-300 тысяч", 250_000, 300_000),
    ("ru", "250 – 300 тыс", 250_000, 300_000),
    ("ru", "от 200 до 300 тыс", 200_000, 300_000),
    ("ru", "двести-триста тысяч", 200_000, 300_000),
    ("ru", "сто-сто пятьдесят тысяч", 100_000, 150_000),
    ("ru", "200 000 - 250 000 тенге", 200_000, 250_000),
    ("ru", "200-250 000", 200_000, 250_000),
    ("ru", "от 500 до 1 млн", 500_000, 1_000_000),
    ("ru", "900 тысяч - 1,2 млн", 900_000, 1_200_000),
    ("ru", "200..300", 200, 300),
    ("ru", "до 300к", None, 300_000),
    ("ru", "не меньше 200 000", 200_000, None),
    ("ru", "минимум 200 тыс", 200_000, None),
    ("ru", "250 тысяч и выше", 250_000, None),
    ("ru", "200 000+", 200_000, None),
    ("ru", "между 200 и 300 тысячами", 200_000, 300_000),
    ("kk", "200 мыңнан 300 мыңға дейін", 200_000, 300_000),
    ("kk", "200 мың мен 300 мың арасында", 200_000, 300_000),
    ("kk", "200 мыңнан бастап", 200_000, None),
    ("kk", "кемінде 200 мың", 200_000, None),
    ("kk", "250 мыңнан кем емес", 250_000, None),
    ("kk", "300-ге дейін", None, 300),
    ("kk", "кемі 150 мың", 150_000, None),
    ("kk", "жүз мыңнан аса", 100_000, None),
    ("ru", "150 минимум", 150, None),
    ("es", "entre mil y mil quinientos", 1_000, 1_500),
    ("ar", "من خمسمئة إلى ألف", 500, 1_000),
    ("kk", "от 200 до 300 мың", 200_000, 300_000),
    ("en", "from 200k", 200_000, None),
    ("en", "at least two hundred thousand", 200_000, None),
    ("en", "200k or more", 200_000, None),
    ("en", "up to 300,000 tenge", None, 300_000),
    ("en", "between two hundred and three hundred thousand", 200_000, 300_000),
    ("en", "200 to 300 thousand", 200_000, 300_000),
    ("en", "> 200k", 200_000, None),
    ("es", "de 200 a 300 mil", 200_000, 300_000),
    ("en", "de 200 a 300 mil", 200_000, 300_000),
    ("es", "entre 1000 y 1500 euros", 1_000, 1_500),
    ("es", "hasta 2000", None, 2_000),
    ("es", "más de 1000", 1_000, None),
    ("fr", "de 1500 à 2000 euros", 1_500, 2_000),
    ("fr", "entre 200 et 300 mille", 200_000, 300_000),
    ("fr", "jusqu'à 2000", None, 2_000),
    ("fr", "au moins 1500", 1_500, None),
    ("ar", "من ٢٠٠ إلى ٣٠٠ ألف", 200_000, 300_000),
    ("ar", "بين ٢٠٠ و٣٠٠ ألف", 200_000, 300_000),
    ("ar", "على الأقل ٢٠٠ ألف", 200_000, None),
    ("ar", "حتى ٣٠٠ ألف", None, 300_000),
]

NOT_AMOUNTS = [
    "",
    "   ",
    "да",
    "много",
    "не 200",
    "дорого",
    "-5000",
    "- 5000",
    "минус 5000",
    "5000-",
    "87011234567",
    "+7 701 123 45 67",
    "8 701 123 45 67",
    "8-701-123-45-67",
    "1234567890",
    "200, 300",
    "200 и 300",
    "200-300-400",
    "200/300",
    "300-200",
    "тысяч 200",
    "тысяч двести",
    "тысяча 200",
    "2 тысячи в неделю",
    "20 dollars an hour",
    "стопятьдесят тысяч",
    "до 200 до 300",
    "от 200 и до",
    "250 000 300 000",
    "250 000 тысяч",
    "5+5",
    "50%",
    "5000 в день",
    "12.11.2026",
    "1.5",
    "2 триллиона",
    "1000 миллиардов 1",
    "1 000 000 000 001",
    "мне 25 лет",
    "k",
    ".",
    "-",
    "₸",
    "👍",
]


@pytest.mark.parametrize(("language", "typed", "value"), PLAIN)
def test_a_plain_amount(language: str, typed: str, value: int) -> None:
    assert read_amount(typed, language) == Amount(value, value)


@pytest.mark.parametrize(("language", "typed", "low", "high"), BOUNDED)
def test_an_amount_with_bounds(language: str, typed: str, low: int | None, high: int | None) -> None:
    assert read_amount(typed, language) == Amount(low, high)


@pytest.mark.parametrize("typed", NOT_AMOUNTS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_no_amount(typed: str, language: str) -> None:
    assert read_amount(typed, language) is None


@given(
    st.one_of(st.integers(0, 10**7), st.integers(0, HIGHEST)),
    st.sampled_from(["en", "ru", "kk", "es", "fr", "ar"]),
    st.sampled_from(["latn", "arab"]),
    st.sampled_from(["en", "ru", "kk", "es", "fr", "ar"]),
)
def test_what_our_screens_write_is_read_back(number: int, written: str, digits: str, own: str) -> None:
    text = format_decimal(number, locale=written, numbering_system=digits if written == "ar" else "latn")
    assert read_amount(text, own) == Amount(number, number)


@given(st.integers(0, 999_999_999), st.sampled_from([" ", "\u00a0", "\u202f", "'", ".", ","]))
def test_thousands_are_set_apart_by_anything(number: int, separator: str) -> None:
    assert read_amount(f"{number:,}".replace(",", separator), "kk") == Amount(number, number)
