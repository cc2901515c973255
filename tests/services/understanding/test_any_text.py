"""Whatever is typed, readers answer or refuse; none of them fails."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.amounts import HIGHEST, read_amount
from services.understanding.choices import read_choice, read_choices
from services.understanding.commands import read_command
from services.understanding.dates import read_date
from services.understanding.digits import plain_digits
from services.understanding.durations import LONGEST, read_months
from services.understanding.labels import label_words
from services.understanding.phones import read_phone
from services.understanding.vocabulary import Vocabulary, vocabularies
from services.understanding.yes_no import read_yes_no

TODAY = date(2026, 11, 18)
LABELS = ["Полный день", "Full time", "دوام كامل", "2/2", ""]
READERS: list[Callable[[str, str], object]] = [
    read_amount,
    lambda text, language: read_months(text, language, TODAY),
    read_yes_no,
    lambda text, language: read_choice(text, LABELS, language),
    lambda text, language: read_choices(text, LABELS, language),
    lambda text, language: read_date(text, language, TODAY),
    read_command,
    lambda text, language: read_phone(text, "KZ"),
    lambda text, language: plain_digits(text),
]
STRANGE = [
    "",
    "\0",
    "\0" * 300,
    "5\x00 лет",
    "🙂" * 4096,
    "👨‍👩‍👧‍👦" * 500,
    "\u202e25000\u202c",
    "\u2066\u2067\u2069",
    "\ud800",
    "9" * 4096,
    "9" * 199,
    "1," * 2000,
    "1.1.1.1.1.1.1.1.1.1",
    "0.0000000000000000000000000000000001",
    "99999999999999999.9999999999999999 млн",
    "9999 миллиардов миллиардов миллиардов",
    "через 999999999 лет",
    "через 0 дней",
    "0.0",
    "00.00.0000",
    "99.99.9999",
    "1-999999999",
    "e\u0301" * 100,
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "<b>25</b>",
    "' OR 1=1 --",
    "½½½",
    "²³",
    "Ⅻ",
    "-" * 200,
    "и " * 100,
    "١" * 150,
]


def vocabulary_words(words: Vocabulary) -> set[str]:
    return {
        *(word for forms in words.numbers.cardinals.values() for word in forms),
        *(word for forms in words.numbers.scales.values() for word in forms),
        *(word for forms in words.numbers.ordinals.values() for word in forms),
        *(word for forms in words.units.values() for word in forms),
        *words.bounds.low,
        *words.bounds.high,
        *words.numbers.joins,
        *words.dates.ahead,
        *words.experience.nothing,
        *words.choosing.every,
        *words.parts.from_after,
    }


WORDS = sorted(set().union(*(vocabulary_words(words) for words in vocabularies().values())))
MIXED = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.integers(0, 10**6).map(str),
        st.sampled_from(["-", "+", ",", ".", "/", "и", "1.500", "250 000", "2015", "\u202e", "👍", "½"]),
    ),
    max_size=12,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda glue: glue.join(parts)))
LANGUAGE = st.sampled_from([*sorted(vocabularies()), "xx", ""])


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("language", ["ru", "ar", "xx"])
def test_strange_texts_are_no_failure(text: str, language: str) -> None:
    for read in READERS:
        read(text, language)


@given(st.text(max_size=300), LANGUAGE)
def test_no_text_is_a_failure(text: str, language: str) -> None:
    for read in READERS:
        read(text, language)


@given(MIXED, LANGUAGE)
def test_words_of_the_vocabulary_in_any_order_are_no_failure(text: str, language: str) -> None:
    for read in READERS:
        read(text, language)


@given(MIXED, LANGUAGE)
def test_what_is_read_is_within_reason(text: str, language: str) -> None:
    amount = read_amount(text, language)
    if amount is not None:
        assert all(bound is None or 0 <= bound <= HIGHEST for bound in (amount.low, amount.high))
        assert (amount.low, amount.high) != (None, None)
        assert amount.low is None or amount.high is None or amount.low <= amount.high
    months = read_months(text, language, TODAY)
    assert months is None or 0 <= months <= LONGEST
    places = read_choices(text, LABELS, language)
    assert places is None or (places == sorted(set(places)) and set(places) <= set(range(len(LABELS))) and places)


@given(st.text(max_size=50), LANGUAGE)
def test_a_reader_says_the_same_twice(text: str, language: str) -> None:
    for read in READERS:
        assert read(text, language) == read(text, language)


def test_words_of_a_text_that_is_too_long_are_not_compared() -> None:
    assert label_words("слово " * 100, "ru") == ()
