"""The one place that looks at the time.

`now` moves with the test clock (due times, shown dates). `real` and `monotonic` never do: leases, rate windows and
timeouts must not jump when somebody tries tomorrow's digest.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

LOOK_AGAIN_AFTER = 0.05
"""Seconds between two looks at the offset file, so that a turn does not cost a file read."""


class Clock:
    """Real time, shifted by the seconds written in `offset_file` when one is set, or standing still `at` an instant."""

    def __init__(
        self,
        offset_file: Path | None = None,
        source: Callable[[], datetime] | None = None,
        at: datetime | None = None,
    ) -> None:
        self._file = offset_file
        self._at = at
        self._source = source or (lambda: datetime.now(UTC))
        self._offset = timedelta(0)
        self._looked_at = float("-inf")

    def now(self) -> datetime:
        """Give the present, aware and in UTC, as the service should see it."""
        if self._at is not None:
            return self._at
        if self._file is not None and time.monotonic() - self._looked_at > LOOK_AGAIN_AFTER:
            self._offset = timedelta(seconds=_seconds_in(self._file))
            self._looked_at = time.monotonic()
        return self._source() + self._offset

    def real(self) -> datetime:
        """Give the present without the test offset: for leases and gates."""
        return self._source()

    @staticmethod
    def monotonic() -> float:
        """Give seconds that never run backwards."""
        return time.monotonic()


def _seconds_in(file: Path) -> float:
    """Read the offset; a missing or half-written file means none."""
    try:
        return float(file.read_text().strip() or 0)
    except (OSError, ValueError):
        return 0.0
