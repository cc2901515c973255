"""Edits, deletions, pins, and answers to presses."""

import asyncio
from typing import Any

import pytest

from channels.messenger.errors import NOT_MODIFIED, QUERY_TOO_OLD
from tests.channels.messenger.conftest import ANNA, BORIS, CLARA, STAFF, World

KEYS = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


async def said(world: World, **params: Any) -> int:
    answer = await world.call("sendMessage", **{"chat_id": ANNA, "text": "<b>x</b>", "parse_mode": "HTML", **params})
    return int(answer.result["message_id"])


async def test_an_edit_without_keyboard_takes_it_away(started: World) -> None:
    message = await said(started, reply_markup=KEYS)
    edit = {"chat_id": ANNA, "message_id": message, "text": "<b>x</b>", "parse_mode": "HTML"}
    same = await started.refused("editMessageText", **edit, reply_markup=KEYS)
    assert same == f"Bad Request: {NOT_MODIFIED}"
    assert "reply_markup" not in (await started.call("editMessageText", **edit)).result
    assert await started.refused("editMessageText", **edit) == f"Bad Request: {NOT_MODIFIED}"
    assert (
        await started.call("editMessageReplyMarkup", chat_id=ANNA, message_id=message, reply_markup=KEYS)
    ).status == 200
    last = (await started.said())[-1]
    assert (last["edited"], last["buttons"]) == (True, KEYS["inline_keyboard"])


async def test_what_cannot_be_edited(started: World) -> None:
    own, theirs = await said(started), await started.send(text="mine")
    for message, reason in ((999, "message to edit not found"), (theirs, "message can't be edited")):
        refused = await started.refused("editMessageText", chat_id=ANNA, message_id=message, text="y")
        assert refused == f"Bad Request: {reason}"
    refused = await started.refused("editMessageCaption", chat_id=ANNA, message_id=own, caption="y")
    assert refused == "Bad Request: there is no caption in the message to edit"
    assert (
        await started.refused("editMessageText", inline_message_id="x", text="y") == "Bad Request: MESSAGE_ID_INVALID"
    )


async def test_deleting(started: World) -> None:
    own, theirs = await said(started), await started.send(text="mine")
    assert (await started.call("deleteMessage", chat_id=ANNA, message_id=own)).result is True
    refused = await started.refused("deleteMessage", chat_id=ANNA, message_id=own)
    assert refused == "Bad Request: message to delete not found"
    assert (await started.call("deleteMessages", chat_id=ANNA, message_ids=[own, theirs])).result is True
    assert [view["deleted"] for view in (await started.said())[-2:]] == [True, True]
    old = await said(started)
    await started.control("clock", offset=49 * 3600)
    refused = await started.refused("deleteMessage", chat_id=ANNA, message_id=old)
    assert refused == "Bad Request: message can't be deleted for everyone"


async def test_deleting_in_a_group_needs_the_right(world: World) -> None:
    message = await world.send(CLARA, chat_id=STAFF, text="x")
    rights = {"can_delete_messages": False}
    await world.ui(f"groups/{STAFF}/members", bot_id=4242, status="administrator", rights=rights)
    refused = await world.refused("deleteMessage", chat_id=STAFF, message_id=message)
    assert refused == "Bad Request: message can't be deleted"


async def test_a_press_is_answered_once_and_in_time(started: World) -> None:
    message = await said(started, reply_markup=KEYS)
    press = {"message_id": message, "row": 0, "col": 0}
    first = await started.ui(f"people/{ANNA}/press", **press)
    late = await started.ui(f"people/{ANNA}/press", **press)
    answer = {"callback_query_id": first["callback_id"], "text": "ok", "show_alert": True}
    assert (await started.call("answerCallbackQuery", **answer)).result is True
    too_old = f"Bad Request: {QUERY_TOO_OLD}"
    assert await started.refused("answerCallbackQuery", **answer) == too_old
    assert await started.refused("answerCallbackQuery", callback_query_id="1") == too_old
    await started.control("clock", offset=151)
    assert await started.refused("answerCallbackQuery", callback_query_id=late["callback_id"]) == too_old


async def test_the_presser_sees_the_answer(started: World) -> None:

    message = await said(started, reply_markup=KEYS)
    async with asyncio.TaskGroup() as group:
        pressing = group.create_task(started.ui(f"people/{ANNA}/press", message_id=message, row=0, col=0, wait=10))
        while not (updates := await started.updates(timeout=1)):
            continue
        query = updates[0]["callback_query"]
        await started.call("answerCallbackQuery", callback_query_id=query["id"], text="Saved")
    assert pressing.result()["answer"] == {"text": "Saved", "show_alert": False, "url": ""}


@pytest.mark.parametrize(
    ("deed", "seen"),
    [
        ({"message_id": 999, "data": "forged"}, {"message": {"date": 0, "message_id": 999}}),
        ({"message_id": 1, "data": "x", "inaccessible": True}, {"message": {"date": 0, "message_id": 1}}),
        ({"data": "x", "inline_message_id": "abc"}, {"inline_message_id": "abc"}),
    ],
)
async def test_presses_of_strange_kinds(started: World, deed: dict[str, Any], seen: dict[str, Any]) -> None:
    await started.ui(f"people/{ANNA}/press", **deed)
    query = await started.update("callback_query")
    query.get("message", {}).pop("chat", None)
    assert query["data"] == deed["data"]
    assert {name: query[name] for name in ("message", "inline_message_id") if name in query} == seen


async def test_pins_and_reactions(started: World) -> None:
    message = await said(started)
    assert (await started.call("pinChatMessage", chat_id=ANNA, message_id=message)).result is True
    chat = await started.call("getChat", chat_id=ANNA)
    assert chat.result["pinned_message"]["message_id"] == message
    assert (await started.call("unpinChatMessage", chat_id=ANNA)).result is True
    assert await started.refused("unpinChatMessage", chat_id=ANNA) == "Bad Request: message to unpin not found"
    reaction = [{"type": "emoji", "emoji": "👍"}]
    assert (
        await started.call("setMessageReaction", chat_id=ANNA, message_id=message, reaction=reaction)
    ).result is True
    view = next(view for view in await started.said() if view["message_id"] == message)
    assert view["reactions"] == ["👍"]
    refused = await started.refused("setMessageReaction", chat_id=ANNA, message_id=message, reaction=[{}])
    assert refused == "Bad Request: REACTION_INVALID"


async def test_others_messages_are_not_there(started: World) -> None:
    message = await said(started)
    await started.send(BORIS, text="/start")
    refused = await started.refused("editMessageText", chat_id=BORIS, message_id=message, text="y")
    assert refused == "Bad Request: message to edit not found"


async def test_captions_change_and_service_messages_stay(started: World) -> None:
    await started.send(document=True)
    file_id = (await started.said())[-1]["message"]["document"]["file_id"]
    sent = (await started.call("sendDocument", chat_id=ANNA, document=file_id, caption="old")).result
    edit = {"chat_id": ANNA, "message_id": sent["message_id"]}
    assert (await started.call("editMessageCaption", **edit, caption="new")).result["caption"] == "new"
    assert "caption" not in (await started.call("editMessageCaption", **edit)).result
    refused = await started.refused("editMessageText", **edit, text="x")
    assert refused == "Bad Request: there is no text in the message to edit"


async def test_a_link_button_leads_away(started: World) -> None:
    message = await said(started, reply_markup={"inline_keyboard": [[{"text": "Site", "url": "https://a.b"}]]})
    assert await started.ui(f"people/{ANNA}/press", message_id=message, row=0, col=0) == {"url": "https://a.b"}
    assert await started.updates() == []
