"""What bots say, and with which words Telegram refuses it."""

from typing import Any

import pytest

from tests.channels.messenger.conftest import ANNA, BORIS, CLARA, STAFF, World


def keys(*labels: str, **action: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, **(action or {"callback_data": "x"})} for label in labels]]}


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "👋" * 2049}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "*x*", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": keys("A", callback_data="я" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys("A", callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": "nonsense"}, "can't parse reply_markup JSON object"),
        ({"text": "x", "reply_markup": "[1]"}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": keys(*"A" * 101)}, "reply markup is too long"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 99}, "message thread not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 999}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody_here"}, "chat not found"),
        ({"text": "x", "chat_id": -5}, "chat not found"),
    ],
)
async def test_refusals_of_send_message(started: World, params: dict[str, Any], reason: str) -> None:
    assert await started.refused("sendMessage", **{"chat_id": ANNA, **params}) == f"Bad Request: {reason}"


async def test_limits_count_after_parsing(started: World) -> None:
    sent = await started.call("sendMessage", chat_id=ANNA, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert len(sent.result["text"]) == 4096


async def test_who_cannot_be_reached(started: World) -> None:
    say = {"chat_id": CLARA, "text": "x"}
    assert await started.refused("sendMessage", **say) == "Forbidden: bot can't initiate conversation with a user"
    assert await started.refused("sendMessage", **{**say, "chat_id": BORIS}) == "Bad Request: chat not found"
    await started.ui(f"people/{ANNA}/block")
    assert await started.refused("sendMessage", chat_id=ANNA, text="x") == "Forbidden: bot was blocked by the user"
    await started.ui("people", id=ANNA, deactivated=True)
    assert await started.refused("sendMessage", chat_id=ANNA, text="x") == "Forbidden: user is deactivated"
    await started.ui(f"groups/{STAFF}/members", bot_id=4242, status="kicked")
    reason = "Forbidden: bot was kicked from the supergroup chat"
    assert await started.refused("sendMessage", chat_id=STAFF, text="x") == reason
    await started.ui(f"groups/{STAFF}/members", bot_id=4242, status="left")
    reason = "Forbidden: bot is not a member of the supergroup chat"
    assert await started.refused("sendMessage", chat_id=STAFF, text="x") == reason


async def test_a_message_as_the_phone_shows_it(started: World) -> None:
    keyboard = {"keyboard": [[{"text": "Phone", "request_contact": True}]], "one_time_keyboard": True}
    await started.call("sendMessage", chat_id=ANNA, text="<i>Hi</i>", parse_mode="HTML", reply_markup=keyboard)
    last = (await started.said())[-1]
    assert (last["text"], last["from_bot"], last["keyboard"]) == ("Hi", 4242, keyboard)
    assert "reply_markup" not in last["message"]


async def test_phone_numbers_are_asked_in_private_only(world: World) -> None:
    keyboard = {"keyboard": [[{"text": "Phone", "request_contact": True}]]}
    refused = await world.refused("sendMessage", chat_id=STAFF, text="x", reply_markup=keyboard)
    assert refused == "Bad Request: phone number can be requested in private chats only"


async def test_an_answer_shows_what_it_answers(started: World) -> None:
    asked = await started.send(text="question")
    answer = await started.call("sendMessage", chat_id=ANNA, text="x", reply_parameters={"message_id": asked})
    assert answer.result["reply_to_message"]["text"] == "question"
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert (await started.call("sendMessage", chat_id=ANNA, text="x", reply_parameters=lenient)).status == 200


async def test_places_contacts_and_actions(started: World) -> None:
    place = await started.call("sendLocation", chat_id=ANNA, latitude=49.8, longitude=73.1)
    assert place.result["location"] == {"latitude": 49.8, "longitude": 73.1}
    assert "wrong location" in await started.refused("sendLocation", chat_id=ANNA, latitude=149.8, longitude=73.1)
    contact = await started.call("sendContact", chat_id=ANNA, phone_number="+7", first_name="Office")
    assert contact.result["contact"] == {"phone_number": "+7", "first_name": "Office"}
    assert (await started.call("sendChatAction", chat_id=ANNA, action="typing")).result is True
    refused = await started.refused("sendChatAction", chat_id=ANNA, action="dancing")
    assert refused == "Bad Request: wrong parameter action in request"


async def test_files_are_refused_as_there(started: World) -> None:
    for reference, reason in (
        ("", "there is no document in the request"),
        ("http://127.0.0.1/x", "failed to get HTTP URL content"),
        ("nonsense", "wrong file identifier/HTTP URL specified"),
    ):
        assert await started.refused("sendDocument", chat_id=ANNA, document=reference) == f"Bad Request: {reason}"
    sent = await started.ui(f"people/{ANNA}/send", document=True, caption="x" * 2000)
    file_id = sent["messages"][0]["message"]["document"]["file_id"]
    again = await started.call("sendDocument", chat_id=ANNA, document=file_id, caption="my file")
    assert again.result["caption"] == "my file"
    refused = await started.refused("sendDocument", chat_id=ANNA, document=file_id, caption="x" * 1025)
    assert refused == "Bad Request: message caption is too long"
    refused = await started.refused("sendPhoto", chat_id=ANNA, photo=file_id)
    assert refused == "Bad Request: can't use file of type Document as Photo"
    assert await started.refused("getFile", file_id="nonsense") == "Bad Request: invalid file_id"


async def test_copying_and_forwarding(started: World) -> None:
    await started.send(CLARA, text="/start")
    said = await started.send(text="My <text> /help")
    copy = await started.call("copyMessage", chat_id=CLARA, from_chat_id=ANNA, message_id=said)
    forward = await started.call("forwardMessage", chat_id=CLARA, from_chat_id=ANNA, message_id=said)
    assert forward.result["forward_origin"]["sender_user"]["id"] == ANNA
    copied, forwarded = (await started.said(CLARA))[-2:]
    assert copied["message_id"] == copy.result["message_id"]
    assert copied["text"] == forwarded["text"] == "My <text> /help"
    assert copied["from_id"] == 4242
    document = await started.send(document=True, caption="old")
    await started.call("copyMessage", chat_id=CLARA, from_chat_id=ANNA, message_id=document, caption="new")
    assert (await started.said(CLARA))[-1]["text"] == "new"
    refused = await started.refused("copyMessage", chat_id=CLARA, from_chat_id=ANNA, message_id=999)
    assert refused == "Bad Request: message to copy not found"


async def test_a_channel_is_for_those_who_may_post(world: World) -> None:
    channel = await world.ui("groups", kind="channel", title="News", username="jobline_news")
    refused = await world.refused("sendMessage", chat_id="@jobline_news", text="x")
    assert refused == "Bad Request: need administrator rights in the channel chat"
    await world.ui(
        f"groups/{channel['id']}/members", bot_id=4242, status="administrator", rights={"can_post_messages": True}
    )
    sent = await world.call("sendMessage", chat_id="@jobline_news", text="x")
    assert sent.result["sender_chat"]["id"] == channel["id"]


async def test_entities_listed_by_the_caller(started: World) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 3, "length": 1}]
    sent = await started.call("sendMessage", chat_id=ANNA, text="👋 x", entities=entities)
    assert sent.result["entities"] == entities
    beyond = [{"type": "bold", "offset": 0, "length": 9}]
    refused = await started.refused("sendMessage", chat_id=ANNA, text="👋 x", entities=beyond)
    assert refused == "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text"


async def test_links_to_people_are_mentions_of_those_who_exist(started: World) -> None:
    text = f'<a href="tg://user?id={CLARA}">Clara</a> <a href="tg://user?id=1">Nobody</a>'
    sent = (await started.call("sendMessage", chat_id=ANNA, text=text, parse_mode="HTML")).result
    assert [(entity["type"], entity["user"]["id"]) for entity in sent["entities"]] == [("text_mention", CLARA)]


async def test_protection_and_previews_are_kept(started: World) -> None:
    options = {"is_disabled": True}
    sent = await started.call(
        "sendMessage",
        chat_id=ANNA,
        text="x",
        protect_content=True,
        disable_notification=True,
        link_preview_options=options,
    )
    assert (sent.result["has_protected_content"], sent.result["link_preview_options"]) == (True, options)


async def test_albums_are_two_to_ten_photos_or_documents(started: World) -> None:
    one = {"type": "document", "media": "nonsense"}
    wrong_number = "Bad Request: wrong number of media in the album: 2 to 10 expected"
    assert await started.refused("sendMediaGroup", chat_id=ANNA, media=[one]) == wrong_number
    wrong_id = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await started.refused("sendMediaGroup", chat_id=ANNA, media=[one, one]) == wrong_id
    poll = {"type": "video", "media": "x"}
    assert "can't parse InputMedia" in await started.refused("sendMediaGroup", chat_id=ANNA, media=[poll, poll])
