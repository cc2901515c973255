"""What people do every day leads to occupations that fit, whatever the order they told it in."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.everyday.work import SUGGESTIONS, load_everyday
from services.occupations import load_occupations

LOCALES = Path(__file__).parents[3] / "locales"
LANGUAGES = ("ar", "en", "es", "fr", "kk", "ru")
OCCUPATIONS = load_occupations(LOCALES / "occupations")
EVERYDAY = load_everyday(LOCALES / "everyday", OCCUPATIONS.codes)
ACTIVITIES = [activity for place in EVERYDAY.places for activity in EVERYDAY.activities(place)]

PEOPLE = {
    "a mother of three": ("clean_home cook_family small_children homework", "5311"),
    "a daughter at her mother's bed": ("old_person medicine clean_home", "5322"),
    "a farm hand": ("cattle milking tractor", "9212"),
    "a woman with a garden": ("vegetables flowers_trees preserve", "6111"),
    "a young man with a phone": ("sell_online photos set_up_devices", "5244"),
    "a neighbour who sews": ("sew mend_clothes embroider cook_family", "7531"),
    "the cook of every wedding": ("cook_many bake feasts peel_cut", "5120"),
    "a woman at the bazaar": ("sell_stall take_payments resell", "5211"),
    "a man who drives people": ("drive_car passengers wash_cars", "8322"),
    "a helper at building sites": ("dig_carry bricks load", "9313"),
    "a man who welds gates": ("welding home_repairs dig_carry", "7212"),
    "a boy with a bicycle": ("two_wheels deliver load", "9621"),
    "a girl at a computer": ("type forms answer_calls", "4110"),
    "a cleaner of stairs": ("clean_offices sweep wash_dishes", "9112"),
    "a man at the gate": ("guard sweep home_repairs", "5414"),
    "a woman who cuts hair in her kitchen": ("hair nails cook_family", "5141"),
}


def codes(chosen: str, liked: str = "") -> list[str]:
    return [one.code for one in EVERYDAY.suggest(chosen.split(), liked.split())]


@pytest.mark.parametrize("person", PEOPLE)
def test_what_somebody_does_is_found_among_three(person: str) -> None:
    chosen, expected = PEOPLE[person]
    assert expected in codes(chosen)


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_one_activity_is_enough_and_its_best_work_comes_first(activity: str) -> None:
    suggested = EVERYDAY.suggest([activity])
    assert len({one.code for one in suggested}) == SUGGESTIONS
    assert all(one.because == (activity,) for one in suggested)
    assert all(one.code in OCCUPATIONS.codes for one in suggested)


def test_about_eighty_activities_in_ten_places() -> None:
    assert len(EVERYDAY.places) == 10
    assert len(ACTIVITIES) == len(set(ACTIVITIES)) >= 70
    assert all(6 <= len(EVERYDAY.activities(place)) <= 9 for place in EVERYDAY.places)


@given(st.lists(st.sampled_from(ACTIVITIES), unique=True, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_telling_changes_nothing(chosen: list[str], chance: Random) -> None:
    liked = chosen[: len(chosen) // 3]
    mixed, mixed_liked = chance.sample(chosen, len(chosen)), chance.sample(liked, len(liked))
    suggested = EVERYDAY.suggest(chosen, liked)
    assert EVERYDAY.suggest(mixed, mixed_liked) == suggested
    assert len({one.code for one in suggested}) == SUGGESTIONS
    assert all(set(one.because) <= set(chosen) and one.because for one in suggested)


def test_a_wish_outweighs_what_was_merely_done() -> None:
    done = "clean_home wash_iron run_household cook_family sew"
    assert "7531" not in codes(done)[:1]
    assert codes(done, "sew")[:2] == ["7531", "8153"]


def test_different_sides_of_a_person_are_shown() -> None:
    assert set(codes("cook_many sew poultry")) == {"5120", "7531", "6122"}


def test_the_strongest_reason_stands_first() -> None:
    suggested = EVERYDAY.suggest(["cook_family", "peel_cut", "cook_many"])
    because = {one.code: one.because for one in suggested}
    assert because["5120"][0] == "cook_many"
    assert because["9412"][0] == "peel_cut"


@pytest.mark.parametrize("chosen", [[], ["no_such_thing"]])
def test_nothing_known_suggests_nothing(chosen: list[str]) -> None:
    assert EVERYDAY.suggest(chosen) == []


def test_words_in_another_language_fall_back_to_english() -> None:
    assert EVERYDAY.label("sew", "ru") == "Шить одежду"
    assert EVERYDAY.label("sew", "de") == "Sew clothes"
    assert EVERYDAY.label("home", "kk") == "Үйде"
    assert EVERYDAY.label("no_such_thing", "en") == "no_such_thing"


def test_own_words_are_whole_activities_within_the_limit() -> None:
    assert EVERYDAY.own_words(["sew", "mend_clothes"], "en", 120) == "Sew clothes, mend clothes"
    assert EVERYDAY.own_words(["sew", "mend_clothes"], "en", 20) == "Sew clothes"
    assert EVERYDAY.own_words([], "en", 20) == ""


TOLD = {
    "en": {
        "I cooked and looked after my mother": {"cook_family", "old_person"},
        "we cooked for a wedding and I drove a tractor": {"cook_many", "tractor"},
        "looked after my grandmoter, feeding chikens": {"old_person", "poultry"},
        "cleaned the house, washed dishes, baked bread": {"clean_home", "wash_dishes", "bake"},
        "fixed my neighbour's car": {"engines", "help_neighbours"},
    },
    "ru": {
        "Я готовила и ухаживала за мамой": {"cook_family", "old_person"},
        "доила коров, сидела с внуками": {"milking", "small_children"},
        "красил стены и клал плитку": {"paint_plaster", "tiles_floors"},
        "МЫЛА ПОЛЫ В ШКОЛЕ": {"clean_offices"},
    },
    "kk": {
        "тамақ пісірдім, анама қарадым": {"cook_family", "old_person"},
        "мал бақтым, сиыр саудым": {"cattle", "milking"},
        "коп адамга тамак писирдим": {"cook_many"},
        "көйлек тіктім, көлік жүргіздім": {"sew", "drive_car"},
    },
    "es": {
        "cociné y cuidé a mi madre": {"cook_family", "old_person"},
        "limpié la casa y lavé los platos": {"clean_home", "wash_dishes"},
        "cosi vestidos, arreglé el carro": {"sew", "engines"},
    },
    "fr": {
        "j'ai cuisiné et je me suis occupée de ma mère": {"cook_family", "old_person"},
        "j'ai fait le ménage et la vaisselle": {"clean_home", "wash_dishes"},
        "j'ai gardé les enfants, cousu des robes": {"small_children", "sew"},
    },
    "ar": {
        "طبخت واعتنيت بأمي": {"cook_family", "old_person"},
        "نظفت البيت وغسلت الصحون": {"clean_home", "wash_dishes"},
        "كنت أخيط الفساتين": {"sew"},
    },
}


@pytest.mark.parametrize(("language", "said"), [(code, said) for code, every in TOLD.items() for said in every])
def test_a_sentence_is_understood(language: str, said: str) -> None:
    assert set(EVERYDAY.understand(said, language).activities) == TOLD[language][said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_found_when_typed(language: str) -> None:
    for activity in ACTIVITIES:
        assert EVERYDAY.understand(EVERYDAY.label(activity, language), language).activities == (activity,)
    for place in EVERYDAY.places:
        assert place in EVERYDAY.understand(EVERYDAY.label(place, language), language).places


@pytest.mark.parametrize(
    "said", ["Done!", "nothing else", "больше ничего", "Ештеңе", "Nada más.", "c'est tout", "لا شيء"]
)
def test_nothing_more_is_understood_in_every_language(said: str) -> None:
    assert EVERYDAY.says_end(said)
    assert not EVERYDAY.says_end(f"{said} sewing")


def test_another_language_is_understood_word_for_word() -> None:
    assert EVERYDAY.understand("огород", "en").activities == ("vegetables",)
    assert EVERYDAY.understand("xyzzy", "en").activities == ()


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_anything_may_be_typed(text: str, language: str) -> None:
    told = EVERYDAY.understand(text, language)
    assert set(told.activities) <= set(ACTIVITIES)
