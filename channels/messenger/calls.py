"""The record of every Bot API call in one total order: what tests count, and what nobody can dispute."""

import itertools
from collections import deque

from channels.messenger.model import JSON
from channels.messenger.store import DROP_CALLS, PUT_CALL, Store, dumped

KEPT = 200_000


class Calls:
    """Numbers calls in the order in which they took effect; the oldest are let go."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: deque[JSON] = deque(store.calls(KEPT), maxlen=KEPT)
        self.last = int(self._kept[-1]["seq"]) if self._kept else 0

    def record(self, entry: JSON) -> JSON:
        """Add one call; its dictionary may still be completed while the call runs on."""
        self.last += 1
        entry = {"seq": self.last, **entry}
        self._kept.append(entry)
        self._store.note(PUT_CALL, (self.last, dumped(entry)))
        if self.last % 10_000 == 0:
            self._store.note(DROP_CALLS, (self.last - KEPT,))
        return entry

    def after(self, seq: int, limit: int = 10_000) -> list[JSON]:
        """Recorded calls with a higher number."""
        if seq >= self.last or not self._kept:
            return []
        skip = max(0, seq + 1 - int(self._kept[0]["seq"]))
        return list(itertools.islice(self._kept, skip, skip + limit))
