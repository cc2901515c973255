"""One call of a bot, and what nearly every method asks of it: which chat, which topic, which message."""

from dataclasses import dataclass, field

from channels.messenger.errors import BotApiError, bad_request, forbidden, upgraded
from channels.messenger.model import JSON, Bot, Chat, Message
from channels.messenger.views import bot_json
from channels.messenger.wire import Params
from channels.messenger.world import World


@dataclass
class Call:
    """A call in progress; `noted` becomes its line in the record of calls."""

    world: World
    bot: Bot
    method: str
    params: Params
    noted: JSON = field(default_factory=dict)

    @property
    def author(self) -> JSON:
        """The bot as the sender of a message."""
        return {"from": bot_json(self.bot)}


def chat_id_of(params: Params, name: str = "chat_id") -> int | str | None:
    """The chat the caller means: a number, or an @name."""
    value = params.text(name)
    if value.lstrip("-").isdigit():
        return int(value)
    return value or None


def known_chat(call: Call, name: str = "chat_id") -> Chat:
    """The chat, if this bot can know of it."""
    wanted = chat_id_of(call.params, name)
    if wanted is None:
        raise bad_request("chat_id is empty")
    if isinstance(wanted, str):
        return _chat_named(call.world, wanted)
    if wanted > 0:
        return _private_chat(call, wanted)
    chat = call.world.chats.get(str(wanted))
    if chat is None:
        raise bad_request("chat not found")
    if chat.moved_to:
        raise upgraded(chat.moved_to)
    return chat


def _chat_named(world: World, name: str) -> Chat:
    for chat in world.chats.values():
        if chat.username and f"@{chat.username}".lower() == name.lower():
            return chat
    raise bad_request("chat not found")


def _private_chat(call: Call, user_id: int) -> Chat:
    chat = call.world.private_chat(call.bot.id, user_id)
    if chat is not None:
        return chat
    if user_id in call.world.people and _met(call, user_id):
        raise forbidden("bot can't initiate conversation with a user")
    if user_id in call.world.bots:
        raise forbidden("bot can't send messages to bots")
    raise bad_request("chat not found")


def _met(call: Call, user_id: int) -> bool:
    groups = (chat for chat in call.world.chats.values() if not chat.private)
    return any(chat.member(call.bot.id).present and chat.member(user_id).present for chat in groups)


def open_chat(call: Call, name: str = "chat_id") -> Chat:
    """The chat, if this bot can still reach it: not blocked, not removed."""
    chat = known_chat(call, name)
    if chat.private:
        person = call.world.person_of(chat)
        if person is None or person.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat
    status = chat.member(call.bot.id).status
    noun = {"group": "group", "supergroup": "supergroup", "channel": "channel"}[chat.kind]
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {noun} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {noun} chat")
    return chat


def writable_chat(call: Call) -> Chat:
    """The chat, if this bot may write in it."""
    chat = open_chat(call)
    if chat.kind == "channel" and not chat.member(call.bot.id).may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    return chat


def admin_right(call: Call, chat: Chat, right: str, refusal: str) -> None:
    """Refuse unless the bot was given this right."""
    if not chat.private and not chat.member(call.bot.id).may(right):
        raise bad_request(refusal)


def thread_of(call: Call, chat: Chat, reply_to: Message | None) -> int:
    """The topic to write in: the one named, or that of the message replied to; 0 is General."""
    thread_id = call.params.integer("message_thread_id")
    if not thread_id:
        return reply_to.thread_id if reply_to is not None and chat.forum else 0
    topic = chat.topics.get(thread_id)
    if topic is None or topic.deleted:
        raise bad_request("message thread not found")
    if topic.closed and not chat.member(call.bot.id).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def replied_message(call: Call, chat: Chat) -> Message | None:
    """The message to reply to, if any."""
    given = call.params.structure("reply_parameters") or {}
    if not isinstance(given, dict):
        raise bad_request("can't parse reply parameters: expected an Object")
    message_id = int(given.get("message_id") or call.params.integer("reply_to_message_id"))
    if not message_id:
        return None
    found = call.world.message(chat, message_id)
    lenient = given.get("allow_sending_without_reply") or call.params.flag("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found


def message_of(call: Call, chat: Chat, missing: BotApiError) -> Message:
    """The message named by `message_id`."""
    found = call.world.message(chat, call.params.integer("message_id"))
    if found is None:
        raise missing
    return found
