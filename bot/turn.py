"""One turn: one update, one transaction, and the only place where errors end.

Loads the earliest update of a lane, the person and where they stand, lets the conversations answer, and commits state,
rows, replies and "done" together. Inside nothing waits: the coroutine is driven by hand and refused if it tries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import CallbackQuery, Chat, Message
from pydantic import ValidationError

from bot.conversations import context_of
from bot.dispatcher import offer, read
from bot.driving import drive
from bot.lanes import KINDS
from channels.courier import LEAVE, SCREEN
from channels.telegram.markup import parts
from handlers.common.guards import Room, enter
from services import letter_box
from services.actions import head_of
from services.letters import NotUnderstood, TroubleReport
from services.screen import Packed, Said, Screen, Toast, pack
from services.words import Languages
from storage import faults, inbox, outbox
from storage.engine import Database
from storage.inbox import Waiting
from storage.outbox import Claimed, Saying
from storage.queries import people, places
from storage.tables.people import Person
from storage.tables.records import Audit
from storage.work import Work

log = structlog.get_logger("turn")

PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each further try of a failing update; after the last one it is a dead letter."""

T = TypeVar("T")


@dataclass(slots=True)
class Decided:
    """What a committed turn leaves to be said: claimed replies, and the spinner to stop."""

    replies: list[Claimed] = field(default_factory=list)
    tap_id: str | None = None
    toast: str = ""


@dataclass(slots=True)
class _Heard:
    """An update understood far enough to be offered: the event, its chat, and who is there."""

    kind: str
    event: Any
    chat: Chat
    pressed: Message | None = None

    @property
    def can_be_stored(self) -> bool:
        """Tell whether every number we would keep fits into 64 bits."""
        message = self.pressed or self.event
        numbers = (
            self.chat.id,
            getattr(getattr(self.event, "from_user", None), "id", 0),
            getattr(message, "message_id", 0),
            getattr(message, "message_thread_id", None) or 0,
        )
        return all(isinstance(number, int) and abs(number) < 2**63 for number in numbers)


def _heard(kind: str, event: Any) -> _Heard:
    """Find the chat an event happened in, and the message a button was pressed under."""
    if not isinstance(event, CallbackQuery):
        return _Heard(kind, event, event.chat)
    if event.message is None:
        return _Heard(kind, event, Chat(id=event.from_user.id, type="private"))
    reachable = event.message if isinstance(event.message, Message) else None
    return _Heard(kind, event, event.message.chat, reachable)


Internal = Callable[[Work, dict[str, Any]], None]
"""Works on an internal row: something the courier found out that a service must know."""


class Turns:
    """Works on updates, lane by lane."""

    def __init__(
        self,
        database: Database,
        private: Dispatcher,
        staff: Dispatcher,
        *,
        bot: Bot,
        bot_name: Callable[[], str],
        languages: Languages,
        zone: str,
        staff_groups: frozenset[int],
        admins: tuple[int, ...],
        internal: dict[str, Internal],
        given: dict[str, Any],
        say: Callable[[Decided], object],
    ) -> None:
        self._database = database
        self._private = private
        self._staff = staff
        self._bot = bot
        self._bot_name = bot_name
        self._languages = languages
        self._zone = zone
        self._staff_groups = staff_groups
        self._admins = admins
        self._internal = internal
        self._given = given
        self._say = say

    async def take(self, lane: str) -> float | None:
        """Work on the earliest update of a lane. Gives None when it ended, or the seconds until the next try."""
        seen: list[Waiting] = []
        try:
            decided = await self._database.run(lambda work: self._decide(work, lane, seen))
        except Exception as failure:  # noqa: BLE001  # the one error boundary
            return await self._failed(seen[-1] if seen else None, failure)
        faults.passing("turn.after_commit")
        self._say(decided)
        return None

    def _decide(self, work: Work, lane: str, seen: list[Waiting]) -> Decided:
        waiting = inbox.earliest(work, lane)
        if waiting is None:
            return Decided()
        seen.append(waiting)
        if waiting.kind in self._internal:
            self._internal[waiting.kind](work, waiting.payload)
            inbox.finish(work, waiting.id, "done")
            return Decided()
        decided = drive(self._answer(work, waiting))
        faults.passing("turn.before_commit")
        return decided

    async def _answer(self, work: Work, waiting: Waiting) -> Decided:
        """Answer one update, whatever it is, and close its row."""
        heard = self._read(waiting)
        if isinstance(heard, str):
            inbox.finish(work, waiting.id, "ignored", heard)
            return Decided()
        if heard.chat.type == "private":
            decided, reason = await self._in_private(work, waiting, heard)
        elif heard.chat.id in self._staff_groups or places.is_staff_room(work, heard.chat.id):
            decided, reason = await self._in_staff_group(work, waiting, heard)
        else:
            decided, reason = self._elsewhere(work, waiting, heard)
        inbox.finish(work, waiting.id, "ignored" if reason else "done", reason)
        return decided

    def _read(self, waiting: Waiting) -> _Heard | str:
        """Parse an update. Gives the reason when it is nothing we can work on."""
        if waiting.kind not in KINDS:
            return "unknown_kind"
        try:
            update = read(waiting.payload, self._bot)
        except (ValidationError, ValueError, RecursionError, OverflowError):
            return "malformed"
        heard = _heard(waiting.kind, getattr(update, waiting.kind))
        return heard if heard.can_be_stored else "malformed"

    async def _in_private(self, work: Work, waiting: Waiting, heard: _Heard) -> tuple[Decided, str | None]:
        sender = heard.event.from_user
        if sender is None or sender.is_bot or heard.kind in {"channel_post", "edited_channel_post"}:
            return Decided(), "no_person"
        speaker, talk = people.speaker(work, sender.id) or people.newcomer(work, sender.id, self._zone)
        if heard.kind != "my_chat_member" and speaker.unreachable:
            people.mark_reachable(work, sender.id)
            speaker.unreachable = speaker.unreachable_at = None
        translate = self._languages[speaker.language or self._languages.guess(sender.language_code)]
        under = heard.event.message if isinstance(heard.event, CallbackQuery) else None
        if under is not None and people.is_for_another(work, speaker, under.message_id):
            heard = self._pressed_for_another(heard)
        text = getattr(heard.event, "text", None)
        faults.refusing(text)
        context = context_of(talk, work, waiting.bot_id, sender.id)
        answer = await offer(
            self._private,
            heard.kind,
            heard.event,
            **self._given,
            work=work,
            speaker=speaker,
            talk=talk,
            state=context,
            raw_state=await context.get_state(),
            bot_name=self._bot_name(),
            sender=sender,
            _=translate,
        )
        people.keep_place(work, talk)
        reason = "unhandled" if answer is UNHANDLED else None
        reader = speaker if speaker.is_present else (people.speaker(work, sender.id) or (speaker,))[0]
        return self._replies(work, waiting, heard, answer, reader), reason

    def _pressed_for_another(self, heard: _Heard) -> _Heard:
        """Let a button under a message for somebody else on this phone mean nothing, unless it asks who is spoken for."""
        if head_of(heard.event.data) in self._given["switching"]:
            return heard
        return replace(heard, event=heard.event.model_copy(update={"data": ""}))

    async def _in_staff_group(self, work: Work, waiting: Waiting, heard: _Heard) -> tuple[Decided, str | None]:
        sender = heard.event.from_user
        room = enter(work, heard.event, heard.pressed or heard.event, heard.chat.id)
        faults.refusing(getattr(heard.event, "text", None))
        answer = await offer(
            self._staff,
            heard.kind,
            heard.event,
            **self._given,
            work=work,
            room=room,
            bot_name=self._bot_name(),
            sender=sender,
            _=self._languages[self._languages.offered[0]],
        )
        reason = "unhandled" if answer is UNHANDLED else None
        return self._replies(work, waiting, heard, answer, None, room), reason

    def _elsewhere(self, work: Work, waiting: Waiting, heard: _Heard) -> tuple[Decided, str | None]:
        """A group or channel the bot does not belong to: say so in one line where it was asked for, and leave."""
        joined = heard.kind == "my_chat_member" and heard.event.new_chat_member.status in {"member", "administrator"}
        if heard.kind == "my_chat_member" and not joined:
            return Decided(), "left_group"
        work.add(
            Audit(at=work.now, actor=f"chat:{heard.chat.id}", act="leave", about=None, outcome="not a staff group")
        )
        lane = f"g:{heard.chat.id}"
        if heard.chat.type != "channel":
            said = pack(self._given["not_here"](self._languages[self._languages.offered[0]]))
            self._promise_once(work, f"not-here:{lane}:{work.now.date()}", lane, heard.chat.id, SCREEN, said.as_json())
        self._promise_once(work, f"leave:{lane}:{work.now.date()}", lane, heard.chat.id, LEAVE, {})
        return Decided(), "foreign_chat"

    @staticmethod
    def _promise_once(work: Work, key: str, lane: str, chat_id: int, kind: str, body: dict[str, Any]) -> None:
        outbox.promise(work, Saying(key, lane, chat_id, kind, body, outbox.REPLY))

    def _replies(
        self,
        work: Work,
        waiting: Waiting,
        heard: _Heard,
        answer: Any,
        speaker: Person | None,
        room: Room | None = None,
    ) -> Decided:
        """Turn what the handler returned into reply rows and the answer to a press."""
        shown: Sequence[Said] = () if answer in (None, UNHANDLED) else answer if isinstance(answer, list) else [answer]
        decided = Decided()
        if isinstance(heard.event, CallbackQuery):
            decided.tap_id = heard.event.id
            decided.toast = next((s.text if isinstance(s, Toast) else s.toast for s in shown), "")
        screens = [one for one in shown if isinstance(one, Screen)]
        sayings = []
        for number, one in enumerate(screens):
            edits = heard.pressed.message_id if heard.pressed and not one.fresh and number == 0 else None
            for part_number, part in enumerate(parts(pack(one))):
                key = f"in:{waiting.id}:{number}.{part_number}"
                sayings.append(_saying(key, heard, part, speaker, room, edits if part_number == 0 else None))
        decided.replies = outbox.reply(work, sayings)
        return decided

    async def _failed(self, waiting: Waiting | None, failure: Exception) -> float | None:
        """Count a failed try; after the last one give the update up, tell the person, alert an admin, go on."""
        if waiting is None:
            log.error("turn_failed_before_reading", failure=failure)
            return PAUSES[-1]
        attempts = await self._database.run(lambda work: inbox.count_attempt(work, waiting.id))
        log.error("turn_failed", row=waiting.id, attempt=attempts, failure=failure)
        if attempts < len(PAUSES):
            return PAUSES[attempts]
        await self._database.run(lambda work: self._give_up(work, waiting, type(failure).__name__))
        return None

    def _give_up(self, work: Work, waiting: Waiting, error: str) -> None:
        if not inbox.finish(work, waiting.id, "dead", error):
            return
        code = reference(waiting.id)
        person = people.speaker(work, int(waiting.lane[2:])) if waiting.lane.startswith("u:") else None
        if person is not None:
            letter_box.to_person(work, person[0], NotUnderstood(code), f"dead:{waiting.id}")
        for admin in self._admins:
            report = TroubleReport(waiting.id, code, error)
            letter_box.to_account(work, admin, report, f"dead:{waiting.id}:{admin}")


def _saying(
    key: str, heard: _Heard, part: Packed, speaker: Person | None, room: Room | None, edits: int | None
) -> Saying:
    """Address one part of a reply to where the update came from."""
    place = room.place if room else None
    lane = f"p:{place.id}" if place else f"g:{heard.chat.id}"
    if speaker is not None:
        lane = f"u:{speaker.id}"
    return Saying(
        key=key,
        lane=lane,
        chat_id=heard.chat.id,
        kind=SCREEN,
        body=part.as_json(),
        priority=outbox.REPLY,
        person_id=speaker.id if speaker else None,
        place_id=place.id if place else None,
        thread_id=place.thread_id if place else None,
        edit_of=edits,
    )


def reference(row_id: int) -> str:
    """Give the short code of an update that support can look up: J- and the row's number."""
    return f"J-{row_id}"
