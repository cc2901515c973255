"""The programs of a crash test: real processes that are started, watched, frozen and killed, each by its own number."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent.parent
LOOK_EVERY_S = 0.02

T = TypeVar("T")


async def until(found: Callable[[], Awaitable[T]], within: float, what: str) -> T:
    """Ask again until the answer is true, and give it. The deadline only catches hanging."""
    deadline = time.monotonic() + within
    while not (answer := await found()):
        assert time.monotonic() < deadline, f"waited {within:.0f} s in vain: {what}"
        await asyncio.sleep(LOOK_EVERY_S)
    return answer


class Program:
    """One command line that may be started again after it died. What it prints is appended to a file."""

    def __init__(self, name: str, folder: Path, *words: str) -> None:
        self.name = name
        self.said = folder / f"{name}.out"
        self.complained = folder / f"{name}.err"
        self._words = [sys.executable, *words]
        self._running: subprocess.Popen[bytes] | None = None

    async def start(self, ready: str, environment: dict[str, str] | None = None, within: float = 90.0) -> float:
        """Start, and come back when it has printed `ready`. Gives the seconds that took."""
        began = time.monotonic()
        before = self.begin(environment)

        async def spoken() -> bool:
            assert self.alive, f"{self.name} ended while it started: {self.complained.read_text()[-2000:]}"
            return ready.encode() in self.said.read_bytes()[before:]

        await until(spoken, within, f"{self.name} is ready")
        return time.monotonic() - began

    def begin(self, environment: dict[str, str] | None = None) -> int:
        """Start without waiting for anything. Gives how much it had printed before.

        A program that will be killed counts no coverage, so it is not traced: it would only start more slowly.
        """
        foreign = {name: value for name, value in os.environ.items() if not name.startswith(("JOBLINE_", "COVERAGE_"))}
        with self.said.open("ab") as out, self.complained.open("ab") as err:
            before = self.said.stat().st_size
            self._running = subprocess.Popen(
                self._words,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=ROOT,
                env=foreign | (environment or {}),
            )
        return before

    @property
    def effort(self) -> float:
        """Give the processor seconds it has used so far, which other programs on the machine change little."""
        stat = Path(f"/proc/{self._running.pid if self._running else 0}/stat")
        fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else ["0"] * 13
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def alive(self) -> bool:
        """Tell whether it runs."""
        return self._running is not None and self._running.poll() is None

    @property
    def ended_as(self) -> int | None:
        """Give what it ended with: an exit code, or a signal's number below zero."""
        return None if self._running is None else self._running.poll()

    async def died(self, within: float = 120.0) -> int:
        """Wait until it ends by itself. Gives what it ended with."""

        async def ended() -> bool:
            return not self.alive

        await until(ended, within, f"{self.name} ends")
        return self.ended_as or 0

    def kill(self) -> None:
        """End it as a power cut would."""
        self._signal(signal.SIGKILL)
        self._wait()

    def freeze(self) -> None:
        """Let it stand still without noticing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """Ask it to end in good order; one that does not within a while is killed."""
        if self.alive:
            self.thaw()
            self._signal(signal.SIGTERM)
        try:
            self._wait()
        except subprocess.TimeoutExpired:
            self.kill()

    def _signal(self, number: signal.Signals) -> None:
        if self._running is not None:
            self._running.send_signal(number)

    def _wait(self) -> None:
        if self._running is not None:
            self._running.wait(timeout=30)
