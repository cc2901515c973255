"""The everyday-skills talk: which list comes next, what is remembered, and what an old form may still hold."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.everyday.talk import MOST_PLACES, PAGE, Talk
from services.everyday.work import Told, load_everyday
from services.occupations import load_occupations

LOCALES = Path(__file__).parents[3] / "locales"
EVERYDAY = load_everyday(LOCALES / "everyday", load_occupations(LOCALES / "occupations").codes)
ACTIVITIES = [activity for place in EVERYDAY.places for activity in EVERYDAY.activities(place)]
MANY = ["clean_home", "cook_family", "sew", "poultry"]


def steps(talk: Talk) -> list[str]:
    """Go on to the end. Gives the lists that were shown."""
    shown = [talk.shown]
    while talk.step != "suggestions":
        talk.go_on()
        shown.append(talk.shown)
    return shown


def test_each_place_is_asked_about_and_few_activities_need_no_wish() -> None:
    assert steps(Talk(places=["home", "field"])) == ["places", "home", "field", "suggestions"]


def test_of_many_activities_the_wishes_are_asked() -> None:
    assert steps(Talk(places=["home"], chosen=MANY)) == ["places", "home", "wishes", "suggestions"]


def test_without_a_place_nothing_is_asked_about() -> None:
    assert steps(Talk()) == ["places", "suggestions"]
    assert steps(Talk(chosen=MANY)) == ["places", "wishes", "suggestions"]


@pytest.mark.parametrize("places", [[], ["home"], ["home", "field", "care"]])
@pytest.mark.parametrize("chosen", [[], MANY])
def test_the_way_back_is_the_way_there(places: list[str], chosen: list[str]) -> None:
    there = steps(talk := Talk(places=places, chosen=chosen))
    back = [talk.shown]
    while talk.go_back():
        back.append(talk.shown)
    assert back == there[::-1]


def test_a_place_taken_out_takes_what_was_done_there_with_it() -> None:
    talk = Talk(places=["home", "field"], chosen=["clean_home", "poultry"], liked=["clean_home", "poultry"])
    talk.toggle_place("home", EVERYDAY)
    assert (talk.places, talk.chosen, talk.liked) == (["field"], ["poultry"], ["poultry"])


def test_what_is_pressed_twice_is_out_again() -> None:
    talk = Talk(step="activities", places=["home"])
    for _press in range(2):
        talk.toggle_activity("clean_home")
    assert talk.chosen == []
    talk.chosen = [*MANY]
    talk.toggle_wish("sew")
    talk.toggle_activity("sew")
    assert (talk.chosen, talk.liked) == (["clean_home", "cook_family", "poultry"], [])


def test_no_more_than_three_places() -> None:
    talk = Talk(places=["home", "field", "care"])
    assert talk.place_has_room("home")
    assert not talk.place_has_room("road")
    talk.tell(Told(places=("road",), activities=("deliver",)), EVERYDAY)
    assert (talk.places, talk.chosen) == (["home", "field", "care"], ["deliver"])


def test_what_is_told_opens_its_place_only_at_the_beginning() -> None:
    talk = Talk()
    talk.tell(Told(activities=("sew", "milking")), EVERYDAY)
    assert (talk.places, talk.chosen) == (["workshop", "field"], ["sew", "milking"])
    talk.go_on()
    talk.tell(Told(activities=("bake", "sew")), EVERYDAY)
    assert (talk.places, talk.chosen) == (["workshop", "field"], ["sew", "milking", "bake"])


def test_a_wish_is_told_as_well_as_pressed_and_ends_the_misses() -> None:
    talk = Talk(step="wishes", chosen=MANY, misses=1)
    talk.tell(Told(activities=("sew", "poultry")), EVERYDAY)
    assert (talk.chosen, talk.liked, talk.misses) == (MANY, ["sew", "poultry"], 0)


def test_the_page_of_a_wish_is_shown() -> None:
    talk = Talk(step="wishes", chosen=ACTIVITIES[: PAGE + 2])
    talk.toggle_wish(ACTIVITIES[PAGE])
    assert talk.at == 1


def test_a_talk_is_kept_and_read_again() -> None:
    talk = Talk("activities", ["home", "field"], ["poultry"], ["poultry"], at=1, misses=1)
    assert Talk.of(asdict(talk), EVERYDAY) == talk


@pytest.mark.parametrize("kept", [None, "", [], {}, {"step": 3}, {"step": "elsewhere"}])
def test_anything_else_is_no_talk(kept: Any) -> None:
    assert Talk.of(kept, EVERYDAY) is None


def test_what_the_office_took_out_of_its_lists_is_left_out() -> None:
    kept = {"step": "activities", "places": ["moon"], "chosen": ["fly", "sew"], "liked": ["fly", "milking"], "more": 1}
    assert Talk.of(kept, EVERYDAY) == Talk("places", [], ["sew"], [])


@given(st.lists(st.sampled_from(["on", "back", "place", "activity", "wish"]), max_size=40), st.data())
def test_however_it_is_walked_it_stays_sound(moves: list[str], data: st.DataObject) -> None:
    talk = Talk()
    for move in moves:
        _step(talk, move, data)
        assert len(talk.places) <= MOST_PLACES
        assert set(talk.liked) <= set(talk.chosen)
        assert Talk.of(asdict(talk), EVERYDAY) == talk
        assert talk.shown in (*talk.places, "places", "wishes", "suggestions")


def _step(talk: Talk, move: str, data: st.DataObject) -> None:
    match move, talk.step:
        case "on", _:
            talk.go_on()
        case "back", _:
            talk.go_back()
        case "place", "places":
            place = data.draw(st.sampled_from(EVERYDAY.places))
            if talk.place_has_room(place):
                talk.toggle_place(place, EVERYDAY)
        case "activity", "activities":
            talk.toggle_activity(data.draw(st.sampled_from(EVERYDAY.activities(talk.shown))))
        case "wish", "wishes":
            talk.toggle_wish(data.draw(st.sampled_from(talk.chosen)))
