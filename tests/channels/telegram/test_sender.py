"""Every call of the sender, over real sockets: what is asked of the server, and what is made of its answer."""

import json
import logging
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from channels.outcomes import (
    Conflict,
    Later,
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
from channels.telegram.answers import Hook, Myself, Standing
from channels.telegram.sender import Sender
from services.actions import GoHome
from services.screen import Asking, Button, bold, pack, screen
from tests.channels.telegram.conftest import TOKEN, Answer, Server

Calls = list[tuple[str, Callable[[Sender], Awaitable[Any]], dict[str, Any]]]
HELLO = pack(screen("Hello"))
STYLED = pack(screen(bold("Hello"), "<Aigul>", buttons=[[Button("Home", GoHome())]]))


async def test_a_plain_screen_names_no_parse_mode(server: Server, sender: Sender) -> None:
    assert await sender.send(5, HELLO) == Sent(7)
    assert server.calls[0].method == "sendMessage"
    assert server.calls[0].given == {"chat_id": 5, "text": "Hello", "link_preview_options": {"is_disabled": True}}


async def test_a_styled_screen_goes_into_a_topic_as_an_answer(server: Server, sender: Sender) -> None:
    assert await sender.send(-100, STYLED, thread_id=9, reply_to=3) == Sent(7)
    assert server.calls[0].given == {
        "chat_id": -100,
        "text": "<b>Hello</b>\n&lt;Aigul&gt;",
        "parse_mode": "HTML",
        "message_thread_id": 9,
        "reply_parameters": {"message_id": 3, "allow_sending_without_reply": True},
        "reply_markup": {"inline_keyboard": [[{"text": "Home", "callback_data": "home1"}]]},
        "link_preview_options": {"is_disabled": True},
    }


async def test_styles_the_server_cannot_read_are_left_out_once(server: Server, sender: Sender) -> None:
    server.refuses(400, "Bad Request: can't parse entities: Unsupported start tag")

    assert await sender.send(5, STYLED) == Sent(7, plain=True)
    assert [call.given.get("parse_mode") for call in server.calls] == ["HTML", None]
    assert server.calls[1].given["text"] == "Hello\n<Aigul>"


async def test_a_server_that_reads_nothing_is_not_asked_for_ever(server: Server, sender: Sender) -> None:
    for _ in range(4):
        server.refuses(400, "Bad Request: can't parse entities")

    assert await sender.send(5, STYLED) == Refused("malformed")
    assert len(server.calls) == 2


async def test_a_long_screen_goes_out_in_parts(server: Server, sender: Sender) -> None:
    shown = pack(screen("a" * 4000 + "\n" + "b" * 200, buttons=[[Button("Home", GoHome())]]))

    assert await sender.send(5, shown, reply_to=3) == Sent(7)
    assert [call.given["text"][0] for call in server.calls] == ["a", "b"]
    assert ["reply_markup" in call.given for call in server.calls] == [False, True]
    assert ["reply_parameters" in call.given for call in server.calls] == [True, False]


async def test_a_part_that_fails_after_another_stands_is_unknown(server: Server, sender: Sender) -> None:
    server.will(Answer({"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "a"}))
    server.refuses(429, "Too Many Requests", retry_after=3)

    assert await sender.send(5, pack(screen("a" * 5000))) == Unknown("part_sent")


async def test_nothing_to_say_is_not_sent(server: Server, sender: Sender) -> None:
    server.refuses(400, "Bad Request: message text is empty")

    assert await sender.send(5, pack(screen(" "))) == Refused("empty")


@pytest.mark.parametrize(
    ("code", "said", "parameters", "means"),
    [
        (429, "Too Many Requests: retry after 30", {"retry_after": 30}, Later(30, "chat")),
        (400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1009}, Moved(-1009)),
        (403, "Forbidden: bot was blocked by the user", {}, Unreachable("blocked")),
        (400, "Bad Request: message thread not found", {}, TopicLost()),
        (400, "Bad Request: not enough rights to send text messages to the chat", {}, RightsMissing("rights")),
        (401, "Unauthorized", {}, Unauthorized()),
        (404, "Not Found", {}, Unauthorized()),
        (409, "Conflict: terminated by other getUpdates request", {}, Conflict()),
        (500, "Internal Server Error", {}, Unknown("server_500")),
        (400, "Bad Request: something new", {}, Refused("unlisted")),
    ],
    ids=lambda value: repr(value)[:30],
)
async def test_a_failed_send_is_an_outcome(
    server: Server, sender: Sender, code: int, said: str, parameters: dict[str, Any], means: Outcome
) -> None:
    server.refuses(code, said, **parameters)

    assert await sender.send(5, HELLO) == means
    assert len(server.calls) == 1


async def test_an_accepted_message_that_cannot_be_read_is_unknown(server: Server, sender: Sender) -> None:
    server.will(Answer({"date": "yesterday"}), Answer(["nothing"]))

    assert await sender.send(5, HELLO) == Unknown("unreadable_answer")
    assert await sender.send(5, HELLO) == Unknown("unreadable_answer")


async def test_an_edit_changes_words_and_buttons(server: Server, sender: Sender) -> None:
    assert await sender.edit(5, 3, STYLED) == Sent(3)
    assert server.calls[0].method == "editMessageText"
    assert server.calls[0].given["message_id"] == 3
    assert server.calls[0].given["parse_mode"] == "HTML"
    assert "inline_keyboard" in server.calls[0].given["reply_markup"]


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("Bad Request: message is not modified: specified new message content", Unchanged()),
        ("Bad Request: message to edit not found", Uneditable()),
        ("Bad Request: message can't be edited", Uneditable()),
    ],
)
async def test_an_edit_that_did_not_happen(server: Server, sender: Sender, said: str, means: Outcome) -> None:
    server.refuses(400, said)

    assert await sender.edit(5, 3, HELLO) == means


async def test_what_no_edit_can_do_is_not_tried(server: Server, sender: Sender) -> None:
    assert await sender.edit(5, 3, pack(screen("a" * 5000))) == Uneditable()
    assert await sender.edit(5, 3, pack(screen("Phone?", asking=((Asking("Mine", "contact"),),)))) == Uneditable()
    assert await sender.edit(5, 3, pack(screen("Thanks", asking=()))) == Uneditable()
    assert server.calls == []


async def test_a_press_is_answered_and_a_late_answer_is_no_failure(server: Server, sender: Sender) -> None:
    assert await sender.answer_tap("77", "t" * 300) == Sent()
    assert await sender.answer_tap("78") == Sent()
    server.refuses(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    assert await sender.answer_tap("79") == TooOld()

    assert server.calls[0].given == {"callback_query_id": "77", "text": "t" * 199 + "…"}
    assert server.calls[1].given == {"callback_query_id": "78"}


async def test_a_flood_answer_to_a_call_without_chat_rests_the_bot(server: Server, sender: Sender) -> None:
    server.refuses(429, "Too Many Requests", retry_after=4)
    server.refuses(429, "Too Many Requests", retry_after=4)

    assert await sender.answer_tap("77") == Later(4, "bot")
    assert await sender.delete(5, 1) == Later(4, "chat")


async def test_a_document_travels_with_its_name(server: Server, sender: Sender) -> None:
    assert await sender.send_document(5, b"%PDF", "cv.pdf", "c" * 2000, thread_id=4) == Sent(7)
    given = server.calls[0].given
    assert (given["document"], given["caption"], given["message_thread_id"]) == (b"%PDF", "c" * 1023 + "…", "4")
    assert "parse_mode" not in given


CALLS: Calls = [
    ("copyMessage", lambda s: s.copy(5, 6, 7, thread_id=8, reply_to=9), {
        "chat_id": 5, "from_chat_id": 6, "message_id": 7, "message_thread_id": 8,
        "reply_parameters": {"message_id": 9, "allow_sending_without_reply": True}}),
    ("deleteMessage", lambda s: s.delete(5, 7), {"chat_id": 5, "message_id": 7}),
    ("leaveChat", lambda s: s.leave(-5), {"chat_id": -5}),
    ("createForumTopic", lambda s: s.create_topic(-5, "t" * 200), {"chat_id": -5, "name": "t" * 127 + "…"}),
    ("editForumTopic", lambda s: s.rename_topic(-5, 9, "New"), {"chat_id": -5, "message_thread_id": 9, "name": "New"}),
    ("closeForumTopic", lambda s: s.close_topic(-5, 9), {"chat_id": -5, "message_thread_id": 9}),
    ("deleteForumTopic", lambda s: s.delete_topic(-5, 9), {"chat_id": -5, "message_thread_id": 9}),
    ("reopenForumTopic", lambda s: s.reopen_topic(-5, 9), {"chat_id": -5, "message_thread_id": 9}),
    ("setWebhook", lambda s: s.set_webhook("https://a.example", "s" * 32, updates=["message"]), {
        "url": "https://a.example", "secret_token": "s" * 32, "allowed_updates": ["message"], "max_connections": 40,
        "drop_pending_updates": False}),
    ("deleteWebhook", lambda s: s.delete_webhook(), {"drop_pending_updates": False}),
    ("setMyCommands", lambda s: s.set_commands([("menu", "The menu")], language="kk", scope="private"), {
        "commands": [{"command": "menu", "description": "The menu"}], "scope": {"type": "all_private_chats"},
        "language_code": "kk"}),
    ("setMyCommands", lambda s: s.set_commands([], scope=-5), {
        "commands": [], "scope": {"type": "chat", "chat_id": -5}}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "call", "given"), CALLS, ids=[f"{i} {call[0]}" for i, call in enumerate(CALLS)])
async def test_each_other_call(
    server: Server, sender: Sender, method: str, call: Callable[[Sender], Awaitable[Any]], given: dict[str, Any]
) -> None:
    assert isinstance(await call(sender), Sent)
    assert (server.calls[0].method, server.calls[0].given) == (method, given)

    server.refuses(403, "Forbidden: bot was kicked from the supergroup chat")
    assert await call(sender) == Unreachable("kicked")


async def test_a_new_topic_gives_its_thread(sender: Sender) -> None:
    assert await sender.create_topic(-5, "Case") == Sent(thread_id=99)


async def test_who_the_bot_is(server: Server, sender: Sender) -> None:
    server.will(Answer({"id": 42, "is_bot": True, "first_name": "Job", "username": "job_bot"}))

    assert await sender.me() == Myself(42, "job_bot", "Job", hears_all=False)


async def test_where_updates_go(server: Server, sender: Sender) -> None:
    server.will(Answer({"url": "", "has_custom_certificate": False, "pending_update_count": 3}))

    assert await sender.webhook_info() == Hook("", 3, 0, failing=False)


async def test_what_the_bot_may_do_in_a_group(server: Server, sender: Sender) -> None:
    chat = {"id": -5, "type": "supergroup", "title": "Staff", "is_forum": True, "accent_color_id": 0}
    bot = {"id": 42, "is_bot": True, "first_name": "Job"}
    rights = dict.fromkeys(
        [
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
            "can_manage_topics",
        ],
        True,
    )
    full = chat | {"max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(GIFTS, False)}
    server.will(Answer(full), Answer({"status": "administrator", "user": bot} | rights))
    assert await sender.standing(-5) == Standing(
        forum=True, administrator=True, manages_topics=True, deletes_messages=True
    )

    server.will(Answer(full | {"is_forum": False}), Answer({"status": "member", "user": bot}))
    assert await sender.standing(-5) == Standing(
        forum=False, administrator=False, manages_topics=False, deletes_messages=False
    )

    server.refuses(400, "Bad Request: chat not found")
    assert await sender.standing(-5) == Unreachable("chat_not_found")


GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


async def test_it_starts_while_the_server_is_away() -> None:
    async with Sender(TOKEN, "http://127.0.0.1:9") as alone:
        assert await alone.send(5, HELLO) == Later(1.0, "server")
        assert await alone.me() == Later(1.0, "server")


async def test_neither_token_nor_text_is_logged(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="telegram.Bot")
    async with Sender(TOKEN, server.url) as speaking:
        await speaking.send(5, pack(screen(bold("canary-text"))))
        server.will(Answer(deed="reset"))
        await speaking.send(5, pack(screen("canary-text")))

    assert "canary" not in caplog.text


def test_importing_it_brings_no_other_bot_framework() -> None:
    asked = "import sys, json, channels.telegram.sender; print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True).stdout)

    assert "telegram" in loaded
    assert not {"aiogram", "pydantic", "sqlalchemy"} & set(loaded)
