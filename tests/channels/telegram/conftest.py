"""A small real server on loopback that answers what a test tells it to, and remembers what it was asked."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from channels.telegram.sender import Sender

TOKEN = "42:secret-canary-token"


@dataclass
class Call:
    """One request: the method's name, its parameters, and how they came."""

    method: str
    given: dict[str, Any]
    kind: str


@dataclass
class Answer:
    """What to answer: a JSON result or error, a body of its own, or a deed in place of an answer."""

    result: Any = True
    code: int = 200
    description: str = ""
    parameters: dict[str, Any] | None = None
    body: bytes | None = None
    deed: str = ""


@dataclass
class Server:
    """Answers with the prepared answers in order, then with a plain success."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: deque[Answer] = field(default_factory=deque)

    def will(self, *answers: Answer) -> None:
        self.answers.extend(answers)

    def refuses(self, code: int, description: str, **parameters: Any) -> None:
        self.will(Answer(code=code, description=description, parameters=parameters or None))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        self.calls.append(Call(method, await _given(request), request.content_type))
        prepared = self.answers.popleft() if self.answers else Answer(_result(method, self.calls[-1].given))
        if prepared.deed == "reset":
            assert request.transport is not None
            request.transport.abort()
        if prepared.deed == "silence":
            await asyncio.sleep(3600)
        if prepared.body is not None:
            return web.Response(status=prepared.code, body=prepared.body)
        return web.json_response(_envelope(prepared), status=prepared.code)


def _envelope(answer: Answer) -> dict[str, Any]:
    if answer.code == 200 and not answer.description:
        return {"ok": True, "result": answer.result}
    said = {"ok": False, "error_code": answer.code, "description": answer.description}
    return said | ({"parameters": answer.parameters} if answer.parameters else {})


def _result(method: str, given: dict[str, Any]) -> Any:
    chat = {"id": int(given.get("chat_id", 0)), "type": "private"}
    if method in {"sendMessage", "editMessageText", "sendDocument"}:
        return {"message_id": 7, "date": 1_700_000_000, "chat": chat, "text": given.get("text", "")}
    if method == "copyMessage":
        return {"message_id": 8}
    if method == "createForumTopic":
        return {"message_thread_id": 99, "name": given["name"], "icon_color": 0}
    return True


async def _given(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(json.loads(await request.read()))
    posted = await request.post()
    return {name: value.file.read() if isinstance(value, web.FileField) else value for name, value in posted.items()}


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    told = Server()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", told.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    told.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield told
    await runner.cleanup()


@pytest.fixture
async def sender(server: Server) -> AsyncIterator[Sender]:
    async with Sender(TOKEN, server.url, timeout=5) as speaking:
        yield speaking
