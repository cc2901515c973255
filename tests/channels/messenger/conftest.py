"""A real messenger on loopback, a bot that only makes calls, and people."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiogram
import aiogram.types
import aiohttp
import pytest
import telegram

from channels.messenger.flood import FloodRules
from channels.messenger.server import Messenger, running
from tests.botapi_schema import check_result, check_update

TOKEN = "4242:a-token-for-tests"
ANNA, BORIS, CLARA = 5001, 5002, 5003
STAFF = -1001000000001
PEOPLE = [
    {"id": ANNA, "first_name": "Anna", "language_code": "ru"},
    {"id": BORIS, "first_name": "Boris", "language_code": "kk"},
    {"id": CLARA, "first_name": "Clara", "language_code": "en", "username": "clara"},
]
STAFF_GROUP = {"id": STAFF, "title": "Staff", "forum": True, "members": [CLARA], "admin": True}


@dataclass
class Answer:
    """An answer of the Bot API."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def result(self) -> Any:
        return self.body["result"]

    @property
    def description(self) -> str:
        return str(self.body["description"])


class World:
    """The messenger from outside: as a bot (`call`), as a person (`ui`), as a test (`control`)."""

    def __init__(self, messenger: Messenger, session: aiohttp.ClientSession) -> None:
        self.messenger = messenger
        self.session = session
        self.offset = 0

    @property
    def url(self) -> str:
        return self.messenger.url

    async def call(self, method: str, **params: Any) -> Answer:
        """A Bot API call by JSON; every good result is checked against the documentation."""
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as response:
            answer = Answer(response.status, await response.json(), dict(response.headers))
        assert answer.body["ok"] == (answer.status == 200)
        if answer.status == 200:
            check_result(method, answer.result)
        else:
            assert answer.body["error_code"] == answer.status
        return answer

    async def refused(self, method: str, **params: Any) -> str:
        """The description with which a call is refused."""
        answer = await self.call(method, **params)
        assert answer.status != 200, answer.body
        return answer.description

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """Everything new, confirmed; checked against the documentation and read by both libraries."""
        answer = await self.call("getUpdates", offset=self.offset, **params)
        for update in answer.result:
            check_update(update)
            assert telegram.Update.de_json(json.loads(json.dumps(update)), None) is not None
            aiogram.types.Update.model_validate(update)
            self.offset = update["update_id"] + 1
        return list(answer.result)

    async def update(self, kind: str) -> Any:
        """The only new update, of this kind."""
        updates = await self.updates()
        assert [name for one in updates for name in one if name != "update_id"] == [kind]
        return updates[0][kind]

    async def ui(self, path: str, expected: int = 200, /, **deed: Any) -> Any:
        """A deed of a person, under `/ui/`."""
        async with self.session.post(f"{self.url}/ui/{path}", json=deed) as response:
            body = await response.json()
        assert response.status == expected, body
        return body

    async def send(self, person: int = ANNA, **deed: Any) -> int:
        """A person sends something; its message id."""
        return int((await self.ui(f"people/{person}/send", **deed))["message_id"])

    async def said(self, person: int = ANNA, **query: Any) -> list[dict[str, Any]]:
        """What stands in a person's chat."""
        async with self.session.get(f"{self.url}/ui/people/{person}/messages", params=query) as response:
            return list((await response.json())["messages"])

    async def control(self, path: str, expected: int = 200, /, **deed: Any) -> Any:
        """Something only tests do, under `/control/`."""
        async with self.session.post(f"{self.url}/control/{path}", json=deed) as response:
            body = await response.json()
        assert response.status == expected, body
        return body

    async def calls(self, **query: Any) -> list[dict[str, Any]]:
        """The record of calls."""
        async with self.session.get(f"{self.url}/control/calls", params=query) as response:
            return list((await response.json())["calls"])


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as client:
        yield client


@pytest.fixture
async def messenger() -> AsyncIterator[Messenger]:
    """People, and a staff group whose updates were already fetched."""
    async with running(None, bots=[TOKEN], flood=FloodRules(mode="off")) as started:
        started.seed({"people": PEOPLE, "groups": [STAFF_GROUP]})
        started.world.queues[4242].clear()
        yield started


@pytest.fixture
def world(messenger: Messenger, session: aiohttp.ClientSession) -> World:
    return World(messenger, session)


@pytest.fixture
async def started(world: World) -> World:
    """Anna has started the bot, which has heard of it."""
    await world.send(text="/start")
    assert len(await world.updates()) == 1
    assert await world.updates() == []
    return world


@pytest.fixture
async def hears(messenger: Messenger) -> AsyncIterator[aiogram.Bot]:
    """aiogram as a client."""
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    session = AiohttpSession(api=TelegramAPIServer.from_base(messenger.url))
    async with aiogram.Bot(TOKEN, session=session) as bot:
        yield bot


@pytest.fixture
async def speaks(messenger: Messenger) -> AsyncIterator[telegram.Bot]:
    """python-telegram-bot as a client."""
    bot = telegram.Bot(TOKEN, base_url=f"{messenger.url}/bot", base_file_url=f"{messenger.url}/file/bot")
    async with bot:
        yield bot
