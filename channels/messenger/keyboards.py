"""Keyboards as Telegram checks them: what a bot may attach, and what comes back in the message."""

import json

from channels.messenger.errors import bad_request
from channels.messenger.model import JSON

ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
LOOKS = ("style", "icon_custom_emoji_id")
REQUESTS = {"request_contact": "phone number", "request_location": "location", "request_poll": "poll"}
SAFE_SCHEMES = ("http://", "https://", "tg://", "mailto:", "tel:")


class Markup:
    """A checked `reply_markup`: an inline keyboard, or an order to the phone's own keyboard."""

    def __init__(self, inline: JSON | None = None, keyboard: JSON | None = None) -> None:
        self.inline = inline
        self.keyboard = keyboard


def read_markup(given: object, *, private: bool) -> Markup:
    """Check what was given; nothing and an empty inline keyboard are the same."""
    if not given:
        return Markup()
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        rows = [row for row in (_inline_row(row) for row in _rows(given["inline_keyboard"])) if row]
        if len(json.dumps(rows)) > 10_000 or sum(map(len, rows)) > 100:
            raise bad_request("reply markup is too long")
        return Markup(inline={"inline_keyboard": rows} if rows else None)
    if "keyboard" in given:
        rows = [[_reply_button(button, private) for button in row] for row in _rows(given["keyboard"])]
        if not any(rows):
            raise bad_request("can't parse reply keyboard: keyboard is empty")
        return Markup(keyboard={**given, "keyboard": rows})
    if given.get("remove_keyboard") or given.get("force_reply"):
        return Markup(keyboard=dict(given))
    return Markup()


def _rows(given: object) -> list[list[object]]:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request("can't parse keyboard: an Array of Array of buttons expected")
    return given


def _inline_row(row: list[object]) -> list[JSON]:
    return [_inline_button(button) for button in row]


def _inline_button(button: object) -> JSON:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    action = next((name for name in ACTIONS if button.get(name) is not None), None)
    if action is None:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if action == "callback_data":
        _check_callback(button[action])
    if action == "url":
        _check_url(button[action])
    return {name: button[name] for name in ("text", action, *LOOKS) if button.get(name) is not None}


def _check_callback(payload: object) -> None:
    if not isinstance(payload, str) or not 1 <= len(payload.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: object) -> None:
    if not isinstance(url, str) or not (url.startswith(SAFE_SCHEMES) or "." in url) or " " in url:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: wrong HTTP URL")


def _reply_button(button: object, private: bool) -> JSON:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad_request("can't parse keyboard button: text must be non-empty")
    for name, what in REQUESTS.items():
        if button.get(name) and not private:
            raise bad_request(f"{what} can be requested in private chats only")
    return dict(button)
