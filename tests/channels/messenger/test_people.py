"""What people send, and how bots hear it."""

import base64
from typing import Any

import aiohttp
import pytest

from tests.channels.messenger.conftest import ANNA, BORIS, CLARA, STAFF, World


async def test_a_deep_link_arrives_as_a_command(world: World) -> None:
    await world.send(text="/start abc_1-2")
    message = await world.update("message")
    assert (message["text"], message["entities"]) == (
        "/start abc_1-2",
        [{"type": "bot_command", "offset": 0, "length": 6}],
    )
    assert message["from"] == {"id": ANNA, "is_bot": False, "first_name": "Anna", "language_code": "ru"}


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        ({"photo": True, "caption": "me"}, "photo"),
        (
            {"document": {"content": base64.b64encode(b"x").decode(), "name": "cv.pdf", "mime": "application/pdf"}},
            "document",
        ),
        ({"voice": True}, "voice"),
        ({"video_note": True}, "video_note"),
        ({"sticker": True}, "sticker"),
        ({"location": {"latitude": 49.8, "longitude": 73.1}}, "location"),
        ({"contact": "own"}, "contact"),
        ({"contact": {"phone_number": "+7", "first_name": "Other", "user_id": 7}}, "contact"),
    ],
)
async def test_every_kind_is_heard(world: World, deed: dict[str, Any], kind: str) -> None:
    await world.send(**deed)
    assert kind in await world.update("message")


async def test_an_own_contact_says_so(world: World) -> None:
    await world.send(contact="own")
    assert (await world.update("message"))["contact"]["user_id"] == ANNA


async def test_an_album_arrives_as_many_under_one_id(world: World) -> None:
    await world.ui(f"people/{ANNA}/send", media_group=[{"photo": True}, {"document": True, "caption": "cv"}])
    one, two = [update["message"] for update in await world.updates()]
    assert one["media_group_id"] == two["media_group_id"]
    assert ("photo" in one, "document" in two, two["caption"]) == (True, True, "cv")


async def test_a_file_by_multipart(world: World) -> None:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("document", b"real bytes", filename="резюме.txt", content_type="text/plain")
    async with world.session.post(f"{world.url}/ui/people/{ANNA}/send", data=form) as response:
        assert response.status == 200
    document = (await world.update("message"))["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("резюме.txt", "text/plain", 10)
    path = (await world.call("getFile", file_id=document["file_id"])).result["file_path"]
    async with world.session.get(f"{world.url}/file/bot4242:a-token-for-tests/{path}") as response:
        assert await response.read() == b"real bytes"


async def test_editing_and_deleting_own_words(started: World) -> None:
    message = await started.send(text="first")
    await started.updates()
    await started.ui(f"people/{ANNA}/edit", message_id=message, text="second /help")
    edited = await started.update("edited_message")
    assert (edited["message_id"], edited["text"], "edit_date" in edited) == (message, "second /help", True)
    await started.ui(f"people/{ANNA}/delete", message_id=message)
    assert await started.updates() == []
    await started.ui(f"people/{ANNA}/edit", 404, message_id=message, text="x")
    await started.ui(f"people/{BORIS}/delete", 404, message_id=message)


async def test_blocking_and_coming_back(started: World) -> None:
    await started.ui(f"people/{ANNA}/block")
    blocked = await started.update("my_chat_member")
    assert (blocked["chat"]["id"], blocked["new_chat_member"]["status"]) == (ANNA, "kicked")
    await started.ui(f"people/{ANNA}/block")
    await started.send(text="/start")
    back, message = await started.updates()
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert message["message"]["text"] == "/start"


async def test_deeds_that_cannot_be(world: World) -> None:
    await world.ui(f"people/{ANNA}/send", 400)
    await world.ui("people/1/send", 404, text="x")
    await world.ui(f"people/{ANNA}/send", 403, chat_id=STAFF, text="x")
    await world.ui(f"people/{ANNA}/send", 404, chat_id=-5, text="x")
    await world.ui(f"people/{CLARA}/send", 404, chat_id=STAFF, text="x", thread_id=99)
    await world.ui(f"people/{ANNA}/send", 404, text="x", reply_to=99)
    await world.ui(f"people/{ANNA}/send", 400, document="not base64!")
    await world.ui(f"people/{ANNA}/press", 404, message_id=1, row=0, col=0)
    await world.ui("people", 400, language_code="en")


async def test_people_by_the_hundred(world: World) -> None:
    crowd = [{"id": number, "first_name": "P", "started": True} for number in range(9000, 9100)]
    assert len((await world.ui("people", people=crowd))["people"]) == 100
    assert (await world.call("sendMessage", chat_id=9099, text="x")).status == 200


async def test_bots_with_several_accounts_do_not_share_chats(world: World) -> None:
    other = await world.control("bots", token="77:other", username="other_bot")
    await world.ui(f"people/{ANNA}/send", 404, text="to whom?")
    await world.send(text="hello", bot_id=other["id"])
    assert await world.updates() == []
    assert await world.refused("sendMessage", chat_id=ANNA, text="x") == "Bad Request: chat not found"
