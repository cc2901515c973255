"""Named places where a test may make the process die or fail. Inert unless `JOBLINE_FAULT` arms one.

`point:kill` ends the process as a power cut would; `point:raise` raises `Broken`; `:n` waits for the n-th pass.
"""

import os
import signal
from dataclasses import dataclass

POINTS = (
    "intake.stored",
    "turn.before_commit",
    "turn.after_commit",
    "courier.claimed",
    "courier.answered",
    "courier.settled",
    "occurrence.inserted",
    "erasure.decided",
)
"""Each state change of a turn, a letter, an occurrence and an erasure, in the order they are passed."""

TEXT_POINT = "turn.handler="
"""`turn.handler=TEXT:raise` fails every turn whose message text is TEXT."""


class Broken(Exception):
    """Raised on purpose by an armed fault point."""


@dataclass
class _Armed:
    point: str
    act: str
    passes_left: int


_armed: _Armed | None = None


def arm(spec: str) -> None:
    """Arm the fault written as `point:kill|raise[:n]`; an empty string disarms. Raises ValueError when it reads wrong."""
    global _armed
    if not spec:
        _armed = None
        return
    point, _, rest = spec.rpartition(":")
    passes = 1
    if rest.isdigit():
        passes = int(rest)
        point, _, rest = point.rpartition(":")
    known = point in POINTS or point.startswith(TEXT_POINT)
    if not known or rest not in {"kill", "raise"}:
        message = f"JOBLINE_FAULT: cannot read {spec!r}; write point:kill or point:raise, with an optional :n."
        raise ValueError(message)
    _armed = _Armed(point, rest, passes)


def passing(point: str) -> None:
    """Pass a named point: nothing happens unless it is the armed one."""
    if _armed is None or _armed.point != point:
        return
    _armed.passes_left -= 1
    if _armed.passes_left > 0:
        return
    if _armed.act == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    raise Broken(point)


def refusing(text: str | None) -> None:
    """Fail the turn of a text that is armed as poison."""
    if _armed is not None and text is not None and _armed.point == TEXT_POINT + text:
        raise Broken(TEXT_POINT.rstrip("="))
