"""The scheduler dies between writing an occurrence and its commit; each person still gets exactly one digest."""

import signal
from datetime import timedelta
from pathlib import Path

from storage.clock import Clock
from storage.engine import connect
from storage.sealed import unlock
from storage.work import Work
from tests.crash.crowd import FIRST_ASKER
from tests.crash.office import Office, opened_office
from tests.databases import KEY, newcomer, vacancy
from tests.desks import PURPOSES

PEOPLE = 12
BETWEEN = "occurrence.inserted:kill:7"
"""Six people's digests are written by then, in the transaction that dies."""


async def test_a_scheduler_killed_before_its_commit_leaves_nothing_and_the_next_one_writes_each_digest_once(
    migrated_url: str, tmp_path: Path
) -> None:
    async with opened_office(tmp_path, migrated_url) as office:
        at = await subscribed(office)
        died = await office.run("tick", "--at", at, fault=BETWEEN)
        assert died.ended_as == -signal.SIGKILL
        assert await written(office) == (0, 0), "what was not committed is there"
        for _ in range(2):
            done = await office.run("tick", "--at", at)
            assert done.ended_as == 0, done.complained.read_text()
        assert await written(office) == (PEOPLE, PEOPLE)
        office.environment["JOBLINE_CLOCK"] = str(tmp_path / "offset")
        await office.open()
        await office.at_rest()
        heard = [await office.street.chat(FIRST_ASKER + number) for number in range(PEOPLE)]
    assert [sum(bool(one["from_bot"]) for one in chat) for chat in heard] == [1] * PEOPLE


async def subscribed(office: Office) -> str:
    """Let people wait for a digest that is due at noon of their own day. Gives that instant."""
    clock = Clock()
    noon = (clock.now() + timedelta(days=1)).replace(hour=7, minute=0, second=0, microsecond=0)
    (office.folder / "offset").write_text(str((noon - clock.now()).total_seconds() + 60))
    unlock([KEY])
    database = connect(office.ledger.url, clock)
    await database.start()

    def unit(work: Work) -> None:
        work.add(vacancy(1, published_on=noon.date()))
        for number in range(PEOPLE):
            due = {"digest_hour": 12, "next_digest_at": noon, "language": "en", "occupation": "5120", "region": "KZ-75"}
            person = newcomer(work, FIRST_ASKER + number, registered_at=clock.now(), **due)
            PURPOSES.give(work, person, "alerts", "en")

    await database.run(unit)
    await database.stop()
    await office.people({FIRST_ASKER + number: "Somebody" for number in range(PEOPLE)})
    for number in range(PEOPLE):
        await office.street.post("/ui/people", id=FIRST_ASKER + number, started=True)
    return noon.isoformat()


async def written(office: Office) -> tuple[int, int]:
    """Count occurrences and digests."""
    occurrences = await office.ledger.one("SELECT count(*) FROM occurrence")
    return occurrences, await office.ledger.one("SELECT count(*) FROM outbox WHERE kind = 'Digest'")
