"""Forum topics as a staff group uses them."""

from tests.channels.messenger.conftest import ANNA, CLARA, STAFF, World


async def opened(world: World) -> int:
    return int((await world.call("createForumTopic", chat_id=STAFF, name="Case")).result["message_thread_id"])


async def test_words_in_a_topic_name_it(world: World) -> None:
    thread = await opened(world)
    sent = (await world.call("sendMessage", chat_id=STAFF, message_thread_id=thread, text="x")).result
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "Case"
    await world.send(CLARA, chat_id=STAFF, thread_id=thread, text="counsellor")
    heard = await world.update("message")
    assert (heard["message_thread_id"], heard["text"]) == (thread, "counsellor")
    await world.send(CLARA, chat_id=STAFF, text="general")
    assert "message_thread_id" not in await world.update("message")


async def test_a_reply_lands_in_the_topic_of_what_it_answers(world: World) -> None:
    thread = await opened(world)
    said = await world.send(CLARA, chat_id=STAFF, thread_id=thread, text="x")
    sent = await world.call("sendMessage", chat_id=STAFF, text="y", reply_parameters={"message_id": said})
    assert sent.result["message_thread_id"] == thread


async def test_changing_a_topic(world: World) -> None:
    topic = {"chat_id": STAFF, "message_thread_id": await opened(world)}
    not_modified = "Bad Request: TOPIC_NOT_MODIFIED"
    assert (await world.call("editForumTopic", **topic, name="New")).result is True
    assert await world.refused("editForumTopic", **topic, name="New") == not_modified
    assert await world.refused("reopenForumTopic", **topic) == not_modified
    assert (await world.call("closeForumTopic", **topic)).result is True
    assert await world.refused("closeForumTopic", **topic) == not_modified
    assert (await world.call("reopenForumTopic", **topic)).result is True
    assert (await world.call("deleteForumTopic", **topic)).result is True
    assert await world.refused("deleteForumTopic", **topic) == "Bad Request: TOPIC_ID_INVALID"
    assert await world.refused("sendMessage", **topic, text="x") == "Bad Request: message thread not found"


async def test_a_topic_lost_by_somebody_else_is_only_found_out(world: World) -> None:
    thread = await opened(world)
    await world.ui(f"groups/{STAFF}/topics/{thread}/delete")
    assert await world.updates() == []
    refused = await world.refused("sendMessage", chat_id=STAFF, message_thread_id=thread, text="x")
    assert refused == "Bad Request: message thread not found"


async def test_a_topic_closed_by_a_person_is_told(world: World) -> None:
    thread = await opened(world)
    await world.ui(f"groups/{STAFF}/topics/{thread}/close", by=CLARA)
    assert (await world.update("message"))["forum_topic_closed"] == {}
    sent = await world.call("sendMessage", chat_id=STAFF, message_thread_id=thread, text="admins may")
    assert sent.status == 200


async def test_rights_are_asked_for(world: World) -> None:
    thread = await opened(world)
    await world.ui(f"groups/{STAFF}/topics/{thread}/close", by=CLARA)
    await world.ui(f"groups/{STAFF}/members", bot_id=4242, status="administrator", rights={})
    refused = await world.refused("createForumTopic", chat_id=STAFF, name="x")
    assert refused == "Bad Request: not enough rights to create a topic"
    refused = await world.refused("sendMessage", chat_id=STAFF, message_thread_id=thread, text="x")
    assert refused == "Bad Request: TOPIC_CLOSED"
    await world.ui(f"groups/{STAFF}/members", bot_id=4242, status="administrator", rights={"can_manage_topics": True})
    refused = await world.refused("deleteForumTopic", chat_id=STAFF, message_thread_id=thread)
    assert refused == "Bad Request: not enough rights to delete the topic"
    await world.ui("people", id=ANNA, first_name="Anna")
    await world.ui(f"groups/{STAFF}/members", user_id=ANNA)
    await world.ui(f"people/{ANNA}/send", 403, chat_id=STAFF, thread_id=thread, text="x")


async def test_only_forums_have_topics(world: World) -> None:
    group = await world.ui("groups", title="Plain", members=[CLARA])
    refused = await world.refused("createForumTopic", chat_id=group["id"], name="x")
    assert refused == "Bad Request: the chat is not a forum"
    assert await world.refused("createForumTopic", chat_id=STAFF, name=" ") == "Bad Request: TOPIC_TITLE_EMPTY"


async def test_a_person_opens_a_topic(world: World) -> None:
    topic = await world.ui(f"groups/{STAFF}/topics", name="By hand", by=CLARA)
    told = await world.update("message")
    assert (told["message_id"], told["forum_topic_created"]["name"]) == (topic["thread_id"], "By hand")
