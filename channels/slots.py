"""Instants at which one message may leave: this process's own, or reserved in the schedule that processes share.

Neither saves up what nobody used. What a busy process missed while callers waited it may catch up on, but never so that
a second, wherever it is laid over the messages that really left, holds more than the permitted number.
"""

from bisect import bisect_right
from collections import deque
from math import inf

USED = 0.99
"""The part of the permitted rate that is used; the rest absorbs what the network does to the spacing."""

CATCH_UP = 0.1
"""Seconds of missed slots that may be caught up on after a stall, while the second around them has room."""

MARGIN = 0.009
"""Seconds by which a message may arrive later than the one a second after it without making that second too full."""

LATE_AT_MOST = 0.5
"""Seconds of lateness that are believed; a longer call was slow at the other end."""

RESERVE = 0.004
"""The part of a second's messages that is kept back after all else; it counts from 250 messages a second on."""

FORGETTING = 1.001
"""How fast the quickest answer is forgotten, an answer at a time, when the way to the server gets longer."""

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
        self._quickest = inf
        self._room = max(1, int(rate) - int(rate * RESERVE))
        self._left: deque[float] = deque(maxlen=self._room)
        self._arrived: deque[float] = deque(maxlen=self._room)

    def begin(self, now: float) -> None:
        """Somebody asks after nobody did: slots that passed unused are gone."""
        self._next = max(self._next, now)

    def next(self, now: float) -> float:
        """Give the instant of the next slot: on the grid, and a full second after the message that many before it."""
        flying = self._given - self._departed
        if len(self._arrived) < self._room or flying >= self._room:
            return self._next
        return max(self._next, self._arrived[flying] + 1 + MARGIN)

    def take(self, now: float) -> None:
        """Give the slot to a caller."""
        self._next = max(self._next, now - CATCH_UP) + self._spacing
        self._given += 1

    def depart(self, now: float) -> None:
        """The caller goes on, which may be later than it was given the slot."""
        self._left.append(now)
        self._arrived.append(now)
        self._departed += 1

    def landed(self, now: float, took: float) -> None:
        """Learn from an answer: what took longer than the quickest may have arrived that much later than it left.

        Late ones followed by punctual ones make a second too full; a second after them there is time to make room.
        """
        self._quickest = min(took, self._quickest * FORGETTING)
        late = min(took - self._quickest, LATE_AT_MOST)
        if late > MARGIN / 2:
            place = bisect_right(self._left, now - took) - 1
            if place >= 0:
                self._arrived[place] = now - took + late


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

    def landed(self, now: float, took: float) -> None:
        """Nothing, for the same reason."""

    def add(self, first: float, count: int, apart: float) -> None:
        """Keep reserved slots."""
        self._slots.extend(first + number * apart for number in range(count))
