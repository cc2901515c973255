"""A pretend phone: people talk to the real service, and only the network is left out.

Dispatcher, lanes, turns, desks, database, outbox and courier are the product's own. The messenger is a `Recorder`, the
clock is the test's, and nothing waits. `World` is one office with everybody around it; `Phone` is one person's seat in
a chat: their private one, or a topic of the staff group.
"""

import asyncio
import base64
import dataclasses
import functools
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import col, select

from bot import wiring
from bot.lifecycle import Nursery
from bot.schedule import Schedule
from bot.settings import Settings, read_settings
from bot.wiring import Content, Dialogue, Service, load_content
from channels.courier import Courier
from handlers.letters import in_languages
from storage import faults, inbox
from storage.clock import Clock
from storage.queries import cases
from storage.tables.counselling import Staff
from storage.tables.people import Person
from storage.tables.traffic import Outbox
from storage.work import Work
from tests import canaries, databases
from tests.recorder import Happening, Recorder, Shown, Unhurried

BOT_ID = 7000099
BOT_NAME = "jobline_test_bot"
TOKEN = f"{BOT_ID}:{canaries.SECRET}"
KEY = base64.urlsafe_b64encode(databases.KEY).decode()
STAFF_GROUP = -1001000000001
ADMIN, ANNA, BORIS, YOU = 3001, 2001, 2002, 1001
OFFICE = ZoneInfo("Asia/Almaty")
START = datetime(2026, 11, 23, 9, 0, tzinfo=OFFICE).astimezone(UTC)
"""A Monday morning at the office; the samples' dates are counted from it."""


class Hands(Clock):
    """A clock that a test moves."""

    def __init__(self, instant: datetime = START) -> None:
        super().__init__(source=lambda: self.instant)
        self.instant = instant


class Watched(Nursery):
    """A nursery that remembers what failed, so that a test can fail too."""

    def __init__(self) -> None:
        super().__init__()
        self.failures: list[BaseException] = []

    def _ended(self, task: asyncio.Task[Any]) -> None:
        super()._ended(task)
        failure = None if task.cancelled() else task.exception()
        if failure is not None:
            self.failures.append(failure)

    async def rest(self) -> None:
        """Wait until nothing runs."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))


class Frank(Courier):
    """A courier that does not hide a database error behind another try."""

    async def _quietly(self, unit: Callable[[Work], Any]) -> Any:
        return await self._database.run(unit)


def settings_for(url: str, **given: Any) -> Settings:
    """Give the settings of a test office."""
    chosen = {"token": TOKEN, "key": KEY, "admins": (ADMIN,), "staff_groups": (STAFF_GROUP,), **given}
    return read_settings(database_url=url, **chosen)


def _content_of(settings: Settings) -> Content:
    """Read what the office maintains once for all tests; nothing changes it."""
    return _read_content(settings.languages, settings.country)


@functools.cache
def _read_content(languages: tuple[str, ...], country: str) -> Content:
    return load_content(settings_for("sqlite:///nowhere", languages=languages, country=country))


class World:
    """One office and everybody who writes to it."""

    def __init__(self, settings: Settings, recorder: Recorder, clock: Hands) -> None:
        self.settings = settings
        self.recorder = recorder
        self.clock = clock
        self.pace = Unhurried()
        self.nursery = Watched()
        self.service = self._build()
        self.dialogue: Dialogue = wiring.build_dialogue(self.service)
        self.update_id = 500

    def _build(self) -> Service:
        """Make the product's own parts, with the recorder in place of the network."""
        with mock.patch.object(wiring, "load_content", _content_of):
            built = wiring.build(self.settings, clock=self.clock)
        courier = Frank(
            built.database,
            self.recorder,
            self.pace,
            in_languages(built.content.languages),
            bot_id=BOT_ID,
            spawn=self.nursery.start,
        )
        desks = built.desks
        schedule = Schedule(
            built.database, courier.wake, digests=desks.digests, unfinished=desks.drafts, erasure=desks.erasure
        )
        return dataclasses.replace(built, nursery=self.nursery, courier=courier, schedule=schedule, bot_name=BOT_NAME)

    async def start(self) -> None:
        """Open the database and employ the staff."""
        await self.service.database.start()
        await self.run(lambda work: wiring.take_over(work, self.settings, alone=True))
        await self.run(_employ)

    async def stop(self) -> None:
        """Close everything that is open."""
        await self.dialogue.lanes.stop()
        await self.nursery.stop()
        await self.service.database.stop()
        faults.arm("")

    async def run(self, unit: Any) -> Any:
        """Look into the database, or change something there."""
        return await self.service.database.run(unit)

    # Time

    def move(self, instant: datetime) -> None:
        """Move the clock and let nothing happen."""
        self.clock.instant = instant.astimezone(UTC)

    async def at(self, instant: datetime, *, down: bool = False) -> list[Happening]:
        """Let time pass until an instant, waking whenever something falls due; `down`: only at the end. Gives what was said."""
        seen = len(self.recorder.happened)
        while not down and (due := await self.run(self._next_due)) and due < instant:
            self.move(due)
            await self._tick()
        self.move(instant)
        await self._tick()
        await self.settle()
        return self.recorder.happened[seen:]

    async def after(self, **span: float) -> list[Happening]:
        """Let time pass while the service is down, and start it again."""
        return await self.at(self.clock.instant + timedelta(**span), down=True)

    def _next_due(self, work: Work) -> datetime | None:
        """Give the next instant at which a digest, a letter or a deletion falls due."""
        after = self.clock.instant
        digest = select(func.min(Person.next_digest_at)).where(col(Person.next_digest_at) > after)
        erasure = select(func.min(Person.erase_at)).where(col(Person.erase_at) > after)
        letter = select(func.min(Outbox.due_at)).where(Outbox.state == "pending", col(Outbox.due_at) > after)
        found = [work.session.exec(one).one() for one in (digest, erasure, letter)]
        return min(filter(None, found), default=None)

    async def _tick(self) -> None:
        await self.service.schedule.tick()
        await self.settle()

    # Updates

    def update(self, kind: str, event: dict[str, Any]) -> dict[str, Any]:
        """Number an update."""
        self.update_id += 1
        return {"update_id": self.update_id, kind: event}

    async def feed(self, *updates: dict[str, Any]) -> list[Happening]:
        """Take updates in and wait until everything is answered. Gives what was said."""
        seen = len(self.recorder.happened)
        await self.dialogue.intake.take_in(list(updates))
        await self.settle()
        return self.recorder.happened[seen:]

    async def settle(self) -> None:
        """Wait until no turn and no letter is left that could go on now."""
        while True:
            await self.nursery.rest()
            await self.service.courier.carry_all()
            await self.nursery.rest()
            waiting = await self.run(inbox.open_lanes)
            if not waiting:
                return
            self.dialogue.lanes.kick(waiting)

    # People

    def phone(self, user_id: int = YOU, name: str = "Aigul", language: str = "en") -> "Phone":
        """Give somebody's own phone."""
        return Phone(self, user_id, name, language)

    def topic(self, number: int = -1) -> int:
        """Give the thread of one of the cases' topics, by default the newest."""
        return list(self.recorder.topics(STAFF_GROUP))[number]

    def desk(self, user_id: int = ANNA, thread_id: int | None = None) -> "Phone":
        """Give a colleague's seat in the staff group: in a topic, or in General."""
        name = {ANNA: "Anna", BORIS: "Boris", ADMIN: "Clara"}.get(user_id, "Somebody")
        return Phone(self, user_id, name, "en", STAFF_GROUP, thread_id)


class Phone:
    """One person in one chat: says, taps, edits, shares, forwards, and reads what stands there."""

    def __init__(
        self,
        world: World,
        user_id: int,
        name: str,
        language: str,
        chat_id: int | None = None,
        thread_id: int | None = None,
    ) -> None:
        self.world = world
        self.person: dict[str, Any] = {"id": user_id, "is_bot": False, "first_name": name, "language_code": language}
        self.chat_id = chat_id or user_id
        self.thread_id = thread_id
        self.sent: list[int] = []

    # What is on screen

    @property
    def screen(self) -> list[Shown]:
        """Give the bot's messages in this chat, the oldest first."""
        return [one for one in self.world.recorder.shown[self.chat_id] if one.thread_id == self.thread_id]

    @property
    def last(self) -> Shown:
        """Give the bot's latest message."""
        return self.screen[-1]

    # What the person does

    async def say(self, text: str, **more: Any) -> list[Happening]:
        """Write a message. Gives what happened in this chat."""
        canaries.keep(text)
        return await self._feed("message", self.message(text=text, **more))

    async def edit(self, text: str, number: int = -1) -> list[Happening]:
        """Change one of the messages written before, by default the last."""
        canaries.keep(text)
        changed = {**self.message(text=text), "message_id": self.sent[number], "edit_date": self._date()}
        self.sent.pop()
        return await self._feed("edited_message", changed)

    async def share(self, what: str) -> list[Happening]:
        """Send something that is no text: photo, voice, document, sticker, contact, location."""
        shared = self.message(**SHARED[what])
        self.sent.pop()
        return await self._feed("message", shared)

    async def forward(self, *texts: str) -> list[Happening]:
        """Forward messages in one burst."""
        origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": self._date()}
        messages = [self.message(text=text, forward_origin=origin) for text in texts]
        return await self._feed_all([self.world.update("message", one) for one in messages])

    async def tap(self, label: str) -> list[Happening]:
        """Press the newest button of this label. Raises LookupError when there is none on the screen."""
        for one in reversed(self.screen):
            for key in one.keys:
                if key.label == label:
                    return await self.press(key.payload, one)
        message = f"no button {label!r}; the last message has {self.last.labels}"
        raise LookupError(message)

    async def press(self, payload: str, under: Shown | None = None, **more: Any) -> list[Happening]:
        """Press a button that carries this payload, whether it was ever shown or not."""
        return await self._feed_all([self.pressing(payload, under, **more)])

    def pressing(self, payload: str, under: Shown | None = None, **more: Any) -> dict[str, Any]:
        """Give the update of a press."""
        shown = under or (self.screen[-1] if self.screen else None)
        bot = {"id": BOT_ID, "is_bot": True, "first_name": "Jobline", "username": BOT_NAME}
        number = shown.message_id if shown else 1
        pressed = {**self.message(text=shown.text if shown else "–"), "from": bot, "message_id": number}
        self.sent.pop()
        event = {
            "id": f"{self.chat_id}-{self.world.update_id}",
            "from": self.person,
            "chat_instance": "1",
            "message": pressed,
            "data": payload,
            **more,
        }
        return self.world.update("callback_query", event)

    async def block(self, status: str = "kicked") -> list[Happening]:
        """Block the bot ("kicked") or let it in again ("member")."""
        (self.world.recorder.blocked.add if status == "kicked" else self.world.recorder.blocked.discard)(self.chat_id)
        bot = {"id": BOT_ID, "is_bot": True, "first_name": "Jobline", "username": BOT_NAME}
        event = {
            "chat": self._chat(),
            "from": self.person,
            "date": self._date(),
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {}),
        }
        return await self._feed("my_chat_member", event)

    def message(self, **content: Any) -> dict[str, Any]:
        """Give a message of this person, not sent yet."""
        number = self.world.recorder.number(self.chat_id)
        self.sent.append(number)
        message = {
            "message_id": number,
            "date": self._date(),
            "chat": self._chat(),
            "from": self.person,
        }
        if self.thread_id is not None:
            message |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        return message | content

    # Inside

    def _chat(self) -> dict[str, Any]:
        if self.chat_id > 0:
            return {"id": self.chat_id, "type": "private", "first_name": self.person["first_name"]}
        return {"id": self.chat_id, "type": "supergroup", "title": "Counsellors", "is_forum": True}

    def _date(self) -> int:
        return int(self.world.clock.instant.timestamp())

    async def _feed(self, kind: str, event: dict[str, Any]) -> list[Happening]:
        return await self._feed_all([self.world.update(kind, event)])

    async def _feed_all(self, updates: Iterable[dict[str, Any]]) -> list[Happening]:
        happened = await self.world.feed(*updates)
        return [one for one in happened if one.chat_id == self.chat_id and one.thread_id in {self.thread_id, None}]


_FILE = {"file_id": "F1", "file_unique_id": "U1"}
SHARED: dict[str, dict[str, Any]] = {
    "photo": {"photo": [{**_FILE, "width": 90, "height": 90}]},
    "voice": {"voice": {**_FILE, "duration": 3}},
    "document": {"document": {**_FILE, "file_name": "cv.pdf"}},
    "sticker": {
        "sticker": {**_FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
    },
    "contact": {"contact": {"phone_number": canaries.PHONE, "first_name": "Aigul"}},
    "location": {"location": {"latitude": 43.24, "longitude": 76.94}},
}
"""What can be shared besides text."""


def _employ(work: Work) -> None:
    for user_id, role, name in ((ANNA, "counsellor", "Anna"), (BORIS, "counsellor", "Boris")):
        if cases.staff_by_account(work, user_id) is None:
            work.add(Staff(user_id=user_id, role=role, name=name, joined_at=work.now))


@asynccontextmanager
async def open_world(
    settings: Settings, recorder: Recorder | None = None, clock: Hands | None = None
) -> AsyncIterator[World]:
    """Open an office for the length of a block; afterwards nothing may have failed unseen."""
    world = World(settings, recorder or Recorder(), clock or Hands())
    await world.start()
    try:
        yield world
    finally:
        await world.stop()
    assert world.recorder.complaints == []
    assert world.nursery.failures == []
