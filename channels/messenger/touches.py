"""What people do with messages that are there: press, edit, delete."""

import secrets

from channels.messenger.entities import found_in
from channels.messenger.errors import DeedRefused
from channels.messenger.model import JSON, Callback, Chat, Message, Person
from channels.messenger.people import bot_of, chat_of
from channels.messenger.posting import changed, removed, shown_chat, tell_bots
from channels.messenger.views import inaccessible, person_json
from channels.messenger.wire import Params
from channels.messenger.world import World


def press(world: World, person: Person, params: Params) -> JSON:
    """Press a button by `row` and `col`, or send any `data` at all, as a forged client could.

    A message that is gone (or `inaccessible`) reaches the bot with date 0; `inline_message_id` stands for a message
    sent by way of the bot, whose chat it never learns.
    """
    chat = chat_of(world, person, params)
    if chat.blocked:
        raise DeedRefused("the bot is blocked", 403)
    message = world.message(chat, params.integer("message_id"))
    payload = _pressed(message, params)
    if "url" in payload:
        return payload
    bot = world.bots.get(message.sender_bot if message else 0) or bot_of(world, params)
    number = str(secrets.randbits(62))
    callback = Callback(number, bot.id, person.id, chat.key, params.integer("message_id"), world.clock.now())
    world.keep_callback(callback)
    query: JSON = {"id": callback.id, "from": person_json(person), **_touched(world, chat, message, params)}
    query |= {"chat_instance": str(abs(chat.id) * 7919), "data": payload["data"]}
    update_id = world.queues[bot.id].put("callback_query", query, f"user:{person.id}")
    return {"callback_id": callback.id, "update_id": update_id, "data": payload["data"]}


def _pressed(message: Message | None, params: Params) -> JSON:
    if "data" in params.values:
        return {"data": params.text("data")}
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", []) if message else []
    try:
        button = rows[params.integer("row")][params.integer("col")]
    except IndexError as error:
        raise DeedRefused("no such button", 404) from error
    if "callback_data" in button:
        return {"data": button["callback_data"]}
    return {"url": button.get("url", "")}


def _touched(world: World, chat: Chat, message: Message | None, params: Params) -> JSON:
    if params.text("inline_message_id"):
        return {"inline_message_id": params.text("inline_message_id")}
    if message is None or params.flag("inaccessible"):
        return {"message": inaccessible(shown_chat(world, chat), params.integer("message_id"))}
    return {"message": message.body}


def _own(world: World, person: Person, params: Params) -> tuple[Chat, Message]:
    chat = chat_of(world, person, params)
    message = world.message(chat, params.integer("message_id"))
    if message is None:
        raise DeedRefused("no such message", 404)
    if message.body.get("from", {}).get("id") != person.id:
        raise DeedRefused("somebody else wrote this message", 403)
    return chat, message


def edit(world: World, person: Person, params: Params) -> Message:
    """Change the words of an own message; bots hear of it."""
    chat, message = _own(world, person, params)
    name = "text" if "text" in message.body else "caption"
    text = params.text("text")
    if not text:
        raise DeedRefused("text is missing")
    entities_name = "entities" if name == "text" else "caption_entities"
    kept = {key: value for key, value in message.body.items() if key != entities_name}
    entities = found_in(text)
    message.body = {**kept, name: text, "edit_date": world.clock.stamp()}
    message.body |= {entities_name: entities} if entities else {}
    changed(world, chat, message)
    tell_bots(world, chat, "edited_channel_post" if chat.kind == "channel" else "edited_message", message)
    return message


def delete(world: World, person: Person, params: Params) -> Message:
    """Delete an own message for everybody; bots never hear of it."""
    chat, message = _own(world, person, params)
    removed(world, chat, message)
    return message
