"""What exists in the messenger: bots, people, chats, topics, messages, files. Plain records, no behaviour of note."""

from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]

CHANNEL_BOT = 136817688
"""The fake user behind messages that a channel writes in a group."""
LINKED_CHANNEL_USER = 777000
"""The fake user behind posts forwarded by themselves from a linked channel."""
ANONYMOUS_ADMIN = 1087968824
"""The fake user that all anonymous administrators of all groups share."""


@dataclass
class Bot:
    """One bot account and everything BotFather or the bot itself has set for it."""

    id: int
    token: str
    username: str
    first_name: str
    webhook: JSON | None = None
    allowed_updates: list[str] | None = None
    next_update_id: int = 0
    last_private_id: int = 0
    commands: dict[str, list[JSON]] = field(default_factory=dict)
    profile: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[str, JSON] = field(default_factory=dict)


@dataclass
class Person:
    """An account with a phone in its hand, or (`is_bot`) somebody else's bot."""

    id: int
    first_name: str
    language_code: str = "en"
    phone: str = ""
    last_name: str = ""
    username: str = ""
    is_bot: bool = False
    deactivated: bool = False


@dataclass
class Member:
    """Somebody's standing in a group or channel."""

    user_id: int
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        """Still belongs there."""
        return self.status not in ("left", "kicked")

    @property
    def admin(self) -> bool:
        """Administrator or owner."""
        return self.status in ("administrator", "creator")

    def may(self, right: str) -> bool:
        """Owners may everything, administrators what they were given."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))


@dataclass
class Topic:
    """One forum topic; its thread id is the id of the service message that opened it."""

    thread_id: int
    name: str
    icon_color: int = 7322096
    icon_custom_emoji_id: str = ""
    closed: bool = False
    deleted: bool = False
    creator: int = 0


@dataclass
class Chat:
    """A conversation. `key` is the id, but for private chats, which exist once per bot and person."""

    key: str
    id: int
    kind: str
    title: str = ""
    username: str = ""
    bot_id: int = 0
    forum: bool = False
    blocked: bool = False
    moved_to: int = 0
    linked_channel: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    @property
    def private(self) -> bool:
        """Between one person and one bot."""
        return self.kind == "private"

    def member(self, user_id: int) -> Member:
        """Somebody's standing; strangers have left."""
        return self.members.get(user_id) or Member(user_id, "left")


@dataclass
class Message:
    """One message: the Bot API object, and what only the phone knows about it."""

    id: int
    chat_key: str
    body: JSON
    keyboard: JSON | None = None
    deleted: bool = False
    sender_bot: int = 0
    revision: int = 0
    reactions: dict[str, list[JSON]] = field(default_factory=dict)

    @property
    def thread_id(self) -> int:
        """The topic it lies in; 0 is General or no forum."""
        return int(self.body.get("message_thread_id", 0)) if self.body.get("is_topic_message") else 0


@dataclass
class StoredFile:
    """What is known of an uploaded file; its bytes stay in the store."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    size: int
    path: str
    width: int = 0
    height: int = 0


@dataclass
class Callback:
    """A press that waits for the bot's answer."""

    id: str
    bot_id: int
    user_id: int
    chat_key: str
    message_id: int
    asked_at: float
    answer: JSON | None = None


def chat_from(record: JSON) -> Chat:
    """Rebuild a chat from its stored form (JSON keeps only text keys)."""
    members = {int(key): Member(**value) for key, value in record.pop("members").items()}
    topics = {int(key): Topic(**value) for key, value in record.pop("topics").items()}
    return Chat(**record, members=members, topics=topics)
