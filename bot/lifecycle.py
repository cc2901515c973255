"""The one door for background work: starts it, logs when it fails, and ends it in order.

Also holds the file lock that keeps a second service off the same SQLite file.
"""

import asyncio
import contextlib
import fcntl
import signal
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import structlog

log = structlog.get_logger("lifecycle")


@dataclass(frozen=True, slots=True)
class Job:
    """A started task; most starters need not hold on to it."""

    task: asyncio.Task[Any]


class Nursery:
    """Owns detached tasks: none is lost, none fails silently."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> "Job":
        """Start a task that this nursery watches."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251  # this is the one door
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return Job(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("task_failed", task=task.get_name(), failure=task.exception())

    async def stop(self, within: float = 15.0) -> None:
        """Let the tasks finish, then cancel what is left."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)


class AlreadyRunning(Exception):
    """Another service holds this database file."""


class ServiceLock:
    """One service per SQLite file, by an flock beside it that dies with its process. Other databases need none."""

    def __init__(self, database_url: str) -> None:
        path = database_url.removeprefix("sqlite:///")
        self._path = Path(path + ".service") if path != database_url else None
        self._file: TextIO | None = None

    def take(self) -> None:
        """Hold the lock until this process ends. Raises AlreadyRunning."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            message = f"A service is already running on {str(self._path).removesuffix('.service')}; stop it first."
            raise AlreadyRunning(message) from None
        self._file = file

    def release(self) -> None:
        """Let another service start."""
        if self._file is not None:
            self._file.close()
            self._file = None


async def until_told_to_stop() -> None:
    """Wait for SIGTERM or SIGINT."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, told.set)
    await told.wait()
