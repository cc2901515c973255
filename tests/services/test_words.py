"""Words in a language: filled safely, counted by the language's rule, written as its readers write."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wiring import LOCALES
from services.words import Languages, Translate, fill


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages(LOCALES, ("en", "ru", "kk"))


@pytest.fixture(scope="module")
def english(languages: Languages) -> Translate:
    return languages["en"]


@given(st.text(), st.text())
def test_values_are_never_read_as_templates(first: str, second: str) -> None:
    assert fill("{a}|{b}", {"a": first, "b": second}) == f"{first}|{second}"


@pytest.mark.parametrize("template", ["{0}", "{}", "{a.__class__}", "{a[0]}", "{a!r}", "{a:>9}", "%s", "{A}"])
def test_no_format_code_reaches_anything(template: str) -> None:
    assert fill(template, {"a": "secret"}) == template


def test_a_name_nobody_gave_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("{missing}", {})


def test_an_unknown_language_falls_back_to_the_first_offered(languages: Languages) -> None:
    assert languages["fr"].language == "en"


@pytest.mark.parametrize(
    ("phone", "guess"), [("ru", "ru"), ("ru-RU", "ru"), ("KK", "kk"), ("fr", "en"), ("", "en"), (None, "en")]
)
def test_the_phone_is_a_guess(languages: Languages, phone: str | None, guess: str) -> None:
    assert languages.guess(phone) == guess


def test_every_language_is_named_in_itself(languages: Languages) -> None:
    assert [languages.own_name(code) for code in languages.offered] == ["English", "Русский", "Қазақ тілі"]


def test_numbers_money_dates_and_lists_are_written_as_the_language_does(languages: Languages) -> None:
    en, ru = languages["en"], languages["ru"]
    assert en.number(1234567) == "1,234,567"
    assert ru.number(1234567).replace("\xa0", " ") == "1 234 567"
    assert en.money(250000, "KZT") == "250,000 ₸"
    assert en.day(date(2026, 3, 2)) == "March 2, 2026"
    assert ru.day(date(2026, 3, 2)).startswith("2 марта 2026")
    assert en.listed(["a", "b", "c"]) == "a, b, and c"
    assert ru.listed(["a", "b", "c"]) == "a, b и c"
    assert en.clock(datetime(2026, 3, 2, 4, 5, tzinfo=UTC), "Asia/Almaty") == "09:05"


def test_counted_sentences_follow_the_plural_rule(english: Translate) -> None:
    assert english.many("{n} vacancy", "{n} vacancies", 1) == "1 vacancy"
    assert english.many("{n} vacancy", "{n} vacancies", 1000) == "1,000 vacancies"


@pytest.fixture(scope="module")
def arabic() -> Translate:
    return Languages(LOCALES, ("en", "ar"))["ar"]


LEFT, FIRST, END = "\u2066", "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Aigul", f"{LEFT}Aigul{END}"),
        ("250,000 ₸", f"{LEFT}250,000 ₸{END}"),
        ("+7 701 123", f"{LEFT}+7 701 123{END}"),
        ("9", "9"),
        ("عائشة", "عائشة"),
        ("عائشة A", f"{FIRST}عائشة A{END}"),
        ("…", "…"),
        ("", ""),
    ],
)
def test_what_is_written_the_other_way_is_isolated_in_arabic(arabic: Translate, value: str, shown: str) -> None:
    assert arabic.isolated(value) == shown
    assert arabic.fact("الاسم", value) == ("الاسم:", " ", shown)


def test_an_arabic_name_is_isolated_in_english_and_an_english_one_is_not(english: Translate) -> None:
    assert english("{name}, what do you need?", name="عائشة") == f"{FIRST}عائشة{END}, what do you need?"
    assert english("{name}, what do you need?", name="Aigul") == "Aigul, what do you need?"


def test_a_command_keeps_its_stroke_in_front_in_arabic(arabic: Translate) -> None:
    shown = arabic("/cancel – leave a form")
    assert shown.count(f"{LEFT}/cancel{END}") == 1
    assert shown.replace(f"{LEFT}/cancel{END}", "").count("/") == 0


@given(st.text(max_size=40))
def test_isolating_adds_marks_and_nothing_else(value: str) -> None:
    words = Languages(LOCALES, ("en",))["en"]
    shown = words.isolated(value)
    assert shown in (value, f"{LEFT}{value}{END}", f"{FIRST}{value}{END}")


def test_a_language_without_a_catalogue_is_not_offered() -> None:
    with pytest.raises(FileNotFoundError):
        Languages(LOCALES, ("en", "xx"))
