"""Payloads are untrusted: replayed, swapped, bent, foreign or old, they give a polite answer and grant nothing."""

import random
from collections.abc import Iterator

import pytest
from sqlmodel import SQLModel, select

from services import actions
from storage.tables.counselling import Case
from storage.tables.people import Conversation, Person
from storage.tables.traffic import Inbox
from storage.tables.vacancies import SavedVacancy
from storage.work import Work
from tests.phone import Phone, World

KNOWN = sorted(head for head, kind in actions.known().items() if kind.__module__.startswith(("handlers", "services")))
NASTY = (
    "",
    " ",
    ":",
    "::::",
    "reg1:extra",
    "vo1:0",
    "vo1:999999999999999999",
    "vo1:-1",
    "vo1:1 OR 1=1",
    "vo1:1;DROP TABLE person",
    "rr1:../../etc/passwd",
    "rr1:KZ-75\0",
    "ro1:7212' --",
    "lang1:xx",
    "lang1:",
    "rs1:summary",
    "rb1:nowhere",
    "rc1:id",
    "dh1:3",
    "dh1:99",
    "try1:1",
    "ask1:v999",
    "ask1:b../../secret",
    "bo1:../../../etc/passwd",
    "ы" * 64,
    "x" * 4000,
    "\u202e",
)


async def registered(phone: Phone) -> Phone:
    """Bring somebody through the registration."""
    await phone.say("/start")
    await phone.tap("English")
    await phone.say("/register")
    await phone.forward("yes", "Aigul", "Karaganda", "excavator")
    await phone.tap("1. Excavator operator")
    while "Skip" in phone.last.labels:
        await phone.tap("Skip")
    await phone.tap("Save")
    return phone


def rows_of(user_id: int) -> "Reading":
    """Read everything that belongs to one person."""
    return Reading(user_id)


class Reading:
    """A unit that reads one person's rows."""

    def __init__(self, user_id: int) -> None:
        self.user_id = user_id

    def __call__(self, work: Work) -> list[dict[str, object]]:
        person = work.session.exec(select(Person).where(Person.user_id == self.user_id)).one()
        found: list[SQLModel] = [person]
        for table in (Conversation, SavedVacancy, Case):
            found += work.session.exec(select(table).where(table.person_id == person.id)).all()
        return [row.model_dump() for row in found]


def dead(work: Work) -> list[str | None]:
    """Give why updates were given up."""
    return list(work.session.exec(select(Inbox.reason).where(Inbox.state == "dead")).all())


@pytest.mark.parametrize("payload", NASTY)
async def test_a_bent_payload_is_answered_and_changes_nothing(sqlite_world: World, payload: str) -> None:
    you = await registered(sqlite_world.phone())
    before = await sqlite_world.run(rows_of(you.chat_id))
    happened = await you.press(payload)
    assert happened[0].act == "tap", "the spinner stops"
    assert await sqlite_world.run(dead) == []
    after = await sqlite_world.run(rows_of(you.chat_id))
    assert _without_standing(after) == _without_standing(before)


def _without_standing(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Leave out where the person stands: looking at something else is what a press is for. A case may be asked for."""
    passing = {"step", "form", "updated_at", "state", "kept_step"}
    return [
        {name: value for name, value in row.items() if name not in passing} for row in rows if "opened_at" not in row
    ]


@pytest.mark.parametrize("where", ["nowhere", "registration", "search", "talking"])
async def test_every_old_keyboard_is_answered(sqlite_world: World, where: str) -> None:
    world = sqlite_world
    you = await registered(world.phone())
    if where == "registration":
        await you.say("/register")
        await you.tap("2. Place")
    elif where == "search":
        await you.say("/vacancies")
    elif where == "talking":
        await you.say("/counsellor Hello?")
        await world.desk(thread_id=world.topic()).say("/take")
    payloads = [
        payload
        for head in KNOWN
        for payload in (head, f"{head}:1", f"{head}:name", f"{head[:-1]}0:1", f"{head[:-1]}9:1")
    ]
    happened = await world.feed(*(you.pressing(payload) for payload in payloads))
    assert [one.act for one in happened].count("tap") == len(payloads), "every spinner stops"
    assert await world.run(dead) == []


async def test_a_keyboard_of_an_older_release_says_so(world: World) -> None:
    you = await registered(world.phone())
    happened = await you.press("rr0:KZ-75")
    assert happened[0].text == "This list is old. Here is a fresh one."
    assert "what do you need?" in you.last.text.casefold()


async def test_a_keyboard_in_another_language_still_works(world: World) -> None:
    you = await registered(world.phone())
    old = you.screen[-2]
    await you.say("/language")
    await you.tap("Русский")
    await you.press(old.keys[0].payload, old)
    assert "Какую работу" in old.text


async def test_a_finished_form_cannot_be_saved_again(world: World) -> None:
    you = await registered(world.phone())
    before = await world.run(rows_of(you.chat_id))
    for payload in ("rv1", "rs1:name", "rr1:KZ-75", "ro1:5120", "rc1:name", "rb1:place"):
        happened = await you.press(payload)
        assert happened[0].text == "This list is old. Here is a fresh one.", payload
    assert await world.run(rows_of(you.chat_id)) == before


async def test_nobodys_payload_reaches_somebody_elses_rows(world: World) -> None:
    owner = await registered(world.phone(1500, "Owner"))
    await owner.say("/vacancies")
    await owner.say("driver")
    await owner.press(owner.last.keys[0].payload)
    await owner.tap("Save")
    await owner.say("/counsellor Mine alone")
    captured = sorted({key.payload for shown in owner.screen for key in shown.keys})
    before = await world.run(rows_of(1500))
    thief = await registered(world.phone(1600, "Thief"))
    for payload in (*captured, "ct1", "cc1", "cl1", "try1:1"):
        await thief.press(payload)
    assert await world.run(rows_of(1500)) == before
    assert await world.run(dead) == []
    seen = " ".join(shown.text for shown in thief.screen)
    assert "Mine alone" not in seen
    assert "Owner" not in seen


async def test_flipped_bits_are_only_ever_other_presses(sqlite_world: World) -> None:
    you = await registered(sqlite_world.phone())
    pressed = [you.pressing(payload) for payload in _bent(random.Random(6))]
    await sqlite_world.feed(*pressed)
    assert await sqlite_world.run(dead) == []
    person = (await sqlite_world.run(rows_of(you.chat_id)))[0]
    assert person["name"] == "Aigul"


def _bent(dice: random.Random) -> Iterator[str]:
    for head in KNOWN:
        for _ in range(6):
            letters = list(f"{head}:{dice.choice(['1', 'name', 'KZ-75', '7212'])}")
            place = dice.randrange(len(letters))
            letters[place] = chr(ord(letters[place]) ^ 1 << dice.randrange(7))
            yield "".join(letters)
