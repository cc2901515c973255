"""How fast, how evenly and at what cost messages leave: P5, P6 and P9, without the database's share.

    python -m benchmarks.outbound [--quick]

P5  goodput against a server that enforces the permitted rate in any sliding second and answers after 60 ms
P9  the same while the server refuses everything for some seconds
P6  CPU of one send through our sender, and through pace and sender, as a ratio to aiogram's bare `send_message`
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from typing import Any

import uvloop

from benchmarks.floors_outbound import TOKEN, Send, answer_as_child, in_own_process
from benchmarks.strict_server import Record, Remote, strict_server
from channels.outcomes import Later, Sent
from channels.pace import Pace
from channels.telegram.sender import Sender
from services.screen import Packed, bold, pack, screen

ANSWERED_AFTER = 0.06
BULK = 4
ENDLESS = 1e9
FLOORS = "benchmarks.floors_outbound"
OURS = "benchmarks.outbound"


def shown() -> Packed:
    """The words of the floors, as a screen."""
    row = ("Three new vacancies near you: ", bold("welder"), ", ", bold("driver"), ", ", bold("cook"))
    return pack(screen((*row, ". See you on Monday!")))


@asynccontextmanager
async def sender_alone(url: str) -> AsyncIterator[Send]:
    packed = shown()
    async with Sender(TOKEN, url) as sender:
        yield lambda chat_id: sender.send(chat_id, packed)


@asynccontextmanager
async def paced(url: str) -> AsyncIterator[Send]:
    """A pace that never makes anybody wait, to see what asking it costs."""
    pace, packed = Pace(ENDLESS), shown()
    async with Sender(TOKEN, url) as sender:

        async def send(chat_id: int) -> None:
            await pace.slot(chat_id, BULK)
            await sender.send(chat_id, packed)

        yield send


@asynccontextmanager
async def waiting(url: str) -> AsyncIterator[Send]:
    """A pace at which everybody waits: the full way through its queues and timers."""
    pace, packed = Pace(20_000), shown()
    async with Sender(TOKEN, url) as sender:

        async def send(chat_id: int) -> None:
            await pace.slot(chat_id, BULK)
            await sender.send(chat_id, packed)

        yield send


async def announce(server: Remote, rate: int, count: int, in_flight: int) -> None:
    """Send to `count` people as the courier would: a slot, a call, and again later what was refused."""
    pace, packed = Pace(rate), shown()
    chats = iter(range(1, count + 1))
    async with Sender(TOKEN, server.url) as sender:

        async def carry() -> None:
            for chat_id in chats:
                while not await _sent(pace, sender, chat_id, packed):
                    pass

        async with asyncio.TaskGroup() as group:
            for _ in range(in_flight):
                group.create_task(carry())


async def _sent(pace: Pace, sender: Sender, chat_id: int, packed: Packed) -> bool:
    await pace.slot(chat_id, BULK)
    left = time.monotonic()
    outcome = await sender.send(chat_id, packed)
    pace.landed(time.monotonic() - left)
    if isinstance(outcome, Later):
        pace.close(outcome.seconds, chat_id)
    elif not isinstance(outcome, Sent):
        message = f"The strict server gave {outcome}."
        raise AssertionError(message)
    return isinstance(outcome, Sent)


def goodput(server: Remote, rate: int, seconds: int) -> tuple[float, int]:
    """Give the share of the permitted rate that was used, and how many messages were refused."""
    server.agree(rate=rate, delay=ANSWERED_AFTER)
    uvloop.run(announce(server, rate, rate * seconds, max(8, rate // 5)))
    record = server.record()
    span = record.accepted[-1] - record.accepted[0]
    return (len(record.accepted) - 1) / span / rate, len(record.refused)


def recovery(server: Remote, rate: int, silence: int) -> dict[str, float]:
    """Give how a refusal of everything is survived.

    `late` is how long after the silence the first message was accepted, `first second` the share of the rate used
    from then on, `in flight` the messages refused before the sender could know, `again` those refused afterwards.
    """
    server.agree(rate=rate, delay=ANSWERED_AFTER, shut_at=rate, shut_for=silence)
    uvloop.run(announce(server, rate, rate * 4, max(8, rate // 5)))
    record = server.record()
    opened = record.shut_at + silence
    first = min(at for at in record.accepted if at >= opened)
    return {
        "late": first - opened,
        "first second": sum(1 for at in record.accepted if first <= at < first + 1) / rate,
        "in flight": len(_before_knowing(record)),
        "again": len(record.refused) - len(_before_knowing(record)),
        "lost": rate * 4 - len(record.accepted),
    }


def _before_knowing(record: Record) -> list[float]:
    """Refusals that left before the first one's answer can have been read and acted upon."""
    return [at for at in record.refused if at < record.shut_at + ANSWERED_AFTER + 0.03]


def costs(server: Remote, rounds: int, count: int) -> None:
    """Print P6: interleaved rounds, medians, ratios."""
    server.agree()
    kinds = [(FLOORS, "raw"), (FLOORS, "aiogram"), (OURS, "sender"), (OURS, "paced"), (OURS, "waiting")]
    for in_flight in (1, 32, 100):
        taken: dict[str, list[dict[str, float]]] = {kind: [] for _, kind in kinds}
        for _ in range(rounds):
            for module, kind in kinds:
                taken[kind].append(in_own_process(module, kind, server.url, count, in_flight))
        print(f"\nP6  {in_flight} in flight, {count} sends, median of {rounds}: CPU µs a send, ratio, a second, MiB")
        floor = median(one["cpu"] for one in taken["aiogram"])
        for kind, several in taken.items():
            cpu, speed, peak = (median(one[key] for one in several) for key in ("cpu", "a_second", "peak"))
            print(f"    {kind:8} {cpu:7.0f}  x{cpu / floor:4.2f}  {speed:7.0f}  {peak:5.0f}")


def _shares(server: Remote, rounds: int, seconds: int) -> None:
    for rate, wanted in ((30, 0.98), (1000, 0.97)):
        taken = [goodput(server, rate, seconds) for _ in range(rounds)]
        share, refusals = median(one[0] for one in taken), [one[1] for one in taken]
        met = "met" if share >= wanted and not any(refusals) else "NOT met"
        print(f"P5  {rate:4}/s: {share:.1%} of the permitted rate, refusals {refusals}  (>= {wanted:.0%} and 0: {met})")


def _recoveries(server: Remote, rounds: int, silence: int) -> None:
    for rate in (30, 1000):
        taken: list[dict[str, Any]] = [recovery(server, rate, silence) for _ in range(rounds)]
        middle = {key: median(one[key] for one in taken) for key in taken[0]}
        met = "met" if middle["late"] <= 0.2 and not middle["again"] and middle["first second"] >= 0.97 else "NOT met"
        told = ", ".join(f"{key} {value:.3g}" for key, value in middle.items())
        print(f"P9  {rate:4}/s, silence of {silence} s: {told}  (late <= 0.2 s at full rate, 0 again: {met})")


def run(quick: bool) -> None:
    """Measure everything."""
    rounds = 1 if quick else 3
    with strict_server() as server:
        _shares(server, rounds, 4 if quick else 20)
        _recoveries(server, rounds, 2 if quick else 3)
        costs(server, rounds, 2000 if quick else 5000)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        answer_as_child({"sender": sender_alone, "paced": paced, "waiting": waiting})
    else:
        run("--quick" in sys.argv)
