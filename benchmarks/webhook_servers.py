"""The servers a webhook request is measured against, each in a process of its own: `python -m benchmarks.webhook_servers NAME PORT`.

raw      uvicorn with an application that answers 200 and nothing else
aiogram  aiogram's SimpleRequestHandler on aiohttp, the handler awaited, which does nothing
stored   our webhook: the update is on disk before the 200; nobody works on it
turned   our webhook with the turns of the whole product behind it, its replies recorded as sent
"""

import asyncio
import gc
import sys
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from functools import partial
from typing import Any

import uvicorn
import uvloop

SECRET = "s" * 32
PATH = "/telegram"


class _Quiet(uvicorn.Server):
    def install_signal_handlers(self) -> None: ...

    def capture_signals(self) -> Any:
        return nullcontext()


async def serve(app: Any, port: int) -> None:
    """Listen as the service does."""
    given = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off")
    gc.freeze()
    await _Quiet(given).serve()


async def raw(port: int) -> None:
    """Read the body, answer 200."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    await serve(app, port)


async def of_aiogram(port: int) -> None:
    """Serve as aiogram's documentation shows, but answer only after the handler."""
    from aiogram import Dispatcher
    from aiogram.types import Message
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from aiohttp import web

    from benchmarks.floors_inbound import bot_of

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def heard(message: Message) -> None: ...

    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot_of(), handle_in_background=False, secret_token=SECRET)
    handler.register(app, path=PATH)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    gc.freeze()
    await asyncio.Event().wait()


class _Unworked:
    def kick(self, lanes: list[str]) -> None:
        """Leave them alone."""


class _Settling:
    """Stands in for the courier: every reply was accepted at once."""

    def __init__(self, database: Any) -> None:
        self._database = database

    async def say(self, rows: Any, tap_id: str | None, toast: str) -> None:
        from channels.outcomes import Sent
        from channels.settling import settle

        for row in rows:
            await self._database.run(partial(settle, bot_id=1, row=row, outcome=Sent(message_id=7)))

    def wake(self) -> None: ...


async def of_ours(port: int, *, turned: bool) -> None:
    """Serve the product's webhook on a new SQLite file."""
    from benchmarks.inbound import settings_for
    from bot import wiring
    from bot.intake import Intake
    from storage import inbox
    from storage.migrations.runner import migrate
    from web.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/webhook.db"
        await asyncio.to_thread(migrate, url)
        service: Any = wiring.build(settings_for(url))
        service.courier = _Settling(service.database)
        await service.database.start()
        dialogue = wiring.build_dialogue(service)
        unworked: Any = _Unworked()
        intake = dialogue.intake if turned else Intake(service.database, unworked, service.settings.bot_id)

        async def health() -> dict[str, Any]:
            return {"ok": True, "open": len(await service.database.run(inbox.open_lanes))}

        async def metrics() -> bytes:
            return b""

        await serve(create_app(intake.take_in, SECRET, health, metrics), port)


SERVERS: dict[str, Callable[[int], Coroutine[Any, Any, None]]] = {
    "raw": raw,
    "aiogram": of_aiogram,
    "stored": partial(of_ours, turned=False),
    "turned": partial(of_ours, turned=True),
}

if __name__ == "__main__":
    uvloop.run(SERVERS[sys.argv[1]](int(sys.argv[2])))
