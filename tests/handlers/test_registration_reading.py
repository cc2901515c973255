"""Typed answers to the registration's questions that offer buttons: what is kept of everyday words."""

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from bot.settings import ROOT
from handlers.registration.reading import WORDS_LIMIT, Reader, Understood
from services.occupations import Occupations, load_occupations
from services.people.drafts import Draft
from services.understanding.spelling import LONGEST
from services.words import Languages
from tests.desks import PACK

LANGUAGES = Languages(ROOT / "locales", ("ar", "en", "es", "fr", "kk", "ru"))
TODAY = date(2026, 11, 23)
WELDER = "7212"


@lru_cache(maxsize=1)
def occupations() -> Occupations:
    return load_occupations(ROOT / "locales" / "occupations")


def kept(question: str, typed: str, language: str = "ru", occupation: str | None = None) -> dict[str, Any] | None:
    draft = Draft(question, {"occupation": occupation})
    read = Reader(LANGUAGES[language], PACK, occupations(), TODAY, draft).read(typed)
    assert read is None or isinstance(read, Understood)
    return read.answers if read else None


@pytest.mark.parametrize(
    ("language", "typed", "level"),
    [
        ("ru", "высшее образование", "higher"),
        ("ru", "колледж", "vocational"),
        ("ru", "2", "basic"),
        ("kk", "орта білім", "secondary"),
        ("fr", "bac", "secondary"),
        ("ar", "جامعة", "higher"),
    ],
)
def test_education_in_everyday_words(language: str, typed: str, level: str) -> None:
    assert kept("education", typed, language) == {"education": level}


@pytest.mark.parametrize("typed", ["колледж и вуз", "школа", "неоконченное высшее", "7"])
def test_education_that_is_not_certain_is_asked_again(typed: str) -> None:
    assert kept("education", typed) is None


@pytest.mark.parametrize(
    ("language", "typed", "hours"),
    [
        ("ru", "2/2", ["shift"]),
        ("ru", "вахта или на дому", ["shift", "remote"]),
        ("ru", "1, 3", ["full", "shift"]),
        ("en", "full time or shifts", ["full", "shift"]),
        ("es", "turnos de noche", ["shift"]),
    ],
)
def test_hours_in_everyday_words(language: str, typed: str, hours: list[str]) -> None:
    assert kept("hours", typed, language) == {"hours": hours}


@pytest.mark.parametrize("typed", ["не вахта", "вахта, но рядом с домом", "как получится"])
def test_hours_said_only_in_part_are_asked_again(typed: str) -> None:
    assert kept("hours", typed) is None


@pytest.mark.parametrize(
    ("language", "typed", "months"),
    [
        ("ru", "новичок", 0),
        ("ru", "много лет", 150),
        ("ru", "7 лет", 84),
        ("en", "all my life", 150),
        ("fr", "je débute", 0),
    ],
)
def test_experience_in_everyday_words(language: str, typed: str, months: int) -> None:
    assert kept("experience", typed, language) == {"experience": months}


def test_adaptation_in_everyday_words() -> None:
    assert kept("adaptation", "плохо слышу, без лестниц") == {"adaptation": ["step_free", "hearing"]}
    assert kept("adaptation", "I can't hear well", "en") == {"adaptation": ["hearing"]}
    assert kept("adaptation", "хорошо слышу") is None


@pytest.mark.parametrize(
    ("language", "typed", "skills"),
    [
        ("ru", "права категории б и компьютер", ["driving_licence_b", "computer"]),
        ("ru", "медкнижка", ["medical_book"]),
        ("en", "licence b", ["driving_licence_b"]),
        ("es", "carnet de conducir", ["driving_licence_b"]),
        ("ar", "رخصة سياقة", ["driving_licence_b"]),
    ],
)
def test_skills_that_are_all_understood_need_no_own_words(language: str, typed: str, skills: list[str]) -> None:
    assert kept("skills", typed, language) == {"skills": skills, "skills_words": None}


def test_skills_beside_own_words_keep_both() -> None:
    said = "права категории б, умею варить борщ"
    assert kept("skills", said) == {"skills": ["driving_licence_b"], "skills_words": said}


@pytest.mark.parametrize("said", ["умею варить борщ", "ремонт телефонов", "нет прав, умею варить борщ"])
def test_skills_in_own_words_alone_are_kept_as_they_are(said: str) -> None:
    assert kept("skills", said) == {"skills": None, "skills_words": said}


def test_a_paper_is_found_for_the_occupation_that_needs_it() -> None:
    said = "корочка сварщика"
    assert kept("skills", said, occupation=WELDER) == {"skills": ["certificate_welding"], "skills_words": None}
    assert kept("skills", said) == {"skills": None, "skills_words": said}


def test_a_letter_is_kept_as_its_beginning() -> None:
    assert kept("skills", "б" * (LONGEST + 1)) == {"skills": None, "skills_words": "б" * WORDS_LIMIT}


@pytest.mark.parametrize("typed", ["", "?!", "12345", "😀"])
def test_skills_without_a_letter_are_asked_again(typed: str) -> None:
    assert kept("skills", typed) is None


@pytest.mark.parametrize(
    ("language", "typed", "spoken"),
    [
        ("kk", "казакша орсша", ["kk", "ru"]),
        ("kk", "қазақша орысша", ["kk", "ru"]),
        ("ar", "عربي و شوي روسي", ["ru", "ar"]),
        ("ar", "الفرنسية", ["fr"]),
    ],
)
def test_languages_with_slips_and_words_between(language: str, typed: str, spoken: list[str]) -> None:
    assert kept("languages", typed, language) == {"languages": spoken}


@pytest.mark.parametrize("typed", ["колледж бітірдім", "колледж битирдим", "колледж битрдм"])
def test_a_school_is_known_beside_words_typed_in_haste(typed: str) -> None:
    assert kept("education", typed, "kk") == {"education": "vocational"}
    assert kept("education", f"{typed} жоқ", "kk") is None


def test_a_length_without_vowels_is_read() -> None:
    assert kept("experience", "ек жылдай", "kk") == {"experience": 24}
    assert kept("experience", "жарты кун", "kk") is None
