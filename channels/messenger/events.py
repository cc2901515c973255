"""What the phones hear: a numbered stream of changes, resumable, for the page and for tests that wait."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import AsyncIterator

from channels.messenger.model import JSON

KEPT = 20_000


class Events:
    """Numbers each change, keeps the last ones for those who reconnect, wakes those who listen.

    The numbers start at the time of day in milliseconds, so that they grow across restarts as well.
    """

    def __init__(self) -> None:
        self.last = int(time.time() * 1000)
        self._kept: deque[JSON] = deque(maxlen=KEPT)
        self._waiting: dict[str, asyncio.Event] = {}
        self._closed = False

    def tell(self, kind: str, **facts: object) -> int:
        """Publish one change; returns its number."""
        self.last += 1
        self._kept.append({"id": self.last, "kind": kind, **facts})
        for key in ("", str(facts.get("chat", ""))):
            if waiting := self._waiting.pop(key, None):
                waiting.set()
        return self.last

    def since(self, number: int) -> list[JSON]:
        """All kept changes after a number."""
        if number >= self.last:
            return []
        first = self._kept[0]["id"]
        return list(itertools.islice(self._kept, max(0, number + 1 - first), None))

    def missed(self, number: int) -> bool:
        """Whether changes after this number were already let go, or it is not ours."""
        first = self._kept[0]["id"] if self._kept else self.last + 1
        return not first - 1 <= number <= self.last

    async def wait(self, timeout: float, chat: str = "") -> bool:
        """Until anything changes (in this chat, if one is named); False when the time ran out or all is closing."""
        if self._closed:
            return False
        try:
            await asyncio.wait_for(self._waiting.setdefault(chat, asyncio.Event()).wait(), timeout)
        except TimeoutError:
            return False
        return not self._closed

    async def stream(self, resume: str) -> AsyncIterator[JSON]:
        """Changes as they come, from where `resume` (an event id of before) left off."""
        number = int(resume) if resume.isdigit() else self.last
        if self.missed(number):
            number = self.last
            yield {"id": number, "kind": "reset"}
        while not self._closed:
            for change in self.since(number):
                number = change["id"]
                yield change
            if number == self.last:
                await self.wait(60)

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        for waiting in self._waiting.values():
            waiting.set()
