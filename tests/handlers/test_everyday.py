"""The everyday-skills talk: it survives language, restart and late presses, leads back to its question, and fits a phone."""

from typing import Any

import pytest
from sqlmodel import select

from bot import wiring
from handlers.everyday import screens
from handlers.everyday.actions import DoneWithList, ToggleActivity, ToggleWish, TurnWishes
from handlers.everyday.screens import Talking
from handlers.registration.actions import OpenGroup, PickOccupation, SkipQuestion
from services.everyday.talk import EVERYDAY, PAGE, Talk
from services.screen import LABEL_LIMIT, Screen, plain
from storage.tables.people import Conversation, Person
from storage.work import Work
from tests.phone import Phone, World, open_world, settings_for

LANGUAGES = ("en", "ru", "kk", "es", "fr", "ar")
PHONE_WIDTH, PHONE_LINES = 40, 25
CONTENT = wiring.load_content(settings_for("sqlite:///nowhere"))


def kept(work: Work) -> tuple[str | None, dict[str, Any]]:
    """Give the step and the form of the only person."""
    talk = work.session.exec(select(Conversation)).one()
    return talk.step, talk.form


def person(work: Work) -> Person:
    """Give the only person."""
    return work.session.exec(select(Person)).one()


async def in_talk(world: World, *, language: str = "English") -> Phone:
    """Bring somebody to the first list of the talk."""
    you = world.phone()
    await you.say("/start")
    await you.tap(language)
    await you.tap("Register")
    await you.tap("Begin, it is for me")
    for _question in ("name", "place"):
        await you.tap("Skip")
    await you.tap("I am not sure")
    return you


async def to_suggestions(you: Phone) -> None:
    """End every list."""
    while "Done" in you.last.labels:
        await you.tap("Done")


async def test_a_suggestion_answers_the_question_with_own_words(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("I sewed dresses and milked the cows")
    await to_suggestions(you)
    assert you.last.labels[:3] == ["Livestock worker", "Tailor or dressmaker", "Sewing machine operator"]
    assert "You can milk cows." in you.last.text
    await you.tap("Tailor or dressmaker")
    step, form = await sqlite_world.run(kept)
    assert (step, EVERYDAY in form) == ("Registration:skills", False)
    answers = form["registration"]["answers"]
    assert (answers["occupation"], answers["occupation_words"]) == ("7531", "Sew clothes")


async def test_a_wish_comes_first(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("cleaned the house, washed dishes, looked after children, embroidery")
    await to_wishes(you)
    await you.say("embroidery")
    await you.tap("Done")
    assert you.last.labels[0] == "Hand sewer or embroiderer"


async def to_wishes(you: Phone) -> None:
    """End the lists of the places."""
    while "like to do as work" not in you.last.text:
        await you.tap("Done")


async def test_numbers_words_and_presses_mean_the_same(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("1, 5")
    assert [label for label in you.last.labels if "✓" in label] == ["1. At home ✓", "5. In the field or with animals ✓"]
    await you.say("done")
    await you.say("clean the house")
    await you.tap("4. Mend clothes")
    assert [label for label in you.last.labels if "✓" in label] == ["1. Clean the house ✓", "4. Mend clothes ✓"]
    await you.tap("4. Mend clothes ✓")
    assert "4. Mend clothes" in you.last.labels
    await you.say("nothing")
    assert "In the field or with animals" in you.last.text


async def test_nothing_chosen_is_all_right(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await to_suggestions(you)
    assert "That is all right" in you.last.text
    assert {"Show the list", "Start over", "Talk to a counsellor", "Back", "Skip"} <= set(you.last.labels)
    await you.tap("Show the list")
    assert (await sqlite_world.run(kept))[0] == "Registration:occupation"
    assert "Which area of work?" in you.last.text


async def test_the_language_may_change_at_every_list(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("cooked, baked bread, sewed, milked cows")
    for _list in range(6):
        before = await sqlite_world.run(kept)
        english = you.last
        await you.say("/language")
        await you.tap("Русский")
        assert len(you.last.labels) == len(english.labels)
        ticks = [label.endswith("✓") for label in you.last.labels]
        assert ticks == [label.endswith("✓") for label in english.labels]
        await you.say("/language")
        await you.tap("English")
        assert (you.last.text, you.last.labels) == (english.text, english.labels)
        assert await sqlite_world.run(kept) == before
        if "Done" in you.last.labels:
            await you.tap("Done")


async def test_a_restart_loses_nothing(office_url: str) -> None:
    async with open_world(settings_for(office_url)) as world:
        you = await in_talk(world)
        await you.say("milked cows")
        await you.tap("Done")
        before, clock, recorder = await world.run(kept), world.clock, world.recorder
    async with open_world(settings_for(office_url), recorder, clock) as again:
        again.update_id = 9000
        await again.after(hours=3)
        assert await again.run(kept) == before
        you = again.phone()
        await you.tap("4. Keep cows or sheep")
        ticked = [label for label in you.last.labels if "✓" in label]
        assert ticked == ["4. Keep cows or sheep ✓", "5. Milk cows ✓"]


async def test_late_presses_change_nothing(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("at home, in the field or with animals")
    await you.tap("Done")
    await you.tap("Done")
    before = await sqlite_world.run(kept)
    assert before[1][EVERYDAY]["at"] == 1
    for late in (
        ToggleActivity("clean_home"),
        ToggleActivity("no_such_thing"),
        ToggleWish("clean_home"),
        TurnWishes(0),
        DoneWithList("places"),
        DoneWithList("home"),
        PickOccupation("5120"),
        OpenGroup(""),
        SkipQuestion("name"),
    ):
        happened = await you.press(late.pack())
        assert any("This list is old" in one.text for one in happened), late
        assert await sqlite_world.run(kept) == before, late


async def test_what_is_not_suggested_cannot_be_picked(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("milked cows")
    await to_suggestions(you)
    before = await sqlite_world.run(kept)
    await you.press(PickOccupation("2211").pack())
    assert await sqlite_world.run(kept) == before


async def test_after_two_misses_a_person_is_offered(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("xyzzy")
    assert "for example: I cooked and sewed" in you.last.text
    assert "Talk to a counsellor" not in you.last.labels
    await you.say("xyzzy")
    assert "Talk to a counsellor" in you.last.labels
    await you.say("sewed")
    await you.say("xyzzy")
    assert "Talk to a counsellor" not in you.last.labels


async def test_own_words_at_the_suggestions_answer_the_question_itself(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("milked cows")
    await to_suggestions(you)
    await you.say("welder")
    assert "Which of these is nearest to your work?" in you.last.text
    assert (await sqlite_world.run(kept))[0] == "Registration:occupation"


async def test_back_leads_to_the_question_and_the_talk_waits(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("milked cows")
    await you.tap("Back")
    assert "What work do you do" in you.last.text
    await you.say("I don't know")
    assert "5. In the field or with animals ✓" in you.last.labels
    await to_suggestions(you)
    await you.tap("Start over")
    assert not any("✓" in label for label in you.last.labels)


async def test_skip_and_stop_leave_the_registration_whole(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("milked cows")
    await you.tap("Done")
    await you.tap("Stop for now")
    step, form = await sqlite_world.run(kept)
    assert (step, form["registration"]["step"]) == (None, "occupation")
    await you.say("/start")
    await you.tap("Go on")
    await you.tap("I am not sure")
    await you.say("skip")
    step, form = await sqlite_world.run(kept)
    assert (step, form["registration"]["answers"]["occupation"], EVERYDAY in form) == (
        "Registration:skills",
        None,
        False,
    )


async def test_start_in_the_middle_leads_back_to_the_list(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("milked cows")
    await you.tap("Done")
    await you.say("/start")
    await you.tap("Go on")
    assert "5. Milk cows ✓" in you.last.labels


async def test_what_is_no_text_gets_a_kind_answer_and_the_list_again(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    said = await you.share("voice")
    assert len(said) == 2
    assert "What did you do last month?" in you.last.text


async def test_somebody_registered_changes_their_work_and_cannot_delete_it_by_the_way(sqlite_world: World) -> None:
    you = await in_talk(sqlite_world)
    await you.say("milked cows")
    await to_suggestions(you)
    await you.tap("Livestock worker")
    while "Skip" in you.last.labels:
        await you.tap("Skip")
    await you.tap("Save")
    await you.say("/profile")
    await you.say("3")
    await you.tap("I am not sure")
    assert "Skip" not in you.last.labels
    await you.say("skip")
    assert (await sqlite_world.run(person)).occupation == "9212"
    await you.say("I am not sure")
    await you.say("sewed dresses")
    await to_suggestions(you)
    await you.say("1")
    assert (await sqlite_world.run(person)).occupation == "7531"


def every_screen(language: str) -> list[tuple[str, Screen]]:
    """Give every screen of the talk, as full as it can be."""
    everyday = CONTENT.everyday
    activities = [one for place in everyday.places for one in everyday.activities(place)]
    longest = sorted(activities, key=lambda one: -len(everyday.label(one, language)))[:27]
    shown: list[tuple[str, Screen]] = []

    def show(name: str, talk: Talk) -> None:
        talking = Talking(CONTENT.languages[language], everyday, CONTENT.occupations, talk)
        build = {
            "places": screens.open_talk,
            "activities": screens.ask_activities,
            "wishes": screens.ask_wishes,
            "suggestions": screens.offer_suggestions,
        }[talk.step]
        shown.append((name, build(talking)))
        talk.misses = 2
        shown.append((f"{name}, not understood", screens.unclear(talking)))

    show("places", Talk(places=list(everyday.places[:3]), chosen=longest))
    for place in everyday.places:
        show(place, Talk("activities", [place] * 3, longest, at=1))
    for page in range(3):
        show(f"wishes {page}", Talk("wishes", chosen=longest, liked=longest, at=page))
    for activity in activities:
        show(f"suggestions for {activity}", Talk("suggestions", chosen=[activity]))
    show("suggestions", Talk("suggestions", chosen=longest))
    show("nothing chosen", Talk("suggestions"))
    return shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits_a_phone(language: str) -> None:
    for name, one in every_screen(language):
        for row in one.rows:
            assert all(0 < len(button.label) <= LABEL_LIMIT for button in row), (name, [b.label for b in row])
        rows = plain(one.text).split("\n")
        lines = sum(-(-len(row) // PHONE_WIDTH) for row in rows) + len(one.rows)
        assert lines <= PHONE_LINES, (name, lines)


def test_wishes_are_numbered_through_all_pages() -> None:
    chosen = [one for place in CONTENT.everyday.places for one in CONTENT.everyday.activities(place)][: PAGE + 1]
    talking = Talking(
        CONTENT.languages["en"], CONTENT.everyday, CONTENT.occupations, Talk("wishes", chosen=chosen, at=1)
    )
    labels = [row[0].label for row in screens.ask_wishes(talking).rows]
    assert labels[0].startswith(f"{PAGE + 1}. ")
    assert "Previous" in labels
    assert "Next" not in labels
