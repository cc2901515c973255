"""The people of a crash test. Whatever they do is written down here too, so that it can be counted afterwards.

Talkers register, ask for a counsellor and then write numbered lines; a counsellor takes every second case and answers
in numbered lines. Askers put questions to the bot that each get an answer.
"""

import asyncio
import math
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.registration.actions import BeginQuestions, PickOccupation, PickRegion, SaveRegistration, SkipQuestion
from handlers.start.actions import OpenMyData, OpenRegistration, PickLanguage
from services.actions import Action
from tests.crash.ledger import Row
from tests.crash.office import COUNSELLOR, Office, Street
from tests.crash.programs import until

MARK = "quokka"
"""Stands in everything anybody says, and so in no log."""

REGION, OCCUPATION = "KZ-71", "5120"
SKIPPED = ("skills", "experience", "education", "languages", "hours", "pay")
TOPIC = """SELECT l.chat_id, l.thread_id FROM place l JOIN person p ON p.id = l.person_id
    WHERE p.user_id = {user_id} AND l.thread_id IS NOT NULL"""
FIRST_TALKER, FIRST_ASKER = 10_001, 20_001
PATIENCE_S = 30.0
"""How long somebody waits for the bot's next screen before going on without it; outages do not count."""

QUESTIONS = ("How much money do I get?", "Which documents do I need?", "How long is it paid?", "Who can get benefit?")


Topic = tuple[int, int]
"""A staff group and the thread of a case in it."""


@dataclass
class Said:
    """One thing a person did, as the messenger numbered it."""

    update_id: int
    text: str


@dataclass
class Walker:
    """What every person has: a number, a name, and the memory of what they did."""

    user_id: int
    name: str
    street: Street
    pace: "Pace"
    said: list[Said] = field(default_factory=list)

    async def say(self, text: str, **where: Any) -> None:
        """Write a message."""
        await self.pace.turn()
        sent = await self.street.post(f"/ui/people/{self.user_id}/send", text=text, **where)
        self.said += [Said(number, text) for number in sent["update_ids"]]

    async def press(self, tap: Action) -> None:
        """Press a button under the bot's latest message."""
        await self.pace.turn()
        shown = [message["message_id"] for message in await self.street.latest(self.user_id) if message["from_bot"]]
        under = shown[-1] if shown else 1
        pressed = await self.street.post(f"/ui/people/{self.user_id}/press", message_id=under, data=tap.pack())
        self.said.append(Said(pressed["update_id"], tap.pack()))

    async def sees(self, tap: Action) -> None:
        """Wait until this button stands under the bot's latest message."""

        async def shown() -> bool:
            await asyncio.sleep(self.pace.look_every)
            latest = [one["buttons"] for one in await self.street.latest(self.user_id) if one["from_bot"]]
            buttons = [button for row in latest[-1] for button in row] if latest else []
            return any(button.get("callback_data") == tap.pack() for button in buttons)

        await self.pace.patiently(shown)


@dataclass
class Talker(Walker):
    """Somebody with a case. `lines` is what belongs in it, in order; `heard` is what the counsellor answered."""

    lines: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    registered: bool = False

    async def register(self) -> None:
        """Answer three questions, skip the others and save."""
        await self.say("/start")
        await self.sees(PickLanguage("en"))
        await self.press(PickLanguage("en"))
        await self.sees(OpenRegistration())
        await self.say("/register")
        await self.sees(BeginQuestions())
        await self.press(BeginQuestions())
        await self.sees(SkipQuestion("name"))
        await self.say(self.name)
        await self.sees(SkipQuestion("place"))
        await self.press(PickRegion(REGION))
        await self.sees(SkipQuestion("occupation"))
        await self.say("cook")
        await self.sees(PickOccupation(OCCUPATION))
        await self.press(PickOccupation(OCCUPATION))
        for question in SKIPPED:
            await self.sees(SkipQuestion(question))
            await self.press(SkipQuestion(question))
        await self.sees(SaveRegistration())
        await self.press(SaveRegistration())
        await self.sees(OpenMyData())
        self.registered = True

    async def ask(self) -> None:
        """Open a case with the first line as its question."""
        self.lines.append(self._line(0))
        await self.say(f"/counsellor {self.lines[0]}")

    async def talk(self, number: int, burst: int = 6) -> None:
        """Write so many more lines, some at a time."""
        for start in range(0, number, burst):
            for _ in range(min(burst, number - start)):
                self.lines.append(self._line(len(self.lines)))
                await self.say(self.lines[-1])
            await asyncio.sleep(0)

    def _line(self, number: int) -> str:
        return f"{self.name} {MARK} line {number:04d}"


@dataclass
class Asker(Walker):
    """Somebody with questions that the bot answers itself."""

    async def talk(self, number: int) -> None:
        """Ask so many questions."""
        for count in range(len(self.said), len(self.said) + number):
            await self.say(f"{QUESTIONS[count % len(QUESTIONS)]} {MARK} {count:04d}")


@dataclass
class Counsellor(Walker):
    """Takes cases and answers in their topics."""

    async def take(self, talker: Talker, topic: Topic, answers: int) -> None:
        """Take a case and answer."""
        chat_id, thread_id = topic
        await self.say("/take", chat_id=chat_id, thread_id=thread_id)
        for number in range(answers):
            talker.heard.append(f"Clara {MARK} to {talker.name} {number:04d}")
            await self.say(talker.heard[-1], chat_id=chat_id, thread_id=thread_id)


class Pace:
    """Lets people act as often as it was released, so that load and kills keep step on any machine."""

    def __init__(self, people: int) -> None:
        self.look_every = max(0.25, people / 100)
        self._turns = asyncio.Semaphore(0)
        self._open = False
        self._opened_at = math.inf

    def release(self, turns: int) -> None:
        """Let so many more deeds happen."""
        for _ in range(turns):
            self._turns.release()

    def open(self) -> None:
        """Let everything happen from now on."""
        self._open = True
        self._opened_at = time.monotonic()
        self.release(10_000)

    async def turn(self) -> None:
        """Wait for one's turn."""
        if not self._open:
            await self._turns.acquire()

    async def patiently(self, shown: Callable[[], Awaitable[bool]]) -> None:
        """Wait until something is shown, or until one would not wait any longer although no more kills come."""
        began = time.monotonic()
        while not await shown():
            if time.monotonic() > max(began, self._opened_at) + PATIENCE_S:
                return


@dataclass
class Crowd:
    """Everybody, and what they will do."""

    office: Office
    talkers: list[Talker]
    askers: list[Asker]
    counsellor: Counsellor
    pace: Pace

    @classmethod
    async def gathered(cls, office: Office, *, talkers: int, askers: int) -> "Crowd":
        """Let there be so many people of each kind."""
        street, pace = office.street, Pace(talkers)
        talking = [Talker(FIRST_TALKER + n, f"Talker{_letters(n)}", street, pace) for n in range(talkers)]
        asking = [Asker(FIRST_ASKER + n, f"Asker{_letters(n)}", street, pace) for n in range(askers)]
        await office.people({one.user_id: one.name for one in (*talking, *asking)})
        return cls(office, talking, asking, Counsellor(COUNSELLOR, "Clara", street, pace), pace)

    @property
    def everybody(self) -> Sequence[Walker]:
        """Give all walkers, the counsellor too."""
        return [*self.talkers, *self.askers, self.counsellor]

    @property
    def said(self) -> list[Said]:
        """Give everything anybody did."""
        return [said for walker in self.everybody for said in walker.said]

    async def speak_up(self, lines: int) -> None:
        """Say so many things each, without waiting for any answer: the bot may be away. A case is opened first."""
        self.pace.open()
        talks = [self._straight(one, lines) for one in self.talkers]
        await asyncio.gather(*talks, *(one.talk(lines) for one in self.askers))

    @staticmethod
    async def _straight(talker: Talker, lines: int) -> None:
        if not talker.lines:
            await talker.ask()
        await talker.talk(lines)

    async def live(self, lines: int, chance: random.Random) -> None:
        """Do all of it: register, ask, be taken, talk both ways; and questions beside it."""
        whole = [self._whole(one, number, lines, chance.random()) for number, one in enumerate(self.talkers)]
        await asyncio.gather(*whole, *(one.talk(lines) for one in self.askers))

    async def _whole(self, talker: Talker, number: int, lines: int, later: float) -> None:
        await asyncio.sleep(later)
        await talker.register()
        await talker.ask()
        if number % 2:
            await talker.talk(lines)
        else:
            await asyncio.gather(talker.talk(lines), self._taken(talker, lines // 2))

    async def _taken(self, talker: Talker, answers: int) -> None:
        await self.counsellor.take(talker, await self._topic_of(talker), answers)

    async def _topic_of(self, talker: Talker) -> Topic:
        """Wait until the case has a topic, and give it."""

        async def found() -> list[Row]:
            await asyncio.sleep(0.5)
            return await self.office.ledger.rows(TOPIC.format(user_id=talker.user_id))

        topic = (await until(found, 600, f"the case of {talker.name} has a topic"))[0]
        return topic["chat_id"], topic["thread_id"]


def _letters(number: int) -> str:
    """Write a number in letters, since a name has no digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
