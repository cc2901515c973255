"""The dispatcher: nobody is asked in vain, nobody is forgotten, and every handler can be given what it asks for."""

import inspect
from collections.abc import Iterator
from typing import get_type_hints

import pytest
import pytest_asyncio
from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot import wiring
from bot.dispatcher import IndexedObserver, build_dispatcher
from handlers.routers import PRIVATE, STAFF
from services import actions
from tests.phone import World

EVENTS = ("message", "edited_message", "callback_query", "my_chat_member")
HEARD = {
    "message": Message,
    "edited_message": Message,
    "callback_query": CallbackQuery,
    "my_chat_member": ChatMemberUpdated,
}


def handlers(routers: tuple[Router, ...]) -> Iterator[tuple[str, HandlerObject]]:
    """Give every registered handler with the kind of update it hears."""
    for router in routers:
        for kind in EVENTS:
            yield from ((kind, handler) for handler in router.observers[kind].handlers)


ALL = [*((kind, one, "private") for kind, one in handlers(PRIVATE)), *((k, one, "staff") for k, one in handlers(STAFF))]


@pytest_asyncio.fixture
async def given(sqlite_world: World, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Give the names that real turns offer handlers, in private and among staff."""
    seen: list[set[str]] = []

    async def offered(_dispatcher: object, _kind: str, _event: object, **given: object) -> None:
        seen.append(set(given))

    monkeypatch.setattr("bot.turn.offer", offered)
    await sqlite_world.phone().say("/start")
    await sqlite_world.desk().say("/take")
    return {"private": seen[0], "staff": seen[1]}


async def test_every_handler_can_be_given_what_it_asks_for(given: dict[str, set[str]]) -> None:
    for kind, handler, where in ALL:
        first, *asked = inspect.signature(handler.callback).parameters
        known = set(given[where])
        for one in handler.filters or ():
            known |= {"Tapped": {"tap"}, "Typed": {"argument"}, "WithForm": {"form"}}.get(
                type(one.callback).__name__, set()
            )
        missing = set(asked) - known
        assert not missing, f"{handler.callback.__qualname__} asks for {missing}"
        heard = get_type_hints(handler.callback)[first]
        assert heard in {HEARD[kind], object}, f"{handler.callback.__qualname__} hears {kind}"


async def test_what_is_given_is_of_the_type_that_is_asked_for(sqlite_world: World) -> None:
    given = wiring.given_to_handlers(sqlite_world.service)
    for _kind, handler, _where in ALL:
        for name, wanted in get_type_hints(handler.callback).items():
            if name in given and inspect.isclass(wanted):
                assert isinstance(given[name], wanted), f"{handler.callback.__qualname__}: {name}"


def test_every_handler_says_what_it_hears_and_says_so_once() -> None:
    names = [handler.callback.__qualname__ for _kind, handler, _where in ALL]
    assert all(handler.callback.__doc__ for _kind, handler, _where in ALL)
    assert len(set(names)) == len(names)


def test_every_tap_is_heard_somewhere() -> None:
    heard = {key for kind, handler, _ in ALL if kind == "callback_query" for key in _keys(handler)}
    deaf = {
        head
        for head, action in actions.known().items()
        if ("tap", head) not in heard and action.__module__.startswith(("handlers", "services"))
    }
    assert not deaf, f"nobody hears {deaf}"


def _keys(handler: HandlerObject) -> list[tuple[str, str]]:
    return [key for one in handler.filters or () for key in getattr(one.callback, "keys", ())]


def test_a_handler_without_a_key_is_refused() -> None:
    router = Router(name="test")

    @router.message()
    async def unfindable(message: Message) -> None:
        """Has no filter."""

    with pytest.raises(ValueError, match="unfindable has no filter"):
        build_dispatcher([router])


def test_the_index_holds_every_handler() -> None:
    for routers in (PRIVATE, STAFF):
        dispatcher = build_dispatcher(routers)
        for kind in EVENTS:
            observer = dispatcher.observers[kind]
            assert isinstance(observer, IndexedObserver)
            wanted = {key for heard, handler in handlers(routers) if heard == kind for key in _keys(handler)}
            assert observer.keys == wanted


def test_nobody_swallows_errors() -> None:
    assert all(not router.observers["error"].handlers for router in (*PRIVATE, *STAFF))


async def test_a_command_for_another_bot_is_not_for_us(sqlite_world: World) -> None:
    you = sqlite_world.phone()
    await you.say("/start@some_other_bot")
    assert "Which language" not in you.last.text
    await you.say("/START@Jobline_Test_Bot")
    assert "Which language" in you.last.text
