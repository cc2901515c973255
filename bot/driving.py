"""Driving a turn: its coroutine runs to the end by hand, and is refused if it tries to wait or to speak."""

from collections.abc import Coroutine
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.session.base import BaseSession

T = TypeVar("T")


class Waited(Exception):
    """A handler tried to wait for something inside a turn: a defect, since the transaction is open."""


class NoNetwork(BaseSession):
    """aiogram's session during a turn: speaking is the courier's work."""

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # aiogram's signature
        """Refuse."""
        message = f"{type(method).__name__} was called inside a turn"
        raise Waited(message)

    async def close(self) -> None:
        """Nothing is open."""

    def stream_content(self, *given: Any, **named: Any) -> Any:
        """Refuse."""
        message = "a download was started inside a turn"
        raise Waited(message)


def drive(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that must not wait, to its end. Raises Waited when it does."""
    try:
        work.send(None)
    except StopIteration as ended:
        result: T = ended.value
        return result
    work.close()
    message = "a handler waited inside a turn"
    raise Waited(message)
