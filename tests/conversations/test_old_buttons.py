"""Every button of every transcript, pressed again after its talk has ended: said to be old, and nothing changes (ST-04)."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from handlers.common.screens import outdated
from handlers.deletion.actions import DeleteNow, UndoDeletion
from handlers.everyday import actions as everyday
from handlers.registration import actions as registration
from services.actions import head_of, known
from services.people.profile import answers_of
from storage.queries import people
from storage.tables.traffic import Inbox
from storage.work import Work
from tests.conversations.chat import Replay
from tests.conversations.test_transcripts import TRANSCRIPTS, text_of
from tests.phone import YOU, Phone, World
from tests.recorder import Shown

ENDING = (registration.__name__, everyday.__name__)
ENDS_WITH_ITS_TALK = {head for head, action in known().items() if action.__module__ in ENDING}
"""Buttons that mean something only while their talk lasts."""

WAITING_DELETION = {UndoDeletion.head(), DeleteNow.head()}
"""Buttons that mean something only while a deletion waits."""


def kept(work: Work) -> Any:
    """Give what is stored about the person, and where they stand."""
    found = people.speaker(work, YOU)
    assert found is not None
    person, talk = found
    facts = (person.registered_at, person.erase_at, person.digest_hour, person.stopped_at)
    return answers_of(person), facts, talk.step, talk.form.get("registration")


def dead(work: Work) -> list[int | None]:
    """Give the updates that were given up."""
    return list(work.session.exec(select(Inbox.id).where(Inbox.state == "dead")).all())


def everything_shown(world: World) -> list[tuple[str, Shown]]:
    """Give every button that ever stood in the person's chat, once, with the message it stands under."""
    shown = [(key.payload, one) for one in world.recorder.shown[YOU] for key in one.keys if key.payload]
    shown += [
        (key.payload, world.recorder.shown[YOU][0])
        for happening in world.recorder.happened
        if happening.chat_id == YOU
        for row in happening.rows
        for key in row
        if key.payload
    ]
    return list({payload: (payload, under) for payload, under in reversed(shown)}.values())


async def nothing_under_way(you: Phone) -> None:
    """End whatever the transcript left open."""
    await you.say("/end")
    await you.say("/cancel")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_old_buttons_say_so_and_change_nothing(path: Path, sqlite_world: World) -> None:
    await Replay(sqlite_world).play(text_of(path))
    you = sqlite_world.phone()
    await nothing_under_way(you)
    before = await sqlite_world.run(kept)
    buttons = everything_shown(sqlite_world)
    said = {outdated(one).text for one in map(sqlite_world.service.content.languages.__getitem__, LANGUAGES)}

    for payload, under in (one for one in buttons if head_of(one[0]) in ENDS_WITH_ITS_TALK):
        happened = await you.press(payload, under)
        toast = next(one.text for one in happened if one.act == "tap")
        assert toast in said, payload
        assert await sqlite_world.run(kept) == before, payload

    for payload, under in (one for one in buttons if head_of(one[0]) in WAITING_DELETION):
        await you.press(payload, under)
        assert await sqlite_world.run(kept) == before, payload
    for payload, under in buttons:
        assert "tap" in {one.act for one in await you.press(payload, under)}, payload
    assert await sqlite_world.run(dead) == []


LANGUAGES = ("en", "ru", "kk", "es", "fr", "ar")
