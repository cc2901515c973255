"""The messenger's own time: what stamps messages and lets updates expire, movable for tests and demonstrations."""

import time


class Clock:
    """Wall time plus an offset, optionally running faster; waits and flood windows stay on real time."""

    def __init__(self) -> None:
        self.offset = 0.0
        self.scale = 1.0
        self._origin = time.time()

    def now(self) -> float:
        """Seconds since 1970 as people in this messenger see them."""
        return self._origin + (time.time() - self._origin) * self.scale + self.offset

    def stamp(self) -> int:
        """Whole seconds, as every date in the Bot API is."""
        return int(self.now())

    def move(self, offset: float | None, scale: float | None) -> None:
        """Set the offset from real time, and from now on its speed; what is left out stays."""
        if scale is not None and scale != self.scale:
            elapsed = (time.time() - self._origin) * self.scale
            self._origin, self.offset = time.time(), self.offset + self._origin + elapsed - time.time()
            self.scale = scale
        if offset is not None:
            self.offset, self._origin = offset, time.time()
