"""A messenger server for measuring senders: accepts anything, but never more than its rate in any sliding second.

It speaks just enough HTTP to cost little, runs in a process of its own, and keeps the instants it accepted and refused
messages at, so that a sender is judged by what arrived and not by what it believes.

    python -m benchmarks.strict_server PORT
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any, cast

import httpx

READY = "listening on "


@dataclass
class Terms:
    """What the server permits: `rate` 0 permits everything; `shut_for` seconds of refusals begin at message `shut_at`."""

    rate: int = 0
    delay: float = 0.0
    shut_at: int = 0
    shut_for: int = 0


@dataclass
class Record:
    """What happened, in seconds of the server's clock."""

    accepted: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    shut_at: float = 0.0


class Strict:
    """The terms in force and what they led to."""

    def __init__(self) -> None:
        self.agree(Terms())

    def agree(self, terms: Terms) -> None:
        self.terms = terms
        self.record = Record()
        self._second: deque[float] = deque()

    def judge(self) -> int:
        """Accept one message (0), or tell for how many seconds to be silent."""
        now = time.monotonic()
        wait = self._wait(now)
        if wait:
            self.record.refused.append(now)
            return wait
        self.record.accepted.append(now)
        self._second.append(now)
        return 0

    def _wait(self, now: float) -> int:
        terms, record = self.terms, self.record
        if terms.shut_for and not record.shut_at and len(record.accepted) >= terms.shut_at:
            record.shut_at = now
        if record.shut_at and now < record.shut_at + terms.shut_for:
            return terms.shut_for
        while self._second and self._second[0] <= now - 1.0:
            self._second.popleft()
        return 1 if terms.rate and len(self._second) >= terms.rate else 0


class Connection(asyncio.Protocol):
    """One keep-alive connection. Requests are not pipelined by any of the clients measured."""

    def __init__(self, strict: Strict) -> None:
        self._strict = strict
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, received: bytes) -> None:
        self._read += received
        head, found, body = self._read.partition(b"\r\n\r\n")
        if found and len(body) >= _length(head):
            self._read = b""
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"POST /terms"):
            self._strict.agree(Terms(**json.loads(body)))
            self._write(200, b"{}")
        elif head.startswith(b"GET /record"):
            self._write(200, json.dumps(asdict(self._strict.record)).encode())
        else:
            code, said = _said(self._strict.judge())
            asyncio.get_running_loop().call_later(self._strict.terms.delay, self._write, code, said)

    def _write(self, code: int, said: bytes) -> None:
        head = b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (code, len(said))
        self._transport.write(head + said)


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0] or 0)


def _said(wait: int) -> tuple[int, bytes]:
    if not wait:
        message = b'{"message_id":7,"date":1700000000,"chat":{"id":5,"type":"private","first_name":"A"},"text":"Hello"}'
        return 200, b'{"ok":true,"result":%s}' % message
    said = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": wait}}
    return 429, json.dumps(said).encode()


class Remote:
    """The server as the measuring process sees it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def agree(self, **terms: Any) -> None:
        """Set new terms and begin a new record."""
        httpx.post(f"{self.url}/terms", json=terms).raise_for_status()

    def record(self) -> Record:
        """Read what happened since."""
        return Record(**httpx.get(f"{self.url}/record").json())


@contextmanager
def strict_server() -> Iterator[Remote]:
    """Run the server in a process of its own."""
    server = subprocess.Popen([sys.executable, "-m", __spec__.name], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield Remote(server.stdout.readline().removeprefix(READY).strip())
    finally:
        server.terminate()
        server.wait()


def stand_for_another_machine() -> None:
    """Go first on the processor where that is allowed: a real server would not share ours, and its clock judges."""
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -15)


async def serve(port: int) -> None:
    strict = Strict()
    listening = await asyncio.get_running_loop().create_server(
        lambda: Connection(strict), "127.0.0.1", port, backlog=1024
    )
    print(f"{READY}http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    import uvloop

    stand_for_another_machine()
    uvloop.run(serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
