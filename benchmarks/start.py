"""From the start of a process to its first answer, and what it weighs then: P14.

    python -m benchmarks.start [--quick]

Every start is a fresh process. CPU is what the process took in all; memory is what it held after the first update. `tick` is the real verb,
which has no first update: it is shown beside them because it never imports aiogram.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.measuring import Verdict, quick, run_of

FLOOR, OURS, TICK = "aiogram and one update", "the product and one update", "./jobline tick --at"

OF_AIOGRAM = """
import asyncio, json, sys
from aiogram import Bot, Dispatcher
from aiogram.types import Message
async def main():
    dispatcher = Dispatcher()
    @dispatcher.message()
    async def said(message: Message): pass
    await dispatcher.feed_raw_update(Bot("7000001:" + "x" * 35), json.loads(sys.argv[2]))
asyncio.run(main())
"""
OF_OURS = """
import asyncio, json, sys
import uvloop
from bot import wiring
from bot.settings import read_settings
async def main():
    service = wiring.build(read_settings())
    ended = asyncio.Event()
    class Mute:
        async def say(self, rows, tap_id, toast): ended.set()
        def wake(self): pass
    service.courier = Mute()
    await service.database.start()
    dialogue = wiring.build_dialogue(service)
    await dialogue.intake.take_in([json.loads(sys.argv[2])])
    await ended.wait()
    await service.database.stop()
uvloop.run(main())
"""
REPORTING = """
import resource
used = resource.getrusage(resource.RUSAGE_SELF)
from pathlib import Path
print(used.ru_utime + used.ru_stime, int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20)
"""
OF_TICK = """
import sys
sys.argv = ["bot", "tick", "--at", "2026-11-22T09:00+05:00"]
from bot.__main__ import app
try:
    app()
except SystemExit as ended:
    assert not ended.code
assert "aiogram" not in sys.modules
"""


class Start(NamedTuple):
    """What a start took: seconds of CPU, MiB."""

    cpu: float
    memory: float


def start(program: str, database: str, number: int) -> Start:
    """Run a program to its end."""
    person = {"id": 1000 + number, "is_bot": False, "first_name": "A", "language_code": "ru"}
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": person["id"], "type": "private"},
        "from": person,
        "text": "/start",
    }
    update = f'{{"update_id": {number}, "message": {json.dumps(message)}}}'
    environment = os.environ | {
        "JOBLINE_DATABASE_URL": database,
        "JOBLINE_TOKEN": "7000001:" + "x" * 35,
        "JOBLINE_KEY": base64.urlsafe_b64encode(bytes(32)).decode(),
    }
    command = [sys.executable, "-c", program + REPORTING, "-", update]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return Start(*map(float, done.stdout.splitlines()[-1].split()))


def measure() -> list[Verdict]:
    """Start everybody in turn."""
    programs = {FLOOR: OF_AIOGRAM, OURS: OF_OURS, TICK: OF_TICK}
    found: dict[str, list[Start]] = {name: [] for name in programs}
    with run_of("P14 start"), tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'start.db'}"
        from storage.migrations.runner import migrate

        migrate(database)
        for number in range(1, 3 if quick() else 8):
            for name, program in programs.items():
                found[name].append(start(program, database, number))
        shown = {name: middle(starts[1:]) for name, starts in found.items()}
        for name, took in shown.items():
            print(f"{name:34} {took.cpu:6.2f} s CPU {took.memory:8.1f} MiB")
        results = [
            Verdict("P14", "CPU of the start over aiogram's", shown[OURS].cpu / shown[FLOOR].cpu, 1.15),
            Verdict(
                "P14", "memory after the first update over aiogram's", shown[OURS].memory / shown[FLOOR].memory, 1.15
            ),
            Verdict("P14", "tick's CPU over aiogram's (it never imports it)", shown[TICK].cpu / shown[FLOOR].cpu, 0.5),
            Verdict("P14", "tick's memory over aiogram's", shown[TICK].memory / shown[FLOOR].memory, 0.6),
        ]
        print(*results, sep="\n")
    return results


def middle(starts: Sequence[Start]) -> Start:
    """Give the medians."""
    return Start(median(one.cpu for one in starts), median(one.memory for one in starts))


if __name__ == "__main__":
    measure()
