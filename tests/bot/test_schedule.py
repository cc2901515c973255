"""Digests by the clock: once a local day, whoever looks, whenever we were down, wherever the person is (SCH-01 to SCH-06)."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot import schedule as scheduling
from bot.schedule import Schedule
from services.alerts.desk import HOURS
from services.due_times import due_on, next_due, spread
from services.letters import Digest
from services.people.erasure import ErasureDesk
from storage import inbox, outbox
from storage.engine import Database
from storage.inbox import Arrived
from storage.outbox import Claimed
from storage.queries import invariants, people
from storage.work import Work
from tests.databases import NOON, Moment, Opened, newcomer, said, until, vacancy
from tests.desks import DIGESTS, DRAFTS, ERASURES

ALMATY = ZoneInfo("Asia/Almaty")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata")


def scheduled(database: Database) -> Schedule:
    return Schedule(database, lambda: None, digests=DIGESTS, unfinished=DRAFTS, erasure=ERASURES)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Give an instant in September by the clock in Almaty."""
    return datetime(2026, 9, day, hour, minute, tzinfo=ALMATY).astimezone(UTC)


def subscribe(count: int, *, hour: int = 9, zone: str = "Asia/Almaty") -> Any:
    def unit(work: Work) -> None:
        for number in range(count):
            person = newcomer(work, 1000 + number, occupation="5120", region="KZ-75", zone=zone)
            assert DIGESTS.choose_hour(work, person, hour, "ru")

    return unit


def publish(*numbers: int) -> Any:
    return lambda work: [work.add(vacancy(number)).id for number in numbers]


async def letters(opened: Opened) -> list[Claimed]:
    """Take the digests that were written, as the courier would, so that they are out of the way."""

    def unit(work: Work) -> list[Claimed]:
        rows = [row for row in outbox.claim(work, 5000) if row.kind == Digest.__name__]
        for row in rows:
            outbox.settle_sent(work, row, 1)
        return rows

    return await opened.database.run(unit)


async def test_it_is_written_once_at_its_hour(opened: Opened) -> None:
    opened.moment.at = at(1, 8)
    await opened.database.run(subscribe(3))
    await opened.database.run(publish(1, 2))
    looked = scheduled(opened.database)

    opened.moment.at = at(1, 8, 59)
    assert (await looked.tick())["digest"].seen == 0
    opened.moment.at = at(1, 9, 15)
    tally = (await looked.tick())["digest"]
    assert (tally.seen, tally.sent) == (3, 3)
    assert (await looked.tick())["digest"].seen == 0

    rows = await letters(opened)
    assert [row.body["total"] for row in rows] == [2, 2, 2]
    assert await opened.database.run(invariants.broken) == []
    assert tuple(await opened.one("SELECT job, seen, sent, failed FROM run")) == ("digest", 3, 3, 0)


async def test_three_hundred_are_written_after_a_break_at_their_hour(sqlite: Opened) -> None:
    """SCH-01 with 300 people: down from 08:55 to 09:12, all written by 09:20, once each, the late ones marked."""
    sqlite.moment.at = at(1, 8, 55)
    await sqlite.database.run(subscribe(300))
    await sqlite.database.run(publish(1))
    looked = scheduled(sqlite.database)
    written = []
    for minute in range(12, 21):
        sqlite.moment.at = at(1, 9, minute)
        await looked.tick()
        written += await letters(sqlite)

    assert Counter(row.person_id for row in written).most_common(1)[0][1] == 1
    assert len(written) == 300
    late = {row.person_id for row in written if row.body["late"]}
    assert late == {row.person_id for row in written if spread(row.person_id or 0) < 7}
    assert 0 < len(late) < 300


async def test_three_schedulers_with_different_clocks_write_it_once(postgres: Opened) -> None:
    """SCH-03 with 12 people over 7 days: one occurrence a person and day, clocks two seconds apart."""
    moments = [postgres.moment, Moment(), Moment()]
    databases = [postgres.database, *[await postgres.once_more(moment) for moment in moments[1:]]]
    schedules = [scheduled(database) for database in databases]
    postgres.moment.at = at(1, 6)
    await postgres.database.run(subscribe(12))
    for day in range(1, 8):
        await postgres.database.run(publish(day))
        for quarter in range(8):
            for moment, apart in zip(moments, (0, -2, 2), strict=True):
                moment.at = at(day, 8, 45) + timedelta(minutes=5 * quarter, seconds=apart)
            await asyncio.gather(*(each.tick() for each in schedules))

    days = await postgres.rows(
        "SELECT person_id, count(*), count(DISTINCT local_on) FROM occurrence GROUP BY person_id"
    )
    assert [tuple(row)[1:] for row in days] == [(7, 7)] * 12
    assert await postgres.one("SELECT count(*) FROM outbox") == 84
    assert {tuple(row) for row in await postgres.rows("SELECT outcome, count(*) FROM occurrence GROUP BY outcome")} == {
        ("sent", 84)
    }


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)])
async def test_there_is_one_a_local_day_through_every_change(sqlite: Opened, zone: str, change: date) -> None:
    """SCH-04 at hours that may be chosen, in steps of 20 minutes through the weeks around both changes of a year."""
    local = ZoneInfo(zone)
    sqlite.moment.at = datetime.combine(change - timedelta(days=9), wall(0), local).astimezone(UTC)
    for user_id, hour in ((1, HOURS[0]), (2, 9), (3, HOURS[-1])):
        await sqlite.database.run(chooses(user_id, hour, zone))
    looked = scheduled(sqlite.database)
    while sqlite.moment.at < datetime.combine(change + timedelta(days=10), wall(0), local).astimezone(UTC):
        await looked.digests_due()
        sqlite.moment.passes(minutes=20)

    rows = await sqlite.database.run(
        lambda work: [(row.person_id, row.local_on, row.due_at) for row in work.session.exec(scheduling_rows()).all()]
    )
    assert Counter(person for person, _, _ in rows) == {1: 19, 2: 19, 3: 19}
    assert len({(person, day) for person, day, _ in rows}) == 57
    for person, day, due in rows:
        hour = {1: HOURS[0], 2: 9, 3: HOURS[-1]}[person]
        assert due.astimezone(local).replace(tzinfo=None) == datetime.combine(day, wall(hour, spread(person)))


def chooses(user_id: int, hour: int, zone: str) -> Any:
    return lambda work: DIGESTS.choose_hour(work, newcomer(work, user_id, zone=zone), hour, "en")


def scheduling_rows() -> Any:
    from sqlmodel import select

    from storage.tables.records import Occurrence

    return select(Occurrence)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("wish", [wall(0), wall(2, 30), wall(3), wall(9)], ids=str)
def test_every_wish_has_one_instant_a_day(zone: str, wish: wall) -> None:
    """SCH-04's rule for hours that are not offered: the gap gives the next existing minute, the fold the first pass."""
    local = ZoneInfo(zone)
    due = datetime(2026, 1, 1, tzinfo=UTC)
    days = []
    for _ in range(500):
        due = next_due(due, wish, local)
        shown = due.astimezone(local)
        days.append(shown.date())
        assert shown.fold == 0
        assert due == due_on(shown.date(), wish, local)
        if shown.time() != wish:
            before = (due - timedelta(minutes=1)).astimezone(local)
            assert shown.utcoffset() != before.utcoffset(), "only the end of a gap may differ from the wish"
    assert [later - earlier for earlier, later in itertools.pairwise(days)] == [timedelta(days=1)] * 499


@pytest.fixture
def _elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the machine stand in another zone."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_elsewhere")
async def test_only_the_persons_zone_counts(opened: Opened) -> None:
    """SCH-05: machine, database and person in three zones."""
    if opened.url.startswith("postgresql"):
        name = opened.url.rpartition("/")[2]
        await opened.change(f"ALTER DATABASE \"{name}\" SET timezone = 'Australia/Lord_Howe'")
    database = await opened.once_more()
    opened.moment.at = at(1, 12)
    await database.run(subscribe(1))
    await database.run(publish(1))

    due = await database.run(lambda work: newcomer(work, 1000).next_digest_at)
    assert due == at(2, 9, spread(1))
    opened.moment.at = at(2, 8, 59)
    assert (await scheduled(database).tick())["digest"].seen == 0
    opened.moment.at = at(2, 9, 20)
    assert (await scheduled(database).tick())["digest"].sent == 1
    (row,) = await letters(opened)
    assert row.body["local_on"] == "2026-09-02"

    def moves(work: Work) -> datetime | None:
        person = newcomer(work, 1000, zone="Europe/Berlin")
        DIGESTS.follow_zone(work, person)
        return person.next_digest_at

    moved = await database.run(moves)
    assert moved is not None
    assert moved.astimezone(ZoneInfo("Europe/Berlin")).hour == 9
    opened.moment.at = moved
    assert (await scheduled(database).tick())["digest"].skipped == {"repeated": 1}, "this local day had its digest"


async def test_after_three_days_there_is_one_digest_with_all_their_news(opened: Opened) -> None:
    """SCH-06 with 20 people."""
    opened.moment.at = at(1, 8)
    await opened.database.run(subscribe(20))
    await opened.database.run(publish(1, 2, 3))
    opened.moment.at = at(4, 10)
    looked = scheduled(opened.database)
    tally = (await looked.tick())["digest"]
    assert (tally.seen, tally.sent) == (20, 20)
    rows = await letters(opened)

    assert len(rows) == 20
    assert {(row.body["total"], row.body["late"], row.body["local_on"]) for row in rows} == {(3, True, "2026-09-04")}
    assert (await looked.tick())["digest"].seen == 0
    opened.moment.at = at(5, 10)
    assert (await looked.tick())["digest"].skipped == {"nothing_new": 20}
    assert await letters(opened) == []


@pytest.mark.parametrize("hour", [6, 15, 23])
async def test_what_is_no_longer_useful_goes_into_the_next_one(opened: Opened, hour: int) -> None:
    opened.moment.at = at(1, 8)
    await opened.database.run(subscribe(5))
    await opened.database.run(publish(1))
    opened.moment.at = at(4, hour)
    looked = scheduled(opened.database)

    assert (await looked.tick())["digest"].skipped == {"too_late": 5}
    assert await letters(opened) == []
    opened.moment.at = at(4 if hour == 6 else 5, 9, 15)
    assert (await looked.tick())["digest"].sent == 5
    assert [row.body["total"] for row in await letters(opened)] == [1] * 5


async def test_who_stopped_or_cannot_be_reached_is_counted_and_not_written_to(opened: Opened) -> None:
    opened.moment.at = at(1, 8)
    await opened.database.run(subscribe(4))
    await opened.database.run(publish(1))
    await opened.change("UPDATE person SET stopped_at = created_at WHERE id = 1")
    await opened.change("UPDATE person SET unreachable = 'blocked' WHERE id IN (2, 3)")
    opened.moment.at = at(1, 9, 15)

    tally = (await scheduled(opened.database).tick())["digest"]
    assert (tally.seen, tally.sent, tally.skipped) == (4, 1, {"stopped": 1, "blocked": 2})
    assert (
        await opened.database.run(lambda work: [row.job for row in work.session.exec(scheduling_rows()).all()])
        == ["digest"] * 4
    )


async def test_dying_at_the_occurrence_leaves_it_to_be_done_again(opened: Opened) -> None:
    from storage import faults
    from storage.faults import Broken

    opened.moment.at = at(1, 8)
    await opened.database.run(subscribe(3))
    await opened.database.run(publish(1))
    opened.moment.at = at(1, 9, 15)
    faults.arm("occurrence.inserted:raise:2")
    try:
        with pytest.raises(Broken):
            await scheduled(opened.database).tick()
    finally:
        faults.arm("")
    assert await opened.one("SELECT count(*) FROM occurrence") == 0

    assert (await scheduled(opened.database).tick())["digest"].sent == 3
    assert len(await letters(opened)) == 3


async def test_old_traffic_is_forgotten_and_what_may_still_come_again_is_not(opened: Opened) -> None:
    """A number must be known longer than the messenger repeats it: three days."""

    def unit(work: Work) -> None:
        inbox.store(work, 42, [Arrived(number, "u:1", "message", {}) for number in range(3)])
        person = newcomer(work)
        outbox.promise(work, said("a", person.id or 0))
        outbox.settle_sent(work, outbox.claim(work, 1)[0], 1)
        outbox.promise(work, said("b", person.id or 0))
        inbox.finish(work, 1, "done")
        inbox.finish(work, 2, "dead", "Broken")

    await opened.database.run(unit)
    assert timedelta(hours=72) <= scheduling.KEPT_FOR
    opened.moment.at = NOON + scheduling.KEPT_FOR - timedelta(minutes=1)
    assert (await scheduled(opened.database).tidied()).seen == 0
    opened.moment.passes(minutes=2)

    assert (await scheduled(opened.database).tidied()).seen == 2
    assert [tuple(row) for row in await opened.rows("SELECT state FROM inbox ORDER BY id")] == [("dead",), ("open",)]
    assert await opened.rows("SELECT key FROM outbox") == [("b",)]


async def test_it_looks_as_soon_as_it_is_started(sqlite: Opened) -> None:
    sqlite.moment.at = at(1, 8)
    await sqlite.database.run(subscribe(2))
    await sqlite.database.run(publish(1))
    sqlite.moment.at = at(1, 9, 15)
    woken: list[int] = []
    started = Schedule(sqlite.database, lambda: woken.append(1), digests=DIGESTS, unfinished=DRAFTS, erasure=ERASURES)
    started.start()
    try:
        await until(lambda: woken)
    finally:
        started.stop()
    assert len(await letters(sqlite)) == 2


async def test_a_look_that_fails_is_said_and_does_not_end_the_looking(
    sqlite: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[int] = []

    async def fails() -> Any:
        failed.append(1)
        raise ConnectionRefusedError

    looked = scheduled(sqlite.database)
    monkeypatch.setattr(looked, "jobs", lambda: {"digest": (1, fails)})
    with capture_logs() as lines:
        looked.start()
        try:
            await until(lambda: len(failed) > 1)
        finally:
            looked.stop()

    assert {(line["event"], line["job"]) for line in lines} == {("job_failed", "digest")}


def test_stopping_before_starting_is_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing: Any = None
    Schedule(nothing, lambda: None, digests=DIGESTS, unfinished=DRAFTS, erasure=ERASURES).stop()


# ------------------------------------------------------------------------------------------------- deletions and drafts


async def test_final_deletions_are_carried_out_step_by_step_and_counted(opened: Opened) -> None:
    def wish(work: Work) -> None:
        for number in range(3):
            ERASURES.ask(work, newcomer(work, 1000 + number))
            assert number == 2 or ERASURES.hasten(work, newcomer(work, 1000 + number))

    await opened.database.run(wish)
    looked = scheduled(opened.database)
    assert (await looked.tick())["erasures"].skipped == {"told": 2}
    opened.moment.passes(seconds=10)
    assert (await looked.tick())["erasures"].skipped == {"waiting": 2}
    assert await opened.one("SELECT count(*) FROM run") == 0, "only what was deleted is worth a record"
    opened.moment.passes(seconds=31)
    assert (await looked.tick())["erasures"].sent == 2
    assert (await looked.tick())["erasures"].seen == 0

    assert await opened.one("SELECT count(*) FROM person") == 1
    assert [tuple(row) for row in await opened.rows("SELECT job, seen, sent FROM run")] == [("erasures", 2, 2)]


async def test_a_deletion_that_fails_keeps_no_other_waiting(sqlite: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def wish(work: Work) -> None:
        for number in range(2):
            ERASURES.ask(work, newcomer(work, 1000 + number))
            assert ERASURES.hasten(work, newcomer(work, 1000 + number))

    await sqlite.database.run(wish)
    advance = ErasureDesk.advance

    def sometimes(desk: ErasureDesk, work: Work, person_id: int) -> Any:
        if person_id == 1:
            raise LookupError
        return advance(desk, work, person_id)

    monkeypatch.setattr(ErasureDesk, "advance", sometimes)
    with capture_logs() as lines:
        tally = (await scheduled(sqlite.database).tick())["erasures"]

    assert tally.skipped == {"told": 1}
    assert [(line["event"], line["job"]) for line in lines] == [("job_failed", "erasures")]


async def test_somebody_who_is_being_deleted_gets_no_digest(opened: Opened) -> None:
    opened.moment.at = at(1, 8)
    await opened.database.run(subscribe(2))
    await opened.database.run(publish(1))
    await opened.database.run(lambda work: ERASURES.ask(work, newcomer(work, 1000)))
    opened.moment.at = at(1, 9, 15)

    tally = (await scheduled(opened.database).tick())["digest"]
    assert (tally.seen, tally.sent, tally.skipped) == (2, 1, {"erasing": 1})


async def test_an_unfinished_registration_is_reminded_of_once_and_deleted_in_the_end(opened: Opened) -> None:
    def stop_in_the_middle(work: Work) -> None:
        found = people.by_id(work, newcomer(work, 1000).id or 0)
        assert found is not None
        found[1].form, found[1].draft_at = {"registration": {"step": "name", "answers": {}}}, work.now

    await opened.database.run(stop_in_the_middle)
    looked = scheduled(opened.database)
    assert (await looked.tick())["drafts"].seen == 0
    opened.moment.passes(hours=25)
    assert (await looked.tick())["drafts"].sent == 1
    assert (await looked.tick())["drafts"].seen == 0
    opened.moment.passes(days=60)
    assert (await looked.tick())["tidy"].skipped["drafts"] == 1
    assert await opened.one("SELECT draft_at FROM conversation") is None
