"""A word is taken for words of the vocabulary, each as surely as its letters allow."""

import pytest

from services.vocabulary import BEGINNING, SAME, SAME_SOUND, SAME_STEM, SLIPS, TAIL, Vocabulary

ENGLISH = Vocabulary(["welder", "welding", "nurse", "mechanic", "driver", "car"], "en")
RUSSIAN = Vocabulary(["монтер", "продавец", "продажа"], "ru")
ARABIC = Vocabulary(["سايق", "مهندس", "سوق"], "ar")


@pytest.mark.parametrize(
    ("typed", "meant", "least", "most"),
    [
        ("welding", "welding", SAME, SAME),
        ("nurses", "nurse", SAME_STEM, SAME_STEM),
        ("mekanic", "mechanic", 0.6, SLIPS),
        ("nurce", "nurse", SAME_SOUND, SAME_SOUND),
        ("mecha", "mechanic", 0.8, BEGINNING),
        ("mechanician", "mechanic", 0.8, BEGINNING),
        ("drievr", "driver", 0.5, SLIPS),
        ("motordriver", "driver", TAIL, TAIL),
    ],
)
def test_how_surely_a_word_is_meant(typed: str, meant: str, least: float, most: float) -> None:
    assert least <= ENGLISH.meant(typed)[meant] <= most


def test_slips_are_not_looked_for_beside_the_very_word() -> None:
    made = Vocabulary(["diver", "driver"], "en")
    assert set(made.meant("diver")) == {"diver"}
    assert "driver" in made.meant("dirver")


def test_a_beginning_must_be_most_of_both_words() -> None:
    assert "welding" not in ENGLISH.meant("weldsomethinglong")
    assert ENGLISH.meant("wel") == {}


def test_compounds_are_known_by_their_tail() -> None:
    assert RUSSIAN.meant("электромонтер")["монтер"] == TAIL


def test_arabic_in_latin_letters_is_known_by_its_consonants() -> None:
    assert ARABIC.meant_in_latin("موهانديس")["مهندس"] == SAME_SOUND
    assert max(ARABIC.meant_in_latin("ساق"), key=ARABIC.meant_in_latin("ساق").__getitem__) == "سايق"


@pytest.mark.parametrize("typed", ["x", "", "zzz", "window", "12"])
def test_other_words_mean_nothing(typed: str) -> None:
    assert ENGLISH.meant(typed) == {}
