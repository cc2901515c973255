"""Polling against a server that answers as it is told: nothing is confirmed before it is stored (IN-04, IN-06)."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot import polling
from bot.intake import Intake
from bot.lanes import KINDS, Lanes
from bot.polling import Polling
from storage import inbox
from tests.databases import Opened, until

BOT, TOKEN = 42, "42:canary-AAHx-9fQ2mZ7LkTpWvB3sYdE5rNcGu1o"


def update(number: int) -> dict[str, Any]:
    chat = {"id": 501, "type": "private"}
    return {"update_id": number, "message": {"message_id": number, "date": 0, "chat": chat, "from": {"id": 501}}}


@dataclass
class Updates:
    """Answers getUpdates with what was prepared, in order; then it has nothing new until more is prepared."""

    url: str = ""
    asked: list[int | None] = field(default_factory=list)
    answers: deque[Any] = field(default_factory=deque)

    async def answer(self, request: web.Request) -> web.Response:
        given = await request.json()
        assert request.path == f"/bot{TOKEN}/getUpdates"
        assert given["allowed_updates"] == list(KINDS)
        self.asked.append(given.get("offset"))
        await until(lambda: self.answers)
        found = self.answers.popleft()
        if isinstance(found, bytes):
            return web.Response(status=502, body=found)
        if isinstance(found, int):
            return web.json_response({"ok": False, "error_code": found, "description": "x"}, status=found)
        return web.json_response({"ok": True, "result": found})


@pytest.fixture
async def server() -> AsyncIterator[Updates]:
    told = Updates()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", told.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    told.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield told
    await runner.cleanup()


@asynccontextmanager
async def polled(opened: Opened, server: Updates, woken: list[str] | None = None) -> AsyncIterator[Polling]:
    async def never(lane: str) -> float | None:
        return None

    class Noted(Lanes):
        def kick(self, lanes: list[str]) -> None:
            if woken is not None:
                woken.extend(lanes)

    intake = Intake(opened.database, Noted(never, lambda work, name: None), BOT)
    one = Polling(opened.database, intake, token=TOKEN, api_url=server.url, bot_id=BOT)
    task = asyncio.create_task(one.run())
    try:
        yield one
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_batch_is_confirmed_by_the_next_question(opened: Opened, server: Updates) -> None:
    woken: list[str] = []
    server.answers.extend([[update(7), update(8)], [], [update(9)]])
    async with polled(opened, server, woken):
        await until(lambda: len(server.asked) == 4)

    assert server.asked == [None, 9, 9, 10]
    assert await opened.one("SELECT count(*) FROM inbox") == 3
    assert woken == ["u:501"] * 3


async def test_it_goes_on_where_the_last_process_stopped(opened: Opened, server: Updates) -> None:
    await opened.database.run(lambda work: inbox.remember_next_update(work, BOT, 90))
    async with polled(opened, server):
        await until(lambda: server.asked)

    assert server.asked == [90]


async def test_a_repeated_batch_has_no_effect_twice(opened: Opened, server: Updates) -> None:
    """IN-04."""
    woken: list[str] = []
    batch = [update(7), update(8)]
    server.answers.extend([batch, batch, [update(8), update(9)]])
    async with polled(opened, server, woken):
        await until(lambda: len(server.asked) == 4)

    assert server.asked == [None, 9, 9, 10]
    assert await opened.one("SELECT count(*) FROM inbox") == 3
    assert len(woken) == 3


async def test_smaller_numbers_after_a_quiet_week_are_new(opened: Opened, server: Updates) -> None:
    server.answers.extend([[update(900_000)], [update(17)]])
    async with polled(opened, server):
        await until(lambda: len(server.asked) == 3)

    assert server.asked == [None, 900_001, 18]
    assert await opened.one("SELECT count(*) FROM inbox") == 2


async def test_an_update_without_a_number_does_not_stop_the_others(opened: Opened, server: Updates) -> None:
    server.answers.append([{"message": {}}, {"update_id": "x"}, {"update_id": 2**63 - 1}, update(7)])
    async with polled(opened, server):
        await until(lambda: len(server.asked) == 2)

    assert server.asked == [None, 8]
    assert await opened.one("SELECT count(*) FROM inbox") == 1


async def test_nothing_is_confirmed_while_the_database_is_away(
    opened: Opened, server: Updates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IN-06: the same offset again and again, growing pauses, few lines, and everything once afterwards."""
    pauses: list[float] = []
    run, away = opened.database.run, [False]

    async def sometimes(unit: Any) -> Any:
        if away[0]:
            raise ConnectionRefusedError
        return await run(unit)

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        away[0] = len(pauses) < 12
        if not away[0] and not server.answers:
            server.answers.append([update(number) for number in range(7, 27)])

    class Time:
        sleep = staticmethod(pause)

    monkeypatch.setattr(polling, "asyncio", Time)
    monkeypatch.setattr(opened.database, "run", sometimes)
    with capture_logs() as lines:
        async with polled(opened, server):
            await until(lambda: server.asked)
            away[0] = True
            server.answers.append([update(number) for number in range(7, 27)])
            await until(lambda: len(server.asked) == 3)

    assert server.asked == [None, None, 27]
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30]
    assert [line["event"] for line in lines] == ["poll_failed"]
    assert TOKEN not in str(lines)
    assert await opened.one("SELECT count(*) FROM inbox") == 20


@pytest.mark.parametrize("answer", [b"<html>Bad Gateway</html>", b"[]", 500, 409, 429, 401, 404])
async def test_a_server_in_trouble_is_asked_again(
    sqlite: Opened, server: Updates, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    class Time:
        sleep = staticmethod(pause)

    monkeypatch.setattr(polling, "asyncio", Time)
    server.answers.extend([answer, answer, [update(7)]])
    with capture_logs() as lines:
        async with polled(sqlite, server):
            await until(lambda: len(server.asked) == 4)

    assert server.asked == [None, None, None, 8]
    assert pauses == ([30, 30] if answer in (401, 404) else [0.5, 1])
    assert len(lines) == 1, "the same trouble is one line"
    known = {401: ("token_refused", "error"), 404: ("token_refused", "error"), 409: ("standing_by", "warning")}
    event = (lines[0]["event"], lines[0]["log_level"])
    assert event == (
        known.get(answer, ("poll_failed", "warning")) if isinstance(answer, int) else ("poll_failed", "warning")
    )
    assert ("mend" in lines[0]) == (lines[0]["event"] != "poll_failed")


async def test_a_pause_ends_with_the_first_success(
    sqlite: Opened, server: Updates, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    class Time:
        sleep = staticmethod(pause)

    monkeypatch.setattr(polling, "asyncio", Time)
    server.answers.extend([500, 500, [], 500])
    async with polled(sqlite, server):
        await until(lambda: len(pauses) == 3)

    assert pauses == [0.5, 1, 0.5]
