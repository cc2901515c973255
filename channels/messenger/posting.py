"""A message comes into being: it gets its number, is kept, shown on phones, and told to the bots that may see it."""

import re

from channels.messenger.model import JSON, Bot, Chat, Message
from channels.messenger.views import chat_json, without_reply
from channels.messenger.world import World

SERVICE = (
    "new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id", "forum_topic_created",
    "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "pinned_message", "group_chat_created",
)  # fmt: skip
COMMAND = re.compile(r"/\w+(?:@(\w+))?")


def shown_chat(world: World, chat: Chat) -> JSON:
    """The chat as it appears in its messages."""
    return chat_json(chat, world.person_of(chat))


def compose(
    world: World,
    chat: Chat,
    author: JSON,
    content: JSON,
    *,
    thread_id: int = 0,
    reply_to: Message | None = None,
) -> JSON:
    """The Bot API object of a new message; `author` is `from` and/or `sender_chat`."""
    body: JSON = {"message_id": world.next_message_id(chat), **author, "chat": shown_chat(world, chat)}
    body["date"] = world.clock.stamp()
    if thread_id:
        body |= {"message_thread_id": thread_id, "is_topic_message": True}
        reply_to = reply_to or world.message(chat, thread_id)
    if reply_to is not None:
        body["reply_to_message"] = without_reply(reply_to.body)
    return body | content


def publish(
    world: World,
    chat: Chat,
    body: JSON,
    *,
    bot: Bot | None = None,
    keyboard: JSON | None = None,
    quiet: bool = False,
) -> Message:
    """Keep it and show it; bots other than its author get their update, unless it shall stay `quiet`."""
    message = Message(body["message_id"], chat.key, body, keyboard, sender_bot=bot.id if bot else 0)
    message.revision = world.events.last + 1
    world.history(chat).add(message)
    world.events.tell("message", chat=chat.key, message=message)
    kind = "channel_post" if chat.kind == "channel" else "message"
    if not quiet:
        tell_bots(world, chat, kind, message)
    return message


def tell_bots(world: World, chat: Chat, kind: str, message: Message) -> None:
    """Queue an update about a message for each bot that may see it."""
    for bot in listeners(world, chat):
        if bot.id != message.sender_bot and sees(chat, bot, message.body):
            world.queues[bot.id].put(kind, message.body, f"chat:{chat.id}")


def listeners(world: World, chat: Chat) -> list[Bot]:
    """The bots that belong to a chat."""
    if chat.private:
        return [world.bots[chat.bot_id]]
    return [bot for bot in world.bots.values() if chat.member(bot.id).present]


def sees(chat: Chat, bot: Bot, body: JSON) -> bool:
    """Privacy mode: in groups, a bot that is no administrator sees commands, replies to it and service messages."""
    if chat.private or chat.kind == "channel" or chat.member(bot.id).admin:
        return True
    if any(name in body for name in SERVICE):
        return True
    if body.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
        return True
    command = COMMAND.match(body.get("text", ""))
    return command is not None and (not command[1] or command[1].lower() == bot.username.lower())


def changed(world: World, chat: Chat, message: Message, kind: str = "edited") -> None:
    """Keep a changed message and show the change."""
    message.revision = world.events.last + 1
    world.history(chat).save(message)
    world.events.tell(kind, chat=chat.key, message=message)


def removed(world: World, chat: Chat, message: Message) -> None:
    """Delete for everybody; the phone only remembers that something was there."""
    message.deleted = True
    changed(world, chat, message, "deleted")
