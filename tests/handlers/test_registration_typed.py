"""Typing where buttons are offered: what is ticked stays, what is offered has a number, and the regions stay within reach."""

from typing import Any

import pytest
from sqlmodel import select

from bot.settings import ROOT
from handlers.registration.screens import begin_label
from services.words import Languages
from storage.tables.people import Conversation
from storage.work import Work
from tests.phone import Phone, World

LANGUAGES = {
    "en": "English",
    "ru": "Русский",
    "kk": "Қазақ тілі",
    "es": "Español",
    "fr": "Français",
    "ar": "العربية",
}
WORDS = Languages(ROOT / "locales", tuple(LANGUAGES))
DONE = {"en": "Done", "ru": "Готово", "kk": "Дайын", "es": "Listo", "fr": "Terminé", "ar": "تم"}
NOTHING = {"en": "I have none", "ru": "ничего", "kk": "жоқ", "es": "nada", "fr": "rien", "ar": "ما عندي"}


def draft(work: Work) -> dict[str, Any]:
    """Give the unfinished registration of the only person."""
    talk: Conversation = work.session.exec(select(Conversation)).one()
    return dict(talk.form["registration"])


async def at(world: World, question: str, language: str = "en") -> Phone:
    """Bring somebody to a question, everything before it skipped."""
    you = world.phone()
    await you.say("/start")
    await you.tap(LANGUAGES[language])
    await you.say("/register")
    await you.press("rg1", you.last)
    while (step := (await world.run(draft))["step"]) != question:
        await you.press(f"rs1:{step}", you.last)
    return you


async def tick(you: Phone, question: str, *codes: str) -> None:
    """Press some of the answers."""
    for code in codes:
        await you.press(f"rq1:{question}:{code}", you.last)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_word_on_done_keeps_what_is_ticked(sqlite_world: World, language: str) -> None:
    you = await at(sqlite_world, "skills", language)
    await tick(you, "skills", "computer", "own_phone")
    await you.say(DONE[language].upper())
    kept = await sqlite_world.run(draft)
    assert (kept["step"], kept["answers"]["skills"]) == ("experience", ["computer", "own_phone"])
    assert kept["answers"].get("skills_words") is None


@pytest.mark.parametrize("word", ["ready", "yes", "next", "that's all", "👍", "дальше", "готово"])
async def test_other_words_for_done_keep_what_is_ticked(sqlite_world: World, word: str) -> None:
    you = await at(sqlite_world, "hours")
    await tick(you, "hours", "part", "remote")
    await you.say(word)
    kept = await sqlite_world.run(draft)
    assert (kept["step"], kept["answers"]["hours"]) == ("pay", ["part", "remote"])


async def test_next_with_nothing_ticked_skips_and_a_yes_is_asked_again(sqlite_world: World) -> None:
    you = await at(sqlite_world, "skills")
    await you.say("yes")
    assert (await sqlite_world.run(draft))["step"] == "skills"
    await you.say("next")
    kept = await sqlite_world.run(draft)
    assert (kept["step"], kept["answers"]["skills"]) == ("experience", None)


@pytest.mark.parametrize(
    ("question", "ticked", "typed", "answer"),
    [
        ("skills", "computer", "smartphone", ["computer", "own_phone"]),
        ("languages", "kk", "Russian", ["kk", "ru"]),
        ("hours", "part", "remote", ["part", "remote"]),
        ("hours", "part", "part", ["part"]),
    ],
)
async def test_what_is_typed_is_added_to_what_is_ticked(
    sqlite_world: World, question: str, ticked: str, typed: str, answer: list[str]
) -> None:
    you = await at(sqlite_world, question)
    await tick(you, question, ticked)
    await you.say(typed)
    assert (await sqlite_world.run(draft))["answers"][question] == answer


async def test_own_words_stand_beside_the_ticked_skills(sqlite_world: World) -> None:
    you = await at(sqlite_world, "skills")
    await tick(you, "skills", "computer")
    await you.say("I repair old clocks")
    answers = (await sqlite_world.run(draft))["answers"]
    assert (answers["skills"], answers["skills_words"]) == (["computer"], "I repair old clocks")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["skills", "hours"])
async def test_none_is_an_empty_list_and_no_own_words(sqlite_world: World, question: str, language: str) -> None:
    you = await at(sqlite_world, question, language)
    await you.say(NOTHING[language])
    kept = await sqlite_world.run(draft)
    assert (kept["step"] != question, kept["answers"][question]) == (True, [])
    assert kept["answers"].get("skills_words") is None


async def test_none_takes_away_nothing_that_is_ticked(sqlite_world: World) -> None:
    you = await at(sqlite_world, "skills")
    await tick(you, "skills", "computer")
    await you.say("none")
    assert "Chosen: I work with a computer" in you.last.text
    assert (await sqlite_world.run(draft))["picked"] == ["computer"]


@pytest.mark.parametrize("typed", ["2", "٢", "the second", "Almaty Region"])
async def test_an_offered_region_is_picked_by_its_number_or_name(sqlite_world: World, typed: str) -> None:
    you = await at(sqlite_world, "place")
    await you.say("almaty")
    assert [label for label in you.last.labels if label[:1].isdecimal()] == ["1. Almaty", "2. Almaty Region"]
    await you.say(typed)
    kept = await sqlite_world.run(draft)
    assert (kept["step"], kept["answers"]["region"]) == ("occupation", "KZ-19")


async def test_offered_work_is_picked_by_its_number_or_name_and_other_words_search_anew(sqlite_world: World) -> None:
    you = await at(sqlite_world, "occupation")
    await you.say("driver")
    offered = await sqlite_world.run(draft)
    await you.say("excavator")
    found = await sqlite_world.run(draft)
    assert (found["step"], found["words"]) == ("occupation", "excavator")
    assert found["found"] != offered["found"]
    await you.say("1")
    answers = (await sqlite_world.run(draft))["answers"]
    assert (answers["occupation"], answers["occupation_words"]) == ("8342", "excavator")
    await you.say("back")
    await you.say("excavator")
    await you.say("excavator operator")
    assert (await sqlite_world.run(draft))["step"] == "skills"


@pytest.mark.parametrize("pressed", [True, False])
async def test_the_regions_come_back_after_a_place_nobody_knows(sqlite_world: World, pressed: bool) -> None:
    you = await at(sqlite_world, "place")
    regions = [key.payload for key in you.last.keys if key.payload.startswith("rr1")]
    await you.say("Atlantis")
    assert not any(key.payload.startswith("rr1") for key in you.last.keys)
    await (you.tap("Show the regions") if pressed else you.say("show the regions"))
    assert [key.payload for key in you.last.keys if key.payload.startswith("rr1")] == regions
    await you.press(regions[0], you.last)
    assert (await sqlite_world.run(draft))["step"] == "occupation"


async def test_answers_so_far_ask_for_no_number_since_a_number_answers_the_question(sqlite_world: World) -> None:
    you = await at(sqlite_world, "experience")
    await you.tap("My answers")
    assert "To correct one, press it." in you.last.text
    assert "number" not in you.last.text
    await you.say("3")
    assert (await sqlite_world.run(draft))["answers"]["experience"] == 36


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_words_on_begin_are_no_name(sqlite_world: World, language: str) -> None:
    you = await at(sqlite_world, "name", language)
    await you.say(begin_label(WORDS[language]))
    kept = await sqlite_world.run(draft)
    assert (kept["step"], kept["answers"]) == ("name", {})


async def test_the_words_on_the_button_with_the_account_name_are_that_name(sqlite_world: World) -> None:
    you = await at(sqlite_world, "name")
    called = next(key.label for key in you.last.keys if key.payload == "rn1")
    await you.say(called)
    kept = await sqlite_world.run(draft)
    assert (kept["step"], kept["answers"]["name"]) == ("place", kept["account_name"])
