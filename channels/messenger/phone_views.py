"""Records as the person's side sees them: flat, with buttons by row and column, and what only a phone knows."""

from channels.messenger.model import JSON, Bot, Chat, Message, Person
from channels.messenger.posting import SERVICE
from channels.messenger.world import World

KINDS = ("photo", "document", "voice", "video_note", "sticker", "location", "contact")


def message_view(message: Message, chat_id: int) -> JSON:
    """A message in a chat window; `message` holds the whole Bot API object."""
    body = message.body
    author = body.get("sender_chat") or body.get("from") or {}
    return {
        "message_id": message.id,
        "chat_id": chat_id,
        "thread_id": message.thread_id,
        "date": body["date"],
        "edited": "edit_date" in body,
        "deleted": message.deleted,
        "from_id": body.get("from", {}).get("id", 0),
        "from_bot": message.sender_bot,
        "author": author.get("title") or author.get("first_name", ""),
        "kind": next((kind for kind in (*KINDS, *SERVICE) if kind in body), "text"),
        "text": body.get("text") or body.get("caption", ""),
        "entities": body.get("entities") or body.get("caption_entities") or [],
        "buttons": body.get("reply_markup", {}).get("inline_keyboard", []),
        "keyboard": message.keyboard,
        "reactions": [reaction["emoji"] for given in message.reactions.values() for reaction in given],
        "revision": message.revision,
        "message": body,
    }


def event_view(world: World, event: JSON) -> JSON:
    """A change as it goes to phones."""
    shown = {name: value for name, value in event.items() if name not in ("chat", "message", "topic")}
    if (chat := world.chats.get(event.get("chat", ""))) is not None:
        shown |= {"chat_id": chat.id, "private_bot_id": chat.bot_id}
        if "message" in event:
            shown["message"] = message_view(event["message"], chat.id)
    if "topic" in event:
        shown["topic"] = vars(event["topic"])
    return shown


def person_view(world: World, person: Person) -> JSON:
    """A person, and which bots they started or blocked."""
    chats = [chat for bot_id in world.bots if (chat := world.private_chat(bot_id, person.id))]
    blocked = [chat.bot_id for chat in chats if chat.blocked]
    return {**vars(person), "started": [chat.bot_id for chat in chats], "blocked": blocked}


def group_view(chat: Chat) -> JSON:
    """A group with its members and topics."""
    members = [vars(member) for member in chat.members.values() if member.present]
    topics = [vars(topic) for topic in chat.topics.values() if not topic.deleted]
    shown = {"id": chat.id, "title": chat.title, "kind": chat.kind, "forum": chat.forum, "moved_to": chat.moved_to}
    return {**shown, "members": members, "topics": topics}


def bot_view(bot: Bot) -> JSON:
    """A bot without its token."""
    shown: JSON = {"id": bot.id, "username": bot.username, "first_name": bot.first_name}
    return {**shown, "commands": bot.commands, "profile": bot.profile, "menu_buttons": bot.menu_buttons}


def state_view(world: World) -> JSON:
    """Everything the page needs to begin; people beyond the first thousand are left out."""
    return {
        "bots": [bot_view(bot) for bot in world.bots.values()],
        "people": [person_view(world, person) for person in list(world.people.values())[:1000] if not person.is_bot],
        "groups": [group_view(chat) for chat in world.chats.values() if not chat.private],
        "now": world.clock.now(),
        "last_event": world.events.last,
    }
