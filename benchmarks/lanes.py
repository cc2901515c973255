"""Order within a person, speed across people: P4.

    python -m benchmarks.lanes [--quick]

1,000 people with 10 messages each, and a take that waits 20 ms. The ideal is 10 x 20 ms. In the product a take never waits for anything but
the database; this shows what the lanes themselves allow.
"""

import asyncio
import inspect
import time
from collections import defaultdict
from statistics import median

import uvloop

from benchmarks.measuring import Verdict, quick, run_of
from bot.lanes import Lanes
from bot.lifecycle import Nursery

PEOPLE, EACH, WAITS = 1000, 10, 0.02
IDEAL = EACH * WAITS
AT_ONCE = inspect.signature(Lanes).parameters["at_once"].default


async def once(at_once: int) -> tuple[float, int]:
    """Work everything off. Gives the seconds, and how often a person's order was broken."""
    nursery = Nursery()
    stored = {f"u:{person}": list(range(EACH)) for person in range(PEOPLE)}
    ended: dict[str, list[int]] = defaultdict(list)
    busy: set[str] = set()
    overlaps = 0

    async def take(lane: str) -> None:
        nonlocal overlaps
        overlaps += lane in busy
        busy.add(lane)
        number = stored[lane].pop(0)
        await asyncio.sleep(WAITS)
        ended[lane].append(number)
        busy.discard(lane)

    lanes = Lanes(take, nursery.start, at_once=at_once)
    began = time.perf_counter()
    for _ in range(EACH):
        lanes.kick([*stored])
    await nursery.stop(within=300)
    took = time.perf_counter() - began
    breaks = overlaps + sum(numbers != list(range(EACH)) for numbers in ended.values()) + (len(ended) != PEOPLE)
    return took, breaks


def measure() -> list[Verdict]:
    """Measure with as many at once as the product allows, and with room for everybody."""
    results = []
    with run_of("P4 lanes"):
        for at_once, label in ((AT_ONCE, f"as in service ({AT_ONCE} at once)"), (PEOPLE, "with room for everybody")):
            runs = [uvloop.run(once(at_once)) for _ in range(2 if quick() else 7)]
            results.append(Verdict("P4", f"wall over the ideal, {label}", median(run[0] for run in runs) / IDEAL, 1.5))
            results.append(Verdict("P4", f"broken orders, {label}", sum(run[1] for run in runs), 0, ""))
        print(*results, sep="\n")
    return results


if __name__ == "__main__":
    measure()
