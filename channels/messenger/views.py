"""Records as the Bot API shows them."""

from channels.messenger.model import (
    ANONYMOUS_ADMIN,
    CHANNEL_BOT,
    JSON,
    LINKED_CHANNEL_USER,
    Bot,
    Chat,
    Member,
    Message,
    Person,
    StoredFile,
    Topic,
)

ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_send_welcome_messages",
)  # fmt: skip
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")


def person_json(person: Person) -> JSON:
    """A User."""
    user: JSON = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    for name in ("last_name", "username"):
        if value := getattr(person, name):
            user[name] = value
    if person.language_code and not person.is_bot:
        user["language_code"] = person.language_code
    return user


def bot_json(bot: Bot) -> JSON:
    """A User that is the bot itself."""
    return {"id": bot.id, "is_bot": True, "first_name": bot.first_name, "username": bot.username}


def me_json(bot: Bot) -> JSON:
    """What getMe answers."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**bot_json(bot), **abilities}


def shared_user(user_id: int) -> JSON:
    """The fake users behind anonymous administrators and channels."""
    names = {
        ANONYMOUS_ADMIN: ("Group", "GroupAnonymousBot"),
        CHANNEL_BOT: ("Channel", "Channel_Bot"),
        LINKED_CHANNEL_USER: ("Telegram", ""),
    }
    first_name, username = names[user_id]
    user: JSON = {"id": user_id, "is_bot": bool(username), "first_name": first_name}
    return {**user, "username": username} if username else user


def chat_json(chat: Chat, person: Person | None) -> JSON:
    """A Chat; private ones carry the person's names."""
    if chat.private:
        shown: JSON = {"id": chat.id, "type": "private", "first_name": person.first_name if person else ""}
        for name in ("last_name", "username"):
            if value := getattr(person, name, ""):
                shown[name] = value
        return shown
    shown = {"id": chat.id, "type": chat.kind, "title": chat.title}
    if chat.username:
        shown["username"] = chat.username
    if chat.forum:
        shown["is_forum"] = True
    return shown


def full_chat_json(chat: Chat, person: Person | None, pinned: Message | None) -> JSON:
    """A ChatFullInfo."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    shown = chat_json(chat, person)
    shown |= {"accent_color_id": chat.id % 7 if chat.id > 0 else -chat.id % 7, "max_reaction_count": 11}
    shown["accepted_gift_types"] = dict.fromkeys(gifts, False)
    if chat.linked_channel:
        shown["linked_chat_id"] = chat.linked_channel
    if chat.kind in ("group", "supergroup"):
        shown["permissions"] = {"can_send_messages": True, "can_manage_topics": False}
    if pinned is not None:
        shown["pinned_message"] = without_reply(pinned.body)
    return shown


def member_json(chat: Chat, member: Member, user: JSON) -> JSON:
    """A ChatMember of the kind that fits."""
    shown: JSON = {"status": member.status, "user": user}
    if member.status == "administrator":
        names = (*ADMIN_RIGHTS, *(CHANNEL_RIGHTS if chat.kind == "channel" else GROUP_RIGHTS))
        shown |= {"can_be_edited": False, "is_anonymous": member.rights.get("is_anonymous", False)}
        shown |= {name: member.rights.get(name, name == "can_manage_chat") for name in names}
    elif member.status == "creator":
        shown["is_anonymous"] = member.rights.get("is_anonymous", False)
    elif member.status == "kicked":
        shown["until_date"] = 0
    return shown


def topic_json(topic: Topic) -> JSON:
    """A ForumTopic."""
    shown: JSON = {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}
    if topic.icon_custom_emoji_id:
        shown["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return shown


def without_reply(body: JSON) -> JSON:
    """A message inside a message carries no further one."""
    inner = ("reply_to_message", "pinned_message")
    return {name: value for name, value in body.items() if name not in inner}


def inaccessible(chat: JSON, message_id: int) -> JSON:
    """A message the bot can no longer see: date 0 says so."""
    return {"chat": chat, "message_id": message_id, "date": 0}


def media_json(file: StoredFile, **facts: object) -> JSON:
    """A file as the object of its kind; a photo is wrapped by its caller into sizes."""
    shown: JSON = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    if file.kind in ("photo", "sticker", "video"):
        shown |= {"width": file.width or 512, "height": file.height or 512}
    if file.kind == "document":
        shown["file_name"] = file.name
    if file.kind in ("document", "voice", "audio", "video"):
        shown["mime_type"] = file.mime
    return shown | facts
