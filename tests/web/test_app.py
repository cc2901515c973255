"""What listens for the messenger, over a real socket: who is let in, what is refused, what is kept (IN-03, IN-05, IN-11, IN-13)."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import uvicorn

from bot.intake import Intake
from bot.lanes import Lanes
from tests.databases import until
from web.app import LARGEST, WEBHOOK, create_app

SECRET = "s3cret-canary_ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {"update_id": 7, "message": {"chat": {"id": 5, "type": "private"}, "text": "Hello"}}


@dataclass
class Listening:
    """A served application and what it was handed."""

    port: int = 0
    kept: list[dict[str, Any]] = field(default_factory=list)
    failure: Exception | None = None
    well: bool = True

    async def take_in(self, updates: list[dict[str, Any]]) -> None:
        if self.failure is not None:
            raise self.failure
        self.kept.extend(updates)

    async def health(self) -> dict[str, Any]:
        return {"ok": self.well, "inbox_open": 3}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


async def figures() -> bytes:
    return b"jobline_inbox_open 3\n"


class Server(uvicorn.Server):
    """uvicorn that leaves the test's signals alone."""

    def capture_signals(self) -> Any:
        from contextlib import nullcontext

        return nullcontext()


async def served(app: Any) -> AsyncIterator[int]:
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False, lifespan="off")
    server = Server(config)
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve())
        await until(lambda: server.started)
        yield server.servers[0].sockets[0].getsockname()[1]
        server.should_exit = True


@pytest.fixture
async def listening() -> AsyncIterator[Listening]:
    told = Listening()
    async for port in served(create_app(told.take_in, SECRET, told.health, figures)):
        told.port = port
        yield told


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def post(
    client: aiohttp.ClientSession,
    listening: Listening,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes]:
    given = {HEADER: SECRET, "Content-Type": "application/json"} | (headers or {})
    sent = json.dumps(UPDATE).encode() if body is None else body
    async with client.post(listening.url + WEBHOOK, data=io.BytesIO(sent), headers=given) as answer:
        return answer.status, await answer.read()


async def test_an_update_is_handed_over_before_it_is_acknowledged(
    client: aiohttp.ClientSession, listening: Listening
) -> None:
    assert await post(client, listening) == (200, b"")
    assert listening.kept == [UPDATE]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "wrong",
        SECRET[:-1],
        SECRET + "x",
        SECRET.lower(),
        SECRET[:-1] + "x",
        "x" * 300,
        f"{SECRET},{SECRET}",
        "é" * 40,
    ],
    ids=range(9),
)
async def test_a_wrong_secret_is_turned_away(
    client: aiohttp.ClientSession, listening: Listening, given: str, caplog: pytest.LogCaptureFixture
) -> None:
    """IN-11: nothing is stored, nothing is echoed, nothing is logged."""
    status, body = await post(client, listening, headers={HEADER: given})

    assert (status, body) == (403, b"")
    assert listening.kept == []
    assert not given or given not in caplog.text


async def test_no_secret_and_two_secrets_are_turned_away(client: aiohttp.ClientSession, listening: Listening) -> None:
    from multidict import CIMultiDict

    for headers in (CIMultiDict[str](), CIMultiDict([(HEADER, SECRET), (HEADER, SECRET)])):
        async with client.post(listening.url + WEBHOOK, data=json.dumps(UPDATE), headers=headers) as answer:
            assert answer.status == 403
    assert listening.kept == []


async def test_only_the_right_path_and_method_lead_in(client: aiohttp.ClientSession, listening: Listening) -> None:
    statuses = []
    for method, path in [("GET", WEBHOOK), ("PUT", WEBHOOK), ("POST", "/"), ("POST", "/telegram/x"), ("GET", "/admin")]:
        async with client.request(method, listening.url + path, headers={HEADER: SECRET}) as answer:
            statuses.append(answer.status)

    assert statuses == [405, 405, 404, 404, 404]
    assert listening.kept == []


BAD_BODIES = {
    "empty": (b"", 400),
    "broken": (b'{"update_id": 7', 400),
    "not text": (b"\xff\xfe\x00", 400),
    "a list": (b"[1]", 400),
    "a number": (b"7", 400),
    "no number": (b"{}", 400),
    "a word for a number": (b'{"update_id": "7"}', 400),
    "a truth for a number": (b'{"update_id": true}', 400),
    "a fraction": (b'{"update_id": 7.5}', 400),
    "a negative number": (b'{"update_id": -1}', 400),
    "too large a number": (b'{"update_id": 9223372036854775807}', 400),
    "far too large a number": (b'{"update_id": ' + b"9" * 5000 + b"}", 400),
    "deep": (b"[" * 500_000, 400),
    "deep and closed": (b'{"update_id": 7, "x": ' + b"[" * 400_000 + b"]" * 400_000 + b"}", 400),
    "squeezed": (gzip.compress(json.dumps(UPDATE).encode()), 400),
    "too large": (b" " * (LARGEST + 1), 413),
}


@pytest.mark.parametrize("name", BAD_BODIES)
async def test_a_bad_body_is_refused_and_the_next_update_is_taken(
    client: aiohttp.ClientSession, listening: Listening, name: str
) -> None:
    """IN-13."""
    body, status = BAD_BODIES[name]

    assert await post(client, listening, body) == (status, b"")
    assert listening.kept == []
    assert (await post(client, listening))[0] == 200


async def test_a_bomb_is_not_unpacked(client: aiohttp.ClientSession, listening: Listening) -> None:
    bomb = gzip.compress(b'{"update_id": 7, "x": "' + b"x" * 50_000_000 + b'"}')

    assert (await post(client, listening, bomb, {"Content-Encoding": "gzip"}))[0] == 400


async def test_a_body_without_a_length_is_cut_off_at_the_limit(
    client: aiohttp.ClientSession, listening: Listening
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 65536 + 64):
            yield b" " * 65536

    try:
        async with client.post(listening.url + WEBHOOK, data=endless(), headers={HEADER: SECRET}) as answer:
            assert answer.status == 413
    except aiohttp.ClientError:
        pass  # the server may hang up while we still send
    assert listening.kept == []
    assert (await post(client, listening))[0] == 200


@pytest.mark.parametrize("length", ["²", "-1", "+5", "5, 5", "0x10", "", "9" * 400])
async def test_a_strange_length_never_becomes_a_failure(listening: Listening, length: str) -> None:
    """Straight at the application: servers refuse most of these themselves."""
    app = create_app(listening.take_in, SECRET, listening.health, figures)
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(UPDATE).encode(), "more_body": False}

    async def send(message: Any) -> None:
        said.append(message)

    headers = [(HEADER.lower().encode(), SECRET.encode()), (b"content-length", length.encode("latin-1"))]
    scope = {"type": "http", "method": "POST", "path": WEBHOOK, "headers": headers, "query_string": b""}
    await app(scope, receive, send)

    assert said[0]["status"] == 413
    assert listening.kept == []


async def test_smuggled_framing_reaches_nobody(listening: Listening) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", listening.port)
    writer.write(
        f"POST {WEBHOOK} HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 5\r\n"
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n".encode()
    )
    await writer.drain()
    status = await asyncio.wait_for(reader.readline(), 10)
    writer.close()

    assert status.split()[1].startswith(b"4")
    assert listening.kept == []


async def test_somebody_who_hangs_up_halfway_leaves_nothing(
    client: aiohttp.ClientSession, listening: Listening
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", listening.port)
    writer.write(
        f'POST {WEBHOOK} HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 900\r\n\r\n{{"upd'.encode()
    )
    await writer.drain()
    writer.close()

    assert (await post(client, listening))[0] == 200
    assert listening.kept == [UPDATE]


@pytest.mark.parametrize("failure", [ConnectionRefusedError(), TimeoutError(), RuntimeError("secret-canary")])
async def test_what_cannot_be_stored_is_asked_for_again(
    client: aiohttp.ClientSession, listening: Listening, failure: Exception
) -> None:
    """IN-05: never 200 for something that is only in memory."""
    listening.failure = failure
    given = {HEADER: SECRET}
    async with client.post(listening.url + WEBHOOK, data=json.dumps(UPDATE), headers=given) as answer:
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) <= 5
        assert await answer.read() == b""
    listening.failure = None
    assert (await post(client, listening))[0] == 200
    assert listening.kept == [UPDATE]


async def test_health_and_metrics_answer(client: aiohttp.ClientSession, listening: Listening) -> None:
    async with client.get(f"{listening.url}/health") as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True, "inbox_open": 3})
    listening.well = False
    async with client.get(f"{listening.url}/health") as answer:
        assert answer.status == 503
    async with client.get(f"{listening.url}/metrics") as answer:
        assert answer.content_type == "text/plain"
        assert await answer.text() == "jobline_inbox_open 3\n"


async def test_without_a_webhook_there_is_no_way_in(client: aiohttp.ClientSession) -> None:
    told = Listening()
    async for port in served(create_app(None, "", told.health, figures)):
        told.port = port
        assert (await post(client, told, headers={HEADER: ""}))[0] == 404


async def test_twenty_copies_at_once_on_two_processes_have_one_effect(
    client: aiohttp.ClientSession, opened: Any
) -> None:
    """IN-03 with 10 updates and 20 copies each: all get 200, each is stored once."""
    other = await opened.once_more()

    async def never(lane: str) -> float | None:
        return None

    def spawn(work: Any, name: str) -> None:
        work.close()

    intakes = [Intake(database, Lanes(never, spawn), 42) for database in (opened.database, other)]
    told = Listening()
    first = served(create_app(intakes[0].take_in, SECRET, told.health, figures))
    second = served(create_app(intakes[1].take_in, SECRET, told.health, figures))
    statuses: list[tuple[int, bytes]] = []
    async for one in first:
        async for two in second:
            bodies = [json.dumps(UPDATE | {"update_id": number}).encode() for number in range(10)]
            statuses = await asyncio.gather(
                *(post(client, Listening(port), body) for body in bodies for port in (one, two) * 10)
            )
    assert {status for status, _ in statuses} == {200}
    assert len(statuses) == 200
    assert await opened.one("SELECT count(*) FROM inbox") == 10
