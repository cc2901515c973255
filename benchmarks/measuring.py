"""What every measure here does alike: rounds taken in turn, medians, a line that says whether a goal is met.

Figures drift with the machine and with whatever else runs on it, so ours and its floor take turns within one run and only their
ratio is compared with the goal.
"""

import os
import platform
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

MICRO = 1e6


class Cost(NamedTuple):
    """What one update (or call) took: CPU of this process and time by the wall, in microseconds."""

    cpu: float
    wall: float


class Stopwatch:
    """Measures a block and divides by what was done in it."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.cost = Cost(0.0, 0.0)

    def __enter__(self) -> "Stopwatch":
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        cpu, wall = time.process_time() - self._cpu, time.perf_counter() - self._wall
        self.cost = Cost(cpu / self._count * MICRO, wall / self._count * MICRO)


Round = Callable[[], Awaitable[Cost]]


async def in_turn(contestants: dict[str, Round], rounds: int) -> dict[str, list[Cost]]:
    """Let everybody run one round after the other, again and again, the order turned each time. The first round warms up."""
    found: dict[str, list[Cost]] = {name: [] for name in contestants}
    names = list(contestants)
    for number in range(rounds + 1):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            cost = await contestants[name]()
            if number:
                found[name].append(cost)
    return found


def middle(costs: Sequence[Cost]) -> Cost:
    """Give the median of CPU and of wall."""
    return Cost(median(cost.cpu for cost in costs), median(cost.wall for cost in costs))


def ratio(ours: Sequence[float], floor: Sequence[float]) -> float:
    """Give the median of the ratios of rounds that ran beside each other."""
    return median(mine / theirs for mine, theirs in zip(ours, floor, strict=True))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One goal and what was found."""

    goal: str
    what: str
    found: float
    at_most: float
    unit: str = "x"

    @property
    def met(self) -> bool:
        """Tell whether the goal is reached."""
        return self.found <= self.at_most

    def __str__(self) -> str:
        word = "met" if self.met else "NOT met"
        return f"{self.goal:4} {self.what:70} {self.found:8.2f}{self.unit} (goal {self.at_most:g}{self.unit}): {word}"


def quick() -> bool:
    """Tell whether a short run was asked for."""
    return "--quick" in sys.argv


def table(title: str, rows: dict[str, Cost], floor: str) -> None:
    """Print what each contestant took, and how many times the floor's CPU that is."""
    print(f"\n{title}\n{'':44}{'CPU us':>10}{'wall us':>10}{'x CPU':>8}")
    for name, cost in rows.items():
        print(f"{name:44}{cost.cpu:10.0f}{cost.wall:10.0f}{cost.cpu / rows[floor].cpu:8.2f}")


@contextmanager
def run_of(title: str) -> Iterator[None]:
    """Say what is measured, on what, and how busy the machine was."""
    before = os.getloadavg()[0]
    print(f"== {title}")
    yield
    print(
        f"({time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC, CPython {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {before:.1f} before and {os.getloadavg()[0]:.1f} after{', quick' if quick() else ''})\n"
    )
