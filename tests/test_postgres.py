"""The databases the other tests rely on: fresh, of both kinds, and gone afterwards."""

import asyncio
import os
import sqlite3
import time
from pathlib import Path

import asyncpg
import pytest

from tests import postgres


def ask(url: str, *statements: str) -> object:
    """Run statements in one database; the answer is the last one's first value."""
    if url.startswith("sqlite:///"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
            answers = [database.execute(statement).fetchone() for statement in statements]
        database.close()
        return answers[-1][0] if answers[-1] else None
    return asyncio.run(ask_postgres(url, *statements))


async def ask_postgres(url: str, *statements: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        answers = [await connection.fetchval(statement) for statement in statements]
    finally:
        await connection.close()
    return answers[-1]


@pytest.mark.parametrize("time_round", ["first", "second"])
def test_every_test_begins_with_an_empty_database_of_each_kind(database_url: str, time_round: str) -> None:
    answer = ask(
        database_url,
        "CREATE TABLE seen (word TEXT)",
        f"INSERT INTO seen VALUES ('{time_round}')",
        "SELECT count(*) FROM seen",
    )

    assert answer == 1


@pytest.mark.postgres
def test_a_copy_of_a_prepared_database_brings_its_tables(postgres_server: postgres.Server) -> None:
    prepared = postgres_server.create()
    ask(prepared, "CREATE TABLE seen (word TEXT)")
    copied = postgres_server.create(template=prepared.rpartition("/")[2])

    assert ask(copied, "SELECT count(*) FROM seen") == 0

    for url in (prepared, copied):
        postgres_server.drop(url)


@pytest.mark.postgres
def test_a_dropped_database_is_gone_even_with_someone_connected(postgres_server: postgres.Server) -> None:
    url = postgres_server.create()

    async def drop_under_a_connection() -> None:
        connection = await asyncpg.connect(url)
        await asyncio.to_thread(postgres_server.drop, url)
        connection.terminate()

    asyncio.run(drop_under_a_connection())

    with pytest.raises(asyncpg.InvalidCatalogNameError):
        ask(url, "SELECT 1")


@pytest.mark.postgres
def test_the_server_speaks_unicode_and_utc(postgres_url: str) -> None:
    assert ask(postgres_url, "SELECT lower('ҚАЗАҚ')") == "қазақ"
    assert ask(postgres_url, "SHOW timezone") == "UTC"


@pytest.mark.postgres
def test_the_last_worker_to_let_go_ends_the_server(postgres_server: postgres.Server, tmp_path: Path) -> None:
    note = tmp_path / "postgres.folder"
    server, first = postgres.start(postgres_server.binaries, note)
    joined = postgres.join(note)
    assert joined is not None
    folder = Path(note.read_text().splitlines()[2])

    os.close(first)
    assert ask(server.url("postgres"), "SELECT 1") == 1
    os.close(joined[1])

    wait_until_gone(folder)
    assert postgres.join(note) is None


def wait_until_gone(folder: Path) -> None:
    """Poll until the guard has cleaned up."""
    deadline = time.monotonic() + postgres.DEADLINE_S
    while folder.exists():
        assert time.monotonic() < deadline, "the guard still waits"
        time.sleep(0.01)


def test_a_missing_server_skips_at_home_and_fails_on_the_build_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="no server"):
        postgres.missing("no server")

    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no server"):
        postgres.missing("no server")
