"""aiogram's dispatcher with an index: an update goes straight to the handlers that may want it.

aiogram asks handlers one after another, so a bot pays for every conversation it does not use. Every filter of ours
names its keys (`handlers/common/taps.py`); here they make a dictionary, and only what stands under an update's own keys is
asked, in aiogram's own way. The cost of an update no longer depends on how much the bot can do.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

from handlers.common.taps import ANY, command_in
from services.actions import head_of

Key = tuple[str, str]


class IndexedObserver(TelegramEventObserver):
    """Hears one kind of update and asks only the handlers registered under its keys."""

    def __init__(self, router: Router, event_name: str) -> None:
        super().__init__(router, event_name)
        self._index: dict[Key, list[HandlerObject]] = defaultdict(list)

    def learn(self, handlers: Iterable[HandlerObject]) -> None:
        """Take over handlers. Raises ValueError for one without a keyed filter: it could never be found."""
        for handler in handlers:
            keys = [key for one in handler.filters or () for key in getattr(one.callback, "keys", ())]
            if not keys:
                message = f"{handler.callback.__qualname__} has no filter that names its key."
                raise ValueError(message)
            for key in keys:
                self._index[key].append(handler)

    @property
    def keys(self) -> set[Key]:
        """Give every key somebody listens to."""
        return set(self._index)

    async def trigger(self, event: TelegramObject, **kwargs: Any) -> Any:
        """Ask the candidates in order: a step that holds everything, command or press, step, whoever hears the rest."""
        for key in _keys_of(event, kwargs):
            for handler in self._index.get(key, ()):
                fits, found = await handler.check(event, **kwargs)
                if fits:
                    try:
                        return await handler.call(event, **found)
                    except SkipHandler:
                        continue
        return UNHANDLED


def _keys_of(event: TelegramObject, given: dict[str, Any]) -> list[Key]:
    """Give the keys an update may be found under, the most telling first."""
    step = given.get("raw_state")
    keys: list[Key] = [("held", step)] if step else []
    if isinstance(event, CallbackQuery):
        keys.append(("tap", head_of(event.data)))
    elif isinstance(event, Message):
        command, _ = command_in(event.text, given["bot_name"])
        if command:
            keys.append(("command", command))
        if step:
            keys.append(("step", step))
    keys.append(ANY)
    return keys


def build_dispatcher(routers: Sequence[Router]) -> Dispatcher:
    """Make a dispatcher over conversations, in the order they are offered an update."""
    dispatcher = Dispatcher(disable_fsm=True)
    for name in ("message", "edited_message", "callback_query", "my_chat_member"):
        observer = IndexedObserver(dispatcher, name)
        for router in routers:
            observer.learn(router.observers[name].handlers)
        dispatcher.observers[name] = observer
    return dispatcher


def read(update: dict[str, Any], bot: Bot) -> Update:
    """Parse an update, but not the keyboard under a pressed message: nobody looks at it, and it costs more than the rest."""
    press = update.get("callback_query")
    pressed = press.get("message") if isinstance(press, dict) else None
    if isinstance(press, dict) and isinstance(pressed, dict) and "reply_markup" in pressed:
        rest = {name: value for name, value in pressed.items() if name != "reply_markup"}
        update = update | {"callback_query": press | {"message": rest}}
    return Update.model_validate(update, context={"bot": bot})


async def offer(dispatcher: Dispatcher, kind: str, event: TelegramObject, **given: Any) -> Any:
    """Offer an event to the conversations. Gives what the handler returned; UNHANDLED when nobody answered."""
    return await dispatcher.observers[kind].trigger(event, **given)
