"""Folding: what people type and what the catalogue says become comparable."""

import pytest

from services.folding import fold, plain_letters, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Қарағанды", "караганды"),
        ("  УСТЬ-Каменогорск! ", "усть каменогорск"),
        ("Актёр", "актер"),
        ("свaрщик", "сварщик"),
        ("taxi в Astana", "taxi в astana"),
        ("1С", "1с"),
        ("Diseñador", "disenador"),
        ("Maçon, ménagère", "macon menagere"),
        ("main d’œuvre", "main d oeuvre"),
        ("ｆｕｌｌ width", "full width"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\x00b", "a b"),
        ("😀", ""),
        ("", ""),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("أحمد إبراهيم آمنة", "احمد ابراهيم امنه"),
        ("مُعَلِّم", "معلم"),
        ("خبـــاز", "خباز"),
        ("سائق", "سايق"),
        ("محامى", "محامي"),
        ("مکانیک", "مكانيك"),
        ("٢٠٢٦", "2026"),
        ("\u202bنجار\u200f", "نجار"),
    ],
)
def test_arabic_spellings_of_one_word_are_one(typed: str, meant: str) -> None:
    assert fold(typed) == meant


def test_words_keep_their_order() -> None:
    assert words("Жұмыс, іздеймін") == ["жумыс", "издеимин"]


def test_whole_files_keep_what_stands_between_the_words() -> None:
    assert plain_letters("7212 | Әнші, Ёж\nÉté | ß") == "7212 | анши, еж\nete | ss"
