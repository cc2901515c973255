"""Forum topics: a row of their own in a supergroup, each opened by a service message whose id is its name."""

from channels.messenger.errors import bad_request
from channels.messenger.groups import lose_topic
from channels.messenger.methods.call import Call, admin_right, open_chat
from channels.messenger.model import JSON, Chat, Topic
from channels.messenger.posting import compose, publish
from channels.messenger.views import topic_json

NAME_LIMIT = 128
COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def _forum(call: Call, refusal: str, right: str = "can_manage_topics") -> Chat:
    chat = open_chat(call)
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    admin_right(call, chat, right, refusal)
    return chat


def _topic(call: Call, refusal: str, right: str = "can_manage_topics") -> tuple[Chat, Topic]:
    chat = _forum(call, refusal, right)
    topic = chat.topics.get(call.params.integer("message_thread_id"))
    if topic is None or topic.deleted:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, topic


def _announce(call: Call, chat: Chat, topic: Topic, content: JSON) -> None:
    """The service message in the topic that says what happened to it."""
    call.world.save_chat(chat)
    body = compose(call.world, chat, call.author, content, thread_id=topic.thread_id)
    publish(call.world, chat, body, bot=call.bot)
    call.world.events.tell("topic", chat=chat.key, topic=topic)


def create_topic(call: Call) -> JSON:
    """createForumTopic."""
    chat = _forum(call, "not enough rights to create a topic")
    name = _name(call)
    color = call.params.integer("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad_request("wrong icon color specified")
    call.world.flood.admit(call.bot, chat)
    body = compose(call.world, chat, call.author, {"forum_topic_created": {"name": name, "icon_color": color}})
    body |= {"message_thread_id": body["message_id"], "is_topic_message": True}
    icon = call.params.text("icon_custom_emoji_id")
    topic = Topic(body["message_id"], name, color, icon, creator=call.bot.id)
    chat.topics[topic.thread_id] = topic
    call.world.save_chat(chat)
    publish(call.world, chat, body, bot=call.bot)
    call.world.events.tell("topic", chat=chat.key, topic=topic)
    call.noted["message_id"] = topic.thread_id
    return topic_json(topic)


def _name(call: Call) -> str:
    name = call.params.text("name").strip()
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    return name[:NAME_LIMIT]


def edit_topic(call: Call) -> bool:
    """editForumTopic: its name or its icon."""
    chat, topic = _topic(call, "not enough rights to edit the topic")
    name = _name(call) if call.params.text("name") else topic.name
    icon = call.params.text("icon_custom_emoji_id", topic.icon_custom_emoji_id)
    if (name, icon) == (topic.name, topic.icon_custom_emoji_id):
        raise bad_request("TOPIC_NOT_MODIFIED")
    content = {"name": name} if name != topic.name else {"icon_custom_emoji_id": icon}
    topic.name, topic.icon_custom_emoji_id = name, icon
    _announce(call, chat, topic, {"forum_topic_edited": content})
    return True


def close_topic(call: Call) -> bool:
    """closeForumTopic."""
    return _set_closed(call, True)


def reopen_topic(call: Call) -> bool:
    """reopenForumTopic."""
    return _set_closed(call, False)


def _set_closed(call: Call, closed: bool) -> bool:
    chat, topic = _topic(call, "not enough rights to close or open the topic")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _announce(call, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


def delete_topic(call: Call) -> bool:
    """deleteForumTopic: with everything in it."""
    chat, topic = _topic(call, "not enough rights to delete the topic", "can_delete_messages")
    lose_topic(call.world, chat, topic)
    return True
