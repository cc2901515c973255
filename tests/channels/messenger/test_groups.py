"""Groups: who sees what, who comes and goes, moving house, and the voices of nobody."""

from typing import Any

import pytest

from tests.channels.messenger.conftest import ANNA, BORIS, CLARA, STAFF, World


async def plain_group(world: World) -> int:
    """A group where the bot is no administrator."""
    group = await world.ui("groups", title="Plain", kind="supergroup", members=[CLARA, ANNA])
    await world.updates()
    await world.updates()
    return int(group["id"])


async def test_privacy_mode(world: World) -> None:
    group = await plain_group(world)
    sent = (await world.call("sendMessage", chat_id=group, text="bot speaks")).result["message_id"]
    for deed in (
        {"text": "unheard"},
        {"text": "/start@another_bot"},
        {"text": "/help"},
        {"text": "/help@JOBLINE_4242_bot"},
        {"text": "an answer", "reply_to": sent},
    ):
        await world.send(ANNA, chat_id=group, **deed)
    heard = [update["message"]["text"] for update in await world.updates()]
    assert heard == ["/help", "/help@JOBLINE_4242_bot", "an answer"]


async def test_coming_and_going(world: World) -> None:
    await world.ui(f"groups/{STAFF}/members", user_id=BORIS, by=CLARA)
    assert (await world.update("message"))["new_chat_members"][0]["id"] == BORIS
    await world.ui(f"groups/{STAFF}/members", user_id=BORIS, status="kicked")
    assert (await world.update("message"))["left_chat_member"]["id"] == BORIS
    await world.ui(f"groups/{STAFF}/members", 404, user_id=1)


async def test_the_bot_is_told_of_its_own_standing(world: World) -> None:
    group = await world.ui("groups", title="New", kind="supergroup", members=[CLARA])
    joined, service = await world.updates()
    assert joined["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert service["message"]["new_chat_members"][0]["id"] == 4242
    rights = {"can_manage_topics": True}
    await world.ui(f"groups/{group['id']}/members", bot_id=4242, status="administrator", rights=rights)
    promoted = (await world.update("my_chat_member"))["new_chat_member"]
    assert (promoted["status"], promoted["can_manage_topics"], promoted["can_delete_messages"]) == (
        "administrator",
        True,
        False,
    )
    await world.ui(f"groups/{group['id']}/members", bot_id=4242, status="left")
    assert (await world.update("my_chat_member"))["new_chat_member"]["status"] == "left"


async def test_moving_house(world: World) -> None:
    group = (await world.ui("groups", title="Old", members=[CLARA], admin=True))["id"]
    await world.updates()
    moved = (await world.ui(f"groups/{group}/upgrade"))["id"]
    out, into = [update["message"] for update in await world.updates()]
    assert (out["chat"]["id"], out["migrate_to_chat_id"]) == (group, moved)
    assert (into["chat"]["id"], into["migrate_from_chat_id"]) == (moved, group)
    answer = await world.call("sendMessage", chat_id=group, text="x")
    assert answer.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer.body["parameters"] == {"migrate_to_chat_id": moved}
    await world.ui(f"people/{CLARA}/send", 410, chat_id=group, text="x")
    await world.ui(f"groups/{group}/upgrade", 410)


async def test_a_forum_moves_quietly_with_its_topics(world: World) -> None:
    thread = (await world.call("createForumTopic", chat_id=STAFF, name="Case")).result["message_thread_id"]
    moved = (await world.ui(f"groups/{STAFF}/upgrade", quiet=True))["id"]
    assert await world.updates() == []
    sent = await world.call("sendMessage", chat_id=moved, message_thread_id=thread, text="x")
    assert sent.result["message_thread_id"] == thread


@pytest.mark.parametrize(
    ("voice", "facts"),
    [
        ("anonymous", {"from": 1087968824, "sender_chat": STAFF, "is_bot": True}),
        ("channel", {"from": 136817688, "sender_chat": -1002000000777, "is_bot": True}),
        ("linked", {"from": 777000, "sender_chat": -1002000000777, "is_bot": False}),
        ("bot", {"from": 2000000009, "sender_chat": None, "is_bot": True}),
    ],
)
async def test_voices_of_nobody(world: World, voice: str, facts: dict[str, Any]) -> None:
    await world.ui(f"groups/{STAFF}/post", **{"as": voice, "text": "/take"})
    message = await world.update("message")
    assert (message["from"]["id"], message["from"]["is_bot"]) == (facts["from"], facts["is_bot"])
    assert message.get("sender_chat", {}).get("id") == facts["sender_chat"]
    assert message.get("is_automatic_forward", False) == (voice == "linked")


async def test_channel_posts(world: World) -> None:
    channel = (await world.ui("groups", kind="channel", title="News", admin=True))["id"]
    await world.updates()
    await world.ui(f"groups/{channel}/post", text="published")
    post = await world.update("channel_post")
    assert ("from" in post, post["sender_chat"]["id"]) == (False, channel)


async def test_groups_that_cannot_be(world: World) -> None:
    await world.ui("groups", 400, id=5)
    await world.ui("groups", 400, kind="party")
    await world.ui("groups", 404, members=[1])
    await world.ui("groups/-5/post", 404, text="x")
    await world.ui(f"groups/{STAFF}/post", 400, **{"as": "ghost", "text": "x"})
    assert (await world.ui("groups", id=STAFF, title="Again"))["title"] == "Staff"
