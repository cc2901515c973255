"""What a person may agree to: nothing ticked beforehand, nothing switched by a number, each yes with what was read."""

from typing import Any

import pytest

from handlers.consents.actions import OpenChoices
from services.actions import unpack
from storage.queries import people
from storage.tables.people import Consent
from storage.work import Work
from tests.phone import YOU, Phone, World

PURPOSES = ("alerts", "news", "employers", "activity")


async def at_choices(world: World, language: str = "English") -> Phone:
    """Bring somebody to the list."""
    you = world.phone()
    await you.say("/start")
    await you.tap(language)
    await you.say("/mydata")
    await you.press(OpenChoices().pack())
    return you


def given(work: Work) -> list[Consent]:
    return people.consents(work, people.at_account(work, YOU)[0].id or 0)


async def standing(world: World) -> set[str]:
    return {one.purpose for one in await world.run(given) if one.withdrawn_at is None}


async def test_nothing_is_ticked_and_every_text_stands_in_full(sqlite_world: World) -> None:
    you = await at_choices(sqlite_world)
    pack = sqlite_world.service.content.pack

    assert you.last.text.count("You have not agreed.") == len(PURPOSES)
    assert all(one.texts["en"] in you.last.text for one in pack.consents())
    assert [label for label in you.last.labels if "agree" in label] == [f"{n}. I agree" for n in (1, 2, 3, 4)]
    assert await standing(sqlite_world) == set()


async def test_one_yes_is_one_yes_and_can_be_taken_back(world: World) -> None:
    you = await at_choices(world)
    await you.tap("2. I agree")
    assert await standing(world) == {"news"}
    assert "You agreed on November 23, 2026." in you.last.text
    await you.tap("2. Take it back")
    assert await standing(world) == set()
    assert "2. I agree" in you.last.labels


@pytest.mark.parametrize("typed", ["2", "2.", "nr 2", "News of the office", "news", "٢"])
async def test_a_number_or_a_name_shows_the_purpose_and_changes_nothing(sqlite_world: World, typed: str) -> None:
    you = await at_choices(sqlite_world)
    await you.say(typed)

    assert you.last.text.startswith("News of the office\n")
    assert you.last.labels[:2] == ["I agree", "Not now"]
    assert await standing(sqlite_world) == set()
    await you.tap("Not now")
    assert await standing(sqlite_world) == set()
    await you.say(typed)
    await you.tap("I agree")
    assert await standing(sqlite_world) == {"news"}
    await you.say(typed)
    assert you.last.labels[:2] == ["Take it back", "Keep it"]
    await you.tap("Keep it")
    assert await standing(sqlite_world) == {"news"}


@pytest.mark.parametrize("typed", ["9", "0", "yes", "what is this?", "1 2"])
async def test_anything_else_agrees_to_nothing_and_is_heard_as_ever(sqlite_world: World, typed: str) -> None:
    you = await at_choices(sqlite_world)
    await you.say(typed)

    assert await standing(sqlite_world) == set()
    assert "Do you agree?" not in you.last.text
    await you.say("2")
    assert "Do you agree?" not in you.last.text, "the list is not open any more"


async def test_a_second_press_of_the_same_button_adds_nothing(world: World) -> None:
    you = await at_choices(world)
    (button,) = [key for key in you.last.keys if key.label == "2. I agree"]
    for _ in range(3):
        await you.press(button.payload)
    assert len(await world.run(given)) == 1

    (back,) = [key for key in you.last.keys if key.label == "2. Take it back"]
    for _ in range(3):
        await you.press(back.payload)
    assert await standing(world) == set()
    assert len(await world.run(given)) == 1


@pytest.mark.parametrize(
    "payload",
    ["ca1:news:2:en", "ca1:news:1:xx", "ca1:registration:1:en", "ca1:helper:1:en", "ca1:nothing:1:en", "cb1:news"],
)
async def test_a_yes_to_anything_but_todays_text_counts_for_nothing(sqlite_world: World, payload: str) -> None:
    """An older edition of the text, a language it was not shown in, a purpose nobody may agree to: a fresh list."""
    you = await at_choices(sqlite_world)
    assert unpack(payload) is not None
    happened = await you.press(payload)

    assert [one.text for one in happened if one.act == "tap"] == ["This list is old. Here is a fresh one."]
    assert await standing(sqlite_world) == set()
    assert "What you may agree to" in you.last.text


async def test_the_words_kept_are_the_words_read(world: World) -> None:
    """The list was shown in Russian; the language is changed; the yes under the old list is to the Russian words."""
    you = await at_choices(world, "Русский")
    (button,) = [key for key in you.last.keys if key.payload.startswith("ca1:news")]
    await you.say("/language")
    await you.tap("English")
    await you.press(button.payload)

    (kept,) = await world.run(given)
    assert (kept.language, kept.words) == ("ru", world.service.content.pack.purpose("news").texts["ru"])


async def test_no_more_vacancies_means_no_more_digest(world: World) -> None:
    def subscribe(work: Work) -> Any:
        person = people.at_account(work, YOU)[0]
        person.occupation = "5120"
        return world.service.desks.digests.choose_hour(work, person, 9, "en")

    you = await at_choices(world)
    assert await world.run(subscribe)
    await you.tap("My data")
    assert "Daily vacancies: 09:00" in you.last.text
    await you.tap("What I agreed to")
    await you.tap("1. Take it back")
    await you.tap("My data")
    assert "Daily vacancies: off" in you.last.text
    assert await standing(world) == set()


async def test_a_yes_to_vacancies_leads_to_the_hour(sqlite_world: World) -> None:
    you = await at_choices(sqlite_world)
    await you.tap("1. I agree")
    assert "Choose the hour" in you.last.labels
    await you.tap("2. I agree")
    assert "Choose the hour" not in you.last.labels
