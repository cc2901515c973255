"""What became of one call to a messenger, sorted by what to do next.

No library's exceptions get past the channel: whoever sends receives one of these values. `classify` is the only place
that reads a server's error text, and `TABLE` is all it knows; anything it does not know is refused as "unlisted", so
that a new kind of error is noticed instead of being repeated.

Reasons are short fixed codes. They are stored and logged, so they never hold a word of a person or of the server.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

RETRY_WITHOUT_HINT = 5.0
"""Seconds to wait after a 429 that does not say how long."""

SERVER_PAUSE = 1.0
"""Seconds to wait after a call that never reached the server. The courier lengthens it for each further failure."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The messenger accepted it.

    Attributes:
        message_id: the message that now stands in the chat; None where the call makes none.
        thread_id: the topic, for a call that made one.
        plain: the server could not read our styles, so the words went out without them. Worth an alert.
    """

    message_id: int | None = None
    thread_id: int | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Surely not applied; the same call may be made after some seconds.

    `scope` says what has to rest: this chat, everything this bot sends, or calls to a server that is away.
    """

    seconds: float
    scope: Literal["chat", "bot", "server"]


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nothing can be sent there until the person or the group lets the bot in again."""

    reason: Literal["blocked", "deactivated", "chat_not_found", "kicked"]


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup: keep the new id and send there."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class TopicLost:
    """The topic is gone: a new one has to be made."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Final: the same call would be refused again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """The server could not read the styles. The caller sends the words once more without them."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """May have been applied: the answer was lost, cut off, or was the server's own failure."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """The token is not valid (any more): stop all sending, fail nothing."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else listens with this token: stand by."""


@dataclass(frozen=True, slots=True)
class TooOld:
    """The press was too long ago to be answered. Nobody waits for the answer any more, so this is no failure."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """It already is as we wanted it: a success."""


@dataclass(frozen=True, slots=True)
class Uneditable:
    """The message cannot be changed (any more): send a new one instead."""


@dataclass(frozen=True, slots=True)
class RightsMissing:
    """The bot may not do this in that group: its staff have to be told."""

    reason: str


Outcome = (
    Sent
    | Later
    | Unreachable
    | Moved
    | TopicLost
    | Refused
    | Malformed
    | Unknown
    | Unauthorized
    | Conflict
    | TooOld
    | Unchanged
    | Uneditable
    | RightsMissing
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: HTTP codes, a pattern found anywhere in the description (case ignored), what it means."""

    codes: frozenset[int]
    said: re.Pattern[str]
    means: Outcome


def _row(codes: str, said: str, means: Outcome) -> Row:
    return Row(frozenset(map(int, codes.split())), re.compile(said, re.IGNORECASE), means)


TABLE: tuple[Row, ...] = (
    # Success in disguise.
    _row("400", r"message is not modified|MESSAGE_NOT_MODIFIED", Unchanged()),
    _row("400", r"TOPIC_NOT_MODIFIED|CHAT_NOT_MODIFIED", Unchanged()),
    _row("400", r"message to delete not found", Unchanged()),
    # Too late.
    _row("400", r"query is too old|query ID is invalid|QUERY_ID_INVALID", TooOld()),
    # Our styles.
    _row("400", r"can't parse (message )?(entities|caption|text)", Malformed()),
    _row("400", r"ENTITY_BOUNDS_INVALID|ENTITIES_TOO_LONG|ENTITY_TEXTURL_INVALID", Malformed()),
    # Edits.
    _row("400", r"message to edit not found|message can't be edited", Uneditable()),
    _row("400", r"MESSAGE_ID_INVALID|MESSAGE_EDIT_TIME_EXPIRED|message identifier is not specified", Uneditable()),
    _row("400", r"there is no (text|caption) in the message to edit", Uneditable()),
    # The topic.
    _row("400", r"message thread not found|TOPIC_DELETED|TOPIC_ID_INVALID", TopicLost()),
    _row("400", r"TOPIC_CLOSED", RightsMissing("topic_closed")),
    _row("400", r"chat is not a forum|CHANNEL_FORUM_MISSING", RightsMissing("not_a_forum")),
    # Nobody there.
    _row(
        "400 403",
        r"bot was blocked by the user|USER_IS_BLOCKED|can't send messages to the user",
        Unreachable("blocked"),
    ),
    _row("400 403", r"user is deactivated|USER_DEACTIVATED", Unreachable("deactivated")),
    _row("400 403", r"bot was kicked|CHANNEL_PRIVATE", Unreachable("kicked")),
    _row("400 403", r"bot is not a (member|participant)", Unreachable("kicked")),
    _row("400 403", r"group chat was (deleted|deactivated)", Unreachable("chat_not_found")),
    _row("403", r"can't initiate conversation with a user", Unreachable("chat_not_found")),
    _row("400", r"chat not found|user not found|PEER_ID_INVALID|USER_ID_INVALID", Unreachable("chat_not_found")),
    _row("403", r"can't send messages to bots", Refused("to_a_bot")),
    # Rights in a group.
    _row("400 403", r"not enough rights to (manage|create|edit|close|reopen).*topic", RightsMissing("topics")),
    _row("400 403", r"not enough rights|have no rights|RIGHT_FORBIDDEN", RightsMissing("rights")),
    _row("400 403", r"CHAT_ADMIN_REQUIRED|need administrator rights", RightsMissing("administrator")),
    _row("400 403", r"CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|have no write access", RightsMissing("write")),
    _row("400 403", r"CHAT_SEND_\w+_FORBIDDEN", RightsMissing("write")),
    # What we asked for is wrong.
    _row("400", r"message text is empty|text must be non-empty|MESSAGE_EMPTY", Refused("empty")),
    _row("400", r"(message|caption|text) is too long|MESSAGE_TOO_LONG|CAPTION_TOO_LONG", Refused("too_long")),
    _row("400", r"reply markup|inline keyboard|BUTTON_\w+_INVALID|REPLY_MARKUP_\w+", Refused("keyboard")),
    _row("400", r"message to be replied not found|reply message not found", Refused("reply_gone")),
    _row("400", r"message to (copy|forward) not found|message can't be (copied|forwarded)", Refused("source_gone")),
    _row("400", r"message can't be deleted", Refused("undeletable")),
    _row("400", r"chat_id is empty", Refused("no_chat")),
    _row("400", r"encoded in UTF-8", Refused("encoding")),
    _row("400", r"file must be non-empty|wrong file|wrong remote file|file is too big|PHOTO_INVALID", Refused("file")),
    _row("400", r"BOT_COMMAND\w*_INVALID|can't parse BotCommand", Refused("commands")),
    _row("400", r"bad webhook|secret token", Refused("webhook")),
    _row("404", r"method not found", Refused("no_such_method")),
    _row("413", r"", Refused("too_large")),
    # The token.
    _row("400", r"logged out", Unauthorized()),
    _row("401 404", r"", Unauthorized()),
    _row("409", r"", Conflict()),
    # Something between us and the server answered in its place, so the server never saw the call.
    _row("301 302 303 307 308 407 408", r"", Later(SERVER_PAUSE, "server")),
)


def classify(code: int, description: str, parameters: Mapping[str, object] | None = None) -> Outcome:
    """Tell what an error answer means: by its parameters, then by the table, else refused as unlisted.

    A 429 rests the chat. Only the caller knows whether the call had a chat at all, or whether others were told the same.
    """
    given = parameters or {}
    moved_to = given.get("migrate_to_chat_id")
    if isinstance(moved_to, int):
        return Moved(moved_to)
    if code == 429:
        return Later(_wait(description, given.get("retry_after")), "chat")
    if code >= 500:
        return Unknown(f"server_{code}")
    for row in TABLE:
        if code in row.codes and row.said.search(description):
            return row.means
    return Refused("unlisted")


def _wait(description: str, told: object) -> float:
    if isinstance(told, int | float) and told > 0:
        return float(told)
    found = re.search(r"retry after (\d+)", description, re.IGNORECASE)
    return float(found[1]) if found else RETRY_WITHOUT_HINT
