"""What a turn promises: every update ends, poison included, and nobody is answered who must not be."""

from typing import Any

import pytest
from sqlmodel import select

from bot.driving import NoNetwork, Waited, drive
from channels import outcomes
from handlers.common.guards import CHANNEL_LINK, GROUP_ANONYMOUS
from storage import faults, inbox
from storage.tables.people import Conversation, Person
from storage.tables.records import Audit
from storage.tables.traffic import Inbox, Outbox
from storage.work import Work
from tests.phone import ADMIN, BOT_ID, BOT_NAME, STAFF_GROUP, Phone, World, open_world, settings_for

POISON = "poisoned words"
FOREIGN = -1009999999999


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turn.PAUSES", (0.0,) * 5)


def ends(work: Work) -> list[tuple[str, str | None]]:
    """Give how every update ended."""
    return [(row.state, row.reason) for row in work.session.exec(select(Inbox).order_by(Inbox.id)).all()]  # type: ignore[arg-type]  # a column of SQLModel


async def test_poison_is_given_up_told_reported_once_and_can_be_replayed(office_url: str) -> None:
    settings = settings_for(office_url, fault=f"turn.handler={POISON}:raise")
    async with open_world(settings) as world:
        you, admin = world.phone(), world.phone(ADMIN, "Clara")
        await you.say("/start")
        await you.tap("English")
        await you.forward(POISON, "/help", "/menu", "/help", "/menu", "/mydata")
        rows = await world.run(ends)
        assert rows[2:] == [("dead", "Broken")] + [("done", None)] * 5
        told = [shown.text for shown in you.screen]
        assert any("J-3" in text for text in told), "the person is told, with the code"
        assert len(told) == 1 + 6, f"{await world.run(outbox_states)}: the welcome, five answers and the apology"
        reports = [shown for shown in admin.screen if "J-3" in shown.text]
        assert len(reports) == 1
        assert POISON not in reports[0].text

        faults.arm("")
        await admin.tap("Try again")
        assert (await world.run(ends))[2] == ("done", None)
        assert you.last.text != told[-1]
        answers = len(you.screen)
        await admin.tap("Try again")
        assert len(you.screen) == answers, "pressing twice adds nothing"


async def test_the_attempts_are_counted_and_bounded(sqlite_url: str) -> None:
    async with open_world(settings_for(sqlite_url, fault=f"turn.handler={POISON}:raise")) as world:
        await world.phone().say(POISON)
        attempts = await world.run(lambda work: work.session.exec(select(Inbox.attempts)).one())
        assert attempts == 5


async def test_nobody_but_an_admin_replays(sqlite_url: str) -> None:
    async with open_world(settings_for(sqlite_url, fault=f"turn.handler={POISON}:raise")) as world:
        you = world.phone()
        await you.say(POISON)
        faults.arm("")
        await you.press("try1:1")
        assert await world.run(ends) == [("dead", "Broken"), ("done", None)]


async def test_a_turn_that_fails_half_way_leaves_nothing_behind(office_url: str) -> None:
    async with open_world(settings_for(office_url)) as world:
        you = world.phone()
        await you.say("/start")
        await you.tap("English")
        before = await world.run(_standing)
        faults.arm("turn.before_commit:raise")
        assert [one.text[:21] for one in await you.tap("Register")] == ["Something went wrong "]
        assert await world.run(_standing) == before
        assert set(await world.run(outbox_states)) == {"sent"}
        faults.arm("")
        await world.run(lambda work: inbox.replay(work, 3))
        await world.settle()
        assert (await world.run(_standing))[0] == "Registration:purposes"
        assert any("Registration and matching" in one.text for one in you.screen), "in the message that was pressed"


def outbox_states(work: Work) -> list[str]:
    """Give what became of everything that had to be said."""
    return list(work.session.exec(select(Outbox.state)).all())


async def test_editing_an_earlier_answer_moves_nothing(world: World) -> None:
    you = world.phone()
    await you.say("/start")
    await you.tap("English")
    await you.tap("Register")
    await you.tap("Begin, it is for me")
    await you.say("Aigul")
    before = await world.run(_standing)
    said = await you.edit("Aigerim")
    assert [one.text.split(".")[0] for one in said] == ["You changed an earlier message"]
    assert await world.run(_standing) == before


def _standing(work: Work) -> tuple[str | None, object]:
    talk = work.session.exec(select(Conversation)).one()
    return talk.step, talk.form


async def test_a_burst_lands_step_by_step_in_order(world: World) -> None:
    you = world.phone()
    await you.say("/start")
    await you.tap("English")
    await you.tap("Register")
    await you.tap("Begin, it is for me")
    await you.forward("Aigul", "Karaganda", "cook", *(f"surplus number {number}" for number in range(17)))
    step, form = await world.run(_standing)
    assert step == "Registration:occupation"
    assert isinstance(form, dict)
    assert form["registration"]["answers"]["name"] == "Aigul"
    assert form["registration"]["answers"]["region"] is not None
    assert {state for state, _ in await world.run(ends)} == {"done"}
    assert "surplus" not in str(form), "words nobody understands are nobody's occupation"


async def test_what_waits_at_the_summary_is_answered_by_one_line(world: World) -> None:
    you = world.phone()
    await you.say("/start")
    await you.tap("English")
    await you.tap("Register")
    await you.tap("Begin, it is for me")
    await you.forward("Aigul", "Karaganda")
    while "Skip" in you.last.labels:
        await you.tap("Skip")
    said = await you.forward(*(f"surplus number {number}" for number in range(17)))
    assert len(said) == 1


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_the_bot_leaves_where_it_does_not_belong(world: World, kind: str) -> None:
    chat = {"id": FOREIGN, "type": kind, "title": "Others", "is_forum": kind == "supergroup"}
    someone = world.phone(4001, "Stranger")
    event = "channel_post" if kind == "channel" else "message"
    contact = {"contact": {"phone_number": "+77019998877", "first_name": "Stranger"}}
    for content in ({"text": "/start"}, {"text": "/take"}, contact, {"location": {"latitude": 1, "longitude": 2}}):
        message = someone.message(**content) | {"chat": chat}
        if kind == "channel":
            message = {name: value for name, value in message.items() if name != "from"} | {"sender_chat": chat}
        await world.feed(world.update(event, message))
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "Jobline", "username": BOT_NAME}
    joined = {
        "chat": chat,
        "from": someone.person,
        "date": 1,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": "member"},
    }
    await world.feed(world.update("my_chat_member", joined))
    assert await world.run(lambda work: work.session.exec(select(Person)).all()) == []
    audited = await world.run(lambda work: [row.act for row in work.session.exec(select(Audit)).all()])
    assert set(audited) == {"leave"}
    said = [one for one in world.recorder.happened if one.act == "send"]
    assert len(said) == (0 if kind == "channel" else 1), "one line a day at most"
    assert any(one.act == "leave" for one in world.recorder.happened)


NOBODIES: dict[str, dict[str, Any]] = {
    "anonymous admin": {
        "from": {"id": GROUP_ANONYMOUS, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
        "sender_chat": {"id": STAFF_GROUP, "type": "supergroup", "title": "Counsellors"},
    },
    "channel": {
        "from": {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
        "sender_chat": {"id": -1005, "type": "channel", "title": "News"},
    },
    "linked channel": {
        "from": {"id": CHANNEL_LINK, "is_bot": False, "first_name": "Telegram"},
        "sender_chat": {"id": -1005, "type": "channel", "title": "News"},
        "is_automatic_forward": True,
    },
    "another bot": {"from": {"id": 5550, "is_bot": True, "first_name": "Other", "username": "other_bot"}},
}


@pytest.mark.parametrize("who", NOBODIES)
async def test_nobody_speaks_for_the_office(world: World, who: str) -> None:
    you = world.phone()
    await you.say("/start")
    await you.tap("English")
    await you.say("/counsellor Is anybody there?")
    topic = world.topic()
    anna = world.desk(thread_id=topic)
    for words in ("/take", "/close", "/note hidden", "Hello there"):
        await anna.say(words, **NOBODIES[who])
    assert _said_by_staff(you) == []
    await anna.say("/take")
    heard = len(you.screen)
    for words in ("Hello again", "/close"):
        await anna.say(words, **NOBODIES[who])
    assert len(you.screen) == heard, "nothing of it reaches the jobseeker"
    assert anna.last.text.startswith("I cannot tell who you are")


def _said_by_staff(phone: Phone) -> list[str]:
    return [one.text for one in phone.screen if "Hello" in one.text or "human" in one.text]


async def test_staff_of_another_office_and_those_who_left_decide_nothing(world: World) -> None:
    you = world.phone()
    await you.say("/counsellor Is anybody there?")
    stranger = world.desk(4040, world.topic())
    await stranger.say("/take")
    await stranger.say("Send me your documents")
    assert len(you.screen) == 1


@pytest.mark.parametrize("where", ["inaccessible", "inline", "none"])
async def test_a_press_under_a_message_that_cannot_be_reached_still_works(world: World, where: str) -> None:
    you = world.phone()
    await you.say("/start")
    await you.tap("English")
    for payload in ("reg1", "rs1:name", "rr1:KZ-75", "vacs1", "home1", "bens1", "nonsense") * 7:
        more = {
            "inaccessible": {"message": {"chat": you._chat(), "message_id": 5, "date": 0}},
            "inline": {"inline_message_id": "abc"},
            "none": {},
        }[where]
        update = you.pressing(payload)
        press = update["callback_query"]
        del press["message"]
        press |= more
        answered = len(you.screen)
        happened = await world.feed(update)
        assert [one.act for one in happened][:1] == ["tap"], "the spinner stops first"
        assert len(you.screen) == answered + 1, "what cannot be edited comes as a new message"


async def test_edits_that_change_nothing_are_a_success(world: World) -> None:
    you = world.phone()
    await you.say("/start")
    await you.tap("English")
    for label in ("Find work", "Menu", "Money while out of work", "Menu", "Language", "English", "My data", "Menu") * 2:
        payload = next(key.payload for key in you.last.keys if key.label == label)
        await you.press(payload)
        assert [one.act for one in await you.press(payload)] == ["tap"]
    assert len(you.screen) == 1
    assert set(await world.run(outbox_states)) == {"sent"}


async def test_what_cannot_be_edited_comes_as_a_new_message(world: World) -> None:
    you = world.phone()
    await you.say("/start")
    await you.tap("English")
    for label in ("Find work", "Menu", "Money while out of work", "Menu", "Language", "English", "My data", "Menu") * 2:
        world.recorder.answer("edit", outcomes.Uneditable())
        shown = len(you.screen)
        await you.tap(label)
        assert len(you.screen) == shown + 1
    assert set(await world.run(outbox_states)) == {"sent"}
    assert world.phone(ADMIN, "Clara").screen == [], "and no alert"


async def test_a_press_that_is_answered_too_late_is_swallowed(world: World) -> None:
    you = world.phone()
    await you.say("/start")
    world.recorder.answer("tap", outcomes.TooOld())
    await you.tap("English")
    assert "What do you need" in you.last.text


async def test_kinds_nobody_asked_for_and_nonsense_end_as_ignored(world: World) -> None:
    you = world.phone()
    await world.feed(
        world.update("poll", {"id": "1"}),
        {"update_id": 9001},
        world.update("message", {"message_id": "seven", "chat": {"id": 1, "type": "private"}}),
        world.update("message", you.message(text="/start") | {"from": {"id": 1, "is_bot": True, "first_name": "B"}}),
        world.update("message", {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}),
    )
    assert await world.run(ends) == [
        ("ignored", "unknown_kind"),
        ("ignored", "unknown_kind"),
        ("ignored", "malformed"),
        ("ignored", "no_person"),
        ("ignored", "no_person"),
    ]
    assert you.screen == []


async def test_what_has_no_number_is_not_stored(world: World) -> None:
    for number in (None, "7", True, -1, 2**63, 1.5):
        await world.feed({"update_id": number, "message": {}})
    assert await world.run(ends) == []


async def test_a_repeated_update_is_answered_once(world: World) -> None:
    you = world.phone()
    update = world.update("message", you.message(text="/start"))
    await world.feed(update, update)
    await world.feed(update)
    assert len(you.screen) == 1


async def test_the_words_of_an_ended_update_are_gone(world: World) -> None:
    await world.phone().say("some personal words")
    payloads = await world.run(lambda work: work.session.exec(select(Inbox.payload)).all())
    assert payloads == [None]


def test_whoever_waits_inside_a_turn_is_refused() -> None:
    class Forever:
        def __await__(self) -> object:
            yield self

    async def waits() -> None:
        await Forever()  # type: ignore[misc]  # any awaitable that does not end at once

    async def fails() -> None:
        raise KeyError

    async def gives() -> int:
        return 7

    with pytest.raises(Waited):
        drive(waits())
    with pytest.raises(KeyError):
        drive(fails())
    assert drive(gives()) == 7


async def test_nothing_is_called_over_the_network_inside_a_turn() -> None:
    from aiogram import Bot
    from aiogram.methods import GetMe

    bot = Bot("42:abc", session=NoNetwork())
    with pytest.raises(Waited, match="GetMe"):
        await bot(GetMe())
    with pytest.raises(Waited, match="download"):
        bot.session.stream_content("https://example.org")
