"""The floors of sending: one message to a server that does nothing, without pace, outcome or database.

Each is measured in a process of its own, so that no library pays for another's memory or imports.

    python -m benchmarks.floors_outbound raw|aiogram URL COUNT IN_FLIGHT
"""

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from urllib.parse import urlsplit

TOKEN = "42:benchmark"
WORDS = "Three new vacancies near you: <b>welder</b>, <b>driver</b>, <b>cook</b>. See you on Monday!"
WARM_UP = 300

Send = Callable[[int], Awaitable[object]]
Sending = Callable[[str], AbstractAsyncContextManager[Send]]


@asynccontextmanager
async def raw(url: str) -> AsyncIterator[Send]:
    """Sockets and prepared bytes: what the loop itself costs."""
    place = urlsplit(url)
    free: asyncio.LifoQueue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.LifoQueue()
    opened: list[asyncio.StreamWriter] = []

    async def send(chat_id: int) -> None:
        if free.empty():
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
            opened.append(writer)
        else:
            reader, writer = free.get_nowait()
        body = json.dumps({"chat_id": chat_id, "text": WORDS, "parse_mode": "HTML"}).encode()
        writer.write(b"POST /bot/sendMessage HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.rpartition(b": ")[2]))
        free.put_nowait((reader, writer))

    yield send
    for writer in opened:
        writer.close()


@asynccontextmanager
async def aiogram(url: str) -> AsyncIterator[Send]:
    """aiogram's bare `send_message`."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    yield lambda chat_id: bot.send_message(chat_id, WORDS, parse_mode="HTML")
    await bot.session.close()


async def cost(sending: Sending, url: str, count: int, in_flight: int) -> dict[str, float]:
    """Send `count` messages, so many at a time. Gives CPU microseconds a send, sends a second, peak memory in MiB."""
    async with sending(url) as send:
        await _send_all(send, range(-WARM_UP, 0), in_flight)
        cpu, began = time.process_time(), time.perf_counter()
        await _send_all(send, range(1, count + 1), in_flight)
        cpu, took = time.process_time() - cpu, time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": cpu / count * 1e6, "a_second": count / took, "peak": peak}


async def _send_all(send: Send, chat_ids: Iterable[int], in_flight: int) -> None:
    chats = iter(chat_ids)

    async def keep_sending() -> None:
        for chat_id in chats:
            await send(chat_id)

    async with asyncio.TaskGroup() as group:
        for _ in range(in_flight):
            group.create_task(keep_sending())


def in_own_process(module: str, kind: str, url: str, count: int, in_flight: int) -> dict[str, float]:
    """Measure in a fresh process."""
    command = [sys.executable, "-m", module, kind, url, str(count), str(in_flight)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(json.loads(told))


def answer_as_child(kinds: dict[str, Sending]) -> None:
    """Be the fresh process: measure what the command line names and print it."""
    import uvloop

    kind, url, count, in_flight = sys.argv[1:5]
    print(json.dumps(uvloop.run(cost(kinds[kind], url, int(count), int(in_flight)))))


if __name__ == "__main__":
    answer_as_child({"raw": raw, "aiogram": aiogram})
