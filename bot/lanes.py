"""Lanes: the order updates are worked in. One lane in order, many lanes at once.

The lane key is a pure function of the raw update, so it is known before anything is parsed and survives nonsense.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "channel_post",
    "edited_channel_post",
)
"""The kinds of update we ask the messenger for. Anything else is stored and ignored with its reason."""

Take = Callable[[str], Awaitable[float | None]]
"""Works on the earliest update of a lane. Gives None when it ended, or the seconds to wait before trying it again."""


def kind_of(update: dict[str, Any]) -> str:
    """Give the kind of a raw update; "unknown" for kinds we do not know."""
    return next((kind for kind in KINDS if isinstance(update.get(kind), dict)), "unknown")


def lane_of(update: dict[str, Any]) -> str:
    """Give the lane of a raw update: private chat by user, group by chat and topic, else by chat."""
    event = update.get(kind_of(update))
    if not isinstance(event, dict):
        return "none"
    message = event.get("message") if isinstance(event.get("message"), dict) else event
    chat = message.get("chat") if isinstance(message, dict) else None
    sender = _number(event.get("from"))
    if not isinstance(chat, dict):
        return "none" if sender is None else f"u:{sender}"
    number = _number(chat)
    if number is None:
        return "none"
    if chat.get("type") == "private":
        return f"u:{number if sender is None else sender}"
    thread = message.get("message_thread_id") if isinstance(message, dict) else None
    return f"g:{number}:{thread if _is_number(thread) else 0}"


def _number(holder: object) -> int | None:
    """Give the id of a user or chat, if it is a sound one."""
    found = holder.get("id") if isinstance(holder, dict) else None
    return found if _is_number(found) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


class Lanes:
    """Runs lanes: each kick stands for one stored update. Keeps nothing for a lane that has nothing waiting."""

    def __init__(self, take: Take, spawn: Callable[[Any, str], object], at_once: int = 1024) -> None:
        self._take = take
        self._spawn = spawn
        self._waiting: dict[str, int] = {}
        self._room = asyncio.Semaphore(at_once)
        self._idle = asyncio.Event()
        self._idle.set()
        self._open = True

    def kick(self, lanes: list[str]) -> None:
        """Say that each of these lanes has one more update."""
        for lane in lanes:
            running = lane in self._waiting
            self._waiting[lane] = self._waiting.get(lane, 0) + 1
            if not running and self._open:
                self._idle.clear()
                self._spawn(self._run(lane), "lane")

    def is_running(self, lane: str) -> bool:
        """Tell whether a lane is being worked on, so that the sweeper leaves it alone."""
        return lane in self._waiting

    async def stop(self) -> None:
        """Finish the turns that run; what waits stays in the inbox."""
        self._open = False
        await self._idle.wait()

    async def _run(self, lane: str) -> None:
        """Work until every kick is answered."""
        try:
            while self._open and self._waiting[lane] > 0:
                async with self._room:
                    wait = await self._take(lane)
                if wait is None:
                    self._waiting[lane] -= 1
                else:
                    await asyncio.sleep(wait)
        finally:
            del self._waiting[lane]
            if not self._waiting:
                self._idle.set()
