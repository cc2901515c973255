"""What a bot says about itself: name, descriptions, commands, menu button."""

import json
import re

from channels.messenger.errors import bad_request
from channels.messenger.methods.call import Call
from channels.messenger.model import JSON
from channels.messenger.views import me_json

COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
SCOPES = (
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators",
    "chat_member",
)  # fmt: skip
LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> JSON:
    """getMe."""
    return me_json(call.bot)


def scope_key(scope: object, language: str) -> str:
    """Where a list of commands applies, as one key."""
    scope = scope or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    parts = [scope["type"], *(str(scope[name]) for name in ("chat_id", "user_id") if name in scope)]
    return "|".join([*parts, language])


def _key(call: Call) -> str:
    return scope_key(call.params.structure("scope"), call.params.text("language_code"))


def set_commands(call: Call) -> bool:
    """setMyCommands."""
    given = call.params.structure("commands")
    if not isinstance(given, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_key(call)] = [_command(item) for item in given]
    call.world.save_bot(call.bot)
    call.world.events.tell("bot", bot_id=call.bot.id)
    return True


def _command(item: object) -> JSON:
    if not isinstance(item, dict) or not COMMAND.fullmatch(str(item.get("command", ""))):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(item.get("description", ""))) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": str(item["command"]).removeprefix("/"), "description": item["description"]}


def get_commands(call: Call) -> list[JSON]:
    """getMyCommands: exactly those of this scope and language."""
    return call.bot.commands.get(_key(call), [])


def delete_commands(call: Call) -> bool:
    """deleteMyCommands."""
    call.bot.commands.pop(_key(call), None)
    call.world.save_bot(call.bot)
    return True


def _set_profile(call: Call, what: str) -> bool:
    text = call.params.text(what)
    if len(text) > LIMITS[what]:
        raise bad_request(f"{what.replace('_', ' ')} is too long")
    key = f"{what}|{call.params.text('language_code')}"
    call.bot.profile[key] = text
    if key == "name|" and text:
        call.bot.first_name = text
    call.world.save_bot(call.bot)
    return True


def _get_profile(call: Call, what: str) -> JSON:
    profile, language = call.bot.profile, call.params.text("language_code")
    default = call.bot.first_name if what == "name" else ""
    return {what: profile.get(f"{what}|{language}") or profile.get(f"{what}|") or default}


def set_name(call: Call) -> bool:
    """setMyName."""
    return _set_profile(call, "name")


def get_name(call: Call) -> JSON:
    """getMyName."""
    return _get_profile(call, "name")


def set_description(call: Call) -> bool:
    """setMyDescription."""
    return _set_profile(call, "description")


def get_description(call: Call) -> JSON:
    """getMyDescription."""
    return _get_profile(call, "description")


def set_short_description(call: Call) -> bool:
    """setMyShortDescription."""
    return _set_profile(call, "short_description")


def get_short_description(call: Call) -> JSON:
    """getMyShortDescription."""
    return _get_profile(call, "short_description")


def set_menu_button(call: Call) -> bool:
    """setChatMenuButton."""
    button = call.params.structure("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse MenuButton: unsupported type specified")
    if button["type"] == "web_app" and not (button.get("text") and button.get("web_app")):
        raise bad_request("can't parse MenuButton: text and web_app are required")
    call.bot.menu_buttons[call.params.text("chat_id", "*")] = json.loads(json.dumps(button))
    call.world.save_bot(call.bot)
    call.world.events.tell("bot", bot_id=call.bot.id)
    return True


def get_menu_button(call: Call) -> JSON:
    """getChatMenuButton: the chat's own, else the bot's."""
    buttons = call.bot.menu_buttons
    return buttons.get(call.params.text("chat_id", "*")) or buttons.get("*") or {"type": "commands"}


def refuse_moving(call: Call) -> bool:
    """logOut and close concern a bot that changes servers; here there is one server."""
    raise bad_request(f"{call.method} is not needed: this messenger is the only server the bot has")
