"""What a webhook request costs and how even its answers are: P3 and P16.

    python -m benchmarks.webhook [--quick]

P3   CPU of a request whose update is on disk before the 200, against aiogram's own handler, awaited, which stores nothing
P16  p99 over p50 at 70 % of the capacity found in the same run, the whole product at work behind it, against uvicorn answering nothing

Every server is a process of its own (`benchmarks/webhook_servers.py`); its CPU is read from the system. Latency counts from the instant a request was
due, so a server that stalls is charged for everybody who had to wait.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import uvloop

from benchmarks.measuring import MICRO, Verdict, quick, run_of

SECRET, PATH = "s" * 32, "/telegram"
CONNECTIONS = 16
AT_MOST = 64
"""Connections the messenger may open at most; what is due while all are busy waits, and its wait counts."""
PATIENCE = 60
PEOPLE = 1000
TICKS = os.sysconf("SC_CLK_TCK")


class Served(NamedTuple):
    """What a burst showed: microseconds of the server's CPU a request, requests a second."""

    cpu: float
    rate: float


class Spread(NamedTuple):
    """Latencies at a steady rate, in milliseconds."""

    middle: float
    late: float

    @property
    def ratio(self) -> float:
        """Give p99 over p50."""
        return self.late / self.middle


@dataclass
class Target:
    """A running server."""

    name: str
    port: int
    pid: int
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 2**40)))

    def cpu(self) -> float:
        """Give the seconds of CPU the server took so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    async def post(self) -> None:
        """Send one update and wait for the 200; again on a new connection where the server closed one that rested."""
        request = _request(next(self.numbers))
        while self.free:
            reader, writer = self.free.pop()
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                return await self._exchange(request, reader, writer)
        return await self._exchange(request, *await asyncio.open_connection("127.0.0.1", self.port))

    async def _exchange(self, request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        await reader.readexactly(int(length[0].split(b":")[1]) if length else 0)
        if not head.startswith(b"HTTP/1.1 200"):
            message = f"{self.name}: {head[:40]!r}"
            raise AssertionError(message)
        self.free.append((reader, writer))

    def hang_up(self) -> None:
        """Close the connections: the server closes those that rest for some seconds, in the middle of the next burst."""
        while self.free:
            self.free.pop()[1].close()

    async def idle(self) -> None:
        """Wait until every turn has ended."""
        while self.name == "turned" and await self._open():  # noqa: ASYNC110  # another process cannot set our events
            await asyncio.sleep(0.05)

    async def _open(self) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"GET /health HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n")
        body = (await reader.read()).rpartition(b"\r\n\r\n")[2]
        writer.close()
        return int(json.loads(body)["open"])


def _request(number: int) -> bytes:
    person = {"id": 1000 + number % PEOPLE, "is_bot": False, "first_name": "Айгуль", "language_code": "ru"}
    chat = {"id": person["id"], "type": "private", "first_name": "Айгуль"}
    message = {"message_id": number, "date": 1795317750, "chat": chat, "from": person, "text": "/register"}
    body = json.dumps({"update_id": number, "message": message}).encode()
    head = f"POST {PATH} HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n\r\n".encode() + body


@asynccontextmanager
async def served(name: str) -> AsyncIterator[Target]:
    """Run a server for the length of a block."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.webhook_servers", name, str(port)]
    process = await asyncio.create_subprocess_exec(*command, stderr=subprocess.DEVNULL)
    try:
        async with asyncio.timeout(PATIENCE):
            await _listening(port)
        yield Target(name, port, process.pid)
    finally:
        process.kill()
        await process.wait()


async def _listening(port: int) -> None:
    while True:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        return


async def burst(target: Target, count: int) -> Served:
    """Keep all connections busy until so many requests are answered, and their turns ended."""
    left = iter(range(count))
    cpu, began = target.cpu(), time.perf_counter()

    async def some() -> None:
        for _ in left:
            await target.post()

    await asyncio.gather(*(some() for _ in range(CONNECTIONS)))
    await target.idle()
    target.hang_up()
    return Served((target.cpu() - cpu) / count * MICRO, count / (time.perf_counter() - began))


async def steady(target: Target, rate: float, seconds: float) -> Spread:
    """Send on an absolute schedule."""
    loop, took = asyncio.get_running_loop(), list[float]()
    begin, room = loop.time() + 0.1, asyncio.Semaphore(AT_MOST)

    async def one(due: float) -> None:
        async with room:
            await target.post()
        took.append(loop.time() - due)

    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            due = begin + number / rate
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            group.create_task(one(due))
    await target.idle()
    return Spread(median(took) * 1000, quantiles(took, n=100)[98] * 1000)


async def costs(names: tuple[str, ...]) -> dict[str, Served]:
    """Give the medians of bursts in turn."""
    found: dict[str, list[Served]] = {name: [] for name in names}
    count, rounds = (400, 3) if quick() else (1500, 7)
    async with AsyncExitStack() as stack:
        targets = [await stack.enter_async_context(served(name)) for name in names]
        for number in range(rounds + 1):
            for target in targets[number % len(targets) :] + targets[: number % len(targets)]:
                one = await burst(target, count)
                if number:
                    found[target.name].append(one)
    return {
        name: Served(median(one.cpu for one in runs), median(one.rate for one in runs)) for name, runs in found.items()
    }


async def spreads() -> dict[str, Spread]:
    """Give how even the answers are at 70 % of what each server can do at that moment."""
    found = {}
    for name in ("raw", "turned"):
        async with served(name) as target:
            rates = [(await burst(target, 2 * PEOPLE)).rate for _ in range(3)]
            found[name] = await steady(target, min(rates) * 0.7, 10 if quick() else 60)
    return found


def measure() -> list[Verdict]:
    """Measure and judge."""
    with run_of("P3 and P16 webhook"):
        cost = uvloop.run(costs(("raw", "aiogram", "stored", "turned")))
        for name, one in cost.items():
            print(
                f"{name:10}{one.cpu:8.0f} us CPU a request{one.rate:8.0f} a second{one.cpu / cost['aiogram'].cpu:8.2f} x aiogram"
            )
        spread = uvloop.run(spreads())
        for name, seen in spread.items():
            print(f"{name:10} p50 {seen.middle:7.2f} ms  p99 {seen.late:7.2f} ms  p99/p50 {seen.ratio:6.1f}")
        results = [
            Verdict(
                "P3",
                "CPU of a stored request over aiogram's awaited handler",
                cost["stored"].cpu / cost["aiogram"].cpu,
                1.5,
            ),
            Verdict("P16", "p99/p50 at 70 % of capacity, whole product", spread["turned"].ratio, 2.5),
            Verdict("P16", "the same for uvicorn alone (the floor)", spread["raw"].ratio, 2.5),
        ]
        print(*results, sep="\n")
    return results


if __name__ == "__main__":
    measure()
