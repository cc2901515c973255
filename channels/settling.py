"""What becomes of a row for each outcome of its call, and who has to be told: one transaction each."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from channels import outcomes
from channels.outcomes import Outcome
from services.letter_box import DELETE_TOPIC
from services.letters import CounsellorSaid
from storage import inbox, outbox
from storage.outbox import LONGEST_PAUSE, Claimed
from storage.queries import people, places
from storage.work import Work

TOGETHER = 128
"""Outcomes recorded in one transaction at most."""

ASK_AGAIN = 3600.0
"""Seconds between two tries to delete a topic without the right to: staff were asked, and somebody may give the right."""

Surely = Callable[[Callable[[Work], Any]], Awaitable[Any]]
"""Runs a unit that must not be forgotten because the database is away."""

_Waiting = tuple[Claimed, Outcome | None, "asyncio.Future[bool]"]


class Settlements:
    """Records outcomes, those that come together in one transaction: at full pace a commit each would be the limit."""

    def __init__(self, surely: Surely, spawn: Callable[[Any, str], object], bot_id: int) -> None:
        self._surely = surely
        self._spawn = spawn
        self._bot_id = bot_id
        self._waiting: list[_Waiting] = []
        self._writing = False

    async def settle(self, row: Claimed, outcome: Outcome | None) -> bool:
        """Record what became of a row. Tells whether it ended."""
        ended: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, outcome, ended))
        if not self._writing:
            self._writing = True
            self._spawn(self._write(), "settlements")
        return await ended

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
                found = await self._surely(partial(settle_all, bot_id=self._bot_id, batch=batch)) or [False] * len(
                    batch
                )
                for (_row, _outcome, ended), has in zip(batch, found, strict=True):
                    if not ended.done():
                        ended.set_result(has)
        finally:
            self._writing = False


def settle_all(work: Work, bot_id: int, batch: Sequence[_Waiting]) -> list[bool]:
    """Record a batch. Tells of each row whether it ended."""
    return [settle(work, bot_id, row, outcome) for row, outcome, _ in batch]


def settle(work: Work, bot_id: int, row: Claimed, outcome: Outcome | None) -> bool:
    """Record what became of a row; None means that it was not tried. Tells whether it ended."""
    match outcome:
        case outcomes.Sent(message_id=message_id):
            return outbox.settle_sent(work, row, message_id)
        case outcomes.Unchanged() | outcomes.TooOld():
            return outbox.settle_sent(work, row, row.edit_of)
        case outcomes.Unreachable(reason=reason):
            return _unreachable(work, bot_id, row, reason)
        case outcomes.Refused() | outcomes.Malformed():
            return outbox.settle_ended(work, row, "failed", reason_of(outcome))
    _put_back(work, row, outcome)
    return False


def _put_back(work: Work, row: Claimed, outcome: Outcome | None) -> None:
    """Keep a row that did not end: for later, for another address, as a new message, or as possibly sent."""
    match outcome:
        case outcomes.Later(seconds=seconds, scope=scope):
            pause = seconds if scope != "server" else min(LONGEST_PAUSE, seconds * 2 ** min(row.attempts, 6))
            outbox.settle_later(work, row, pause, f"later_{scope}")
        case outcomes.Moved(chat_id=chat_id):
            places.moved_group(work, row.chat_id, chat_id)
            outbox.settle_moved(work, row, chat_id)
        case outcomes.Uneditable():
            outbox.settle_as_new(work, row)
        case outcomes.Unknown(reason=reason):
            outbox.settle_unknown(work, row, reason)
        case outcomes.RightsMissing():
            pause = ASK_AGAIN if row.kind == DELETE_TOPIC else LONGEST_PAUSE
            outbox.settle_later(work, row, pause, "rights_missing")
        case outcomes.TopicLost() if row.place_id is not None:
            places.lost_topic(work, row.place_id)
            outbox.settle_given_back(work, row)
        case outcomes.TopicLost():
            outbox.settle_ended(work, row, "failed", "topic_lost")
        case _:
            outbox.settle_given_back(work, row)


def _unreachable(work: Work, bot_id: int, row: Claimed, reason: str) -> bool:
    """A person blocked us or is gone: data, not an exception. Who counted on the words is told."""
    ended = outbox.settle_ended(work, row, "failed", reason)
    if row.person_id is None or not ended:
        return ended
    people.mark_unreachable(work, row.person_id, reason)
    outbox.skip_open(work, row.person_id, reason, least_urgent_from=outbox.TIMELY)
    if row.kind == CounsellorSaid.__name__:
        payload = {"person_id": row.person_id, "reason": reason}
        inbox.tell(work, bot_id, f"undelivered:{row.id}", f"u:{row.chat_id}", "undelivered", payload)
    return True


def reason_of(outcome: Outcome) -> str:
    """Give the short code of a final refusal."""
    return outcome.reason if isinstance(outcome, outcomes.Refused) else type(outcome).__name__.lower()
