"""Who belongs where: members, administrators, people who block a bot; and the updates that tell bots so."""

from channels.messenger.model import ANONYMOUS_ADMIN, CHANNEL_BOT, JSON, LINKED_CHANNEL_USER, Bot, Chat, Member, Person
from channels.messenger.posting import compose, listeners, publish, shown_chat
from channels.messenger.views import bot_json, member_json, person_json, shared_user
from channels.messenger.world import World

SHARED = (ANONYMOUS_ADMIN, CHANNEL_BOT, LINKED_CHANNEL_USER)


def user_json(world: World, user_id: int) -> JSON | None:
    """Anybody with an id, as a User."""
    if user_id in world.bots:
        return bot_json(world.bots[user_id])
    if user_id in world.people:
        return person_json(world.people[user_id])
    return shared_user(user_id) if user_id in SHARED else None


def set_blocked(world: World, person: Person, bot: Bot, blocked: bool) -> None:
    """The person blocks or unblocks the bot, which hears of it."""
    chat = world.private_chat(bot.id, person.id)
    if chat is None:
        chat = Chat(f"{bot.id}:{person.id}", person.id, "private", bot_id=bot.id)
    elif chat.blocked == blocked:
        return
    chat.blocked = blocked
    world.save_chat(chat)
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = Member(bot.id, before), Member(bot.id, after)
    _tell_standing(world, chat, person_json(person), old, new, bot)
    world.events.tell("blocked", chat=chat.key, blocked=blocked)


def _tell_standing(world: World, chat: Chat, by: JSON, old: Member, new: Member, bot: Bot) -> None:
    """A ChatMemberUpdated: to the bot itself, or about others to bots that asked for it."""
    user = user_json(world, new.user_id) or {}
    told: JSON = {"chat": shown_chat(world, chat), "from": by, "date": world.clock.stamp()}
    told["old_chat_member"] = member_json(chat, old, user)
    told["new_chat_member"] = member_json(chat, new, user)
    kind = "my_chat_member" if new.user_id == bot.id else "chat_member"
    world.queues[bot.id].put(kind, told, f"member:{chat.id}")


def set_member(
    world: World, chat: Chat, user_id: int, status: str, *, rights: dict[str, bool] | None = None, by: int = 0
) -> Member:
    """Change somebody's standing; service messages and updates follow as in Telegram."""
    old = chat.member(user_id)
    new = Member(user_id, status, dict(rights or {}))
    chat.members[user_id] = new
    world.save_chat(chat)
    actor = user_json(world, by or _owner(chat) or user_id) or {}
    bots = {bot.id: bot for bot in listeners(world, chat)}
    if user_id in world.bots:
        bots[user_id] = world.bots[user_id]
    for bot in bots.values():
        if bot.id == user_id or chat.member(bot.id).admin:
            _tell_standing(world, chat, actor, old, new, bot)
    _announce(world, chat, actor, old, new)
    world.events.tell("group", chat=chat.key)
    return new


def _owner(chat: Chat) -> int:
    return next((member.user_id for member in chat.members.values() if member.status == "creator"), 0)


def _announce(world: World, chat: Chat, actor: JSON, old: Member, new: Member) -> None:
    """The service message that somebody came or went."""
    if chat.kind == "channel" or old.present == new.present:
        return
    user = user_json(world, new.user_id) or {}
    content = {"new_chat_members": [user]} if new.present else {"left_chat_member": user}
    body = compose(world, chat, {"from": actor}, content)
    publish(world, chat, body, bot=world.bots.get(actor.get("id", 0)))
