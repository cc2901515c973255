"""A text typed with the wrong layout is read as its keys meant it."""

import pytest

from services.keyboards import LAYOUTS, retyped


@pytest.mark.parametrize(
    ("typed", "layout", "meant_on", "meant"),
    [
        ("cdfhobr", "latin", "ru", "сварщик"),
        ("GJDFH", "latin", "ru", "повар"),
        (",e[ufknth", "latin", "ru", "бухгалтер"),
        ("<E[", "latin", "ru", "бух"),
        ("цудвук", "ru", "latin", "welder"),
        ("l2ytrthktei3", "latin", "kk", "дәнекерлеуші"),
        ("صثمىثق", "ar", "latin", "welner"),
        ("lukl", "latin", "ar", "معنم"),
        ("b", "latin", "ar", "لا"),
        ("لاقهؤن", "ar", "latin", "brick"),
        ("أةاح", "ar", "latin", "hmhp"),
    ],
)
def test_the_same_keys_on_another_layout(typed: str, layout: str, meant_on: str, meant: str) -> None:
    assert retyped(typed, layout, meant_on) == meant


@pytest.mark.parametrize("layout", ["ru", "kk", "ar"])
def test_there_and_back_is_the_same_text(layout: str) -> None:
    keys = " ".join(LAYOUTS["latin"])
    assert retyped(retyped(keys, "latin", layout), layout, "latin") == keys


def test_each_layout_has_a_letter_for_every_key() -> None:
    assert {len(letters) for letters in LAYOUTS.values()} == {len(LAYOUTS["latin"])}
    assert all(len(set(letters)) == len(letters) for letters in LAYOUTS.values())


def test_what_is_on_no_key_stays() -> None:
    assert retyped("😀 ñ", "latin", "ru") == "😀 ñ"
