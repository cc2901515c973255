"""Both libraries as clients, unchanged: they find here what they find at Telegram."""

import io
import json
from datetime import timedelta
from typing import Any

import aiogram
import aiogram.exceptions
import aiogram.types
import aiohttp
import pytest
import telegram
import telegram.error

from tests.channels.messenger.conftest import ANNA, BORIS, STAFF, TOKEN, World

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000020000000308060000009d7418"
    "d40000000b49444154789c6360c0070000120001f5a3d0d60000000049454e44ae426082"
)


async def test_both_are_told_who_they_are(speaks: telegram.Bot, hears: aiogram.Bot) -> None:
    me = await hears.me()
    assert (speaks.id, speaks.username) == (me.id, me.username) == (4242, "jobline_4242_bot")


async def test_ptb_sends_and_edits(speaks: telegram.Bot, started: World) -> None:
    keys = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Yes", callback_data="yes")]])
    sent = await speaks.send_message(ANNA, "<b>Hello</b> 👋 &lt;you&gt;", parse_mode="HTML", reply_markup=keys)
    assert sent.text == "Hello 👋 <you>"
    assert sent.parse_entities() == {sent.entities[0]: "Hello"}
    assert sent.reply_markup == keys
    edited = await speaks.edit_message_text("Changed", chat_id=ANNA, message_id=sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.reply_markup, edited.edit_date is not None) == ("Changed", None, True)


async def test_ptb_meets_its_own_errors(speaks: telegram.Bot, started: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await speaks.send_message(999, "x")
    await started.ui(f"people/{ANNA}/block")
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await speaks.send_message(ANNA, "x")
    group = await started.ui("groups", title="Old", members=[ANNA])
    moved = await started.ui(f"groups/{group['id']}/upgrade")
    with pytest.raises(telegram.error.ChatMigrated) as migrated:
        await speaks.send_message(group["id"], "x")
    assert migrated.value.new_chat_id == moved["id"]
    await started.control("faults", kind="429", method="sendMessage", retry_after=7)
    with pytest.raises(telegram.error.RetryAfter) as later:
        await speaks.send_message(BORIS, "x")
    assert later.value.retry_after == timedelta(seconds=7)


async def test_ptb_sends_files_and_fetches_them(speaks: telegram.Bot, started: World) -> None:
    sent = await speaks.send_document(ANNA, io.BytesIO(b"curriculum"), filename="cv.txt", caption="CV of <b>me</b>")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("cv.txt", 10, "CV of <b>me</b>")
    file = await speaks.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"curriculum"
    photo = await speaks.send_photo(ANNA, PNG)
    assert [(size.width, size.height) for size in photo.photo] == [(2, 3)]
    again = await speaks.send_photo(ANNA, photo.photo[0].file_id)
    assert again.photo[0].file_unique_id == photo.photo[0].file_unique_id


async def test_ptb_sends_an_album(speaks: telegram.Bot, started: World) -> None:
    album = await speaks.send_media_group(
        ANNA,
        [telegram.InputMediaDocument(b"one", filename="1.txt"), telegram.InputMediaDocument(b"two", filename="2.txt")],
    )
    assert len({message.media_group_id for message in album}) == 1
    assert [message.document.file_name for message in album if message.document] == ["1.txt", "2.txt"]


async def test_ptb_works_a_forum(speaks: telegram.Bot, world: World) -> None:
    topic = await speaks.create_forum_topic(STAFF, "Case 7")
    sent = await speaks.send_message(STAFF, "Here", message_thread_id=topic.message_thread_id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.message_thread_id, True)
    assert await speaks.edit_forum_topic(STAFF, topic.message_thread_id, name="Case 8")
    assert await speaks.close_forum_topic(STAFF, topic.message_thread_id)
    assert await speaks.delete_forum_topic(STAFF, topic.message_thread_id)
    member = await speaks.get_chat_member(STAFF, speaks.id)
    assert isinstance(member, telegram.ChatMemberAdministrator)
    assert member.can_manage_topics


async def test_aiogram_hears_a_press_and_answers_it(hears: aiogram.Bot, started: World) -> None:
    button = aiogram.types.InlineKeyboardButton(text="Go", callback_data="go:1")
    keys = aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])
    sent = await hears.send_message(ANNA, "Press", reply_markup=keys)
    await started.ui(f"people/{ANNA}/press", message_id=sent.message_id, row=0, col=0)
    (update,) = await hears.get_updates(offset=started.offset)
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.from_user.id) == ("go:1", ANNA)
    assert isinstance(update.callback_query.message, aiogram.types.Message)
    assert await hears.answer_callback_query(update.callback_query.id, text="Done")
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="query is too old"):
        await hears.answer_callback_query(update.callback_query.id)


async def test_aiogram_uploads_and_reads_chats(hears: aiogram.Bot, started: World) -> None:
    document = aiogram.types.BufferedInputFile(b"bytes \x00\xff", filename="имя файла.bin")
    sent = await hears.send_document(ANNA, document)
    assert sent.document is not None
    assert sent.document.file_name == "имя файла.bin"
    held = await hears.download(sent.document.file_id)
    assert held is not None
    assert held.read() == b"bytes \x00\xff"
    assert (await hears.get_chat(STAFF)).is_forum
    assert (await hears.get_chat(ANNA)).first_name == "Anna"


async def test_a_wrong_token_is_unauthorized_and_a_wrong_method_not_found(world: World) -> None:
    async with world.session.post(f"{world.url}/bot1:wrong/getMe") as response:
        assert (response.status, await response.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )
    assert await world.refused("makeCoffee") == "Not Found"
    async with world.session.get(f"{world.url}/bot{TOKEN}/GETME") as response:
        assert response.status == 200


@pytest.mark.parametrize("shape", ["json", "urlencoded", "multipart", "query"])
async def test_every_way_of_passing_parameters(started: World, shape: str) -> None:
    keys = {"inline_keyboard": [[{"text": "Да", "callback_data": "д"}]]}
    fields = {
        "chat_id": str(ANNA),
        "text": "Привет & <b>мир</b>",
        "parse_mode": "HTML",
        "reply_markup": json.dumps(keys),
    }
    form = aiohttp.FormData(fields) if shape == "urlencoded" else None
    if shape == "multipart":
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in fields.items():
            form.add_field(name, value)
    url = f"{started.url}/bot{TOKEN}/sendMessage"
    given: dict[str, Any] = {"json": {**fields, "chat_id": ANNA, "reply_markup": keys}} if shape == "json" else {}
    params = fields if shape == "query" else {}
    async with started.session.post(url, params=params, data=form, **given) as response:
        result = (await response.json())["result"]
    assert (result["text"], result["reply_markup"]) == ("Привет & мир", keys)
    assert result["entities"] == [{"type": "bold", "offset": 9, "length": 3}]
