"""Running the parts: everything in one process, or dialogue, delivery and scheduler apart."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from typing import Any

import structlog
import uvicorn
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot import wiring
from bot.lanes import KINDS
from bot.lifecycle import Job, ServiceLock
from bot.settings import Settings
from bot.wiring import Dialogue, Service
from channels.telegram.answers import Myself
from storage import inbox
from storage.queries import health
from web.app import WEBHOOK, create_app

log = structlog.get_logger("service")

SWEEP_EVERY = 2.0
ASK_AGAIN = 2.0


class _Server(uvicorn.Server):
    """uvicorn without signal handlers: the service decides when to stop."""

    def install_signal_handlers(self) -> None:
        """Install none."""

    def capture_signals(self) -> Any:
        """Capture none."""
        return nullcontext()


@asynccontextmanager
async def running(
    settings: Settings, *, dialogue: bool = True, delivery: bool = True, scheduler: bool = True
) -> AsyncIterator[Service]:
    """Run the wanted parts for the length of a block. Raises AlreadyRunning for a second service on a SQLite file."""
    lock = ServiceLock(settings.database_url)
    lock.take()
    parts: list[Dialogue] = []
    service = wiring.build(settings, told=lambda lane: parts[0].lanes.kick([lane]) if parts else None)
    async with AsyncExitStack() as stack:
        stack.callback(lock.release)
        await service.database.start()
        stack.push_async_callback(service.database.stop)
        await service.database.run(
            lambda work: wiring.take_over(work, settings, alone=settings.database_url.startswith("sqlite"))
        )
        await service.sender.start()
        stack.push_async_callback(service.sender.stop)
        stack.push_async_callback(service.nursery.stop)
        forever = [service.pace.run()]
        if delivery:
            forever.append(service.courier.run())
        if dialogue:
            parts.append(wiring.build_dialogue(service))
            forever += _listening(service, parts[0])
            stack.push_async_callback(parts[0].lanes.stop)
        if scheduler:
            service.schedule.start()
            stack.callback(service.schedule.stop)
        tasks = [service.nursery.start(coroutine, "listening and sending") for coroutine in forever]
        stack.push_async_callback(_end, service, tasks)
        if settings.web:
            await stack.enter_async_context(_web(service, parts[0] if parts else None))
        yield service


async def _end(service: Service, jobs: list[Job]) -> None:
    await service.courier.stop()
    for job in jobs:
        job.task.cancel()
    await asyncio.gather(*(job.task for job in jobs), return_exceptions=True)


def _listening(service: Service, dialogue: Dialogue) -> list[Any]:
    """Give what runs while updates are heard."""
    from bot.polling import Polling

    settings = service.settings
    listening = [_introduce(service), _sweep(service, dialogue)]
    if not settings.webhook_url:
        polling = Polling(
            service.database,
            dialogue.intake,
            token=settings.token.get_secret_value(),
            api_url=settings.api_url,
            bot_id=settings.bot_id,
        )
        listening.append(polling.run())
    return listening


async def _introduce(service: Service) -> None:
    """Learn the bot's own name, set its menu and its way of hearing; again and again while the messenger is away."""
    while not isinstance(me := await service.sender.me(), Myself):
        log.warning("messenger_away", again_in=ASK_AGAIN)
        await asyncio.sleep(ASK_AGAIN)
    service.bot_name = me.username
    settings = service.settings
    if settings.webhook_url:
        secret = settings.webhook_secret.get_secret_value()
        await service.sender.set_webhook(settings.webhook_url + WEBHOOK, secret, updates=KINDS)
    else:
        await service.sender.delete_webhook()
    from handlers.start.screens import menu_commands

    for language in settings.languages:
        commands = menu_commands(service.content.languages[language])
        await service.sender.set_commands(commands, language=language, scope="private")
    await service.sender.set_commands(menu_commands(service.content.languages[settings.languages[0]]), scope="private")


async def _sweep(service: Service, dialogue: Dialogue) -> None:
    """Pick up updates nobody works on: those of a dead process, and what the courier found out."""
    while True:
        try:
            waiting = await service.database.run(inbox.open_lanes)
            dialogue.lanes.kick([lane for lane in waiting if not dialogue.lanes.is_running(lane)])
        except Exception as failure:  # noqa: BLE001  # the next sweep comes anyway
            log.error("sweep_failed", failure=failure)
        await asyncio.sleep(SWEEP_EVERY)


@asynccontextmanager
async def _web(service: Service, dialogue: Dialogue | None) -> AsyncIterator[None]:
    """Listen for the webhook, health and metrics."""
    settings = service.settings
    registry = CollectorRegistry()
    gauges = {name: Gauge(f"jobline_{name}", text, registry=registry) for name, text in health.COUNTS.items()}

    async def look() -> dict[str, Any]:
        try:
            counts = await service.database.run(health.counts)
        except Exception as failure:  # noqa: BLE001  # an unreachable database is what health is asked about
            return {"ok": False, "database": type(failure).__name__}
        for name, count in counts.items():
            gauges[name].set(count)
        return {"ok": not service.courier.token_refused, **counts}

    take_in = dialogue.intake.take_in if dialogue and settings.webhook_url else None
    secret = settings.webhook_secret.get_secret_value()

    async def measure() -> bytes:
        await look()
        return generate_latest(registry)

    app = create_app(take_in, secret, look, measure)
    host, _, port = settings.web.rpartition(":")
    server = _Server(uvicorn.Config(app, host=host, port=int(port), log_config=None, access_log=False, lifespan="off"))
    serving = service.nursery.start(server.serve(), "web")
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.wait([serving.task], timeout=5)
