"""What the courier needs of a channel: somebody who speaks, a pace, and the words of a letter."""

from collections.abc import Callable
from typing import Protocol

from channels.outcomes import Outcome
from services.letters import Letter
from services.screen import Packed, Screen
from storage.tables.people import Person


class Speaks(Protocol):
    """What the courier needs of a channel; `channels.telegram.sender.Sender` is one."""

    async def send(
        self, chat_id: int, shown: Packed, *, thread_id: int | None = None, reply_to: int | None = None
    ) -> Outcome:
        """Send a screen."""

    async def edit(self, chat_id: int, message_id: int, shown: Packed) -> Outcome:
        """Change a message of ours."""

    async def answer_tap(self, callback_id: str, toast: str = "") -> Outcome:
        """Stop a button's spinner."""

    async def send_document(
        self, chat_id: int, content: bytes, filename: str, caption: str = "", *, thread_id: int | None = None
    ) -> Outcome:
        """Send a file with a plain caption."""

    async def create_topic(self, chat_id: int, title: str) -> Outcome:
        """Open a topic."""

    async def rename_topic(self, chat_id: int, thread_id: int, title: str) -> Outcome:
        """Give a topic another title."""

    async def close_topic(self, chat_id: int, thread_id: int) -> Outcome:
        """Close a topic to ordinary members."""

    async def delete_topic(self, chat_id: int, thread_id: int) -> Outcome:
        """Delete a topic with everything in it."""

    async def leave(self, chat_id: int) -> Outcome:
        """Leave a group."""


class Paces(Protocol):
    """What the courier needs of `channels.pace.Pace`."""

    async def slot(self, chat_id: int, priority: int) -> None:
        """Wait for permission to send."""

    def landed(self, took: float) -> None:
        """Hear how many seconds a call took."""

    def close(self, seconds: float, chat_id: int | None = None) -> None:
        """Shut the gate."""


Phrase = Callable[[Letter, Person | None], Screen]
"""Finds the words of a letter for its reader; None is the staff."""
