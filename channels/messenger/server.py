"""The messenger as an application, inside another program or as a process of its own."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Generator, Iterable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from channels.messenger import control, page, ui
from channels.messenger.api import BotApi
from channels.messenger.flood import FloodRules
from channels.messenger.model import JSON
from channels.messenger.seed import seed
from channels.messenger.world import World

log = logging.getLogger(__name__)


class ResettableProtocol(H11Protocol):
    """Sends answers without waiting for company, and lets the application reach its connection to reset it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn narrows it
        """Hand the transport on with every request."""
        super().connection_made(transport)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app_state = {**self.app_state, "transport": transport}


class EmbeddedServer(uvicorn.Server):
    """A uvicorn server that leaves the signals to the program around it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture nothing."""
        yield


class _Files:
    """The download side of the Bot API as an ASGI application."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._api.download(scope, receive, send)


def create_app(
    path: Path | str | None,
    *,
    bots: Iterable[str] = (),
    flood: FloodRules | None = None,
    local_only: bool = True,
) -> Starlette:
    """The whole messenger on one SQLite file (None: a temporary one); `bots` are tokens that shall exist."""
    world = World(Path(path) if path else None, flood)
    for token in bots:
        world.add_bot(token)
    api = BotApi(world)
    routes = [
        Route("/bot{token}/{method}", api),
        Route("/file/bot{token}/{path:path}", _Files(api)),
        *ui.routes,
        *control.routes,
        *page.routes,
    ]
    app = Starlette(routes=routes, lifespan=_lifespan)
    app.state.world = world
    app.state.local_only = local_only
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    world: World = app.state.world
    running = asyncio.get_running_loop().create_task(world.run())
    running.add_done_callback(_log_end)
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await world.close()


def _log_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("the messenger can no longer write its file: %s", type(error).__name__)


class Messenger:
    """A running messenger; `url` is where bots, pages and tests find it."""

    def __init__(
        self,
        path: Path | str | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        bots: Iterable[str] = (),
        flood: FloodRules | None = None,
    ) -> None:
        local = host in ("127.0.0.1", "localhost", "::1")
        self.app = create_app(path, bots=bots, flood=flood, local_only=local)
        self.world: World = self.app.state.world
        self._socket = socket.create_server((host, port), backlog=1024)
        self._host = host
        config: dict[str, Any] = {"http": ResettableProtocol, "ws": "none", "loop": "none", "lifespan": "on"}
        quiet: dict[str, Any] = {"log_config": None, "access_log": False, "server_header": False}
        self._server = EmbeddedServer(
            uvicorn.Config(self.app, timeout_graceful_shutdown=2, timeout_keep_alive=75, **config, **quiet)
        )
        self._serving: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        """Its address, without a trailing slash."""
        return f"http://{self._host}:{self.port}"

    def seed(self, given: JSON) -> JSON:
        """See `channels.messenger.seed.seed`."""
        return seed(self.world, given)

    async def start(self) -> None:
        """Serve; returns once requests are answered."""
        self._serving = asyncio.get_running_loop().create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started:
            if self._serving.done():
                await self._serving
                raise RuntimeError("the messenger did not start")
            await asyncio.sleep(0.005)

    async def wait(self) -> None:
        """Until it has stopped."""
        if self._serving is not None:
            await self._serving

    async def stop(self) -> None:
        """Send everybody home and stop."""
        self.world.events.close()
        for queue in self.world.queues.values():
            queue.close()
        self._server.should_exit = True
        await self.wait()
        self._socket.close()


@contextlib.asynccontextmanager
async def running(
    path: Path | str | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    bots: Iterable[str] = (),
    flood: FloodRules | None = None,
) -> AsyncIterator[Messenger]:
    """A messenger for the length of a block."""
    messenger = Messenger(path, host=host, port=port, bots=bots, flood=flood)
    await messenger.start()
    try:
        yield messenger
    finally:
        await messenger.stop()
