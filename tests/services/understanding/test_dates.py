"""Days as people type them in six languages. Today is Wednesday, 18 November 2026."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.dates import read_date

TODAY = date(2026, 11, 18)
LANGUAGES = ["en", "ru", "kk", "es", "fr", "ar"]

MEANT = [
    ("ru", "сегодня", "2026-11-18"),
    ("ru", "завтра", "2026-11-19"),
    ("ru", "послезавтра", "2026-11-20"),
    ("ru", "после завтра", "2026-11-20"),
    ("ru", "в понедельник", "2026-11-23"),
    ("ru", "понедельник", "2026-11-23"),
    ("ru", "панедельник", "2026-11-23"),
    ("ru", "в среду", "2026-11-25"),
    ("ru", "в эту пятницу", "2026-11-20"),
    ("ru", "в следующую пятницу", "2026-11-27"),
    ("ru", "в пятницу на следующей неделе", "2026-11-27"),
    ("ru", "пт", "2026-11-20"),
    ("ru", "через неделю", "2026-11-25"),
    ("ru", "через 3 дня", "2026-11-21"),
    ("ru", "через две недели", "2026-12-02"),
    ("ru", "через месяц", "2026-12-18"),
    ("ru", "через полгода", "2027-05-18"),
    ("ru", "18.11", "2026-11-18"),
    ("ru", "12.11", "2027-11-12"),
    ("ru", "1.12", "2026-12-01"),
    ("ru", "12.11.2026", "2026-11-12"),
    ("ru", "12.11.26", "2026-11-12"),
    ("ru", "12.11.85", "1985-11-12"),
    ("ru", "12 ноября", "2027-11-12"),
    ("ru", "12-го декабря", "2026-12-12"),
    ("ru", "12 декабря 2026 года", "2026-12-12"),
    ("ru", "двадцать первого декабря", "2026-12-21"),
    ("ru", "первое января", "2027-01-01"),
    ("ru", "25 числа", "2026-11-25"),
    ("ru", "12-го", "2026-12-12"),
    ("ru", "пятница, 20 ноября", "2026-11-20"),
    ("ru", "29.02", "2028-02-29"),
    ("ru", "20 нояб", "2026-11-20"),
    ("ru", "20 дек.", "2026-12-20"),
    ("ru", "через пару дней", "2026-11-20"),
    ("ru", "25го", "2026-11-25"),
    ("ru", "25 11", "2026-11-25"),
    ("kk", "бүгін", "2026-11-18"),
    ("kk", "ертең", "2026-11-19"),
    ("kk", "бүрсігүні", "2026-11-20"),
    ("kk", "келесі дүйсенбі", "2026-11-23"),
    ("kk", "келеси дуйсенби", "2026-11-23"),
    ("kk", "дүйсенбіде", "2026-11-23"),
    ("kk", "жұма күні", "2026-11-20"),
    ("kk", "екі аптадан кейін", "2026-12-02"),
    ("kk", "бір аптадан соң", "2026-11-25"),
    ("kk", "12 желтоқсан", "2026-12-12"),
    ("kk", "12 желтоқсанда", "2026-12-12"),
    ("kk", "2026 жылғы 12 желтоқсан", "2026-12-12"),
    ("kk", "в понедельник", "2026-11-23"),
    ("en", "next Monday", "2026-11-23"),
    ("en", "next Friday", "2026-11-27"),
    ("en", "this Friday", "2026-11-20"),
    ("en", "on Friday", "2026-11-20"),
    ("en", "tomorrow", "2026-11-19"),
    ("en", "tommorow", "2026-11-19"),
    ("en", "the day after tomorrow", "2026-11-20"),
    ("en", "12 November 2026", "2026-11-12"),
    ("en", "Dec 12th", "2026-12-12"),
    ("en", "December 12, 2027", "2027-12-12"),
    ("en", "the twelfth of December", "2026-12-12"),
    ("en", "the 20", "2026-11-20"),
    ("en", "on the 20th", "2026-11-20"),
    ("en", "2026-11-12", "2026-11-12"),
    ("en", "in two weeks", "2026-12-02"),
    ("en", "in a week", "2026-11-25"),
    ("en", "3 days from now", "2026-11-21"),
    ("en", "завтра", "2026-11-19"),
    ("es", "mañana", "2026-11-19"),
    ("es", "manana", "2026-11-19"),
    ("es", "pasado mañana", "2026-11-20"),
    ("es", "el próximo lunes", "2026-11-23"),
    ("es", "el viernes que viene", "2026-11-20"),
    ("es", "dentro de dos semanas", "2026-12-02"),
    ("es", "12 de diciembre de 2026", "2026-12-12"),
    ("es", "el 25", "2026-11-25"),
    ("es", "el lunes", "2026-11-23"),
    ("es", "el doce de diciembre", "2026-12-12"),
    ("fr", "demain", "2026-11-19"),
    ("fr", "après-demain", "2026-11-20"),
    ("fr", "lundi prochain", "2026-11-23"),
    ("fr", "dans deux semaines", "2026-12-02"),
    ("fr", "le 1er janvier", "2027-01-01"),
    ("fr", "12 décembre", "2026-12-12"),
    ("fr", "le 25", "2026-11-25"),
    ("fr", "le 25 nov", "2026-11-25"),
    ("fr", "12/12", "2026-12-12"),
    ("ar", "غدا", "2026-11-19"),
    ("ar", "بكرة", "2026-11-19"),
    ("ar", "بعد غد", "2026-11-20"),
    ("ar", "الاثنين القادم", "2026-11-23"),
    ("ar", "يوم الجمعة", "2026-11-20"),
    ("ar", "بعد أسبوعين", "2026-12-02"),
    ("ar", "بعد ثلاثة أيام", "2026-11-21"),
    ("ar", "١٢/١٢/٢٠٢٦", "2026-12-12"),
    ("ar", "12 كانون الأول", "2026-12-12"),
    ("ar", "12 ديسمبر", "2026-12-12"),
]

NOT_DATES = [
    "",
    "да",
    "12",
    "31.02",
    "12.13",
    "32.01",
    "0.5",
    "29.02.2027",
    "2026-13-01",
    "12.11.1800",
    "12.11.2300",
    "на следующей неделе",
    "next week",
    "неделя",
    "понедельник вторник",
    "пятница, 21 ноября",
    "12 ноября декабря",
    "12 13 14 15",
    "через 100000 дней",
    "через 1,5 недели",
    "через",
    "завтра послезавтра",
    "когда-нибудь",
    "через день",
    "сегодня или завтра",
    "в конце месяца",
    "May",
    "12:30",
    "завтра в 10",
    "8 701 123 45 67",
    "31 ноября",
]


@pytest.mark.parametrize(("language", "typed", "day"), MEANT)
def test_a_day(language: str, typed: str, day: str) -> None:
    assert read_date(typed, language, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("typed", NOT_DATES)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_no_day(typed: str, language: str) -> None:
    assert read_date(typed, language, TODAY) is None


@given(
    st.dates(date(1920, 1, 1), date(2190, 12, 31)),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["medium", "long", "full"]),
    st.sampled_from(LANGUAGES),
)
def test_what_our_screens_write_is_read_back(day: date, written: str, width: str, own: str) -> None:
    assert read_date(format_date(day, width, locale=written), written, TODAY) == day
    assert read_date(format_date(day, "long", locale=written), own, TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 12), st.integers(1, 28))
def test_without_a_year_it_is_the_next_such_day(today: date, month: int, day: int) -> None:
    found = read_date(f"{day}.{month:02}", "ru", today)
    assert found is not None
    assert (found.month, found.day) == (month, day)
    assert today <= found < today + timedelta(days=367)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.sampled_from(LANGUAGES), st.integers(0, 6))
def test_a_bare_weekday_is_one_of_the_seven_days_to_come(today: date, language: str, ahead: int) -> None:
    day = today + timedelta(days=1 + ahead)
    assert read_date(format_date(day, "EEEE", locale=language), language, today) == day
