"""The courier against a channel that answers as it is told: one test for everything that can become of a letter."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.lifecycle import Nursery
from channels import courier as carrying
from channels.claiming import Errand
from channels.courier import LEAVE, SCREEN, Courier
from channels.outcomes import (
    Conflict,
    Later,
    Malformed,
    Moved,
    Outcome,
    Refused,
    RightsMissing,
    Sent,
    TooOld,
    TopicLost,
    Unauthorized,
    Unchanged,
    Uneditable,
    Unknown,
    Unreachable,
)
from services import letter_box
from services.counselling.desk import CaseDesk
from services.letters import CaseOpened, CounsellorSaid, DataCopy, Digest, JobseekerSaid, Letter
from services.screen import Packed, Screen, pack, plain, screen
from storage import inbox, outbox
from storage.engine import Database
from storage.outbox import ALERT, ANNOUNCEMENT, LIVE_TALK, REPLY, Claimed, Saying
from storage.queries import people
from storage.tables.counselling import Case, Staff
from storage.tables.people import Person
from storage.tables.traffic import Place
from storage.work import Work
from tests.databases import NOON, Opened, digest, newcomer, said, until
from tests.desks import PURPOSES, REGISTRATIONS

BOT = 42
GROUP = -1001


@dataclass(frozen=True)
class Call:
    """One call to the channel."""

    what: str
    chat_id: int
    words: str = ""
    thread_id: int | None = None
    message_id: int | None = None


@dataclass
class Recorder:
    """A channel that answers as it is told, per chat, and then with success."""

    calls: list[Call] = field(default_factory=list)
    answers: dict[int, deque[Any]] = field(default_factory=lambda: defaultdict(deque))
    always: dict[int, Outcome] = field(default_factory=dict)
    flying: Counter[int] = field(default_factory=Counter)
    most_at_once: int = 0

    def will(self, chat_id: int, *answers: Any) -> None:
        self.answers[chat_id].extend(answers)

    def words(self) -> list[str]:
        return [call.words for call in self.calls]

    async def _answer(self, call: Call, success: Outcome) -> Outcome:
        self.calls.append(call)
        self.flying[call.chat_id] += 1
        self.most_at_once = max(self.most_at_once, self.flying[call.chat_id])
        await asyncio.sleep(0)
        self.flying[call.chat_id] -= 1
        if not self.answers[call.chat_id]:
            return self.always.get(call.chat_id, success)
        answer = self.answers[call.chat_id].popleft()
        if callable(answer):
            answer = await answer()
        outcome: Outcome = answer
        return outcome

    async def send(
        self, chat_id: int, shown: Packed, *, thread_id: int | None = None, reply_to: int | None = None
    ) -> Outcome:
        return await self._answer(Call("send", chat_id, words_of(shown), thread_id), Sent(100 + len(self.calls)))

    async def edit(self, chat_id: int, message_id: int, shown: Packed) -> Outcome:
        return await self._answer(Call("edit", chat_id, words_of(shown), message_id=message_id), Sent(message_id))

    async def answer_tap(self, callback_id: str, toast: str = "") -> Outcome:
        return await self._answer(Call("tap", 0, toast), Sent())

    async def create_topic(self, chat_id: int, title: str) -> Outcome:
        made = 900 + sum(call.what == "topic" for call in self.calls)
        return await self._answer(Call("topic", chat_id, title), Sent(thread_id=made))

    async def send_document(
        self, chat_id: int, content: bytes, filename: str, caption: str = "", *, thread_id: int | None = None
    ) -> Outcome:
        return await self._answer(Call("file", chat_id, f"{filename}: {caption}", thread_id), Sent(100))

    async def rename_topic(self, chat_id: int, thread_id: int, title: str) -> Outcome:
        return await self._answer(Call("rename", chat_id, title, thread_id), Sent())

    async def close_topic(self, chat_id: int, thread_id: int) -> Outcome:
        return await self._answer(Call("close", chat_id, "", thread_id), Sent())

    async def delete_topic(self, chat_id: int, thread_id: int) -> Outcome:
        return await self._answer(Call("delete", chat_id, "", thread_id), Sent())

    async def leave(self, chat_id: int) -> Outcome:
        return await self._answer(Call("leave", chat_id), Sent())


def words_of(shown: Packed) -> str:
    return "".join(piece if isinstance(piece, str) else piece[1] for piece in shown.text)


@dataclass
class Permission:
    """A pace that permits at once unless told to wait, and remembers which gates were shut."""

    closed: list[tuple[float, int | None]] = field(default_factory=list)
    asked: list[tuple[int, int]] = field(default_factory=list)
    waits: Callable[[], Any] | None = None

    def landed(self, took: float) -> None:
        """Nothing to learn."""

    async def slot(self, chat_id: int, priority: int) -> None:
        self.asked.append((chat_id, priority))
        if self.waits is not None:
            await self.waits()

    def close(self, seconds: float, chat_id: int | None = None) -> None:
        self.closed.append((seconds, chat_id))


def phrase(letter: Letter, reader: Person | None) -> Screen:
    facts = letter.facts()
    language = reader.language if reader is not None else None
    return screen(f"{language or 'staff'}: {facts.get('words') or type(letter).__name__}")


@dataclass
class Desk:
    """A courier, its channel and its database."""

    opened: Opened
    channel: Recorder
    pace: Permission
    courier: Courier
    told: list[str]

    @property
    def database(self) -> Database:
        return self.opened.database

    async def promise(self, *sayings: Saying) -> None:
        def unit(work: Work) -> None:
            for saying in sayings:
                assert outbox.promise(work, saying)

        await self.database.run(unit)

    async def carry(self) -> None:
        await self.courier.carry_all()

    async def row(self, columns: str = "state, reason", key: str = "a") -> tuple[Any, ...]:
        (found,) = await self.opened.rows(f"SELECT {columns} FROM outbox WHERE key = :key", key=key)
        return tuple(found)

    async def reply(self, *sayings: Saying) -> list[Claimed]:
        return await self.database.run(lambda work: outbox.reply(work, sayings))


@pytest.fixture
async def desk(opened: Opened) -> AsyncIterator[Desk]:
    async for each in open_desk(opened):
        yield each


@pytest.fixture
async def sqlite_desk(sqlite: Opened) -> AsyncIterator[Desk]:
    async for each in open_desk(sqlite):
        yield each


async def open_desk(opened: Opened) -> AsyncIterator[Desk]:
    nursery, channel, pace = Nursery(), Recorder(), Permission()
    told: list[str] = []
    courier = Courier(opened.database, channel, pace, phrase, bot_id=BOT, spawn=nursery.start, told=told.append)
    await opened.database.run(lambda work: [agreeing(work, 501, language="ru").id, agreeing(work, 502).id])
    yield Desk(opened, channel, pace, courier, told)
    await nursery.stop(within=5)


def agreeing(work: Work, user_id: int, **facts: Any) -> Person:
    """Make somebody who agreed to daily vacancies."""
    person = newcomer(work, user_id, **facts)
    PURPOSES.give(work, person, "alerts", "en")
    return person


async def know_place(opened: Opened, thread_id: int | None = None) -> int:
    """Make a staff group's topic for a case of the first person, held by a counsellor."""

    def unit(work: Work) -> int:
        place = work.add(Place(kind="topic", chat_id=GROUP, thread_id=thread_id, title="Aigul · 1", person_id=1))
        staff = work.add(Staff(user_id=77, role="counsellor", name="Dana", joined_at=NOON))
        work.add(
            Case(
                person_id=1, place_id=place.id or 0, state="human", assignee_id=staff.id, opened_at=NOON, taken_at=NOON
            )
        )
        return place.id or 0

    return await opened.database.run(unit)


def in_topic(key: str, place_id: int, words: str = "Question") -> Saying:
    letter = JobseekerSaid("Aigul", words)
    return Saying(key, f"p:{place_id}", GROUP, JobseekerSaid.__name__, letter.facts(), LIVE_TALK, place_id=place_id)


# ----------------------------------------------------------------------------------------------------- what is carried


async def test_words_are_found_in_the_persons_language_when_it_is_sent(desk: Desk) -> None:
    await desk.promise(said("a"))
    await desk.opened.change("UPDATE person SET language = 'kk' WHERE id = 1")
    await desk.carry()

    assert desk.channel.calls == [Call("send", 501, "kk: Hello")]
    assert await desk.row("state, message_id, body IS NULL") == ("sent", 100, True)
    assert desk.pace.asked == [(501, ALERT)]


async def test_a_screen_goes_out_as_it_was_packed(desk: Desk) -> None:
    body = pack(screen("Menu")).as_json()
    await desk.promise(said("a", kind=SCREEN, body=body, priority=REPLY))
    await desk.carry()

    assert desk.channel.words() == ["Menu"]


async def test_a_group_is_left(desk: Desk) -> None:
    await desk.promise(Saying("a", "g:-5", -5, LEAVE, {}, REPLY))
    await desk.carry()

    assert desk.channel.calls == [Call("leave", -5)]
    assert (await desk.row())[0] == "sent"


async def test_order_is_kept_within_a_chat_and_one_call_is_in_flight(desk: Desk) -> None:
    await desk.promise(*(said(f"{n}", n % 2 + 1, words=f"{n:02}") for n in range(20)))
    await desk.carry()

    for chat in (501, 502):
        heard = [call.words for call in desk.channel.calls if call.chat_id == chat]
        assert heard == sorted(heard)
    assert len(desk.channel.calls) == 20
    assert desk.channel.most_at_once == 1


async def test_running_it_carries_what_is_written_later_and_stops_when_told(desk: Desk) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(desk.courier.run())
        await desk.promise(said("a"))
        desk.courier.wake()
        await until(lambda: desk.channel.calls)
        await desk.courier.stop()

    assert desk.channel.words() == ["ru: Hello"]


async def test_a_letter_without_words_fails_and_holds_up_nobody(desk: Desk) -> None:
    await desk.promise(said("a", kind="Unheard", body={}), said("b"), said("c", 2))
    await desk.carry()

    assert await desk.row() == ("failed", "no_words")
    assert sorted(desk.channel.words()) == ["ru: Hello", "staff: Hello"]


# ---------------------------------------------------------------------------------------------------- what came of it


async def test_a_full_chat_rests_alone(desk: Desk) -> None:
    """OUT-06 with 10 messages to each of 2 chats: one waits, the other goes on, the order stays."""
    desk.channel.will(501, Later(30, "chat"))
    await desk.promise(*(said(f"{n}", n % 2 + 1, words=f"{n:02}") for n in range(20)))
    await desk.carry()

    assert [call.chat_id for call in desk.channel.calls].count(501) == 1
    assert [call.chat_id for call in desk.channel.calls].count(502) == 10
    assert desk.pace.closed == [(30, 501)]
    desk.opened.moment.passes(seconds=31)
    await desk.carry()
    heard = [call.words for call in desk.channel.calls if call.chat_id == 501]
    assert heard[0] == heard[1]
    assert heard[1:] == sorted(heard[1:])
    assert len(heard) == 11


async def test_a_bot_that_is_too_fast_rests_everywhere(desk: Desk) -> None:
    desk.channel.will(501, Later(30, "bot"))
    await desk.promise(said("a"))
    await desk.carry()

    assert desk.pace.closed == [(30, None)]
    assert await desk.row("state, reason, attempts, possibly_twice") == ("pending", "later_bot", 1, False)


async def test_a_server_that_is_away_is_tried_less_and_less_often(desk: Desk) -> None:
    await desk.promise(said("a"))
    pauses = []
    for _ in range(9):
        desk.channel.will(501, Later(1, "server"))
        await desk.carry()
        held = (await desk.row("not_before"))[0]
        held = datetime.fromisoformat(str(held)).replace(tzinfo=UTC) if not isinstance(held, datetime) else held
        pauses.append((held - desk.opened.moment.at).total_seconds())
        desk.opened.moment.at = held

    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert desk.pace.closed == []
    await desk.carry()
    assert (await desk.row())[0] == "sent"


@pytest.mark.parametrize("reason", ["blocked", "deactivated", "chat_not_found"])
async def test_who_cannot_be_reached_is_marked_and_not_asked_again(desk: Desk, reason: Any) -> None:
    desk.channel.will(501, Unreachable(reason))
    await desk.promise(said("a"), said("b"), digest("c"), said("other", 2))
    await desk.carry()

    assert await desk.row() == ("failed", reason)
    assert {(await desk.row("state", key))[0] for key in "bc"} == {"skipped"}
    assert (await desk.row("state", "other"))[0] == "sent"
    assert await desk.opened.one("SELECT unreachable FROM person WHERE id = 1") == reason
    assert [call.chat_id for call in desk.channel.calls].count(501) == 1


async def test_who_writes_again_is_reachable_again(desk: Desk) -> None:

    desk.channel.will(501, Unreachable("blocked"))
    await desk.promise(said("a"))
    await desk.carry()

    def writes(work: Work) -> None:
        found = people.speaker(work, 501)
        assert found is not None
        REGISTRATIONS.reachable(work, found[0])

    await desk.database.run(writes)
    await desk.promise(said("b"))
    await desk.carry()

    assert (await desk.row("state", "b"))[0] == "sent"


async def test_the_topic_hears_that_words_did_not_arrive(desk: Desk) -> None:
    place_id = await know_place(desk.opened, 33)
    desk.channel.will(501, Unreachable("blocked"))
    await desk.promise(said("a", priority=LIVE_TALK))
    await desk.carry()

    assert desk.told == ["u:501"]
    told = await desk.database.run(lambda work: inbox.earliest(work, "u:501"))
    assert told is not None
    assert told.kind == "undelivered"
    pack_less: Any = None
    await desk.database.run(lambda work: CaseDesk((GROUP,), pack_less, pack_less).undelivered(work, told.payload))
    await desk.carry()
    assert desk.channel.calls[-1] == Call("send", GROUP, "staff: NotDelivered", 33)
    assert place_id


async def test_a_person_already_known_as_unreachable_costs_no_call(desk: Desk) -> None:
    await desk.promise(said("a"))
    await desk.opened.change("UPDATE person SET unreachable = 'blocked' WHERE id = 1")
    await desk.carry()

    assert desk.channel.calls == []
    assert await desk.row() == ("failed", "blocked")


async def test_a_group_that_moved_is_followed_by_everything_for_it(desk: Desk) -> None:
    place_id = await know_place(desk.opened, 33)
    desk.channel.will(GROUP, Moved(-2002))
    await desk.promise(in_topic("a", place_id, "one"), in_topic("b", place_id, "two"))
    await desk.carry()

    assert [(call.chat_id, call.words, call.thread_id) for call in desk.channel.calls] == [
        (GROUP, "staff: one", 33),
        (-2002, "staff: one", 33),
        (-2002, "staff: two", 33),
    ]
    assert await desk.opened.one("SELECT chat_id FROM place") == -2002


async def test_a_topic_is_made_with_the_first_letter_for_it(desk: Desk) -> None:
    place_id = await know_place(desk.opened)
    await desk.promise(in_topic("a", place_id, "one"), in_topic("b", place_id, "two"))
    await desk.carry()

    assert desk.channel.calls == [
        Call("topic", GROUP, "Aigul · 1"),
        Call("send", GROUP, "staff: one", 900),
        Call("send", GROUP, "staff: two", 900),
    ]
    assert desk.pace.asked == [(GROUP, LIVE_TALK)] * 3


async def test_a_lost_topic_is_made_anew_and_nothing_is_missing_in_it(desk: Desk) -> None:
    place_id = await know_place(desk.opened, 33)
    desk.channel.will(GROUP, TopicLost())
    await desk.promise(in_topic("a", place_id))
    await desk.carry()

    assert [call.what for call in desk.channel.calls] == ["send", "topic", "send"]
    assert desk.channel.calls[-1].thread_id == 900
    assert tuple(await desk.opened.one("SELECT thread_id, generation FROM place")) == (900, 2)
    assert (await desk.row())[0] == "sent"


async def test_a_topic_that_cannot_be_made_yet_keeps_its_letter(desk: Desk) -> None:
    place_id = await know_place(desk.opened)
    desk.channel.will(GROUP, RightsMissing("not_enough_rights"))
    await desk.promise(in_topic("a", place_id))
    await desk.carry()

    assert await desk.row() == ("pending", "rights_missing")
    desk.opened.moment.passes(seconds=61)
    await desk.carry()
    assert (await desk.row())[0] == "sent"


async def test_a_topic_lost_without_a_place_ends_the_reply(desk: Desk) -> None:
    desk.channel.will(GROUP, TopicLost())
    body = pack(screen("Menu")).as_json()
    await desk.promise(Saying("a", "g:-1001", GROUP, SCREEN, body, REPLY, thread_id=5))
    await desk.carry()

    assert desk.channel.calls == [Call("send", GROUP, "Menu", 5)]
    assert await desk.row() == ("failed", "topic_lost")


@pytest.mark.parametrize("answer", [Unchanged(), TooOld()])
async def test_an_edit_that_changes_nothing_is_done(desk: Desk, answer: Outcome) -> None:
    desk.channel.will(501, answer)
    await desk.promise(said("a", edit_of=5))
    await desk.carry()

    assert desk.channel.calls == [Call("edit", 501, "ru: Hello", message_id=5)]
    assert await desk.row("state, message_id") == ("sent", 5)


async def test_an_edit_that_cannot_be_becomes_a_message(desk: Desk) -> None:
    desk.channel.will(501, Uneditable())
    await desk.promise(said("a", edit_of=5))
    await desk.carry()

    assert [call.what for call in desk.channel.calls] == ["edit", "send"]
    assert (await desk.row())[0] == "sent"


async def test_a_lost_answer_is_repeated_once_and_recorded(desk: Desk) -> None:
    """OUT-07: repeated as "possibly twice", not at once, and not a third time."""
    desk.channel.will(501, Unknown("timeout"), Unknown("timeout"))
    await desk.promise(said("a"))
    for _ in range(5):
        await desk.carry()
        desk.opened.moment.passes(minutes=2)

    assert len(desk.channel.calls) == 2
    assert await desk.row("state, reason, possibly_twice") == ("unknown", "timeout", True)


async def test_a_lost_answer_to_an_announcement_is_left_to_the_admin(desk: Desk) -> None:
    desk.channel.will(501, Unknown("timeout"))
    await desk.promise(said("a", priority=ANNOUNCEMENT))
    for _ in range(3):
        await desk.carry()
        desk.opened.moment.passes(minutes=2)

    assert len(desk.channel.calls) == 1
    assert await desk.row("state, possibly_twice") == ("unknown", False)


@pytest.mark.parametrize(("answer", "reason"), [(Refused("unlisted"), "unlisted"), (Malformed(), "malformed")])
async def test_what_is_refused_for_good_has_failed(desk: Desk, answer: Outcome, reason: str) -> None:
    desk.channel.will(501, answer)
    await desk.promise(said("a"), said("b"))
    await desk.carry()

    assert await desk.row() == ("failed", reason)
    assert (await desk.row("state", "b"))[0] == "sent"


@pytest.mark.parametrize("answer", [Unauthorized(), Conflict()])
async def test_a_refused_token_stops_everything_and_loses_nothing(desk: Desk, answer: Outcome) -> None:
    """OUT-21's first half: one call, nothing marked failed, all of it goes out with a new token."""
    desk.channel.will(501, answer)
    await desk.promise(*(said(f"{n}") for n in range(5)))
    await desk.carry()
    (row,) = await desk.reply(said("in:1", 2, priority=REPLY))
    await desk.courier.say([row], "tap")

    assert desk.courier.token_refused
    assert len(desk.channel.calls) == 1
    assert await desk.opened.rows("SELECT DISTINCT state, attempts FROM outbox") == [("pending", 0)]
    desk.courier.token_refused = False
    await desk.carry()
    assert await desk.opened.rows("SELECT DISTINCT state FROM outbox") == [("sent",)]
    assert len(desk.channel.calls) == 7


async def test_a_group_that_shut_the_bot_out_marks_nobody(desk: Desk) -> None:
    place_id = await know_place(desk.opened, 33)
    desk.channel.will(GROUP, Unreachable("kicked"))
    await desk.promise(in_topic("a", place_id))
    await desk.carry()

    assert await desk.row() == ("failed", "kicked")
    assert await desk.opened.one("SELECT count(*) FROM person WHERE unreachable IS NOT NULL") == 0


# ------------------------------------------------------------------------------------------------------------- replies


async def test_replies_stop_the_spinner_first_and_follow_each_other(desk: Desk) -> None:
    rows = await desk.reply(*(said(f"in:{n}", words=f"{n}", priority=REPLY) for n in range(3)))
    await desk.courier.say(rows, "press", "Saved")

    assert [(call.what, call.words) for call in desk.channel.calls] == [
        ("tap", "Saved"),
        ("send", "staff: 0"),
        ("send", "staff: 1"),
        ("send", "staff: 2"),
    ]


async def test_what_follows_an_unsent_reply_waits_behind_it(desk: Desk) -> None:
    desk.channel.will(501, Later(3, "chat"))
    rows = await desk.reply(*(said(f"in:{n}", words=f"{n}", priority=REPLY) for n in range(3)))
    await desk.courier.say(rows)

    assert len(desk.channel.calls) == 1
    await desk.carry()
    assert len(desk.channel.calls) == 1, "the order is kept while the first one rests"
    desk.opened.moment.passes(seconds=4)
    await desk.carry()
    assert [call.words[-1] for call in desk.channel.calls] == ["0", "0", "1", "2"]


async def test_a_reply_queued_behind_another_goes_out_right_after_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "LOOK_EVERY", 3600.0)
    let_go = asyncio.Event()

    async def slow() -> Outcome:
        await let_go.wait()
        return Sent(1)

    desk.channel.will(501, slow)
    first = await desk.reply(said("in:1", words="first", priority=REPLY))
    async with asyncio.TaskGroup() as group:
        running = group.create_task(desk.courier.run())
        saying = group.create_task(desk.courier.say(first))
        await until(lambda: desk.channel.calls)
        assert await desk.reply(said("in:2", words="second", priority=REPLY)) == []
        desk.courier.wake()
        await asyncio.sleep(0.05)
        let_go.set()
        await saying
        await until(lambda: len(desk.channel.calls) == 2)
        await desk.courier.stop()
        await running

    assert [call.words for call in desk.channel.calls] == ["staff: first", "ru: second"]


async def test_a_reply_waits_for_the_letter_that_is_in_flight(desk: Desk) -> None:
    let_go = asyncio.Event()

    async def slow() -> Outcome:
        await let_go.wait()
        return Sent(1)

    desk.channel.will(501, slow)
    await desk.promise(said("a"))
    async with asyncio.TaskGroup() as group:
        group.create_task(desk.carry())
        await until(lambda: desk.channel.calls)
        rows = await desk.reply(said("in:1", priority=REPLY))
        assert rows, "it is not queued behind what is less urgent"
        group.create_task(desk.courier.say(rows))
        await until(lambda: len(desk.courier._lanes) == 1 and desk.courier._lanes["u:1"][1] == 2)
        let_go.set()

    assert len(desk.channel.calls) == 2
    assert desk.channel.most_at_once == 1
    assert desk.courier._lanes == {}


# -------------------------------------------------------------------------------------------------- claims that run out


async def test_a_row_that_waited_too_long_for_its_turn_goes_back_unsent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else may take it over when the lease ends, so nothing may be sent so late."""
    monkeypatch.setattr(carrying, "PATIENCE", 0.01)
    desk.pace.waits = asyncio.Event().wait
    await desk.promise(said("a"))
    async with asyncio.TaskGroup() as group:
        carrying_all = group.create_task(desk.courier._carry_some())
        assert await carrying_all
        await until(lambda: not desk.courier._flying)

    assert desk.channel.calls == []
    assert await desk.row("state, attempts, possibly_twice") == ("pending", 0, False)


async def test_a_process_that_was_frozen_sends_nothing_late(desk: Desk) -> None:
    """ST-09: its claim is long over when it goes on, even though permission comes at once."""
    (row,) = await desk.reply(said("in:1", priority=REPLY))
    frozen = Errand(row, until=asyncio.get_running_loop().time() - 1)

    assert not await desk.courier._deliver(frozen)
    assert desk.channel.calls == []
    assert (await desk.row("state", "in:1"))[0] == "pending"


async def test_a_late_answer_does_not_undo_what_another_courier_settled(desk: Desk) -> None:
    (row,) = await desk.reply(said("in:1", priority=REPLY))

    async def meanwhile() -> Outcome:
        desk.opened.moment.passes(minutes=5)
        await desk.database.run(lambda work: outbox.recover(work, everything=False))
        (again,) = await desk.database.run(lambda work: outbox.claim(work, 9))
        await desk.database.run(lambda work: outbox.settle_sent(work, again, 2))
        return Sent(1)

    desk.channel.will(501, meanwhile)
    await desk.courier.say([row])

    assert await desk.row("state, message_id, possibly_twice", "in:1") == ("sent", 2, True)


async def test_a_database_that_is_away_while_it_flies_makes_it_wait_and_not_repeat(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "LOOK_EVERY", 0.01)
    run, fails = desk.database.run, deque([1, 1, 1])

    async def sometimes(unit: Any) -> Any:
        if desk.channel.calls and fails:
            fails.pop()
            raise ConnectionRefusedError
        return await run(unit)

    monkeypatch.setattr(desk.database, "run", sometimes)
    await desk.promise(said("a"))
    await desk.carry()

    assert len(desk.channel.calls) == 1
    assert not fails
    assert await desk.row("state, possibly_twice") == ("sent", False)


async def test_what_a_dead_process_had_claimed_is_taken_over(desk: Desk) -> None:
    await desk.promise(said("a"))
    await desk.database.run(lambda work: outbox.claim(work, 9))
    desk.opened.moment.passes(seconds=61)
    async with asyncio.TaskGroup() as group:
        group.create_task(desk.courier.run())
        await until(lambda: desk.channel.calls)
        await desk.courier.stop()
    await until(lambda: not desk.courier._flying)

    assert await desk.row("state, possibly_twice") == ("sent", True)


# ---------------------------------------------------------------------------------------- what we send of our own accord


def local(hour: int, minute: int = 0) -> datetime:
    """Give an instant by the clock in Almaty."""
    return datetime(2026, 9, 1, hour, minute, tzinfo=UTC) - (NOON.replace(hour=5) - NOON.replace(hour=0))


@pytest.mark.parametrize("hour", [5, 7])
async def test_nobody_is_woken(desk: Desk, hour: int) -> None:
    """SCH-05: quiet hours hold at the moment of sending, whenever the letter was written."""
    desk.opened.moment.at = local(5)
    await desk.promise(digest("a"), said("b"))
    desk.opened.moment.at = local(hour)
    await desk.carry()

    assert [call.words for call in desk.channel.calls] == ["ru: Hello"]
    assert await desk.row("state, attempts") == ("pending", 0)
    desk.opened.moment.at = local(7, 59)
    await desk.carry()
    assert len(desk.channel.calls) == 1
    desk.opened.moment.at = local(8)
    await desk.carry()
    assert [call.words for call in desk.channel.calls] == ["ru: Hello", "ru: Digest"]


@pytest.mark.parametrize("hour", [21, 23])
async def test_a_digest_held_over_night_is_left_to_the_next_one(desk: Desk, hour: int) -> None:
    desk.opened.moment.at = local(hour)
    await desk.promise(digest("a"))
    await desk.carry()
    assert await desk.row() == ("pending", None)
    desk.opened.moment.at = local(8).replace(day=2)
    await desk.carry()

    assert desk.channel.calls == []
    assert await desk.row() == ("skipped", "too_late")
    told = await desk.database.run(lambda work: inbox.earliest(work, "u:501"))
    assert told is not None
    assert told.kind == "missed:Digest"
    assert told.payload["local_on"] == "2026-09-01"


@pytest.mark.parametrize(("column", "reason"), [("stopped_at", "stopped"), ("unreachable", "blocked")])
async def test_who_does_not_want_it_or_cannot_get_it_is_skipped(desk: Desk, column: str, reason: str) -> None:
    await desk.promise(digest("a"))
    value = "'blocked'" if column == "unreachable" else "created_at"
    await desk.opened.change(f"UPDATE person SET {column} = {value} WHERE id = 1")
    await desk.carry()

    assert desk.channel.calls == []
    assert await desk.row() == ("skipped", reason)


async def test_a_yes_taken_back_counts_for_what_already_waits(desk: Desk) -> None:
    await desk.promise(digest("a"), said("b"))
    await desk.database.run(lambda work: PURPOSES.withdraw(work, newcomer(work), "alerts"))
    await desk.carry()

    assert [call.words for call in desk.channel.calls] == ["ru: Hello"]
    assert await desk.row() == ("skipped", "no_consent")
    assert await desk.opened.one("SELECT body FROM outbox WHERE key = 'a'") is None
    told = await desk.database.run(lambda work: inbox.earliest(work, "u:501"))
    assert told is not None
    assert told.kind == "missed:Digest"


async def test_one_persons_yes_is_not_anothers(desk: Desk) -> None:
    await desk.promise(digest("a"), digest("b", 2))
    await desk.database.run(lambda work: PURPOSES.withdraw(work, newcomer(work, 502), "alerts"))
    await desk.carry()

    assert (await desk.row(), await desk.row(key="b")) == (("sent", None), ("skipped", "no_consent"))


async def test_whoever_has_their_data_deleted_gets_answers_and_nothing_else(desk: Desk) -> None:
    await desk.promise(digest("a"), said("b"))
    await desk.opened.change("UPDATE person SET erase_at = created_at WHERE id = 1")
    await desk.carry()

    assert [call.words for call in desk.channel.calls] == ["ru: Hello"]
    assert await desk.row() == ("skipped", "erasing")


async def test_a_file_goes_with_its_words_and_is_kept_no_longer(desk: Desk) -> None:
    copy = DataCopy("my-data.json", '{"name": "\u0410\u0439"}', readable=False)
    await desk.promise(said("a", kind="DataCopy", body=copy.facts()))
    await desk.carry()

    assert desk.channel.calls == [Call("file", 501, "my-data.json: ru: DataCopy")]
    assert await desk.row("state, body") == ("sent", None)


async def test_a_file_whose_answer_was_lost_is_sent_once_more(desk: Desk) -> None:
    desk.channel.will(501, Unknown("timeout"))
    await desk.promise(said("a", kind="DataCopy", body=DataCopy("my-data.json", "{}", readable=False).facts()))
    await desk.carry()
    desk.opened.moment.passes(minutes=2)
    await desk.carry()

    assert [call.what for call in desk.channel.calls] == ["file", "file"]
    assert await desk.row("state, possibly_twice") == ("sent", True)


def place_of(work: Work) -> Place:
    place = work.find(Place, 1)
    assert place is not None
    return place


async def gone_topic(desk: Desk, *answers: Outcome) -> tuple[Any, ...]:
    """Have a topic deleted, and give what became of the row."""
    desk.channel.will(GROUP, *answers)
    assert await desk.database.run(lambda work: letter_box.delete_topic(work, GROUP, 33))
    await desk.carry()
    return await desk.row("state, reason", f"topic-gone:{GROUP}:33")


async def test_a_topic_is_deleted(desk: Desk) -> None:
    assert await gone_topic(desk) == ("sent", None)
    assert desk.channel.calls == [Call("delete", GROUP, "", 33)]


async def test_a_topic_that_is_gone_already_is_as_wanted(desk: Desk) -> None:
    assert await gone_topic(desk, TopicLost()) == ("sent", None)


async def test_a_deletion_whose_answer_was_lost_is_repeated_until_it_is_known(desk: Desk) -> None:
    state = await gone_topic(desk, *[Unknown("timeout")] * 3)
    for _ in range(3):
        assert state[0] == "pending"
        desk.opened.moment.passes(minutes=2)
        await desk.carry()
        state = await desk.row("state, reason", f"topic-gone:{GROUP}:33")
    assert state[0] == "sent"


async def test_without_the_right_the_name_goes_and_staff_are_asked_once(desk: Desk) -> None:
    refused = RightsMissing("rights")
    assert await gone_topic(desk, refused) == ("pending", "rights_missing")
    assert [(call.what, call.words) for call in desk.channel.calls] == [
        ("delete", ""),
        ("rename", "–"),
        ("close", ""),
        ("send", "staff: DeleteByHand"),
    ]
    assert desk.channel.calls[-1].thread_id == 33

    desk.channel.will(GROUP, refused)
    desk.opened.moment.passes(minutes=59)
    await desk.carry()
    assert len(desk.channel.calls) == 4, "it is tried once an hour"
    desk.opened.moment.passes(minutes=2)
    await desk.carry()
    desk.opened.moment.passes(hours=2)
    await desk.carry()
    assert [call.what for call in desk.channel.calls[4:]] == ["delete", "delete"]
    assert (await desk.row("state", f"topic-gone:{GROUP}:33"))[0] == "sent"


async def test_a_topic_opened_while_its_place_was_erased_is_deleted_again(desk: Desk) -> None:
    await know_place(desk.opened)

    async def erased_meanwhile() -> Outcome:
        for table in ("outbox", "counselling_case", "place"):
            await desk.opened.change(f"DELETE FROM {table}")
        return Sent(thread_id=44)

    desk.channel.will(GROUP, erased_meanwhile)
    await desk.database.run(lambda work: letter_box.to_place(work, place_of(work), JobseekerSaid("Aigul", "x"), "a"))
    await desk.carry()

    assert [(call.what, call.thread_id) for call in desk.channel.calls] == [("topic", None), ("delete", 44)]


async def test_nothing_interrupts_a_talk_with_a_human(desk: Desk) -> None:
    await know_place(desk.opened, 33)
    await desk.promise(digest("a"), said("b", priority=LIVE_TALK))
    await desk.carry()
    assert [call.words for call in desk.channel.calls] == ["ru: Hello"]

    await desk.opened.change("UPDATE counselling_case SET state = 'closed', closed_at = opened_at")
    desk.opened.moment.passes(minutes=16)
    await desk.carry()
    assert [call.words for call in desk.channel.calls] == ["ru: Hello", "ru: Digest"]


async def test_a_digest_to_a_thousand_of_whom_a_fifth_are_gone(sqlite_desk: Desk) -> None:
    """OUT-08 with 1,000: one call each, no retry, three counts, and who comes back is reachable."""
    desk, total = sqlite_desk, 1000
    gone: dict[int, Outcome] = {}
    for number in range(total):
        share = number % 100
        if share < 20:
            reason: Any = "blocked" if share < 15 else "deactivated" if share < 18 else "chat_not_found"
            gone[10_000 + number] = Unreachable(reason)
    desk.channel.always = gone

    def write(work: Work) -> None:
        for number in range(total):
            person = agreeing(work, 10_000 + number)
            assert outbox.promise(work, digest(f"{number}", person.id or 0, chat_id=person.user_id))

    await desk.database.run(write)
    await desk.carry()

    assert Counter(call.chat_id for call in desk.channel.calls).most_common(1)[0][1] == 1
    assert len(desk.channel.calls) == total
    found = await desk.opened.rows("SELECT state, reason, count(*) FROM outbox GROUP BY state, reason")
    assert {tuple(row) for row in found} == {
        ("sent", None, 800),
        ("failed", "blocked", 150),
        ("failed", "deactivated", 30),
        ("failed", "chat_not_found", 20),
    }
    assert await desk.opened.one("SELECT count(*) FROM person WHERE unreachable IS NOT NULL") == 200

    desk.channel.always = {}
    back = list(gone)[:50]

    def start(work: Work) -> None:
        for user_id in back:
            person, _ = people.newcomer(work, user_id, "Asia/Almaty")
            person.unreachable = person.unreachable_at = None
            assert outbox.promise(work, digest(f"again-{user_id}", person.id or 0, chat_id=user_id))

    await desk.database.run(start)
    await desk.carry()
    assert len(desk.channel.calls) == total + 50


def test_every_letter_a_person_did_not_ask_for_just_now_is_marked() -> None:
    proactive = {kind.__name__ for kind in (Digest, CounsellorSaid, CaseOpened) if kind.proactive}

    assert proactive == {"Digest"}
    reader = Person(user_id=1, zone="UTC", language="ru", created_at=NOON)
    assert plain(phrase(CounsellorSaid("Dana", "Hello"), reader).text) == "ru: Hello"
