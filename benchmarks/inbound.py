"""What one step of the registration costs, from the bytes that arrive to the words of the reply: P1.

    python -m benchmarks.inbound [--quick]

A step is: the update stored in the inbox and committed, the turn with person and step loaded, the answer checked, and state, inbox and reply row
committed together, durably (`synchronous=FULL`; PostgreSQL's own default). What the courier does afterwards (recording that the reply was sent)
is measured apart. Floors, in the same run: aiogram without a database, and aiogram with one or two committed transactions of one SELECT
and one UPDATE each through SQLModel's AsyncSession. CPU is this process's; PostgreSQL's own server is another one.
"""

import asyncio
import base64
import gc
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import uvloop

from benchmarks import floors_inbound as floors
from benchmarks.floors_inbound import Take
from benchmarks.measuring import Cost, Round, Stopwatch, Verdict, in_turn, middle, quick, ratio, run_of, table
from benchmarks.registration import FIRST_PERSON, Registrations
from benchmarks.servers import emptied, postgres
from bot import wiring
from bot.settings import Settings, read_settings
from bot.wiring import Dialogue
from channels.outcomes import Sent
from channels.settling import settle
from storage.migrations.runner import migrate
from storage.outbox import Claimed

RAW, READING = "aiogram, answer built", "aiogram, answer built and its response read"
ONE, TWO = "SQLModel AsyncSession, one transaction", "SQLModel AsyncSession, two transactions"
OURS, SETTLED = "a registration step of ours", "(recording that its reply was sent)"

Work = Sequence[tuple[int, bytes]]


def settings_for(url: str) -> Settings:
    """Give the settings of a service that speaks to nobody."""
    key = base64.urlsafe_b64encode(bytes(32)).decode()
    return read_settings(
        token=floors.TOKEN, database_url=url, key=key, admins="", staff_groups="", languages="en,ru,kk"
    )


class Mute:
    """Stands in for the courier: keeps the replies, tells whose turn ended."""

    def __init__(self) -> None:
        self.rows: list[Claimed] = []
        self._ended: dict[int, asyncio.Future[None]] = {}

    def ending(self, person: int) -> "asyncio.Future[None]":
        """Give what comes true when this person was answered."""
        return self._ended.setdefault(person, asyncio.get_running_loop().create_future())

    async def say(self, rows: list[Claimed], tap_id: str | None = None, toast: str = "") -> None:
        """Take a turn's replies over, as the courier does."""
        self.rows += rows
        self._ended.pop(rows[0].chat_id).set_result(None)

    def wake(self) -> None:
        """Nothing sleeps."""


class Ours:
    """The product, from intake to reply row."""

    def __init__(self, service: wiring.Service, dialogue: Dialogue, mute: Mute) -> None:
        self.service, self._dialogue, self._mute = service, dialogue, mute

    async def take(self, person: int, update: bytes) -> None:
        """Take an update in and wait for its answer."""
        ended = self._mute.ending(person)
        await self._dialogue.intake.take_in([json.loads(update)])
        await ended

    async def settle(self, in_flight: int) -> int:
        """Record that all replies were sent, as the courier would. Gives how many."""
        rows, self._mute.rows = self._mute.rows, []
        left = iter(rows)

        async def some() -> None:
            for row in left:
                outcome = Sent(message_id=7)
                await self.service.database.run(partial(settle, bot_id=1, row=row, outcome=outcome))

        await asyncio.gather(*(some() for _ in range(in_flight)))
        return len(rows)


@asynccontextmanager
async def ours(url: str) -> AsyncIterator[Ours]:
    """Start the product on a database."""
    await asyncio.to_thread(migrate, url)
    service: Any = wiring.build(settings_for(url))
    mute = Mute()
    service.courier = mute
    await service.database.start()
    dialogue = wiring.build_dialogue(service)
    yield Ours(service, dialogue, mute)
    await dialogue.lanes.stop()
    await service.nursery.stop()
    await service.database.stop()


async def run_all(take: Take, work: Work, in_flight: int) -> Cost:
    """Let so many updates be in flight until all are answered."""
    left = iter(work)

    async def some() -> None:
        for person, update in left:
            await take(person, update)

    with Stopwatch(len(work)) as watch:
        await asyncio.gather(*(some() for _ in range(in_flight)))
    return watch.cost


class Trial:
    """One database, one number in flight: everybody's rounds."""

    def __init__(self, people: int, in_flight: int) -> None:
        self.people, self.in_flight = people, in_flight
        self.updates = Registrations()
        self.settled: list[Cost] = []

    def round_of(self, take: Take) -> Round:
        """Make the rounds of a floor."""
        steps = iter(range(10**6))

        async def one() -> Cost:
            return await run_all(take, self.updates.step(next(steps), self.people), self.in_flight)

        return one

    def round_of_ours(self, product: Ours) -> Round:
        """Make our rounds; the replies are settled after each."""
        steps = iter(range(10**6))

        async def one() -> Cost:
            cost = await run_all(product.take, self.updates.step(next(steps), self.people), self.in_flight)
            with Stopwatch(self.people) as watch:
                await product.settle(self.in_flight)
            self.settled.append(watch.cost)
            return cost

        return one


async def compare(url: str, floor_url: str, people: int, in_flight: int, rounds: int) -> dict[str, list[Cost]]:
    """Run everybody on one kind of database."""
    trial = Trial(people, in_flight)
    seats = range(FIRST_PERSON, FIRST_PERSON + people)
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        contestants = {
            RAW: trial.round_of(await enter(floors.raw())),
            READING: trial.round_of(await enter(floors.raw(reads=True))),
            ONE: trial.round_of(await enter(floors.sqlmodel(floor_url, seats, 1))),
            TWO: trial.round_of(await enter(floors.sqlmodel(floor_url, seats, 2))),
        }
        product = await enter(ours(url))
        for updates in (trial.updates.asked(people), trial.updates.begun(people)):
            await run_all(product.take, list(updates), 16)
            await product.settle(16)
        gc.freeze()  # as the service does once it is ready
        found = await in_turn({**contestants, OURS: trial.round_of_ours(product)}, rounds)
    return found | {SETTLED: trial.settled[1:]}


def verdicts(kind: str, in_flight: int, found: dict[str, list[Cost]]) -> list[Verdict]:
    """Compare with the gate and the goal."""
    mine = [cost.cpu for cost in found[OURS]]
    goal = 2.0 if in_flight > 1 else 3.5
    where = f"{kind}, {in_flight} in flight"
    return [
        Verdict("gate", f"{where}: CPU over SQLModel with one transaction", ratio(mine, _cpu(found[ONE])), 2.5),
        Verdict("gate", f"{where}: wall over SQLModel with one transaction", _wall(found, ONE), 2.5),
        Verdict("P1", f"{where}: CPU over aiogram, answer built", ratio(mine, _cpu(found[RAW])), goal),
        Verdict("P1", f"{where}: CPU over aiogram, response read", ratio(mine, _cpu(found[READING])), goal),
    ]


def _cpu(costs: list[Cost]) -> list[float]:
    return [cost.cpu for cost in costs]


def _wall(found: dict[str, list[Cost]], floor: str) -> float:
    return ratio([cost.wall for cost in found[OURS]], [cost.wall for cost in found[floor]])


def _empty(server: str | None, folder: str, name: str) -> str:
    """Give the address of an empty database."""
    return emptied(server, name) if server else f"sqlite:///{Path(folder) / name}.db"


def measure() -> list[Verdict]:
    """Measure both databases, with sixteen and with one in flight."""
    results: list[Verdict] = []
    with (
        run_of("P1 a registration step, stored and answered"),
        tempfile.TemporaryDirectory() as folder,
        postgres() as server,
    ):
        for kind in ("SQLite", "PostgreSQL"):
            for in_flight, people in ((16, 160), (1, 40)):
                if kind == "PostgreSQL" and server is None:
                    print("PostgreSQL is not installed here: not measured.")
                    continue
                url, floor_url = (
                    _empty(server if kind == "PostgreSQL" else None, folder, f"{name}{in_flight}")
                    for name in ("ours", "floor")
                )
                rounds = 6 if quick() else 24
                found = uvloop.run(compare(url, floor_url, people, in_flight, rounds))
                table(f"{kind}, {in_flight} in flight", {name: middle(costs) for name, costs in found.items()}, RAW)
                results += verdicts(kind, in_flight, found)
        print(*results, sep="\n")
    return results


if __name__ == "__main__":
    measure()
