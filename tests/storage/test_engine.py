"""One call is one transaction: what commits together, what fails alone, what is tried again (DB-03, DB-06)."""

import asyncio
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage import engine
from storage.clock import Clock
from storage.engine import PostgresDatabase, SqliteDatabase, connect
from storage.work import Work
from tests.databases import Opened, newcomer

ADD = text("INSERT INTO line (bot_id, next_update) VALUES (:number, 0)")
COUNT = "SELECT count(*) FROM line"


class Deadlock(Exception):
    """What a driver raises when the database asks for another try."""

    sqlstate = "40P01"


class Serialization(Deadlock):
    sqlstate = "40001"


class Gone(Deadlock):
    sqlstate = "57P01"


class Full(Deadlock):
    sqlstate = "53100"


def add(number: int) -> Any:
    def unit(work: Work) -> int:
        work.session.execute(ADD, {"number": number})
        return number

    return unit


def breaks(number: int) -> Any:
    def unit(work: Work) -> None:
        add(number)(work)
        raise ValueError(number)

    return unit


async def test_a_result_is_there_when_its_rows_are(opened: Opened) -> None:
    assert await opened.database.run(add(7)) == 7

    other = await opened.once_more()
    assert await other.run(lambda work: work.session.execute(text(COUNT)).scalar()) == 1


async def test_a_unit_that_fails_leaves_nothing_and_says_why(opened: Opened) -> None:
    with pytest.raises(ValueError, match="7"):
        await opened.database.run(breaks(7))

    assert await opened.one(COUNT) == 0


async def test_a_unit_that_fails_harms_none_of_its_group(opened: Opened) -> None:
    units = [breaks(n) if n % 3 == 0 else add(n) for n in range(30)]

    results = await asyncio.gather(*map(opened.database.run, units), return_exceptions=True)

    assert [isinstance(result, ValueError) for result in results] == [n % 3 == 0 for n in range(30)]
    assert await opened.one(COUNT) == 20


async def test_a_unit_that_the_database_refuses_harms_none_of_its_group(opened: Opened) -> None:
    results = await asyncio.gather(*(opened.database.run(add(n // 2)) for n in range(10)), return_exceptions=True)

    assert sum(isinstance(result, DBAPIError) for result in results) == 5
    assert await opened.one(COUNT) == 5


async def test_what_is_ready_is_committed_at_once(sqlite: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[int] = []
    commit = engine._commit_group

    def counting(made: Any, group: Any, clock: Clock) -> None:
        commits.append(len(group))
        commit(made, group, clock)

    monkeypatch.setattr(engine, "_commit_group", counting)

    await asyncio.gather(*(sqlite.database.run(add(n)) for n in range(100)))

    assert sum(commits) == 100
    assert len(commits) < 50
    assert max(commits) <= engine.GROUP_LIMIT
    assert await sqlite.one(COUNT) == 100


async def test_a_commit_that_fails_fails_every_unit_of_its_group(
    sqlite: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = engine.sqlite_engine(sqlite.url)
    fail = [True]

    @event.listens_for(made, "commit")
    def _refuse(connection: Any) -> None:
        if fail:
            raise OperationalError("COMMIT", None, sqlite3.OperationalError("disk I/O error"))

    monkeypatch.setattr(engine, "sqlite_engine", lambda url: made)
    database = await sqlite.once_more()
    results = await asyncio.gather(*(database.run(add(n)) for n in range(10)), return_exceptions=True)

    assert all(isinstance(result, OperationalError) for result in results)
    fail.clear()
    assert await database.run(add(11)) == 11
    assert await sqlite.one(COUNT) == 1


async def test_a_full_disk_fails_and_the_writer_goes_on_when_there_is_room(sqlite: Opened) -> None:
    def limit(pages: int) -> Any:
        return lambda work: work.session.execute(text(f"PRAGMA max_page_count={pages}")).scalar()

    def fill(work: Work) -> None:
        for number in range(500):
            work.session.execute(
                text("INSERT INTO line (bot_id, username, next_update) VALUES (:n, :words, 0)"),
                {"n": 1000 + number, "words": "x" * 3000},
            )

    await sqlite.database.run(limit(1))
    results = await asyncio.gather(sqlite.database.run(fill), sqlite.database.run(add(1)), return_exceptions=True)
    assert isinstance(results[0], OperationalError)

    await sqlite.database.run(limit(1_000_000))
    assert await sqlite.database.run(add(2)) == 2
    survived = 1 if isinstance(results[1], OperationalError) else 2
    assert await sqlite.one(COUNT) == survived


async def test_giving_up_waiting_disturbs_nobody_else(opened: Opened) -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(opened.database.run(add(n))) for n in range(40)]
        await asyncio.sleep(0)
        for task in tasks[::4]:
            task.cancel()

    assert [task.result() for task in tasks if not task.cancelled()]
    finished = sum(not task.cancelled() for task in tasks)
    assert finished >= 30
    assert finished <= await opened.one(COUNT) <= 40


async def test_units_that_are_cancelled_keep_no_connection(postgres: Opened) -> None:
    assert isinstance(postgres.database, PostgresDatabase)
    for delay in (0, 0.001, 0.003, 0.01):
        tasks = [asyncio.create_task(postgres.database.run(add(random.randrange(10**9)))) for _ in range(30)]
        await asyncio.sleep(delay)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    assert postgres.database._engine.pool.checkedout() == 0
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
    assert await postgres.one(waiting) == 0


@pytest.mark.parametrize("trouble", [Deadlock, Serialization, Gone, ConnectionResetError])
async def test_a_unit_is_run_again_as_a_whole(postgres: Opened, trouble: type[Exception]) -> None:
    runs = []

    def unit(work: Work) -> int:
        runs.append(add(3)(work))
        if len(runs) < 3:
            raise trouble if issubclass(trouble, OSError) else DBAPIError("COMMIT", None, trouble())
        return len(runs)

    assert await postgres.database.run(unit) == 3
    assert await postgres.one(COUNT) == 1


async def test_a_failure_that_stays_is_passed_on(postgres: Opened) -> None:
    runs = []

    def unit(work: Work) -> None:
        runs.append(1)
        raise DBAPIError("COMMIT", None, Deadlock())

    with pytest.raises(DBAPIError):
        await postgres.database.run(unit)
    assert len(runs) == engine.TRIES


async def test_a_failure_no_other_try_can_mend_is_not_repeated(postgres: Opened) -> None:
    runs = []

    def unit(work: Work) -> None:
        runs.append(1)
        raise DBAPIError("COMMIT", None, Full())

    with pytest.raises(DBAPIError):
        await postgres.database.run(unit)
    assert len(runs) == 1


async def test_real_deadlocks_are_mended(postgres: Opened) -> None:
    for number in (1, 2):
        await postgres.database.run(add(number))
    change = text("UPDATE line SET next_update = next_update + 1 WHERE bot_id = :number")

    def crossing(first: int, second: int) -> Any:
        def unit(work: Work) -> None:
            work.session.execute(change, {"number": first})
            work.session.execute(text("SELECT pg_sleep(0.05)"))
            work.session.execute(change, {"number": second})

        return unit

    await postgres.database.run(lambda work: work.session.execute(text("SELECT 1")).close())
    await asyncio.gather(*(postgres.database.run(crossing(*pair)) for pair in [(1, 2), (2, 1)]))

    assert await postgres.rows("SELECT next_update FROM line") == [(2,), (2,)]


async def test_every_tenth_commit_fails_and_nothing_happens_twice(postgres: Opened) -> None:
    """DB-03 with 300 units: whatever was to be counted is counted once."""
    assert isinstance(postgres.database, PostgresDatabase)
    await postgres.database.run(add(1))
    chance, failed = random.Random(20260901), []

    @event.listens_for(postgres.database._engine.sync_engine, "commit")
    def _refuse(connection: Any) -> None:
        if chance.random() < 0.1:
            failed.append(1)
            raise DBAPIError("COMMIT", None, chance.choice([Deadlock, Serialization])())

    def count(work: Work) -> None:
        work.session.execute(text("UPDATE line SET next_update = next_update + 1 WHERE bot_id = 1"))

    await asyncio.gather(*(postgres.database.run(count) for _ in range(300)))

    assert len(failed) > 10
    assert await postgres.one("SELECT next_update FROM line") == 300


async def test_a_database_that_restarts_is_found_again(postgres: Opened) -> None:
    await postgres.database.run(add(1))
    killed = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    other = await postgres.once_more()
    await other.run(lambda work: work.session.execute(text(killed)).close())

    assert await postgres.database.run(add(2)) == 2


async def test_fifty_writers_and_a_second_program_never_find_it_locked(sqlite: Opened) -> None:
    """DB-06 with 50 writers of 20 units each, while another program writes to the same file."""
    other = await sqlite.once_more()

    async def write(writer: int) -> None:
        database = other if writer % 10 == 0 else sqlite.database
        for number in range(20):
            await database.run(add(writer * 100 + number))

    await asyncio.gather(*map(write, range(50)))

    assert await sqlite.one(COUNT) == 1000


async def test_a_commit_is_on_the_disk(sqlite: Opened) -> None:
    def pragma(name: str) -> Any:
        return lambda work: work.session.execute(text(f"PRAGMA {name}")).scalar()

    found = [await sqlite.database.run(pragma(name)) for name in ("journal_mode", "synchronous", "foreign_keys")]

    assert found == ["wal", 2, 1]


async def test_what_was_handed_over_is_finished_before_it_stops(fresh_sqlite_url: str) -> None:
    database = connect(fresh_sqlite_url, Clock())
    await database.start()
    waiting = asyncio.gather(*(database.run(add(n)) for n in range(20)))
    await asyncio.sleep(0)
    await database.stop()

    assert await waiting == list(range(20))


@pytest.mark.parametrize("url", ["sqlite:///{folder}/a.db", "postgresql://nobody@127.0.0.1:1/none"])
async def test_a_database_that_was_not_started_says_so(url: str, tmp_path: Path) -> None:
    database = connect(url.format(folder=tmp_path), Clock())

    with pytest.raises(RuntimeError, match="not started"):
        await database.run(add(1))


async def test_a_file_nobody_can_open_is_a_failure_and_not_a_wait(tmp_path: Path) -> None:
    database = SqliteDatabase(f"sqlite:///{tmp_path}/no/such/folder/a.db", Clock())
    await database.start()
    with pytest.raises(OperationalError):
        await database.run(add(1))
    await database.stop()


async def test_values_never_stand_in_a_failure(opened: Opened) -> None:
    await opened.database.run(lambda work: newcomer(work, 501, name="Canary Aigul"))

    def bound(work: Work) -> None:
        insert = text(
            "INSERT INTO person (user_id, zone, created_at, region) VALUES (:user, 'UTC', '2026-09-01', :where)"
        )
        work.session.execute(insert, {"user": 501, "where": "canary"})

    with pytest.raises(DBAPIError) as failed:
        await opened.database.run(bound)
    assert "canary" not in str(failed.value)
