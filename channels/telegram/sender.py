"""The one way out to Telegram: every call made by the product is a method here, and each answers with an `Outcome`.

A plain `telegram.Bot` does the speaking: it needs no `getMe` to start, so the service comes up while the server is
away. Nothing newer than Bot API 10.0 is used. Styles are named with every call, never set for all calls at once.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Literal, Self, TypeVar

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    ChatFullInfo,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberOwner,
    LinkPreviewOptions,
    ReplyParameters,
    User,
    WebhookInfo,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from channels.outcomes import Later, Malformed, Outcome, Refused, Sent, Uneditable, Unknown
from channels.telegram import markup
from channels.telegram.answers import Hook, Myself, Standing
from channels.telegram.request import CALL_TIMEOUT, AiohttpRequest, Failed
from services.screen import TEXT_LIMIT, Packed

TELEGRAM = "https://api.telegram.org"
TOAST_LIMIT = 200
CAPTION_LIMIT = 1024
TOPIC_TITLE_LIMIT = 128

T = TypeVar("T")
R = TypeVar("R")

_no_preview = LinkPreviewOptions(is_disabled=True)
_unreadable = (TelegramError, KeyError, TypeError, ValueError, AttributeError)


def _is_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


class Sender:
    """Speaks to one messenger server with one token."""

    def __init__(
        self, token: str, api_url: str = TELEGRAM, *, connections: int = 256, timeout: float = CALL_TIMEOUT
    ) -> None:
        """Prepare everything that needs no loop and no server."""
        logging.getLogger("telegram.Bot").addFilter(_is_warning)  # its DEBUG lines hold the token and all texts
        self.bot_id = int(token.partition(":")[0])
        self._request = AiohttpRequest(connections=connections, timeout=timeout)
        self._bot = Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def start(self) -> None:
        """Make the connection pool. Needs a running loop, not a reachable server."""
        await self._request.initialize()

    async def stop(self) -> None:
        """Close all connections."""
        await self._request.shutdown()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *failure: object) -> None:
        """Stop."""
        await self.stop()

    # Messages

    async def send(
        self, chat_id: int, shown: Packed, *, thread_id: int | None = None, reply_to: int | None = None
    ) -> Outcome:
        """Send a screen; the outcome holds the id of its last message.

        One that does not fit goes out in parts. When a later part fails, something stands in the chat already and the
        whole is not done: that is unknown. Split with `markup.parts` beforehand to have each part settled by itself.
        """
        outcome: Outcome = Refused("empty")
        plain = False
        for index, part in enumerate(markup.parts(shown)):
            outcome = await self._send_part(chat_id, part, thread_id, reply_to if index == 0 else None)
            if not isinstance(outcome, Sent):
                return Unknown("part_sent") if index else outcome
            plain = plain or outcome.plain
        return replace(outcome, plain=plain) if isinstance(outcome, Sent) else outcome

    async def _send_part(self, chat_id: int, part: Packed, thread_id: int | None, reply_to: int | None) -> Outcome:
        async def attempt(text: str, parse_mode: str | None) -> Outcome:
            return await _made(
                self._bot.send_message(
                    chat_id,
                    text,
                    parse_mode=parse_mode,
                    message_thread_id=thread_id,
                    reply_parameters=_reply(reply_to),
                    reply_markup=markup.keyboard(part),
                    link_preview_options=_no_preview,
                ),
                lambda message: Sent(message.message_id),
            )

        return await _styled_or_plain(part, attempt)

    async def edit(self, chat_id: int, message_id: int, shown: Packed) -> Outcome:
        """Change a message of ours. What no edit can do (more than one message, a keyboard's place) is uneditable."""
        if len(markup.parts(shown)) > 1 or (shown.asking is not None and not shown.rows):
            return Uneditable()

        async def attempt(text: str, parse_mode: str | None) -> Outcome:
            return await _made(
                self._bot.edit_message_text(
                    text,
                    chat_id=chat_id,
                    message_id=message_id,
                    parse_mode=parse_mode,
                    reply_markup=markup.inline(shown),
                    link_preview_options=_no_preview,
                ),
                lambda _: Sent(message_id),
            )

        return await _styled_or_plain(shown, attempt)

    async def send_document(
        self, chat_id: int, content: bytes, filename: str, caption: str = "", *, thread_id: int | None = None
    ) -> Outcome:
        """Send a file with a plain caption."""
        return await _made(
            self._bot.send_document(
                chat_id,
                content,
                filename=filename,
                caption=markup.clipped(caption, CAPTION_LIMIT) or None,
                parse_mode=None,
                message_thread_id=thread_id,
                disable_content_type_detection=True,
            ),
            lambda message: Sent(message.message_id),
        )

    async def copy(
        self,
        chat_id: int,
        from_chat_id: int,
        message_id: int,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
    ) -> Outcome:
        """Repeat a message elsewhere without naming its author."""
        return await _made(
            self._bot.copy_message(
                chat_id,
                from_chat_id,
                message_id,
                message_thread_id=thread_id,
                reply_parameters=_reply(reply_to),
            ),
            lambda copied: Sent(copied.message_id),
        )

    async def delete(self, chat_id: int, message_id: int) -> Outcome:
        """Take a message away; one that is gone already is unchanged."""
        return await _made(self._bot.delete_message(chat_id, message_id), _done)

    async def answer_tap(self, callback_id: str, toast: str = "") -> Outcome:
        """Stop a button's spinner, with a short line where there is one."""
        text = markup.clipped(toast, TOAST_LIMIT) or None
        return _of_the_bot(await _made(self._bot.answer_callback_query(callback_id, text=text), _done))

    # Groups and topics

    async def create_topic(self, chat_id: int, title: str) -> Outcome:
        """Open a topic; the outcome holds its thread id."""
        name = markup.clipped(title, TOPIC_TITLE_LIMIT)
        return await _made(
            self._bot.create_forum_topic(chat_id, name), lambda topic: Sent(thread_id=topic.message_thread_id)
        )

    async def rename_topic(self, chat_id: int, thread_id: int, title: str) -> Outcome:
        """Give a topic another title."""
        name = markup.clipped(title, TOPIC_TITLE_LIMIT)
        return await _made(self._bot.edit_forum_topic(chat_id, thread_id, name=name), _done)

    async def close_topic(self, chat_id: int, thread_id: int) -> Outcome:
        """Close a topic to ordinary members."""
        return await _made(self._bot.close_forum_topic(chat_id, thread_id), _done)

    async def reopen_topic(self, chat_id: int, thread_id: int) -> Outcome:
        """Open a closed topic again."""
        return await _made(self._bot.reopen_forum_topic(chat_id, thread_id), _done)

    async def delete_topic(self, chat_id: int, thread_id: int) -> Outcome:
        """Delete a topic with everything in it."""
        return await _made(self._bot.delete_forum_topic(chat_id, thread_id), _done)

    async def leave(self, chat_id: int) -> Outcome:
        """Leave a group where the bot does not belong."""
        return await _made(self._bot.leave_chat(chat_id), _done)

    async def standing(self, chat_id: int) -> Standing | Outcome:
        """Ask what the bot is and may do in a group."""
        chat = await _made(self._bot.get_chat(chat_id), lambda found: found)
        if not isinstance(chat, ChatFullInfo):
            return chat
        return await _made(self._bot.get_chat_member(chat_id, self.bot_id), lambda member: _standing(chat, member))

    # The bot itself

    async def set_commands(
        self,
        commands: Sequence[tuple[str, str]],
        *,
        language: str = "",
        scope: Literal["default", "private", "groups"] | int = "default",
    ) -> Outcome:
        """Set the command menu (command, what it does) for one language and scope; a number names one chat."""
        call = self._bot.set_my_commands(commands, scope=_scope(scope), language_code=language or None)
        return _of_the_bot(await _made(call, _done))

    async def me(self) -> Myself | Outcome:
        """Ask who the bot is."""
        return _of_the_bot(await _made(self._bot.get_me(), _myself))

    async def set_webhook(
        self, url: str, secret: str, *, updates: Sequence[str] | None = None, connections: int = 40
    ) -> Outcome:
        """Have updates delivered to an address. What is pending stays pending."""
        call = self._bot.set_webhook(
            url, secret_token=secret, allowed_updates=updates, max_connections=connections, drop_pending_updates=False
        )
        return _of_the_bot(await _made(call, _done))

    async def delete_webhook(self) -> Outcome:
        """Go back to polling. What is pending stays pending."""
        return _of_the_bot(await _made(self._bot.delete_webhook(drop_pending_updates=False), _done))

    async def webhook_info(self) -> Hook | Outcome:
        """Ask where updates are delivered to."""
        return _of_the_bot(await _made(self._bot.get_webhook_info(), _hook))


async def _made(call: Awaitable[T], read: Callable[[T], R]) -> R | Outcome:
    """Make a call and read its answer. One that was accepted but cannot be read has an unknown outcome."""
    try:
        return read(await call)
    except Failed as failed:
        return failed.outcome
    except _unreadable:
        return Unknown("unreadable_answer")


async def _styled_or_plain(shown: Packed, attempt: Callable[[str, str | None], Awaitable[Outcome]]) -> Outcome:
    """Try with styles; when the server cannot read them, once more without."""
    if markup.styled(shown):
        outcome = await attempt(markup.html(shown), ParseMode.HTML)
        if not isinstance(outcome, Malformed):
            return outcome
    outcome = await attempt(markup.clipped(markup.words(shown), TEXT_LIMIT), None)
    if isinstance(outcome, Malformed):
        return Refused("malformed")
    return replace(outcome, plain=markup.styled(shown)) if isinstance(outcome, Sent) else outcome


def _of_the_bot(outcome: R) -> R | Later:
    """A 429 to a call that has no chat rests the whole bot."""
    if isinstance(outcome, Later) and outcome.scope == "chat":
        return replace(outcome, scope="bot")
    return outcome


def _done(_: object) -> Outcome:
    return Sent()


def _reply(message_id: int | None) -> ReplyParameters | None:
    return None if message_id is None else ReplyParameters(message_id, allow_sending_without_reply=True)


def _scope(scope: str | int) -> BotCommandScope:
    if isinstance(scope, int):
        return BotCommandScopeChat(scope)
    return {
        "default": BotCommandScopeDefault,
        "private": BotCommandScopeAllPrivateChats,
        "groups": BotCommandScopeAllGroupChats,
    }[scope]()


def _myself(user: User) -> Myself:
    return Myself(user.id, user.username or "", user.first_name, bool(user.can_read_all_group_messages))


def _hook(info: WebhookInfo) -> Hook:
    return Hook(
        url=info.url,
        pending=info.pending_update_count,
        connections=info.max_connections or 0,
        failing=info.last_error_date is not None,
    )


def _standing(chat: ChatFullInfo, member: ChatMember) -> Standing:
    owner = isinstance(member, ChatMemberOwner)
    administrator = isinstance(member, ChatMemberAdministrator)
    manages = owner or (isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics))
    deletes = owner or (isinstance(member, ChatMemberAdministrator) and bool(member.can_delete_messages))
    return Standing(bool(chat.is_forum), owner or administrator, manages, deletes)
