"""Which language is asked first, and that every language is asked."""

from decimal import Decimal

import pytest

from services.understanding import shelf
from services.understanding.meanings import Kind, Meaning
from services.understanding.spelling import MOST_PIECES, pieces
from services.understanding.vocabulary import vocabularies


def test_the_own_language_is_asked_first_then_its_neighbours_then_the_rest() -> None:
    assert shelf._order("kk")[:2] == ["kk", "ru"]
    assert shelf._order("ar")[:3] == ["ar", "fr", "en"]
    assert set(shelf._order("fr")) == set(vocabularies())


def test_a_language_nobody_offers_asks_all_others() -> None:
    assert set(shelf._order("xx")) == set(vocabularies())


@pytest.mark.parametrize(("language", "meant"), [("es", 11), ("fr", 11)])
def test_a_word_of_two_languages_means_what_it_does_in_the_own_one(language: str, meant: int) -> None:
    word = {"es": "once", "fr": "onze"}[language]
    first = next(shelf.readings(pieces(word), shelf.books(shelf.cardinals, language)))
    assert first == [Meaning(Kind.CARDINAL, Decimal(meant))]


def test_words_of_all_languages_stand_in_every_book() -> None:
    for book in shelf.books(shelf.cardinals, "en"):
        assert book.meanings(pieces("пять бес five cinco cinq خمسة")) == [Meaning(Kind.CARDINAL, Decimal(5))] * 6


def test_far_too_much_and_nothing_have_no_reading() -> None:
    books = shelf.books(shelf.cardinals, "ru")
    assert list(shelf.readings(pieces("пять " * (MOST_PIECES + 1)), books)) == []
    assert list(shelf.readings([], books)) == []


@pytest.mark.parametrize("language", ["en", "ru", "kk", "es", "fr", "ar"])
def test_babels_names_of_days_and_months_are_known(language: str) -> None:
    book = shelf.books(shelf.calendar, language)[0]
    names = dict(shelf.calendar(vocabularies()[language], language))
    assert {int(one.value) for one in names.values() if one.kind is Kind.WEEKDAY} == set(range(1, 8))
    assert {int(one.value) for one in names.values() if one.kind is Kind.MONTH} == set(range(1, 13))
    assert all(book.meanings(pieces(name)) for name in names)
