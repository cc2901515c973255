"""Groups and channels: founding them, growing into a supergroup, and the voices that are nobody's."""

import secrets

from channels.messenger.entities import found_in
from channels.messenger.errors import DeedRefused
from channels.messenger.membership import set_member, user_json
from channels.messenger.model import (
    ANONYMOUS_ADMIN,
    CHANNEL_BOT,
    JSON,
    LINKED_CHANNEL_USER,
    Chat,
    Member,
    Message,
    Topic,
)
from channels.messenger.people import add_person
from channels.messenger.posting import compose, publish, removed, shown_chat
from channels.messenger.views import person_json, shared_user
from channels.messenger.world import World

STAFF_BOT_RIGHTS = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True}
OTHER_CHANNEL_ID = -1002000000777
OTHER_BOT_ID = 2_000_000_009


def group_of(world: World, chat_id: int) -> Chat:
    """A group or channel by its id."""
    chat = world.chats.get(str(chat_id))
    if chat is None or chat.private:
        raise DeedRefused("no such group", 404)
    return chat


def found_group(world: World, given: JSON) -> Chat:
    """Found a group: `kind` group, supergroup or channel (a forum is a supergroup); same id again changes nothing.

    `members` are person ids or `{user_id, status, rights}`; `bots` maps bot ids to their rights, null for a plain
    member. Left out, every bot joins: as an administrator who may manage topics when `admin` is true.
    """
    forum = bool(given.get("forum"))
    kind = str(given.get("kind") or ("supergroup" if forum else "group"))
    chat_id = int(given.get("id") or _new_id(kind))
    if str(chat_id) in world.chats:
        return world.chats[str(chat_id)]
    if chat_id >= 0 or kind not in ("group", "supergroup", "channel"):
        raise DeedRefused("a group has a negative id and is a group, supergroup or channel")
    chat = Chat(str(chat_id), chat_id, kind, str(given.get("title") or "Group"), forum=forum)
    chat.username = str(given.get("username") or "")
    world.save_chat(chat)
    _join_people(world, chat, given.get("members") or [])
    _join_bots(world, chat, given)
    world.events.tell("group", chat=chat.key)
    return chat


def _new_id(kind: str) -> int:
    return -secrets.randbelow(10**8) - 10**6 if kind == "group" else -(10**12) - secrets.randbelow(10**9) - 10**9


def _join_people(world: World, chat: Chat, members: list[JSON | int]) -> None:
    """People are simply there when the group begins; the first one owns it unless another status is given."""
    for given in members:
        facts: JSON = given if isinstance(given, dict) else {"user_id": given}
        user_id = int(facts["user_id"])
        if user_json(world, user_id) is None:
            raise DeedRefused(f"no such person: {user_id}", 404)
        status = str(facts.get("status") or ("member" if chat.members else "creator"))
        chat.members[user_id] = Member(user_id, status, facts.get("rights") or {})
    world.save_chat(chat)


def _join_bots(world: World, chat: Chat, given: JSON) -> None:
    rights = given.get("rights") or (STAFF_BOT_RIGHTS if given.get("admin") else None)
    bots = given.get("bots")
    if bots is None:
        bots = dict.fromkeys(world.bots, rights)
    for bot_id, bot_rights in bots.items():
        status = "member" if bot_rights is None else "administrator"
        set_member(world, chat, int(bot_id), status, rights=bot_rights)


def upgrade(world: World, chat: Chat, *, forum: bool = False, quiet: bool = False) -> Chat:
    """The group becomes a supergroup with another id; `quiet` leaves the bots to find out by an error.

    More lenient than Telegram: a forum can move as well and keeps its topics, so that tests can move a staff group.
    """
    if chat.moved_to:
        raise DeedRefused(f"the group moved to {chat.moved_to}", 410)
    new_id = _new_id("supergroup")
    moved = Chat(str(new_id), new_id, "supergroup", chat.title, forum=forum or chat.forum)
    moved.members, moved.topics = dict(chat.members), dict(chat.topics)
    world.history(moved).last_id = world.history(chat).last_id
    world.save_chat(moved)
    author = {"from": shared_user(ANONYMOUS_ADMIN), "sender_chat": shown_chat(world, chat)}
    told = [(chat, {"migrate_to_chat_id": new_id}), (moved, {"migrate_from_chat_id": chat.id})]
    for place, content in told:
        publish(world, place, compose(world, place, author, content), quiet=quiet)
    chat.moved_to = new_id
    world.save_chat(chat)
    world.events.tell("group", chat=moved.key)
    return moved


def post_as(world: World, chat: Chat, voice: str, text: str, *, thread_id: int = 0, entities: bool = True) -> Message:
    """Somebody who is nobody writes: an anonymous administrator, a channel, the linked channel, another bot."""
    content: JSON = {"text": text}
    marks = found_in(text) if entities else []
    if marks:
        content["entities"] = marks
    author = _voice(world, chat, voice)
    if voice == "linked":
        channel = author["sender_chat"]
        origin = {"type": "channel", "date": world.clock.stamp(), "chat": channel, "message_id": 1}
        content |= {"is_automatic_forward": True, "forward_origin": origin}
    return publish(world, chat, compose(world, chat, author, content, thread_id=thread_id))


def _voice(world: World, chat: Chat, voice: str) -> JSON:
    if chat.kind == "channel":
        return {"sender_chat": shown_chat(world, chat)}
    channel = {"id": OTHER_CHANNEL_ID, "type": "channel", "title": "Channel"}
    if voice == "anonymous":
        return {"from": shared_user(ANONYMOUS_ADMIN), "sender_chat": shown_chat(world, chat)}
    if voice == "channel":
        return {"from": shared_user(CHANNEL_BOT), "sender_chat": channel}
    if voice == "linked":
        return {"from": shared_user(LINKED_CHANNEL_USER), "sender_chat": channel}
    if voice == "bot":
        other = add_person(world, {"id": OTHER_BOT_ID, "first_name": "Other", "username": "other_bot", "is_bot": True})
        return {"from": person_json(other)}
    raise DeedRefused("`as` is anonymous, channel, linked or bot")


def topic_of(chat: Chat, thread_id: int) -> Topic:
    """A topic that is still there."""
    topic = chat.topics.get(thread_id)
    if topic is None or topic.deleted:
        raise DeedRefused("no such topic", 404)
    return topic


def close_topic(world: World, chat: Chat, topic: Topic, *, closed: bool, by: int) -> None:
    """A person closes or reopens a topic; bots hear of it by the service message."""
    topic.closed = closed
    world.save_chat(chat)
    author = {"from": user_json(world, by) or shared_user(ANONYMOUS_ADMIN)}
    content: JSON = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    publish(world, chat, compose(world, chat, author, content, thread_id=topic.thread_id))
    world.events.tell("topic", chat=chat.key, topic=topic)


def lose_topic(world: World, chat: Chat, topic: Topic) -> None:
    """A topic goes with everything in it; bots never hear of it, they find out."""
    topic.deleted = True
    world.save_chat(chat)
    for message in world.history(chat).page(after=topic.thread_id - 1, limit=100_000):
        if not message.deleted and message.thread_id == topic.thread_id:
            removed(world, chat, message)
    world.events.tell("topic", chat=chat.key, topic=topic)


def open_topic(world: World, chat: Chat, name: str, by: int) -> Topic:
    """A person opens a topic."""
    if not chat.forum:
        raise DeedRefused("the group has no topics")
    author = {"from": user_json(world, by) or shared_user(ANONYMOUS_ADMIN)}
    topic = Topic(0, name, creator=by)
    content = {"forum_topic_created": {"name": name, "icon_color": topic.icon_color}}
    body = compose(world, chat, author, content)
    topic.thread_id = body["message_id"]
    body |= {"message_thread_id": topic.thread_id, "is_topic_message": True}
    chat.topics[topic.thread_id] = topic
    world.save_chat(chat)
    publish(world, chat, body)
    world.events.tell("topic", chat=chat.key, topic=topic)
    return topic
