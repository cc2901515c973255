"""The courier: claims due letters by urgency, finds their words, sends them, and records what became of each.

It is also how a turn's replies leave: they come claimed, through `say`. Nothing is sent that is not stored, and every
answer (or missing answer) ends in a row. It never imports a library that listens.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import structlog

from channels import outcomes
from channels.channel import Paces, Phrase, Speaks
from channels.claiming import Errand, claim
from channels.outcomes import Outcome
from channels.settling import Settlements, reason_of
from services import letter_box, letters
from services.letter_box import DELETE_TOPIC
from services.letters import DeleteByHand, Enclosed
from services.screen import Packed, pack, plain, unpack
from storage import faults, outbox
from storage.engine import Database
from storage.outbox import Claimed
from storage.queries import places
from storage.tables.traffic import Place
from storage.work import Work

log = structlog.get_logger("courier")

AT_ONCE = 256
"""Rows in flight at most: enough for a thousand a second at a slow server, few enough for one lease at the usual pace."""

WORTH_CLAIMING = AT_ONCE // 4
"""Room that makes a claim worth its transaction while others are in flight."""

LOOK_EVERY = 1.0
SWEEP_EVERY = 10.0
COMPLAIN_EVERY = 10.0
PATIENCE = outbox.LEASE.total_seconds() - 20.0
"""Seconds after a claim in which a call may still begin: it must have ended before anybody else may take the row over."""

SCREEN, LEAVE = "screen", "leave"
"""Kinds of row that are no letter: a reply's screen, and leaving a group. A third one is `letter_box.DELETE_TOPIC`."""

NAMELESS = "–"
"""The title of a topic whose person has no name, or is none of ours any more."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a row says: a screen, and the file that goes along with it."""

    screen: Packed
    enclosed: Enclosed | None = None
    caption: str = ""


class _TooLate(Exception):
    """The claim may end before the call would: whoever takes the row over sends it."""


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
        self._settlements = Settlements(self._surely, spawn, bot_id)
        self._woken = asyncio.Event()
        self._flying = 0
        self._complained_at = float("-inf")
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
        while True:
            self._woken.clear()
            flying = self._flying
            if not await self._carry_some() and not flying:
                return
            await self._rest()

    async def _carry_some(self) -> bool:
        """Claim and start what there is room for. Tells whether anything was claimed."""
        room = AT_ONCE - self._flying
        if room < WORTH_CLAIMING or self.token_refused:
            return False
        until = asyncio.get_running_loop().time() + PATIENCE
        claimed, errands = await self._quietly(lambda work: claim(work, self._bot_id, room, until)) or (0, [])
        for errand in errands:
            self._flying += 1
            self._spawn(self._fly(errand), "errand")
        return claimed > 0

    async def _fly(self, errand: Errand) -> None:
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
        """Run a unit; a database that is away costs a line now and then and a second, not the process."""
        try:
            return await self._database.run(unit)
        except Exception as failure:  # noqa: BLE001  # whatever the database throws, the courier comes back
            now = self._database.clock.monotonic()
            if now - self._complained_at >= COMPLAIN_EVERY:
                self._complained_at = now
                log.error("database_away", failure=failure)
            await asyncio.sleep(LOOK_EVERY)
            return None

    async def _surely(self, unit: Callable[[Work], Any]) -> Any:
        """Run a unit that must not be forgotten because the database is away: try for as long as the claim may hold."""
        until = asyncio.get_running_loop().time() + outbox.LEASE.total_seconds()
        while (found := await self._quietly(unit)) is None and asyncio.get_running_loop().time() < until:
            continue
        return found

    async def say(self, rows: list[Claimed], tap_id: str | None = None, toast: str = "") -> None:
        """Send a turn's own replies, which it claimed in its transaction: first the spinner, then the rows in order."""
        if tap_id is not None and not self.token_refused:
            await self._sender.answer_tap(tap_id, toast)
        until = asyncio.get_running_loop().time() + PATIENCE
        for number, row in enumerate(rows):
            if self.token_refused or not await self._deliver(Errand(row, until)):
                await self._give_back(rows[number if self.token_refused else number + 1 :])
                return
        if rows and await self._quietly(partial(outbox.has_more, lane=rows[0].lane)):
            self.wake()

    async def _give_back(self, rows: list[Claimed]) -> None:
        """Put rows back that were not tried."""
        for row in rows:
            await self._surely(partial(outbox.settle_given_back, row=row))

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

    async def _deliver(self, errand: Errand) -> bool:
        """Send one row and settle it. Tells whether it ended."""
        row = errand.row
        faults.passing("courier.claimed")
        async with self._alone_in(row.lane):
            outcome = await self._sent(errand)
        faults.passing("courier.answered")
        self._react(row, outcome)
        ended = await self._settlements.settle(row, outcome)
        if isinstance(outcome, outcomes.Unreachable):
            self._told(f"u:{row.chat_id}")
        faults.passing("courier.settled")
        return ended

    async def _sent(self, errand: Errand) -> Outcome | None:
        """Find words and address, and send. None: it had to wait too long for that, and nothing was sent."""
        try:
            shown = self._shown(errand)
        except Exception as failure:  # noqa: BLE001  # one letter without words must not stay claimed, nor stop others
            log.error("no_words", row=errand.row.id, kind=errand.row.kind, failure=failure)
            return outcomes.Refused("no_words")
        try:
            return await self._said(errand, shown)
        except _TooLate:
            return None

    def _shown(self, errand: Errand) -> _Shown | None:
        """Find what the row shows, in the language the person uses now; None for leaving a group and deleting a topic."""
        row = errand.row
        if row.kind in {LEAVE, DELETE_TOPIC}:
            return None
        if row.kind == SCREEN:
            return _Shown(unpack(row.body))
        letter = letters.read(row.kind, row.body)
        worded = self._phrase(letter, errand.person)
        return _Shown(pack(worded), letter.enclosed(), plain(worded.text))

    async def _said(self, errand: Errand, shown: _Shown | None) -> Outcome:
        row = errand.row
        if errand.person is not None and errand.person.unreachable and row.kind != SCREEN:
            return outcomes.Unreachable(cast("Any", errand.person.unreachable))
        if row.kind == DELETE_TOPIC:
            return await self._topic_deleted(row, errand.until)
        if shown is None:
            return await self._sender.leave(row.chat_id)
        thread_id = errand.place.thread_id if errand.place else row.thread_id
        if errand.place is not None and errand.place.kind == "topic" and thread_id is None:
            made = await self._topic_for(errand.place, errand.until)
            if not isinstance(made, outcomes.Sent):
                return made
            thread_id = made.thread_id
        await self._slot(row.chat_id, row.priority, errand.until)
        if row.possibly_twice and row.edit_of is None:
            await self._note_repeat(row)
        began = self._database.clock.monotonic()
        outcome = await self._called(row, shown, thread_id)
        self._pace.landed(self._database.clock.monotonic() - began)
        return outcome

    async def _called(self, row: Claimed, shown: _Shown, thread_id: int | None) -> Outcome:
        """Make the call that fits: a file, an edit, or a message."""
        if shown.enclosed is not None:
            file = shown.enclosed
            return await self._sender.send_document(
                row.chat_id, file.content, file.filename, shown.caption, thread_id=thread_id
            )
        if row.edit_of is not None:
            return await self._sender.edit(row.chat_id, row.edit_of, shown.screen)
        return await self._sender.send(row.chat_id, shown.screen, thread_id=thread_id)

    async def _note_repeat(self, row: Claimed) -> None:
        """Note durably that a second copy goes out, so that a death from now on leads to no third. Raises _TooLate."""
        if not await self._surely(partial(outbox.begin_repeat, row=row)):
            raise _TooLate

    async def _slot(self, chat_id: int, priority: int, until: float) -> None:
        """Wait for permission to send while the claim surely holds. Raises _TooLate."""
        try:
            async with asyncio.timeout_at(until):
                await self._pace.slot(chat_id, priority)
        except TimeoutError:
            raise _TooLate from None
        if asyncio.get_running_loop().time() >= until:
            raise _TooLate

    async def _topic_for(self, place: Place, until: float) -> Outcome:
        """Open the topic of a place and keep its number before anything is said in it. Nothing is left to say once it was erased."""
        await self._slot(place.chat_id, outbox.LIVE_TALK, until)
        made = await self._sender.create_topic(place.chat_id, place.title or NAMELESS)
        if isinstance(made, outcomes.Sent) and made.thread_id is not None:
            kept = await self._surely(partial(_keep_topic, place=place, thread_id=made.thread_id))
            return outcomes.Unchanged() if kept is False else made
        return made

    async def _topic_deleted(self, row: Claimed, until: float) -> Outcome:
        """Delete a topic; one that is gone already is as wanted. Without the right, take the name off it and say so."""
        thread_id = row.thread_id or 0
        await self._slot(row.chat_id, row.priority, until)
        outcome = await self._sender.delete_topic(row.chat_id, thread_id)
        if isinstance(outcome, outcomes.TopicLost):
            return outcomes.Unchanged()
        if isinstance(outcome, outcomes.RightsMissing) and row.attempts == 1:
            await self._sender.rename_topic(row.chat_id, thread_id, NAMELESS)
            await self._surely(partial(_ask_to_delete, chat_id=row.chat_id, thread_id=thread_id))
            await self._sender.close_topic(row.chat_id, thread_id)
        return outcome

    def _react(self, row: Claimed, outcome: Outcome | None) -> None:
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
                    mend="make the bot an administrator that may manage topics and remove messages",
                )
            case outcomes.Unreachable(reason=reason) if row.person_id is None:
                log.error("group_unreachable", row=row.id, reason=reason, mend="let the bot into its staff group again")
            case outcomes.Refused() | outcomes.Malformed():
                log.error("refused", row=row.id, kind=row.kind, reason=reason_of(outcome))


def _keep_topic(work: Work, place: Place, thread_id: int) -> bool:
    """Keep the number of a new topic. When its place was erased meanwhile, have the topic deleted. Tells which it was."""
    if places.found_topic(work, place.id or 0, thread_id):
        return True
    letter_box.delete_topic(work, place.chat_id, thread_id)
    return False


def _ask_to_delete(work: Work, chat_id: int, thread_id: int) -> bool:
    """Ask the staff group to delete a topic by hand, once. True, for whoever must know that it is written."""
    letter_box.to_room(work, chat_id, DeleteByHand(), f"by-hand:{chat_id}:{thread_id}", thread_id)
    return True
