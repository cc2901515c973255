"""Methods that change or remove a message, and answers to presses."""

from channels.messenger.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from channels.messenger.keyboards import read_markup
from channels.messenger.methods.call import Call, admin_right, message_of, open_chat
from channels.messenger.methods.speaking import caption_content, text_content
from channels.messenger.model import JSON, Chat, Message
from channels.messenger.posting import changed, compose, publish, removed
from channels.messenger.updates import CALLBACK_LIFE
from channels.messenger.views import without_reply

CAPTIONED = ("photo", "document", "voice")
DELETE_WITHIN = 48 * 3600


def _own_message(call: Call) -> tuple[Chat, Message]:
    if call.params.values.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = open_chat(call)
    message = message_of(call, chat, bad_request("message to edit not found"))
    if message.sender_bot != call.bot.id:
        raise bad_request("message can't be edited")
    return chat, message


def _edited(call: Call, chat: Chat, message: Message, dropped: tuple[str, ...], content: JSON) -> JSON:
    """Replace part of a message; an edit without a keyboard takes the keyboard away, as in Telegram."""
    markup = read_markup(call.params.structure("reply_markup"), private=chat.private).inline
    kept = {name: value for name, value in message.body.items() if name not in (*dropped, "reply_markup", "edit_date")}
    body = {**kept, **content, **({"reply_markup": markup} if markup else {})}
    before = {name: value for name, value in message.body.items() if name != "edit_date"}
    if body == before:
        raise bad_request(NOT_MODIFIED)
    message.body = {**body, "edit_date": call.world.clock.stamp()}
    call.noted["message_id"] = message.id
    changed(call.world, chat, message)
    return message.body


def edit_text(call: Call) -> JSON:
    """editMessageText."""
    chat, message = _own_message(call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _edited(call, chat, message, ("text", "entities", "link_preview_options"), text_content(call))


def edit_caption(call: Call) -> JSON:
    """editMessageCaption."""
    chat, message = _own_message(call)
    if not any(kind in message.body for kind in CAPTIONED):
        raise bad_request("there is no caption in the message to edit")
    return _edited(call, chat, message, ("caption", "caption_entities"), caption_content(call))


def edit_markup(call: Call) -> JSON:
    """editMessageReplyMarkup."""
    chat, message = _own_message(call)
    return _edited(call, chat, message, (), {})


def _deletable(call: Call, chat: Chat, message: Message) -> None:
    if message.sender_bot != call.bot.id:
        admin_right(call, chat, "can_delete_messages", "message can't be deleted")
    if chat.private and call.world.clock.now() - message.body["date"] > DELETE_WITHIN:
        raise bad_request("message can't be deleted for everyone")


def delete_message(call: Call) -> bool:
    """deleteMessage."""
    chat = open_chat(call)
    message = message_of(call, chat, bad_request("message to delete not found"))
    _deletable(call, chat, message)
    removed(call.world, chat, message)
    call.noted["message_id"] = message.id
    return True


def delete_messages(call: Call) -> bool:
    """deleteMessages: up to a hundred; those that are gone already are skipped."""
    chat = open_chat(call)
    ids = call.params.structure("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= 100:
        raise bad_request("message identifiers are not specified")
    found = [message for id_ in ids if (message := call.world.message(chat, int(id_)))]
    for message in found:
        _deletable(call, chat, message)
    for message in found:
        removed(call.world, chat, message)
    return True


def answer_callback(call: Call) -> bool:
    """answerCallbackQuery: once, and within 150 seconds."""
    params, world = call.params, call.world
    callback = world.callbacks.get(params.text("callback_query_id"))
    known = callback is not None and callback.bot_id == call.bot.id and callback.answer is None
    if callback is None or not known or world.clock.now() - callback.asked_at > CALLBACK_LIFE:
        raise bad_request(QUERY_TOO_OLD)
    if len(params.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    callback.answer = {"text": params.text("text"), "show_alert": params.flag("show_alert"), "url": params.text("url")}
    world.keep_callback(callback)
    call.noted |= {"chat_id": callback.user_id, "callback_query_id": callback.id}
    told = {"callback_id": callback.id, "person": callback.user_id, **callback.answer}
    world.events.tell("callback", chat=callback.chat_key, **told)
    return True


def pin_message(call: Call) -> bool:
    """pinChatMessage."""
    chat = open_chat(call)
    message = message_of(call, chat, bad_request("message to pin not found"))
    admin_right(call, chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        call.world.save_chat(chat)
        content = {"pinned_message": without_reply(message.body)}
        thread = message.thread_id
        publish(call.world, chat, compose(call.world, chat, call.author, content, thread_id=thread), bot=call.bot)
    return True


def unpin_message(call: Call) -> bool:
    """unpinChatMessage: the one named, or the latest."""
    chat = open_chat(call)
    admin_right(call, chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    wanted = call.params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    call.world.save_chat(chat)
    return True


def set_reaction(call: Call) -> bool:
    """setMessageReaction."""
    chat = open_chat(call)
    message = message_of(call, chat, bad_request("message to react not found"))
    reactions = call.params.structure("reaction") or []
    if not isinstance(reactions, list) or len(reactions) > 1 or not all(map(_plain_emoji, reactions)):
        raise bad_request("REACTION_INVALID")
    message.reactions[str(call.bot.id)] = reactions
    changed(call.world, chat, message, "reaction")
    return True


def _plain_emoji(reaction: object) -> bool:
    return isinstance(reaction, dict) and reaction.get("type") == "emoji" and bool(reaction.get("emoji"))
