"""Having one's data deleted, from the phone: bad words, old buttons, double presses, a case open, several on one phone."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from channels import outcomes
from handlers.deletion import screens
from storage.queries import people
from storage.tables.people import Person
from storage.tables.records import Audit, Run
from storage.work import Work
from tests import everything
from tests.phone import ANNA, STAFF_GROUP, YOU, Phone, World

NAME = "Aigul <b>&\u2067 canary"


async def somebody(world: World, name: str | None = NAME) -> Phone:
    """Bring somebody with a name to the menu."""
    you = world.phone()
    await you.say("/start")
    await you.tap("English")

    def named(work: Work) -> None:
        people.at_account(work, YOU)[0].name = name

    await world.run(named)
    return you


async def at_word(world: World) -> Phone:
    """Bring them to where the word is asked for."""
    you = await somebody(world)
    await you.say("/mydata")
    await you.tap("Delete my data")
    return you


def erase_at(work: Work) -> Any:
    found = people.speaker(work, YOU)
    return found[0].erase_at if found is not None else "nobody"


async def pass_seconds(world: World, seconds: float) -> None:
    await world.at(world.clock.instant + timedelta(seconds=seconds), down=True)


async def carried_out(world: World) -> None:
    """Let a minute pass, looked at as the scheduler does."""
    for _ in range(6):
        await pass_seconds(world, 10)


async def test_it_says_what_goes_and_what_stays(sqlite_world: World) -> None:
    you = await at_word(sqlite_world)

    assert "This does not end your registration with the office." in you.last.text
    assert "What stays by law" in you.last.text
    assert you.last.text.endswith("DELETE")
    assert await sqlite_world.run(erase_at) is None


@pytest.mark.parametrize("language", ["en", "ru", "kk", "es", "fr", "ar"])
async def test_the_word_begins_it_in_any_offered_language(sqlite_world: World, language: str) -> None:
    you = await at_word(sqlite_world)
    await you.say(f" {screens.word(sqlite_world.service.content.languages[language]).lower()}.")

    assert await sqlite_world.run(erase_at) == sqlite_world.clock.instant + timedelta(days=7)
    assert "Your data will be deleted on November 30, 2026." in you.last.text
    assert you.last.labels[:2] == ["Undo, keep my data", "Delete now"]


async def test_two_other_words_leave_everything_as_it_is(sqlite_world: World) -> None:
    you = await at_word(sqlite_world)
    await you.say("yes")
    assert "That was not the word." in you.last.text
    await you.say("what?")
    assert "Nothing is deleted." in you.last.text
    assert "Talk to a counsellor" in you.last.labels
    await you.say("DELETE")
    assert await sqlite_world.run(erase_at) is None, "the word counts only where it was asked for"


@pytest.mark.parametrize("way", ["/menu", "/mydata", "Keep my data"])
async def test_whoever_turns_away_deletes_nothing_later(sqlite_world: World, way: str) -> None:
    you = await at_word(sqlite_world)
    await (you.say(way) if way.startswith("/") else you.tap(way))
    if way == "/mydata":
        return
    await you.say("DELETE")

    assert await sqlite_world.run(erase_at) is None


async def test_a_picture_is_no_word(sqlite_world: World) -> None:
    you = await at_word(sqlite_world)
    await you.share("photo")

    assert await sqlite_world.run(erase_at) is None
    await you.say("DELETE")
    assert await sqlite_world.run(erase_at) is not None


async def test_undone_it_leaves_nothing_behind(world: World) -> None:
    you = await at_word(world)
    before = await world.run(lambda work: work.session.exec(select(Person)).one().model_dump())
    await you.say("DELETE")
    (now,) = [key for key in you.last.keys if key.label == "Delete now"]
    await you.tap("Undo, keep my data")

    assert await world.run(lambda work: work.session.exec(select(Person)).one().model_dump()) == before
    happened = await you.press(now.payload)
    assert [one.text for one in happened if one.act == "tap"] == ["This list is old. Here is a fresh one."]
    assert await world.run(erase_at) is None, "a button from before the undoing deletes nothing"
    await carried_out(world)
    assert await world.run(erase_at) is None


async def test_delete_now_means_within_a_minute_and_everywhere(world: World) -> None:
    you = await at_word(world)
    await you.tap("Talk to a counsellor")
    await you.say("My question is a canary")
    topic = world.topic()
    anna = world.desk(ANNA, topic)
    await anna.say("/take")
    await anna.say("Answer for the canary")
    await you.say("/end")
    await you.say("/mydata")
    await you.tap("Delete my data")
    await you.say("DELETE")
    await you.tap("Delete now")
    began = world.clock.instant
    await carried_out(world)

    assert world.clock.instant - began <= timedelta(seconds=60)
    assert you.last.text.startswith("Your data is deleted now.")
    assert topic not in world.recorder.topics(STAFF_GROUP)
    written = await world.run(everything.dump)
    assert "canary" not in written
    assert f"'{YOU}'" not in written
    assert await world.run(lambda work: [run.sent for run in work.session.exec(select(Run)).all()]) == [1]

    await you.say("/start")
    assert "Which language do you speak?" in you.last.text, "who comes back is a newcomer"


async def test_each_act_is_recorded_by_number(sqlite_world: World) -> None:
    you = await at_word(sqlite_world)
    await you.say("DELETE")
    await you.tap("Delete now")
    await carried_out(sqlite_world)

    def acts(work: Work) -> list[tuple[str, str, str | None]]:
        return [
            (one.actor, one.act, one.about) for one in work.session.exec(select(Audit).order_by(col(Audit.id))).all()
        ]

    assert await sqlite_world.run(acts) == [
        ("person:1", "ask_erasure", "person:1"),
        ("person:1", "hasten_erasure", "person:1"),
        ("service", "erase", "person:1"),
    ]


async def test_after_seven_days_it_is_done(world: World) -> None:
    you = await at_word(world)
    await you.say("DELETE")
    await world.at(world.clock.instant + timedelta(days=6, hours=23))
    assert await world.run(erase_at) is not None
    await world.at(world.clock.instant + timedelta(hours=2))
    await carried_out(world)

    assert await world.run(erase_at) == "nobody"
    assert you.last.text.startswith("Your data is deleted now.")


async def test_a_double_press_deletes_once_and_too_late_is_said(sqlite_world: World) -> None:
    you = await at_word(sqlite_world)
    await you.say("DELETE")
    keys = {key.label: key.payload for key in you.last.keys}
    await you.press(keys["Delete now"])
    await you.press(keys["Delete now"])
    await you.press(keys["Undo, keep my data"])
    assert "Your data is being deleted now." in you.last.text
    await carried_out(sqlite_world)

    assert await sqlite_world.run(erase_at) == "nobody"
    for payload in keys.values():
        await you.press(payload)
    assert await sqlite_world.run(erase_at) is None, "old buttons of a deleted record do nothing to a newcomer"


async def test_a_case_that_is_open_ends_and_staff_are_told(world: World) -> None:
    you = await at_word(world)
    await you.say("DELETE")
    await you.tap("Menu")
    await you.tap("Talk to a counsellor")
    await you.say("Where do I begin?")
    topic = world.topic()
    await you.press(f"mn1:{await world.run(lambda work: people.at_account(work, YOU)[0].id)}")
    await carried_out(world)

    assert topic not in world.recorder.topics(STAFF_GROUP)
    assert "is closed: the person had their data deleted." in world.desk().last.text
    assert await world.run(erase_at) == "nobody"


async def test_without_the_right_to_delete_a_topic_staff_are_asked(sqlite_world: World) -> None:
    world = sqlite_world
    you = await at_word(world)
    await you.tap("Talk to a counsellor")
    await you.say("Where do I begin?")
    topic = world.topic()
    world.recorder.answer("delete", outcomes.RightsMissing("rights"))
    await you.say("/end")
    await you.say("/mydata")
    await you.tap("Delete my data")
    await you.say("DELETE")
    await you.tap("Delete now")
    await carried_out(world)

    assert world.recorder.topics(STAFF_GROUP)[topic] == "–", "the name is off it at once"
    assert world.desk(ANNA, topic).last.text.startswith("Please delete this topic.")
    await world.at(world.clock.instant + timedelta(hours=2))
    await world.at(world.clock.instant + timedelta(seconds=10), down=True)
    assert topic not in world.recorder.topics(STAFF_GROUP)


async def test_whoever_blocked_the_bot_is_deleted_too(world: World) -> None:
    you = await at_word(world)
    await you.say("DELETE")
    await you.tap("Delete now")
    await you.block()
    await carried_out(world)

    assert await world.run(erase_at) == "nobody"


async def test_a_press_under_somebody_elses_screen_deletes_nobody(sqlite_world: World) -> None:
    """Several share a phone: the button names the person it was shown to."""
    world = sqlite_world
    you = await at_word(world)
    await you.say("DELETE")
    (now,) = [key for key in you.last.keys if key.label == "Delete now"]

    def another(work: Work) -> None:
        first = people.at_account(work, YOU)[0]
        found = world.service.desks.sharing.add(work, first, helping=False, language="en")
        assert isinstance(found, tuple)
        world.service.desks.erasure.ask(work, found[0])

    await world.run(another)
    await you.press(now.payload)

    assert await world.run(erase_at) == world.clock.instant + timedelta(days=7)


async def test_in_the_seven_days_nothing_comes_unasked(world: World) -> None:
    you = await at_word(world)

    def subscribe(work: Work) -> None:
        person = people.at_account(work, YOU)[0]
        person.occupation, person.region = "7212", "KZ-35"
        assert world.service.desks.digests.choose_hour(work, person, 10, "en")

    await world.run(subscribe)
    await you.say("DELETE")
    seen = len(you.screen)
    await world.at(world.clock.instant + timedelta(days=2))
    assert len(you.screen) == seen

    await you.tap("Undo, keep my data")
    await world.at(world.clock.instant + timedelta(days=1))
    assert "new vacanc" in you.last.text, "undone, it comes as before"
