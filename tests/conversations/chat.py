"""Transcripts: conversations as anybody can read them, replayed and written again.

    # A comment says what this conversation is about.
    you: /start                     you write
    tap: Register                   you press the button of this label
    edit: Aigul                     you change your last message
    share: photo                    you send something that is no text
    anna@topic: Hello               somebody else writes; `taps:` and `edits:` work for them too
    time: 2026-11-24 09:20          time passes, and what is due happens
    down: 2026-11-25 11:00          the service stands still until then
    phone: ru                       the language of the phones, before anybody spoke

What the bot does stands below, with its buttons row by row. `bot:` is a new message after something written, and the
pressed message, changed, after a tap. Where it is the other way round, it says `bot, anew:` or `bot, in place:`. A
`toast:` shows over the chat for a moment. Where several take part, `bot to aigul:` and `bot in topic:` say who reads it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.phone import ADMIN, ANNA, BORIS, OFFICE, STAFF_GROUP, YOU, Phone, World
from tests.recorder import Happening

PEOPLE = {"you": (YOU, "Aigul"), "dana": (1002, "Dana"), "anna": (ANNA, "Anna"), "boris": (BORIS, "Boris")}
PEOPLE["clara"] = (ADMIN, "Clara")
BUBBLE = "     "

_ACT = re.compile(r"(?P<who>[a-z]+)(?:@(?P<where>topic|group))?(?: (?P<verb>taps|edits|shares|presses))?: (?P<what>.*)")
_SHORT = {"tap": "taps", "edit": "edits", "share": "shares", "press": "presses"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is done in a transcript; `text` is how it stands there."""

    text: str
    who: str
    where: str | None
    verb: str
    what: str


class Unreadable(Exception):
    """A line of a transcript that says nothing the replay understands."""


def read(transcript: str) -> Iterator[Line | str]:
    """Read what is done in a transcript, and its comments; the bot's part and blank lines are left out."""
    lines = transcript.splitlines()
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith(BUBBLE) or re.match(r"(bot|toast)\b[^:]*:", line):
            continue
        if line.startswith("#"):
            yield line
        else:
            yield _line(line, [one.removeprefix(BUBBLE) for one in _until_next(lines[number + 1 :])])


def _until_next(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith(BUBBLE):
            return
        yield line


def _line(line: str, continued: list[str]) -> Line:
    text = "\n".join([line, *(BUBBLE + more for more in continued)])
    head, _, what = line.partition(": ")
    what = "\n".join([what, *continued])
    if head in _SHORT:
        return Line(text, "you", None, _SHORT[head], what)
    if head in {"time", "down", "phone"}:
        return Line(text, head, None, head, what)
    found = _ACT.fullmatch(line)
    if found is None or found["who"] not in PEOPLE:
        raise Unreadable(line)
    return Line(text, found["who"], found["where"], found["verb"] or "says", what)


class Replay:
    """Plays a transcript against a world and writes down what really happened."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.language = "en"
        self.seats: dict[tuple[str, str | None], Phone] = {}

    async def play(self, transcript: str) -> str:
        """Give the transcript as it is today."""
        written: list[str] = []
        for line in read(transcript):
            if isinstance(line, str):
                apart = written and not written[-1].startswith("#")
                written.extend(["", line] if apart else [line])
                continue
            seen = len(self.world.recorder.happened)
            await self._do(line)
            written.append(line.text)
            for happening in self.world.recorder.happened[seen:]:
                written.extend(self._written(line, happening))
        return "\n".join(written).rstrip("\n") + "\n"

    async def _do(self, line: Line) -> None:
        match line.verb:
            case "phone":
                self.language = line.what
            case "time" | "down":
                instant = datetime.fromisoformat(line.what).replace(tzinfo=OFFICE)
                await self.world.at(instant, down=line.verb == "down")
            case "says":
                await self._seat(line).say(line.what)
            case "taps":
                await self._seat(line).tap(line.what)
            case "edits":
                await self._seat(line).edit(line.what)
            case "shares":
                await self._seat(line).share(line.what)
            case "presses":
                await self._seat(line).press(line.what)

    def _seat(self, line: Line) -> Phone:
        key = (line.who, line.where)
        if key not in self.seats:
            number, name = PEOPLE[line.who]
            if line.where is None:
                self.seats[key] = self.world.phone(number, name, self.language)
            else:
                self.seats[key] = self.world.desk(number, self.world.topic() if line.where == "topic" else None)
        return self.seats[key]

    def _written(self, line: Line, happening: Happening) -> Iterator[str]:
        to = self._addressee(line, happening)
        match happening.act:
            case "tap":
                if happening.text:
                    yield f"toast{to}: {happening.text}"
                return
            case "topic":
                yield f"bot opens a topic: {happening.text}"
                return
            case "leave":
                yield f"bot leaves{to}:"
                return
            case "delete":
                yield f"bot deletes the topic: {happening.text}"
                return
            case "file":
                yield from bubble(f"bot sends a file{to}: ", happening)
                return
        yield from bubble(f"bot{to}{_surprise(line, happening)}: ", happening)

    def _addressee(self, line: Line, happening: Happening) -> str:
        if happening.chat_id == STAFF_GROUP:
            if happening.act == "tap":
                return f" for {line.who}"
            return " in topic" if happening.thread_id else " in group"
        if happening.chat_id == YOU:
            return ""
        return " to " + next((name for name, (number, _) in PEOPLE.items() if number == happening.chat_id), "somebody")


def _surprise(line: Line, happening: Happening) -> str:
    """Say when a message did not come the way it usually does after such an act."""
    if happening.act == "edit" and line.verb not in {"taps", "presses"}:
        return ", in place"
    own = happening.chat_id == YOU and line.who == "you"
    return ", anew" if happening.act == "send" and own and line.verb in {"taps", "presses"} else ""


def bubble(head: str, happening: Happening) -> Iterator[str]:
    """Write a message with its buttons, every row of text under the first."""
    first, *more = happening.text.split("\n")
    yield (head + first).rstrip()
    for row in more:
        yield (BUBBLE + row).rstrip()
    for keys in happening.rows:
        yield BUBBLE + " ".join(f"[{key.label}]" for key in keys)
