"""Instants at which one message may leave: this process's own, or reserved in the schedule that processes share.

Neither saves up what nobody used. What a busy process missed while callers waited it may catch up on, but never so that
a second, wherever it is laid over the messages that really left, holds more than the permitted number.
"""

from collections import deque
from math import inf

USED = 0.99
"""The part of the permitted rate that is used; the rest absorbs what the network does to the spacing."""

CATCH_UP = 0.1
"""Seconds of missed slots that may be caught up on after a stall, while the second around them has room."""

MARGIN = 0.009
"""Seconds by which a message may arrive later than the one a second after it without making that second too full."""

GRACE = 0.004
"""Seconds by which a shared slot may be used late: the other processes' messages are not seen from here."""


def spacing(rate: float) -> float:
    """Give the seconds between two slots."""
    return 1 / (rate * USED)


class Schedule:
    """This process's own slots, on a grid that lateness does not shift."""

    def __init__(self, rate: float) -> None:
        self._spacing = spacing(rate)
        self._next = -inf
        self._given = 0
        self._departed = 0
        self._second: deque[float] = deque(maxlen=max(1, int(rate)))

    def begin(self, now: float) -> None:
        """Somebody asks after nobody did: slots that passed unused are gone."""
        self._next = max(self._next, now)

    def next(self, now: float) -> float:
        """Give the instant of the next slot: on the grid, and a full second after the message that many before it."""
        flying = self._given - self._departed
        if len(self._second) < (self._second.maxlen or 0) or flying >= len(self._second):
            return self._next
        return max(self._next, self._second[flying] + 1 + MARGIN)

    def take(self, now: float) -> None:
        """Give the slot to a caller."""
        self._next = max(self._next, now - CATCH_UP) + self._spacing
        self._given += 1

    def depart(self, now: float) -> None:
        """The caller goes on, which may be later than it was given the slot."""
        self._second.append(now)
        self._departed += 1


class Leases:
    """Slots reserved in the schedule that all processes share."""

    def __init__(self) -> None:
        self._slots: deque[float] = deque()

    def __len__(self) -> int:
        return len(self._slots)

    def begin(self, now: float) -> None:
        """Nothing: what passed unused is dropped anyway."""

    def next(self, now: float) -> float:
        """Give the instant of the next slot that has not passed; none is infinitely far."""
        while self._slots and self._slots[0] < now - GRACE:
            self._slots.popleft()
        return self._slots[0] if self._slots else inf

    def take(self, now: float) -> None:
        """Give the slot to a caller."""
        self._slots.popleft()

    def depart(self, now: float) -> None:
        """Nothing: the shared schedule keeps no record of what left."""

    def add(self, first: float, count: int, apart: float) -> None:
        """Keep reserved slots."""
        self._slots.extend(first + number * apart for number in range(count))
