"""The courier: claims due letters by urgency, finds their words, sends them, and records what became of each.

It is also how a turn's replies leave: they come claimed, through `say`. Nothing is sent that is not stored, and every
answer (or missing answer) ends in a row. It never imports a library that listens.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, cast

import structlog

from channels import outcomes
from channels.outcomes import Outcome
from services import letters, proactive
from services.letters import Letter
from services.screen import Packed, Screen, pack, unpack
from storage import faults, inbox, outbox
from storage.engine import Database
from storage.outbox import Claimed
from storage.queries import cases, people, places
from storage.tables.people import Person
from storage.tables.traffic import Place
from storage.work import Work

log = structlog.get_logger("courier")

AT_ONCE = 128
LOOK_EVERY = 1.0
SWEEP_EVERY = 10.0
LONGEST_PAUSE = 60.0
SCREEN, LEAVE = "screen", "leave"
"""Kinds of row that are no letter: a reply's screen, and leaving a group."""


class Speaks(Protocol):
    """What the courier needs of a channel; `channels.telegram.sender.Sender` is one."""

    async def send(
        self, chat_id: int, shown: Packed, *, thread_id: int | None = None, reply_to: int | None = None
    ) -> Outcome:
        """Send a screen."""

    async def edit(self, chat_id: int, message_id: int, shown: Packed) -> Outcome:
        """Change a message of ours."""

    async def answer_tap(self, callback_id: str, toast: str = "") -> Outcome:
        """Stop a button's spinner."""

    async def create_topic(self, chat_id: int, title: str) -> Outcome:
        """Open a topic."""

    async def leave(self, chat_id: int) -> Outcome:
        """Leave a group."""


class Paces(Protocol):
    """What the courier needs of `channels.pace.Pace`."""

    async def slot(self, chat_id: int, priority: int) -> None:
        """Wait for permission to send."""

    def close(self, seconds: float, chat_id: int | None = None) -> None:
        """Shut the gate."""


Phrase = Callable[[Letter, str | None], Screen]
"""Finds the words of a letter in a language; None is the staff's own."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """A claimed row with everything needed to say it."""

    row: Claimed
    person: Person | None = None
    place: Place | None = None


class Courier:
    """Carries what is in the outbox."""

    def __init__(
        self,
        database: Database,
        sender: Speaks,
        pace: Paces,
        phrase: Phrase,
        *,
        bot_id: int,
        spawn: Callable[[Any, str], object],
        told: Callable[[str], None] = lambda lane: None,
    ) -> None:
        self._database = database
        self._sender = sender
        self._pace = pace
        self._phrase = phrase
        self._bot_id = bot_id
        self._spawn = spawn
        self._told = told
        self._woken = asyncio.Event()
        self._flying = 0
        self._lanes: dict[str, tuple[asyncio.Lock, int]] = {}
        self._stopping = False
        self.token_refused = False

    def wake(self) -> None:
        """Look now: something was written."""
        self._woken.set()

    async def run(self) -> None:
        """Carry letters until told to stop."""
        swept_at = 0.0
        while not self._stopping:
            self._woken.clear()
            if self._database.clock.monotonic() - swept_at > SWEEP_EVERY:
                await self._quietly(lambda work: outbox.recover(work, everything=False))
                swept_at = self._database.clock.monotonic()
            if not await self._carry_some():
                await self._rest()

    async def stop(self) -> None:
        """Claim nothing more; what flies lands."""
        self._stopping = True
        self.wake()

    async def carry_all(self) -> None:
        """Carry what is due now and come back when nothing is left: for tests and short verbs."""
        while await self._carry_some() or self._flying:
            await self._rest()

    async def _carry_some(self) -> bool:
        """Claim and start what there is room for. Tells whether anything was claimed."""
        room = AT_ONCE - self._flying
        if room <= 0 or self.token_refused:
            return False
        errands = await self._quietly(lambda work: self._claim(work, room)) or []
        for errand in errands:
            self._flying += 1
            self._spawn(self._fly(errand), "errand")
        return bool(errands)

    async def _fly(self, errand: _Errand) -> None:
        try:
            await self._deliver(errand)
        finally:
            self._flying -= 1
            self.wake()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), LOOK_EVERY)
        except TimeoutError:
            return

    async def _quietly(self, unit: Callable[[Work], Any]) -> Any:
        """Run a unit; a database that is away costs one line and a second, not the process."""
        try:
            return await self._database.run(unit)
        except Exception as failure:  # noqa: BLE001  # whatever the database throws, the courier comes back
            log.error("database_away", failure=failure)
            await asyncio.sleep(LOOK_EVERY)
            return None

    def _claim(self, work: Work, room: int) -> list[_Errand]:
        """Claim due rows, and settle at once those that must not be heard now."""
        rows = outbox.claim(work, room)
        persons = people.recipients(work, {row.person_id for row in rows if row.person_id is not None})
        rooms = places.by_ids(work, {row.place_id for row in rows if row.place_id is not None})
        talking = cases.with_human(work, persons)
        errands = []
        for row in rows:
            person = persons.get(row.person_id or 0)
            if self._may_be_heard(work, row, person, with_human=row.person_id in talking):
                errands.append(_Errand(row, person, rooms.get(row.place_id or 0)))
        return errands

    def _may_be_heard(self, work: Work, row: Claimed, person: Person | None, *, with_human: bool) -> bool:
        kind = letters.kinds().get(row.kind)
        if kind is None or person is None or not kind.proactive:
            return True
        ruling = proactive.verdict(
            work.now,
            person.zone,
            unreachable=person.unreachable,
            stopped=person.stopped_at is not None,
            with_human=with_human,
        )
        if isinstance(ruling, proactive.Skip):
            outbox.settle_ended(work, row, "skipped", ruling.reason)
        elif isinstance(ruling, proactive.Hold):
            outbox.settle_given_back(work, row, due_at=ruling.until)
        return ruling is None

    async def say(self, rows: list[Claimed], tap_id: str | None = None, toast: str = "") -> None:
        """Send a turn's own replies, which it claimed in its transaction: first the spinner, then the rows in order."""
        if tap_id is not None:
            await self._sender.answer_tap(tap_id, toast)
        for number, row in enumerate(rows):
            if not await self._deliver(_Errand(row)):
                for waiting in rows[number + 1 :]:
                    await self._quietly(partial(outbox.settle_given_back, row=waiting))
                return

    @asynccontextmanager
    async def _alone_in(self, lane: str) -> AsyncIterator[None]:
        """Hold a lane: one call per chat in flight. Forgotten when nobody waits for it."""
        lock, users = self._lanes.get(lane, (None, 0))
        lock = lock or asyncio.Lock()
        self._lanes[lane] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._lanes[lane]
            if users == 1:
                del self._lanes[lane]
            else:
                self._lanes[lane] = (lock, users - 1)

    async def _deliver(self, errand: _Errand) -> bool:
        """Send one row and settle it. Tells whether it ended."""
        row = errand.row
        faults.passing("courier.claimed")
        async with self._alone_in(row.lane):
            outcome = await self._sent(errand)
        faults.passing("courier.answered")
        self._react(row, outcome)
        ended = bool(await self._quietly(lambda work: self._settle(work, errand, outcome)))
        if isinstance(outcome, outcomes.Unreachable):
            self._told(f"u:{row.chat_id}")
        faults.passing("courier.settled")
        return ended

    async def _sent(self, errand: _Errand) -> Outcome:
        row = errand.row
        if errand.person is not None and errand.person.unreachable and row.kind != SCREEN:
            return outcomes.Unreachable(cast("Any", errand.person.unreachable))
        if row.kind == LEAVE:
            return await self._sender.leave(row.chat_id)
        thread_id = errand.place.thread_id if errand.place else row.thread_id
        if errand.place is not None and errand.place.kind == "topic" and thread_id is None:
            made = await self._topic_for(errand.place)
            if not isinstance(made, outcomes.Sent):
                return made
            thread_id = made.thread_id
        shown = unpack(row.body) if row.kind == SCREEN else pack(self._worded(errand))
        await self._pace.slot(row.chat_id, row.priority)
        if row.edit_of is not None:
            return await self._sender.edit(row.chat_id, row.edit_of, shown)
        return await self._sender.send(row.chat_id, shown, thread_id=thread_id)

    def _worded(self, errand: _Errand) -> Screen:
        """Find the words now, in the language the person uses now."""
        letter = letters.read(errand.row.kind, errand.row.body)
        return self._phrase(letter, errand.person.language if errand.person else None)

    async def _topic_for(self, place: Place) -> Outcome:
        """Open the topic of a place and keep its number before anything is said in it."""
        await self._pace.slot(place.chat_id, outbox.LIVE_TALK)
        made = await self._sender.create_topic(place.chat_id, place.title or "–")
        if isinstance(made, outcomes.Sent) and made.thread_id is not None:
            thread_id, place_id = made.thread_id, place.id or 0
            await self._database.run(lambda work: places.found_topic(work, place_id, thread_id))
        return made

    def _settle(self, work: Work, errand: _Errand, outcome: Outcome) -> bool:
        """Record what became of a row. Tells whether it ended."""
        row = errand.row
        match outcome:
            case outcomes.Sent(message_id=message_id):
                return outbox.settle_sent(work, row, message_id)
            case outcomes.Unchanged() | outcomes.TooOld():
                return outbox.settle_sent(work, row, row.edit_of)
            case outcomes.Unreachable(reason=reason):
                self._unreachable(work, errand, reason)
                return True
            case outcomes.Refused() | outcomes.Malformed():
                return outbox.settle_ended(work, row, "failed", _reason(outcome))
        self._put_back(work, row, outcome)
        return False

    @staticmethod
    def _put_back(work: Work, row: Claimed, outcome: Outcome) -> None:
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
                outbox.settle_later(work, row, LONGEST_PAUSE, "rights_missing")
            case outcomes.TopicLost() if row.place_id is not None:
                places.lost_topic(work, row.place_id)
                outbox.settle_given_back(work, row)
            case outcomes.TopicLost():
                outbox.settle_ended(work, row, "failed", "topic_lost")
            case _:
                outbox.settle_given_back(work, row)

    def _react(self, row: Claimed, outcome: Outcome) -> None:
        """Do what an answer asks of this process: shut the gate, stop for a refused token, tell the operator."""
        match outcome:
            case outcomes.Later(seconds=seconds, scope="chat" | "bot" as scope):
                self._pace.close(seconds, row.chat_id if scope == "chat" else None)
            case outcomes.Unauthorized() | outcomes.Conflict() if not self.token_refused:
                self.token_refused = True
                log.error("token_refused", mend="set JOBLINE_TOKEN to a valid token and start again; nothing was lost")
            case outcomes.RightsMissing(reason=reason):
                log.error(
                    "rights_missing",
                    row=row.id,
                    reason=reason,
                    mend="make the bot an administrator that manages topics",
                )
            case outcomes.Refused() | outcomes.Malformed():
                log.error("refused", row=row.id, kind=row.kind, reason=_reason(outcome))

    def _unreachable(self, work: Work, errand: _Errand, reason: str) -> None:
        """A person blocked us or is gone: data, not an exception. Who counted on the words is told."""
        row = errand.row
        outbox.settle_ended(work, row, "failed", reason)
        if row.person_id is None:
            return
        people.mark_unreachable(work, row.person_id, reason)
        outbox.skip_open(work, row.person_id, reason, least_urgent_from=outbox.TIMELY)
        if row.kind == letters.CounsellorSaid.__name__:
            payload = {"person_id": row.person_id, "reason": reason}
            inbox.tell(work, self._bot_id, f"undelivered:{row.id}", f"u:{row.chat_id}", "undelivered", payload)


def _reason(outcome: Outcome) -> str:
    """Give the short code of a final refusal."""
    return outcome.reason if isinstance(outcome, outcomes.Refused) else type(outcome).__name__.lower()
