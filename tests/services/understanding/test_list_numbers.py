"""Numbers of list items: which places, none of the list, or no numbers at all."""

import pytest

from services.understanding.list_numbers import numbered_places


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("2", [1]),
        ("2 2 2", [1]),
        ("двадцать один", [20]),
        ("двадцать, один", [0, 19]),
        ("21-23", [20, 21, 22]),
        ("the first one", [0]),
        ("first, two", [0, 1]),
        ("последний", [24]),
        ("26", []),
        ("0", []),
        ("1 и 26", []),
        ("999999999", []),
        ("3-1", None),
        ("-3", None),
        ("и", None),
        ("2 штуки", None),
        ("", None),
    ],
)
def test_places_of_a_list_of_twenty_five(typed: str, places: list[int] | None) -> None:
    assert numbered_places(typed, 25, "ru") == places


def test_every_place_and_both_of_two() -> None:
    assert numbered_places("все", 3, "ru") == [0, 1, 2]
    assert numbered_places("оба", 2, "ru") == [0, 1]
    assert numbered_places("оба", 3, "ru") is None
