"""Filters: which press, which command, which step. Each one names its key, by which updates find it without a search."""

from typing import Any

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from services.actions import Action, unpack

ANY = ("any", "")
"""The key of handlers that hear whatever nobody else did."""


class Tapped(Filter):
    """A press of a button of ours; gives the typed action as `tap`."""

    def __init__(self, action: type[Action]) -> None:
        self.action = action
        self.keys = (("tap", action.head()),)

    async def __call__(self, press: CallbackQuery) -> bool | dict[str, Any]:
        """Read the payload; anything that does not fit the action is not this press."""
        tap = unpack(press.data)
        return {"tap": tap} if isinstance(tap, self.action) else False


class Typed(Filter):
    """A command; gives what stands behind it as `argument`."""

    def __init__(self, *commands: str) -> None:
        self.commands = commands
        self.keys = tuple(("command", command) for command in commands)

    async def __call__(self, message: Message, bot_name: str) -> bool | dict[str, Any]:
        """Read the command; one that names another bot is not for us."""
        command, argument = command_in(message.text, bot_name)
        return {"argument": argument} if command in self.commands else False


class Awaiting(StateFilter):
    """Anything said while we wait in one of these steps."""

    def __init__(self, *steps: State | type[StatesGroup]) -> None:
        super().__init__(*steps)
        self.keys = tuple(("step", name) for step in steps for name in _names(step))


class Held(Awaiting):
    """Everything done while the person is in one of these steps, before any command or button is looked at."""

    def __init__(self, *steps: State | type[StatesGroup]) -> None:
        super().__init__(*steps)
        self.keys = tuple(("held", name) for _, name in self.keys)


class Otherwise(Filter):
    """Whatever no other handler of this kind of update took."""

    keys = (ANY,)

    async def __call__(self, event: Any) -> bool:
        """Accept."""
        return True


def _names(step: State | type[StatesGroup]) -> tuple[str, ...]:
    return (str(step.state),) if isinstance(step, State) else step.__all_states_names__


def command_in(text: str | None, bot_name: str) -> tuple[str, str]:
    """Split `/start@bot payload`; an empty command when there is none or it is for another bot."""
    if not text or not text.startswith("/"):
        return "", ""
    head, _, argument = text.partition(" ")
    command, _, addressee = head[1:].partition("@")
    if addressee and addressee.casefold() != bot_name.casefold():
        return "", ""
    return command.casefold(), argument.strip()
