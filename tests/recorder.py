"""A messenger that is only remembered: what the courier says to it stands in lists, and it can be told how to answer."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

from channels import outcomes
from channels.outcomes import Outcome
from channels.telegram import markup
from services.actions import PAYLOAD_LIMIT
from services.screen import TEXT_LIMIT, Packed

Act = Literal["send", "edit", "tap", "topic", "leave", "file", "rename", "close", "delete"]
TOAST_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Key:
    """A button as it stands under a message."""

    label: str
    payload: str
    url: str = ""


@dataclass(slots=True)
class Shown:
    """A message of the bot as it stands on a screen now."""

    chat_id: int
    message_id: int
    thread_id: int | None
    text: str
    html: str
    rows: list[list[Key]]

    @property
    def keys(self) -> list[Key]:
        """Give the buttons, row by row."""
        return [key for row in self.rows for key in row]

    @property
    def labels(self) -> list[str]:
        """Give what the buttons say."""
        return [key.label for key in self.keys]


@dataclass(frozen=True, slots=True)
class Happening:
    """One call of the courier that was accepted, in the order of the calls."""

    act: Act
    chat_id: int
    text: str
    rows: list[list[Key]] = field(default_factory=list)
    thread_id: int | None = None
    message_id: int = 0

    @property
    def labels(self) -> list[str]:
        """Give what the buttons say."""
        return [key.label for row in self.rows for key in row]


class Recorder:
    """The courier's channel in tests. It refuses what a real messenger would refuse, and keeps a list of its complaints."""

    def __init__(self) -> None:
        self.shown: dict[int, list[Shown]] = defaultdict(list)
        self.happened: list[Happening] = []
        self.files: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
        self.complaints: list[str] = []
        self.blocked: set[int] = set()
        self.calls: list[tuple[Act, int]] = []
        self._numbers: dict[int, int] = defaultdict(lambda: 100)
        self._topics: dict[int, dict[int, str]] = defaultdict(dict)
        self._answers: dict[Act, deque[Outcome | None]] = defaultdict(deque)

    # How it answers

    def answer(self, act: Act, *answers: Outcome | None) -> None:
        """Give these answers to the next calls of a kind; None lets one call through."""
        self._answers[act].extend(answers)

    def number(self, chat_id: int) -> int:
        """Give the next message number of a chat; people's messages take theirs here too."""
        self._numbers[chat_id] += 1
        return self._numbers[chat_id]

    def topics(self, chat_id: int) -> dict[int, str]:
        """Give a group's topics with their titles."""
        return self._topics[chat_id]

    def forget_topic(self, chat_id: int, thread_id: int) -> None:
        """Delete a topic as an admin would by hand."""
        del self._topics[chat_id][thread_id]

    def find(self, chat_id: int, message_id: int) -> Shown | None:
        """Give a message of the bot."""
        return next((one for one in self.shown[chat_id] if one.message_id == message_id), None)

    # What the courier calls

    async def send(
        self, chat_id: int, shown: Packed, *, thread_id: int | None = None, reply_to: int | None = None
    ) -> Outcome:
        """Set a new message under the others."""
        ruling = self._ruling("send", chat_id)
        if ruling is not None:
            return ruling
        if chat_id in self.blocked:
            return outcomes.Unreachable("blocked")
        if thread_id is not None and thread_id not in self._topics[chat_id]:
            return outcomes.TopicLost()
        number = 0
        for part in markup.parts(shown):
            number = self.number(chat_id)
            one = self._read(Shown(chat_id, number, thread_id, "", "", []), part)
            self.shown[chat_id].append(one)
            self._note("send", one)
        return outcomes.Sent(number)

    async def edit(self, chat_id: int, message_id: int, shown: Packed) -> Outcome:
        """Change a message where it stands."""
        ruling = self._ruling("edit", chat_id)
        if ruling is not None:
            return ruling
        one = self.find(chat_id, message_id)
        if one is None or len(markup.parts(shown)) > 1:
            return outcomes.Uneditable()
        before = (one.html, one.rows)
        self._read(one, shown)
        if (one.html, one.rows) == before:
            return outcomes.Unchanged()
        self._note("edit", one)
        return outcomes.Sent(message_id)

    async def answer_tap(self, callback_id: str, toast: str = "") -> Outcome:
        """Stop a spinner; a toast shows over the chat of whoever pressed."""
        ruling = self._ruling("tap", 0)
        if len(toast) > TOAST_LIMIT:
            self.complaints.append(f"a toast of {len(toast)} characters")
        chat_id = callback_id.rpartition("-")[0]
        self.happened.append(Happening("tap", int(chat_id) if chat_id.lstrip("-").isdecimal() else 0, toast))
        return ruling or outcomes.Sent()

    async def send_document(
        self, chat_id: int, content: bytes, filename: str, caption: str = "", *, thread_id: int | None = None
    ) -> Outcome:
        """Set a file under the messages, and keep it."""
        ruling = self._ruling("file", chat_id)
        if ruling is not None:
            return ruling
        if chat_id in self.blocked:
            return outcomes.Unreachable("blocked")
        self.files[chat_id].append((filename, content))
        self.happened.append(Happening("file", chat_id, f"{filename}\n{caption}", thread_id=thread_id))
        return outcomes.Sent(self.number(chat_id))

    async def rename_topic(self, chat_id: int, thread_id: int, title: str) -> Outcome:
        """Give a topic another title."""
        ruling = self._ruling("rename", chat_id)
        if ruling is None:
            self._topics[chat_id][thread_id] = title
        return ruling or outcomes.Sent()

    async def close_topic(self, chat_id: int, thread_id: int) -> Outcome:
        """Close a topic."""
        return self._ruling("close", chat_id) or outcomes.Sent()

    async def delete_topic(self, chat_id: int, thread_id: int) -> Outcome:
        """Delete a topic with everything in it."""
        ruling = self._ruling("delete", chat_id)
        if ruling is not None:
            return ruling
        title = self._topics[chat_id].pop(thread_id, None)
        if title is None:
            return outcomes.TopicLost()
        self.shown[chat_id] = [one for one in self.shown[chat_id] if one.thread_id != thread_id]
        self.happened.append(Happening("delete", chat_id, title, thread_id=thread_id))
        return outcomes.Sent()

    async def create_topic(self, chat_id: int, title: str) -> Outcome:
        """Open a topic."""
        ruling = self._ruling("topic", chat_id)
        if ruling is not None:
            return ruling
        thread_id = self.number(chat_id)
        self._topics[chat_id][thread_id] = title
        self.happened.append(Happening("topic", chat_id, title, thread_id=thread_id))
        return outcomes.Sent(thread_id, thread_id)

    async def leave(self, chat_id: int) -> Outcome:
        """Leave a group."""
        ruling = self._ruling("leave", chat_id)
        self.happened.append(Happening("leave", chat_id, ""))
        return ruling or outcomes.Sent()

    # Inside

    def _ruling(self, act: Act, chat_id: int) -> Outcome | None:
        self.calls.append((act, chat_id))
        return self._answers[act].popleft() if self._answers[act] else None

    def _note(self, act: Act, one: Shown) -> None:
        self.happened.append(Happening(act, one.chat_id, one.text, one.rows, one.thread_id, one.message_id))

    def _read(self, one: Shown, shown: Packed) -> Shown:
        one.text = "".join(piece if isinstance(piece, str) else piece[1] for piece in shown.text)
        one.html = markup.html(shown)
        one.rows = [[Key(*button) for button in row] for row in shown.rows]
        self._inspect(one)
        return one

    def _inspect(self, one: Shown) -> None:
        """Complain of what a real messenger would refuse."""
        if not one.text.strip() or markup.width(one.text) > TEXT_LIMIT:
            self.complaints.append(f"a message of {markup.width(one.text)} characters")
        for key in one.keys:
            if not key.label.strip() or not (key.payload or key.url) or len(key.payload.encode()) > PAYLOAD_LIMIT:
                self.complaints.append(f"a button that no messenger takes: {key}")


class Unhurried:
    """A pace that lets everything go at once, and remembers which gates were shut."""

    def __init__(self) -> None:
        self.shut: list[tuple[float, int | None]] = []

    def landed(self, took: float) -> None:
        """Nothing to learn."""

    async def slot(self, chat_id: int, priority: int) -> None:
        """Wait for nothing."""

    def close(self, seconds: float, chat_id: int | None = None) -> None:
        """Remember."""
        self.shut.append((seconds, chat_id))
