"""The registration: anything may be typed, any language may be switched to, any day may pass, and nothing half is saved."""

from typing import Any

import pytest
from sqlmodel import select

from services.people.desk import NAME_LIMIT
from storage.tables.people import Conversation, Person
from storage.tables.traffic import Inbox
from storage.work import Work
from tests.phone import Phone, World, open_world, settings_for

NUL, OVERRIDE, JOINER = "\0", "\u202e", "\u200d"
STRANGE = {
    "a NUL": (f"Ai{NUL}gul", "Aigul"),
    "a direction override": (f"{OVERRIDE}Aigul", "Aigul"),
    "combining marks": ("A\u0301\u0301\u0301igul", "Á\u0301\u0301igul"),
    "a wall of letters": ("A" * 4096, "A" * NAME_LIMIT),
    "two lines": ("Aigul\nBoris", "Aigul Boris"),
    "markup": ("<b>Aigul</b>&", "<b>Aigul</b>&"),
    "a placeholder": ("{name} %s Aigul", "{name} %s Aigul"),
    "another script": ("عائشة", "عائشة"),
}
NO_NAMES = {
    "emoji": "😀" * 2048,
    "spaces": "   \u00a0\n  ",
    "a joiner": JOINER,
    "digits": "12345",
    "a half pair": "\ud83d",
    "a command for nobody": "/////",
}


def person(work: Work) -> Person:
    """Give the only person."""
    return work.session.exec(select(Person)).one()


def draft(work: Work) -> tuple[str | None, dict[str, Any]]:
    """Give the step and the unfinished answers of the only person."""
    talk = work.session.exec(select(Conversation)).one()
    return talk.step, talk.form.get("registration") or {}


def dead(work: Work) -> list[int | None]:
    """Give the updates that were given up."""
    return list(work.session.exec(select(Inbox.id).where(Inbox.state == "dead")).all())


async def at_name(world: World) -> Phone:
    """Bring somebody to the first question."""
    you = world.phone()
    await you.say("/start")
    await you.tap("English")
    await you.tap("Register")
    return you


@pytest.mark.parametrize("kind", STRANGE)
async def test_a_strange_name_is_kept_cleanly(world: World, kind: str) -> None:
    typed, kept = STRANGE[kind]
    you = await at_name(world)
    await you.say(typed)
    assert await world.run(draft) == ("Registration:region", {"step": "region", **_answers(name=kept)})
    await you.tap("Skip")
    await you.tap("Skip")
    assert f"Name: {kept}" in you.last.text
    await you.tap("Save")
    assert (await world.run(person)).name == kept
    assert await world.run(dead) == []


def _answers(**given: object) -> dict[str, object]:
    return {"name": None, "region": None, "occupation": None, "occupation_words": None} | given


@pytest.mark.parametrize("kind", NO_NAMES)
async def test_what_is_no_name_is_refused_with_an_example(world: World, kind: str) -> None:
    you = await at_name(world)
    said = await you.say(NO_NAMES[kind])
    assert "Aigul" in said[-1].text or "name" in said[-1].text
    assert (await world.run(draft))[0] == "Registration:name"
    assert await world.run(dead) == []


@pytest.mark.parametrize("kind", [*STRANGE, *NO_NAMES])
async def test_anything_may_be_typed_at_every_question(sqlite_world: World, kind: str) -> None:
    typed = STRANGE[kind][0] if kind in STRANGE else NO_NAMES[kind]
    you = await at_name(sqlite_world)
    while "Save" not in you.last.labels:
        assert await you.say(typed), "something is always answered"
        if "Skip" in you.last.labels:
            await you.tap("Skip")
    await you.say(typed)
    await you.tap("Save")
    for command in ("/vacancies", "/counsellor", "/benefits"):
        await you.say(command)
        assert await you.say(typed)
    assert await sqlite_world.run(dead) == []


@pytest.mark.parametrize("what", ["photo", "voice", "document", "sticker", "contact", "location"])
async def test_what_is_no_text_gets_a_polite_answer_and_the_question_again(sqlite_world: World, what: str) -> None:
    you = await at_name(sqlite_world)
    said = await you.share(what)
    assert len(said) == 2
    assert "What shall I call you?" in you.last.text


LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақ тілі"}


@pytest.mark.parametrize("path", [("ru", "kk", "en"), ("kk", "en", "ru"), ("en", "ru", "kk")])
async def test_switching_the_language_at_each_step_changes_no_answer(world: World, path: tuple[str, ...]) -> None:
    you = await at_name(world)
    steps = (("Aigul", None), (None, "rr1:KZ-35"), (None, "ro1:8342"))
    for (typed, payload), language in zip(steps, path, strict=True):
        await you.say("/language")
        await you.tap(LANGUAGES[language])
        _all_in(you, language)
        await (you.say(typed) if typed else you.press(str(payload), you.last))
        _all_in(you, language)
    await you.press("rv1", you.last)
    saved = await world.run(person)
    assert (saved.name, saved.region, saved.occupation, saved.language) == ("Aigul", "KZ-35", "8342", path[-1])


ONLY_IN = {
    "en": "Skip Menu Back Save Correct Show",
    "ru": "Пропустить Меню Назад Сохранить",
    "kk": "Өткізіп Мәзір Артқа Сақтау",
}


def _all_in(you: Phone, language: str) -> None:
    """No keyboard is mixed: no word of another language stands on a button of the newest message."""
    labels = " ".join(you.last.labels)
    others = " ".join(words for code, words in ONLY_IN.items() if code != language).split()
    assert not set(others) & set(labels.split())
    assert set(ONLY_IN[language].split()) & set(labels.split())


@pytest.mark.parametrize("hours", [1, 24 * 30])
async def test_a_draft_survives_a_restart_and_a_long_pause(office_url: str, hours: float) -> None:
    async with open_world(settings_for(office_url)) as world:
        you = await at_name(world)
        await you.say("Aigul")
        before = await world.run(draft)
        clock, recorder = world.clock, world.recorder
    async with open_world(settings_for(office_url), recorder, clock) as again:
        again.update_id = 9000
        await again.after(hours=hours)
        assert await again.run(draft) == before
        you = again.phone()
        await you.say("/start")
        assert "have not finished" in you.last.text
        await you.tap("Go on")
        assert "Where do you look for work?" in you.last.text
        await you.tap("Skip")
        await you.tap("Skip")
        await you.tap("Save")
        assert (await again.run(person)).name == "Aigul"


async def test_what_is_promised_to_be_deleted_is_gone_from_the_database(world: World) -> None:
    you = await at_name(world)
    await you.forward("Aigul", "Karaganda")
    await you.say("/cancel")
    assert "deleted" in you.last.text
    talk = await world.run(lambda work: work.session.exec(select(Conversation)).one())
    assert "Aigul" not in str(talk.form)
    assert talk.step is None
    assert (await world.run(person)).name is None


@pytest.mark.parametrize("words", ["/start", "/start promo-2026", "/help", "/language", "/menu", "/mydata", "/alerts"])
async def test_commands_in_the_middle_keep_the_answers(world: World, words: str) -> None:
    you = await at_name(world)
    await you.say("Aigul")
    before = await world.run(draft)
    assert await you.say(words)
    assert await world.run(draft) == before


async def test_nothing_is_saved_before_save_is_pressed(world: World) -> None:
    you = await at_name(world)
    await you.forward("Aigul", "Karaganda", "excavator")
    await you.tap("Excavator operator")
    stored = await world.run(person)
    assert (stored.name, stored.region, stored.occupation, stored.registered_at) == (None, None, None, None)


async def test_personal_columns_are_sealed_in_the_file(sqlite_world: World) -> None:
    you = await at_name(sqlite_world)
    await you.say("Ermengarda")
    await you.tap("Skip")
    await you.tap("Skip")
    await you.tap("Save")
    raw = await sqlite_world.run(
        lambda work: work.session.connection().exec_driver_sql("SELECT name FROM person").scalar()
    )
    assert isinstance(raw, bytes)
    assert b"Ermengarda" not in raw
