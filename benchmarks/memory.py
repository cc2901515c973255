"""What remembering people costs a process that should remember nobody: P15.

    python -m benchmarks.memory [--quick]

RSS after the first 1,000 people against RSS after all, each having written once: a million through the lanes with a take that does nothing,
and 20,000 through real turns on SQLite.
"""

import asyncio
import gc
import tempfile
from pathlib import Path

import uvloop

from benchmarks.inbound import ours, run_all
from benchmarks.measuring import Verdict, quick, run_of
from benchmarks.registration import Registrations
from bot.lanes import Lanes
from bot.lifecycle import Nursery

FIRST = 1000
AT_MOST = 32.0
TOGETHER = 1000


def resident() -> float:
    """Give this process's memory in MiB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


async def through_lanes(people: int) -> float:
    """Kick everybody once. Gives the growth in MiB."""
    nursery, ended, before = Nursery(), asyncio.Event(), 0.0
    left = 0

    async def take(lane: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            ended.set()

    lanes = Lanes(take, nursery.start)
    for first in range(0, people, TOGETHER):
        left = TOGETHER
        ended.clear()
        lanes.kick([f"u:{person}" for person in range(first, first + TOGETHER)])
        await ended.wait()
        before = before or resident()
    return resident() - before


async def through_turns(people: int) -> float:
    """Let everybody write once through intake and turn. Gives the growth in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        async with ours(f"sqlite:///{folder}/memory.db") as product:
            before = 0.0
            asked = Registrations().asked(people)
            for _ in range(people // FIRST):
                await run_all(product.take, [next(asked) for _ in range(FIRST)], 16)
                await product.settle(16)
                before = before or resident()
            return resident() - before


def measure() -> list[Verdict]:
    """Measure and judge."""
    with run_of("P15 memory"):
        many, some = (100_000, 4_000) if quick() else (1_000_000, 20_000)
        results = [
            Verdict(
                "P15", f"growth with {many:,} people through the lanes", uvloop.run(through_lanes(many)), AT_MOST, "MiB"
            ),
            Verdict(
                "P15",
                f"growth with {some:,} people through real turns",
                uvloop.run(through_turns(some)),
                AT_MOST,
                "MiB",
            ),
        ]
        print(*results, sep="\n")
    return results


if __name__ == "__main__":
    measure()
