"""Telegram's flood rules, as far as they are known, and an exact rate for benchmarks.

All windows slide on real time. A refused call does not count.
"""

import math
import time
from collections import deque
from dataclasses import dataclass

from channels.messenger.errors import too_many_requests
from channels.messenger.model import Bot, Chat

PRIVATE_WINDOW = 20.0


@dataclass
class FloodRules:
    """`mode`: telegram (all rules), exact (`per_second` alone) or off. `latency_ms` delays every answer."""

    mode: str = "telegram"
    per_second: int = 30
    private_burst: int = 20
    group_per_minute: int = 20
    latency_ms: float = 0.0


class Flood:
    """Counts what each bot says, and to whom."""

    def __init__(self, rules: FloodRules) -> None:
        self.rules = rules
        self._said: dict[tuple[int, str], deque[float]] = {}

    def admit(self, bot: Bot, chat: Chat, messages: int = 1) -> None:
        """Count messages to a chat, or refuse with 429 and the seconds to wait."""
        if self.rules.mode == "off":
            return
        now = time.monotonic()
        limits = [(self._window(bot, ""), self.rules.per_second, 1.0)]
        if self.rules.mode == "telegram":
            limits.append(self._chat_limit(bot, chat))
        waits = [_wait(window, limit, span, now, messages) for window, limit, span in limits]
        if any(waits):
            raise too_many_requests(math.ceil(max(waits)))
        for window, _, _ in limits:
            window.extend([now] * messages)

    def _chat_limit(self, bot: Bot, chat: Chat) -> tuple[deque[float], int, float]:
        window = self._window(bot, chat.key)
        if chat.private:
            return window, self.rules.private_burst, PRIVATE_WINDOW
        return window, self.rules.group_per_minute, 60.0

    def _window(self, bot: Bot, chat_key: str) -> deque[float]:
        return self._said.setdefault((bot.id, chat_key), deque())

    def forget(self) -> None:
        """Start counting anew."""
        self._said.clear()


def _wait(window: deque[float], limit: int, span: float, now: float, messages: int) -> float:
    """Seconds until so many more fit; 0 when they fit now."""
    while window and now - window[0] >= span:
        window.popleft()
    surplus = len(window) + messages - limit
    if surplus <= 0 or not window:
        return 0.0
    return max(0.001, window[min(surplus, len(window)) - 1] + span - now)
