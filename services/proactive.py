"""Whether a letter we send of our own accord may be heard now: pure rules, asked again when the letter is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.due_times import end_of_quiet, is_quiet

HELD_FOR = timedelta(minutes=15)
"""How long a letter waits before it is looked at again while a human is talking with the person."""

TOO_LATE, ERASING, NO_CONSENT = "too_late", "erasing", "no_consent"
"""Reasons: it lost its use while it waited; the person is having their data deleted; they do not agree to it (any more)."""

UNHEARD = frozenset({TOO_LATE, ERASING, NO_CONSENT})
"""Reasons after which its news counts as not told, because the person may come back to it."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Not now: look again at this instant."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Not at all, with the reason that the run record and the reports count."""

    reason: str


def verdict(
    now: datetime,
    zone: str,
    *,
    unreachable: str | None,
    stopped: bool,
    with_human: bool,
    erasing: bool = False,
    agreed: bool = True,
    too_old: bool = False,
) -> Hold | Skip | None:
    """Say what becomes of a proactive letter. None: send it."""
    if too_old:
        return Skip(TOO_LATE)
    if unreachable:
        return Skip(unreachable)
    if erasing:
        return Skip(ERASING)
    if stopped:
        return Skip("stopped")
    if not agreed:
        return Skip(NO_CONSENT)
    if with_human:
        return Hold(now + HELD_FOR)
    local = ZoneInfo(zone)
    return Hold(end_of_quiet(now, local)) if is_quiet(now, local) else None
