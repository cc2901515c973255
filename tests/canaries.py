"""Canaries: words, names, phones and tokens that tests use and that may never be seen in a log.

Everything said on a pretend phone is kept here. `watch` puts the product's own log set-up on a stream that looks for
each of them; whatever sings fails the test it sang in.
"""

import contextlib
import io
import sys
from collections.abc import Iterator

from bot import logs

SECRET = "canary-AAHx-9fQ2mZ7LkTpWvB3sYdE5rNcGu1o"
PHONE = "+77011234567"
SHORTEST = 5
"""Shorter words may stand in a log by chance."""

_kept: set[str] = {SECRET, PHONE, PHONE.lstrip("+")}


def keep(text: str) -> None:
    """Remember something personal. Commands are no secret."""
    found = text.strip()
    if len(found) >= SHORTEST and not found.startswith("/"):
        _kept.add(found)


def singing(text: str) -> list[str]:
    """Give the canaries a text holds."""
    return [canary for canary in _kept if canary in text]


class Listening(io.TextIOBase):
    """A stream that passes everything on and remembers the lines in which a canary sang."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.lines = 0

    def write(self, text: str) -> int:
        """Look, then pass on."""
        self.lines += 1
        if singing(text):
            self.heard.append(text)
        with contextlib.suppress(ValueError):
            sys.stderr.write(text)
        return len(text)


@contextlib.contextmanager
def watched() -> Iterator[Listening]:
    """Set up logging as the product does, at DEBUG, onto a listening stream."""
    stream = Listening()
    with contextlib.redirect_stderr(stream):
        logs.configure("DEBUG")
    yield stream
