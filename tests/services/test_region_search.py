"""Places named within a sentence, and sentences that only look as if they named one."""

import pytest

from tests.desks import PACK


@pytest.mark.parametrize(
    ("language", "typed", "codes", "town"),
    [
        ("ru", "под карагандой, темиртау", ["KZ-35"], "Темиртау"),
        ("ru", "живу в темиртау", ["KZ-35"], "Темиртау"),
        ("ru", "где-то возле карагандой", ["KZ-35"], "Караганда"),
        ("ru", "я живу в усть-каменогорске", ["KZ-63"], "Усть-Каменогорск"),
        ("en", "I live near Karaganda", ["KZ-35"], "Karaganda"),
        ("en", "I live in the Karaganda region", ["KZ-35"], None),
        ("kk", "мен теміртауда тұрамын", ["KZ-35"], "Теміртау"),
        ("es", "vivo cerca de karaganda", ["KZ-35"], "Karaganda"),
        ("fr", "j'habite à côté de karaganda", ["KZ-35"], "Karaganda"),
        ("ar", "انا ساكن قرب كاراغندا", ["KZ-35"], "كاراغندا"),
    ],
)
def test_a_place_within_a_sentence(language: str, typed: str, codes: list[str], town: str | None) -> None:
    found = PACK.find_regions(typed, language)
    assert [one.code for one in found] == codes
    assert PACK.town_said(found[0], typed) == town


def test_several_places_are_all_offered() -> None:
    assert {one.code for one in PACK.find_regions("из алматы в астану", "ru")} == {"KZ-75", "KZ-19", "KZ-71"}


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("ru", "рядом с домом"),
        ("ru", "моя большая семья"),
        ("ru", "на улице абая"),
        ("ru", "ищу в москве"),
        ("ru", "где угодно, шым"),
        ("en", "near my home"),
        ("en", "I live in a small village"),
        ("kk", "ауылда тұрамын"),
    ],
)
def test_a_sentence_without_a_place_names_none(language: str, typed: str) -> None:
    assert PACK.find_regions(typed, language) == []
