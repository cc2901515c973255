"""Folding: what people type and what the catalogue says become comparable."""

import pytest

from services.folding import fold, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Қарағанды", "караганды"),
        ("  УСТЬ-Каменогорск! ", "усть каменогорск"),
        ("Актёр", "актер"),
        ("свaрщик", "сварщик"),
        ("taxi в Astana", "taxi в astana"),
        ("1С", "1с"),
        ("", ""),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_words_keep_their_order() -> None:
    assert words("Жұмыс, іздеймін") == ["жумыс", "издеимин"]
