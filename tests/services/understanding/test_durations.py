"""How long somebody worked, as people type it in six languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.durations import read_months
from tests.services.understanding.number_words import LANGUAGES, spelt

TODAY = date(2026, 11, 18)

LENGTHS = [
    ("ru", "5 лет", 60),
    ("ru", "год", 12),
    ("ru", "полгода", 6),
    ("ru", "пол года", 6),
    ("ru", "полтора года", 18),
    ("ru", "год с половиной", 18),
    ("ru", "два с половиной года", 30),
    ("ru", "1,5 года", 18),
    ("ru", "3 года и 6 месяцев", 42),
    ("ru", "3 года 6 мес", 42),
    ("ru", "3г 6м", 42),
    ("ru", "лет пять", 60),
    ("ru", "около пяти лет", 60),
    ("ru", "больше 5 лет", 60),
    ("ru", "5+ лет", 60),
    ("ru", "до 2 лет", 12),
    ("ru", "меньше года", 6),
    ("ru", "2-3 года", 30),
    ("ru", "два-три года", 30),
    ("ru", "от 2 до 4 лет", 36),
    ("ru", "6-12 месяцев", 9),
    ("ru", "полгода-год", 9),
    ("ru", "с 2015 года", 132),
    ("ru", "с марта 2020", 80),
    ("ru", "2015-2020", 60),
    ("ru", "с 2015 по 2020 год", 60),
    ("ru", "стаж 5 лет", 60),
    ("ru", "5 лет сварщиком", 60),
    ("ru", "работал 3 месяца", 3),
    ("ru", "2 недели", 1),
    ("ru", "10 дней", 1),
    ("ru", "нет опыта", 0),
    ("ru", "без опыта работы", 0),
    ("ru", "пару лет", 24),
    ("ru", "с 2010 г.", 192),
    ("ru", "3-4 месяца", 4),
    ("ru", "без опыта", 0),
    ("ru", "нет", 0),
    ("ru", "Не работала.", 0),
    ("ru", "ноль", 0),
    ("kk", "5 жыл", 60),
    ("kk", "бес жыл", 60),
    ("kk", "жарты жыл", 6),
    ("kk", "бір жарым жыл", 18),
    ("kk", "екі жарым жыл", 30),
    ("kk", "3 жыл 6 ай", 42),
    ("kk", "5 жылдан көп", 60),
    ("kk", "2015 жылдан бері", 132),
    ("kk", "тәжірибем жоқ", 0),
    ("kk", "жоқ", 0),
    ("kk", "5 лет", 60),
    ("kk", "бір-екі жыл", 18),
    ("kk", "бес жылдық тәжірибем бар", 60),
    ("kk", "жұмыс істемегенмін", 0),
    ("en", "half a year", 6),
    ("en", "two years", 24),
    ("en", "a year and a half", 18),
    ("en", "3 years 6 months", 42),
    ("en", "10", 120),
    ("en", "0", 0),
    ("en", "1.5", 18),
    ("en", "since 2015", 132),
    ("en", "since 2026", 10),
    ("en", "no experience", 0),
    ("en", "never worked", 0),
    ("en", "at least 5 years", 60),
    ("en", "less than a year", 6),
    ("en", "5 years as a cook", 60),
    ("en", "I worked for 6 months", 6),
    ("en", "полгода", 6),
    ("es", "cinco años", 60),
    ("es", "año y medio", 18),
    ("es", "medio año", 6),
    ("es", "2 años y 3 meses", 27),
    ("es", "desde 2015", 132),
    ("es", "desde hace 5 años", 60),
    ("es", "sin experiencia", 0),
    ("es", "de 2 a 3 años", 30),
    ("fr", "5 ans d'expérience", 60),
    ("fr", "un an et demi", 18),
    ("fr", "depuis 2015", 132),
    ("fr", "depuis 5 ans", 60),
    ("fr", "sans expérience", 0),
    ("fr", "six mois", 6),
    ("ar", "خمس سنوات", 60),
    ("ar", "سنة واحدة", 12),
    ("ar", "سنتين ونصف", 30),
    ("ar", "٣ سنوات و٦ أشهر", 42),
    ("ar", "شهرين", 2),
    ("ar", "نصف سنة", 6),
    ("ar", "منذ ٢٠١٥", 132),
    ("ar", "بدون خبرة", 0),
    ("ar", "لا يوجد", 0),
]

NOT_LENGTHS = [
    "",
    "да",
    "много",
    "давно",
    "200",
    "-5",
    "5 лет назад",
    "5 years ago",
    "мне 35 лет",
    "с 15 лет",
    "35 years old",
    "hace 5 años",
    "до 2015",
    "в 2030 году",
    "5 лет 3 года",
    "5 лет 3",
    "6 месяцев 5 лет",
    "2 3 года",
    "нет 5 лет",
    "5 лет нет",
    "2020-2015",
    "2015 2016 2017",
    "3-2 года",
    "сто лет",
    "сварщиком",
    "работал на стройке в городе 5",
    "5 лет работал на стройке и потом ещё 3",
    "повар, потом пять лет водитель, сейчас дома сижу с детьми",
    "87011234567",
]


@pytest.mark.parametrize(("language", "typed", "months"), LENGTHS)
def test_a_length_of_work(language: str, typed: str, months: int) -> None:
    assert read_months(typed, language, TODAY) == months


@pytest.mark.parametrize("typed", NOT_LENGTHS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_no_length_of_work(typed: str, language: str) -> None:
    assert read_months(typed, language, TODAY) is None


YEARS = {"en": "years", "ru": "лет", "kk": "жыл", "es": "años", "fr": "ans", "ar": "سنة"}


@given(st.integers(3, 70), st.sampled_from(sorted(LANGUAGES)), st.sampled_from(sorted(LANGUAGES)))
def test_spelt_years_are_read(years: int, written: str, own: str) -> None:
    assert read_months(f"{spelt(years, written)} {YEARS[written]}", own, TODAY) == 12 * years


@given(st.integers(1, 35), st.integers(0, 35))
def test_of_a_range_it_is_the_middle(low: int, more: int) -> None:
    assert read_months(f"{low}-{low + more} лет", "ru", TODAY) == 12 * low + 6 * more


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(0, 30))
def test_since_a_year_counts_to_today(today: date, ago: int) -> None:
    months = read_months(f"since {today.year - ago}", "en", today)
    assert months == (12 * ago if ago else today.month - 1)


@pytest.mark.parametrize(
    ("language", "typed"), [("kk", "жарты күн"), ("kk", "жарты кун"), ("en", "2 days"), ("ru", "полдня")]
)
def test_less_than_a_week_tells_no_experience(language: str, typed: str) -> None:
    assert read_months(typed, language, date(2026, 11, 23)) is None
