"""Migrations on both databases: up, down and up, equal to the tables, once for many replicas (MIG-01, MIG-04)."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.lifecycle import ServiceLock
from storage.clock import Clock
from storage.engine import connect
from storage.migrations import runner
from storage.migrations.runner import SchemaNewer
from storage.tables.all import METADATA
from tests.databases import newcomer

ROOT = Path(__file__).resolve().parents[2]
MIGRATE = "import sys; from storage.migrations.runner import migrate; print(migrate(sys.argv[1]))"


def tables(url: str) -> set[str]:
    return runner._on(url, lambda connection: set(inspect(connection).get_table_names()))


def say(url: str, statement: str) -> None:
    runner._on(url, lambda connection: connection.execute(text(statement)).close())


def test_up_down_and_up_again(database_url: str) -> None:
    assert runner.revision_of(database_url) is None
    assert runner.migrate(database_url) is None
    assert runner.revision_of(database_url) == runner.known_revisions()[-1]
    first = tables(database_url)

    assert runner.migrate(database_url, "base") == runner.known_revisions()[-1]
    assert tables(database_url) == {"alembic_version"}
    runner.migrate(database_url)
    assert tables(database_url) == first == {*METADATA.tables, "alembic_version"}


def test_step_by_step_and_back(database_url: str) -> None:
    for revision in runner.known_revisions():
        runner.migrate(database_url, revision)
        assert runner.revision_of(database_url) == revision
    for revision in reversed(runner.known_revisions()[:-1]):
        runner.migrate(database_url, revision)
        assert runner.revision_of(database_url) == revision


def test_the_tables_are_what_the_migrations_make(migrated_url: str) -> None:
    assert runner.differences(migrated_url) == []
    assert runner.is_current(migrated_url)


def test_a_difference_would_be_seen(migrated_url: str) -> None:
    say(migrated_url, "ALTER TABLE audit DROP COLUMN about")
    say(migrated_url, "DROP INDEX inbox_open")

    found = str(runner.differences(migrated_url))
    assert "about" in found
    assert "inbox_open" in found


def test_a_partial_index_is_partial(migrated_url: str) -> None:
    """No comparison of schemas looks at the condition of an index."""
    kind = "sqlite" if migrated_url.startswith("sqlite") else "postgresql"
    query = "SELECT sql FROM sqlite_master WHERE type = 'index'"
    if kind == "postgresql":
        query = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
    made = [str(row[0]) for row in runner._on(migrated_url, lambda connection: connection.execute(text(query)).all())]

    partial = {
        index.name
        for table in METADATA.sorted_tables
        for index in table.indexes
        if index.dialect_options[kind]["where"] is not None
    }
    assert "case_one_open" in partial
    assert {name for name in partial for line in made if f" {name} " in line and " WHERE " in line} == partial
    assert sum(" WHERE " in line for line in made) == len(partial)


def test_nothing_changes_when_it_is_current(migrated_url: str) -> None:
    assert runner.migrate(migrated_url) == runner.known_revisions()[-1]
    assert runner.missing_migrations() == []


async def test_rows_survive_being_migrated_again(migrated_url: str) -> None:
    database = connect(migrated_url, Clock())
    await database.start()
    await database.run(newcomer)
    await asyncio.to_thread(runner.migrate, migrated_url)

    assert await database.run(lambda work: newcomer(work).id) == 1
    await database.stop()


def test_five_replicas_start_at_once(database_url: str) -> None:
    """MIG-01: one migrates, four wait, none fails."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, database_url],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(5)
    ]
    said = [each.communicate(timeout=60) for each in started]

    assert [each.returncode for each in started] == [0] * 5, said
    assert sorted(out.strip() for out, _ in said) == sorted(["None", *runner.known_revisions()[-1:] * 4])
    assert runner.differences(database_url) == []


def test_replicas_within_one_process_wait_too(database_url: str) -> None:
    with ThreadPoolExecutor(5) as threads:
        before = list(threads.map(runner.migrate, [database_url] * 5))

    assert before.count(None) == 1


def test_a_newer_schema_is_left_alone(migrated_url: str) -> None:
    """MIG-04: it says so, names both versions, and touches nothing."""
    say(migrated_url, "UPDATE alembic_version SET version_num = '9999'")

    for attempt in (runner.migrate, runner.is_current):
        with pytest.raises(SchemaNewer, match=rf"9999.*newer.*{runner.known_revisions()[-1]}"):
            attempt(migrated_url)
    assert runner.revision_of(migrated_url) == "9999"
    assert tables(migrated_url) == {*METADATA.tables, "alembic_version"}


def verb(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "JOBLINE_DATABASE_URL": url,
        "JOBLINE_TOKEN": "42:abc",
        "JOBLINE_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s",
        "JOBLINE_API_URL": "http://127.0.0.1:1",
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("words", [("run",), ("migrate",)])
def test_a_service_refuses_a_newer_schema_with_one_line(fresh_sqlite_url: str, words: tuple[str, ...]) -> None:
    say(fresh_sqlite_url, "UPDATE alembic_version SET version_num = '9999'")

    done = verb(fresh_sqlite_url, *words)

    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [
        f"The schema (9999) is newer than this release ({runner.known_revisions()[-1]})."
    ]


def test_a_service_refuses_an_old_schema_with_one_line(database_url: str) -> None:
    done = verb(database_url, "run")

    assert done.returncode == 2
    assert done.stderr.strip() == "The database's schema is not up to date; run `./jobline migrate` first."


def test_migrate_is_refused_while_a_service_runs(fresh_sqlite_url: str) -> None:
    runner.migrate(fresh_sqlite_url, "base")
    service = ServiceLock(fresh_sqlite_url)
    service.take()
    try:
        refused = verb(fresh_sqlite_url, "migrate")
    finally:
        service.release()

    assert refused.returncode == 2
    assert "already running" in refused.stderr
    assert runner.revision_of(fresh_sqlite_url) is None
    assert verb(fresh_sqlite_url, "migrate").returncode == 0
    assert runner.is_current(fresh_sqlite_url)


def test_an_upgrade_keeps_what_is_there(database_url: str) -> None:
    """MIG-05: somebody of the first release, with a consent and a half-filled form, is still there after the upgrade."""
    runner.migrate(database_url, "0001")
    when = "2026-11-20 08:00:00+00:00"
    say(
        database_url,
        f"INSERT INTO person (user_id, zone, region, created_at) VALUES (501, 'Asia/Almaty', 'KZ-75', '{when}')",
    )
    say(
        database_url,
        "INSERT INTO consent (person_id, purpose, text_version, language, given_at) "
        f"VALUES (1, 'alerts', 1, 'kk', '{when}')",
    )
    say(
        database_url,
        "INSERT INTO conversation (person_id, step, version, form, updated_at) "
        f"VALUES (1, 'Registration:region', 1, '', '{when}')",
    )
    runner.migrate(database_url)

    kept = "SELECT user_id, region, is_present, helper_id, profile FROM person"
    row = runner._on(database_url, lambda connection: connection.execute(text(kept)).one())
    assert (row[0], row[1], bool(row[2]), row[3], row[4]) == (501, "KZ-75", True, None, None)
    assert rows(database_url, "SELECT person_id, purpose, words FROM consent") == [(1, "alerts", None)]
    assert rows(database_url, "SELECT step FROM conversation") == [("Registration:place",)]


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in runner._on(url, lambda connection: connection.execute(text(statement)).all())]


def test_the_number_of_an_erased_row_is_given_to_nobody_else(migrated_url: str) -> None:
    insert = "INSERT INTO person (user_id, is_present, zone, created_at) VALUES (501, {yes}, 'UTC', '2026-11-20 08:00:00+00:00')"
    insert = insert.format(yes="1" if migrated_url.startswith("sqlite") else "true")
    for statement in (insert, "DELETE FROM person", insert):
        say(migrated_url, statement)
    assert rows(migrated_url, "SELECT id FROM person") == [(2,)]
