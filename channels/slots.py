"""Instants at which one message may leave: this process's own, or reserved in the schedule that processes share.

Neither saves up what nobody used. A slot may be taken a little late, by `GRACE` and no more: late messages followed by
punctual ones are a burst to whoever counts them.
"""

from collections import deque
from math import inf

GRACE = 0.004
"""Seconds by which a slot may be taken late. At 0.99 of a rate, 0.006 are left for what the network does."""


class Schedule:
    """This process's own slots."""

    def __init__(self, spacing: float) -> None:
        self._spacing = spacing
        self._next = -inf

    def next(self, now: float) -> float:
        """Give the instant of the next slot."""
        return self._next

    def take(self, now: float, *, awaited: bool) -> None:
        """Use it. Only one that somebody waited for keeps its place when it is late; others passed and are gone."""
        self._next = max(self._next, now - GRACE if awaited else now) + self._spacing


class Leases:
    """Slots reserved in the schedule that all processes share."""

    def __init__(self) -> None:
        self._slots: deque[float] = deque()

    def __len__(self) -> int:
        return len(self._slots)

    def next(self, now: float) -> float:
        """Give the instant of the next slot that has not passed; none is infinitely far."""
        while self._slots and self._slots[0] < now - GRACE:
            self._slots.popleft()
        return self._slots[0] if self._slots else inf

    def take(self, now: float, *, awaited: bool) -> None:
        """Use it."""
        self._slots.popleft()

    def add(self, first: float, count: int, spacing: float) -> None:
        """Keep reserved slots."""
        self._slots.extend(first + number * spacing for number in range(count))
