"""The registration: anything may be typed, any language may be switched to, any day may pass, and nothing half is saved."""

import re
from typing import Any

import pytest
from sqlmodel import select

from services.people.desk import NAME_LIMIT
from storage.tables.people import Conversation, Person
from storage.tables.traffic import Inbox
from storage.work import Work
from tests.phone import SHARED, Phone, World, open_world, settings_for

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
    await you.tap("Begin, it is for me")
    return you


async def to_summary(you: Phone) -> None:
    """Skip everything that is left."""
    while "Skip" in you.last.labels:
        await you.tap("Skip")


@pytest.mark.parametrize("kind", STRANGE)
async def test_a_strange_name_is_kept_cleanly(world: World, kind: str) -> None:
    typed, kept = STRANGE[kind]
    you = await at_name(world)
    await you.say(typed)
    step, kept_draft = await world.run(draft)
    assert (step, kept_draft["step"], kept_draft["answers"]) == ("Registration:place", "place", {"name": kept})
    await to_summary(you)
    assert f"Name: {kept}" in direction_marks_apart(you.last.text)
    await you.tap("Save")
    assert (await world.run(person)).name == kept
    assert await world.run(dead) == []


def direction_marks_apart(text: str) -> str:
    """Take out the isolates around words that are written the other way."""
    return re.sub("[\u2066-\u2069]", "", text)


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


LANGUAGES = {
    "en": "English",
    "ru": "Русский",
    "kk": "Қазақ тілі",
    "es": "Español",
    "fr": "Français",
    "ar": "العربية",
}


@pytest.mark.parametrize("path", [("ru", "kk", "ar"), ("es", "fr", "en"), ("ar", "en", "es"), ("fr", "ar", "kk")])
async def test_switching_the_language_at_each_step_changes_no_answer(world: World, path: tuple[str, ...]) -> None:
    you = await at_name(world)
    steps = (("Aigul", None), (None, "rr1:KZ-35"), (None, "ro1:8342"))
    for (typed, payload), language in zip(steps, path, strict=True):
        await you.say("/language")
        await you.tap(LANGUAGES[language])
        _all_in(you, language)
        await (you.say(typed) if typed else you.press(str(payload), you.last))
        _all_in(you, language)
    while not any(key.payload == "rv1" for key in you.last.keys):
        await you.press(next(key.payload for key in you.last.keys if key.payload.startswith("rs1")), you.last)
    await you.press("rv1", you.last)
    saved = await world.run(person)
    assert (saved.name, saved.region, saved.occupation, saved.language) == ("Aigul", "KZ-35", "8342", path[-1])


ONLY_IN = {
    "en": "Skip Menu Back Save Show",
    "ru": "Пропустить Меню Назад Сохранить",
    "kk": "Өткізіп Мәзір Артқа Сақтау",
    "es": "Omitir Menú Atrás Guardar",
    "fr": "Passer Retour Enregistrer",
    "ar": "تخطي القائمة رجوع حفظ",
}


def _all_in(you: Phone, language: str) -> None:
    """No keyboard is mixed: no word of another language stands on a button of the newest message."""
    labels = " ".join(you.last.labels)
    others = " ".join(words for code, words in ONLY_IN.items() if code != language).split()
    assert not (set(others) - set(ONLY_IN[language].split())) & set(labels.split())
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
        assert "You stopped at question 2 of 9: Place." in you.last.text
        await you.tap("Go on")
        assert "Where do you look for work?" in you.last.text
        await to_summary(you)
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
    step, answers = await world.run(draft)
    assert answers == before[1]
    assert step == (None if words == "/menu" else before[0]), "what is typed under the menu is no answer"


async def test_nothing_is_saved_before_save_is_pressed(world: World) -> None:
    you = await at_name(world)
    await you.forward("Aigul", "Karaganda", "excavator")
    await you.tap("1. Excavator operator")
    stored = await world.run(person)
    assert (stored.name, stored.region, stored.occupation, stored.registered_at) == (None, None, None, None)


async def test_personal_columns_are_sealed_in_the_file(sqlite_world: World) -> None:
    you = await at_name(sqlite_world)
    await you.say("Ermengarda")
    await to_summary(you)
    await you.tap("Save")
    raw = await sqlite_world.run(
        lambda work: work.session.connection().exec_driver_sql("SELECT name FROM person").scalar()
    )
    assert isinstance(raw, bytes)
    assert b"Ermengarda" not in raw


async def test_after_retention_the_draft_is_gone_and_the_person_is_told(world: World) -> None:
    you = await at_name(world)
    await you.say("Aigul")
    await world.after(days=61)
    assert await world.run(draft) == (None, {})
    await you.say("/register")
    assert "Your unfinished answers were deleted." in you.last.text
    await you.tap("Begin, it is for me")
    await you.say("Dana")
    await you.say("/register")
    assert "deleted" not in you.last.text


async def test_one_reminder_comes_after_a_day(world: World) -> None:
    you = await at_name(world)
    await you.say("Aigul")
    said = [one.text for one in await world.after(hours=25)]
    assert [text for text in said if "Your registration is not finished." in text] == said
    assert "You stopped at: Place." in you.last.text
    await you.tap("Go on")
    assert "Where do you look for work?" in you.last.text
    await you.say("Astana")
    assert await world.after(days=3) == []


async def test_twenty_messages_in_one_burst_land_each_on_its_own_step(world: World) -> None:
    """IN-18: in order, none twice; the surplus gets one line."""
    you = await at_name(world)
    said = await you.forward("Aigul", "Astana", "skip", "skip", "skip", "skip", "skip", "skip", "skip", *["hello"] * 11)
    assert len(said) == 10, "nine steps and one line for all that came too many"
    answers = (await world.run(draft))[1]["answers"]
    assert (answers["name"], answers["region"], answers["pay"]) == ("Aigul", "KZ-71", None)


async def test_an_album_is_answered_once(world: World) -> None:
    """IN-19: ten documents that come as ten updates are refused kindly, in one answer."""
    you = await at_name(world)
    parts = [you.message(**SHARED["document"], media_group_id="17") for _ in range(10)]
    said = await world.feed(*(world.update("message", one) for one in parts))
    assert [one.text.split(".")[0] for one in said] == [
        "Thank you",
        "Question 1 of 9\nWhat shall I call you?\nWrite your first name, or any name you like",
    ]


async def test_an_edited_answer_changes_nothing_and_says_so(world: World) -> None:
    """IN-17."""
    you = await at_name(world)
    await you.say("Aigul")
    before = await world.run(draft)
    await you.edit("Somebody else")
    assert "Your answer in the form stays as it was" in you.last.text
    assert await world.run(draft) == before


@pytest.mark.parametrize(
    ("word", "language", "step"),
    [
        ("skip", "English", "occupation"),
        ("пропустить", "Русский", "occupation"),
        ("артқа", "Қазақ тілі", "name"),
        ("atrás", "Español", "name"),
        ("je ne sais pas", "Français", "occupation"),
        ("تخطي", "العربية", "occupation"),
    ],
)
async def test_a_typed_word_does_what_the_button_does(sqlite_world: World, word: str, language: str, step: str) -> None:
    you = sqlite_world.phone()
    await you.say("/start")
    await you.tap(language)
    await you.say("/register")
    for payload in ("rg1", "rn1"):
        await you.press(payload, you.last)
    await you.say(word)
    assert (await sqlite_world.run(draft))[1]["step"] == step


async def test_an_old_begin_again_asks_before_it_throws_answers_away(world: World) -> None:
    you = await at_name(world)
    await you.say("Aigul")
    await you.tap("Stop for now")
    await you.tap("Delete and begin again")
    assert "Your answers so far would be deleted." in you.last.text
    await you.tap("No, go on")
    assert (await world.run(draft))[1]["answers"] == {"name": "Aigul"}
    await you.tap("Stop for now")
    await you.tap("Delete and begin again")
    await you.tap("Yes, delete them and begin again")
    assert (await world.run(draft))[1]["answers"] == {}
