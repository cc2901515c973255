"""Words are recognised despite slips, and not where everything would be near to everything."""

import pytest

from services.spelling import Speller, slips_allowed

SPELLER = Speller(["carpenter", "car", "barber", "baker", "electrician", "welder"], "en")


@pytest.mark.parametrize(
    "typed", ["carpeter", "carppenter", "carpetner", "csrpenter", "carpanter", "karpenter", "crapentr"]
)
def test_a_word_is_recognised_with_slips(typed: str) -> None:
    assert list(SPELLER.near(typed)) == ["carpenter"]


def test_the_same_sound_is_told_from_slips() -> None:
    assert SPELLER.near("elektritian")["electrician"].same_sound
    assert not SPELLER.near("elektrifian")["electrician"].same_sound


def test_fewer_slips_are_more_alike() -> None:
    one, two = SPELLER.near("carpenterx")["carpenter"], SPELLER.near("xarpenterx")["carpenter"]
    assert one.alike > two.alike


@pytest.mark.parametrize("typed", ["cat", "c", "", "zzxxqqk", "window"])
def test_other_words_are_near_to_nothing(typed: str) -> None:
    assert SPELLER.near(typed) == {}


def test_short_words_allow_no_slips_and_long_ones_three() -> None:
    assert [slips_allowed(length) for length in (1, 3, 4, 6, 10, 30)] == [0, 0, 1, 2, 3, 3]
