"""The courier's goodput with every recipient's state durable: P5 with the database, at 30/s and at 1,000/s.

    python -m benchmarks.courier [--quick]

The floor is the permitted rate itself, which a server enforces in any sliding second while it answers after 60 ms. The
outbox is a SQLite file with durable commits; each row is claimed with a lease, sent and settled as in the product.
"""

import asyncio
import sys
import tempfile
from functools import partial
from statistics import median

import uvloop

from benchmarks.floors_outbound import TOKEN
from benchmarks.outbound import ANSWERED_AFTER, shown
from benchmarks.strict_server import Remote, strict_server
from bot.lifecycle import Nursery
from bot.settings import ROOT
from channels.courier import SCREEN, Courier
from channels.pace import Pace
from channels.telegram.sender import Sender
from handlers.letters import in_languages
from services.words import Languages
from storage import outbox
from storage.clock import Clock
from storage.engine import SqliteDatabase
from storage.migrations.runner import migrate
from storage.outbox import Saying
from storage.queries import health
from storage.sealed import unlock
from storage.work import Work

GOALS = {30: 0.98, 1000: 0.97}


def written(work: Work, first: int, count: int, body: dict[str, object]) -> None:
    """Write some announcements, one a person."""
    for number in range(first, first + count):
        outbox.promise(work, Saying(f"b:{number}", f"a:{number}", number, SCREEN, body, outbox.ANNOUNCEMENT))


async def carry(url: str, rate: int, count: int) -> dict[str, float]:
    """Carry `count` announcements; gives the states they ended in."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/outbox.db"
        await asyncio.to_thread(migrate, address)
        database = SqliteDatabase(address, Clock())
        await database.start()
        body = shown().as_json()
        for first in range(1, count + 1, 500):
            await database.run(partial(written, first=first, count=min(500, count + 1 - first), body=body))
        nursery = Nursery()
        async with Sender(TOKEN, url) as sender:
            phrase = in_languages(Languages(ROOT / "locales", ("en",)))
            courier = Courier(database, sender, Pace(rate), phrase, bot_id=1, spawn=nursery.start)
            await courier.carry_all()
        found = await database.run(health.counts)
        await nursery.stop()
        await database.stop()
        return found


def goodput(server: Remote, rate: int, seconds: int) -> tuple[float, int]:
    """Give the share of the permitted rate that was used, and how many messages were refused."""
    server.agree(rate=rate, delay=ANSWERED_AFTER)
    left = uvloop.run(carry(server.url, rate, rate * seconds))
    record = server.record()
    if left["outbox_open"] or left["outbox_failed"] or left["outbox_unknown"]:
        message = f"Not everything was sent: {left}"
        raise AssertionError(message)
    span = record.accepted[-1] - record.accepted[0]
    return (len(record.accepted) - 1) / span / rate, len(record.refused)


def main() -> None:
    """Measure both rates some times and print medians beside the goals."""
    quick = "--quick" in sys.argv
    unlock([bytes(32)])
    with strict_server() as server:
        for rate, goal in GOALS.items():
            rounds = [goodput(server, rate, 5 if quick else 15) for _ in range(1 if quick else 3)]
            share, refused = median(share for share, _ in rounds), [count for _, count in rounds]
            met = "met" if share >= goal and not any(refused) else "NOT met"
            print(f"{rate:>5}/s: {share:.1%} of the permitted rate (goal {goal:.0%}), refused {refused}: {met}")


if __name__ == "__main__":
    main()
