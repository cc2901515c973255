"""Databases with today's schema in them, on a clock a test can move, and the rows tests begin with."""

import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from services.letters import CounsellorSaid, Digest
from storage.clock import Clock
from storage.engine import Database, connect
from storage.migrations import runner
from storage.outbox import ALERT, Saying
from storage.queries import people
from storage.sealed import unlock
from storage.tables.people import Person
from storage.tables.vacancies import Vacancy
from storage.work import Work
from tests.postgres import Server

KEY = b"k" * 32
NOON = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)
"""Tuesday, noon in Almaty."""

unlock([KEY])


@dataclass
class Moment:
    """A present that stands still until a test moves it. Real time (leases, gates) moves with it."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **units: float) -> None:
        self.at += timedelta(**units)


@dataclass
class Opened:
    """A started database and its address, to open it again as another process would."""

    url: str
    moment: Moment
    database: Database
    others: list[Database] = field(default_factory=list)

    async def once_more(self, moment: Moment | None = None) -> Database:
        """Open it a second time, with a clock of its own if wished."""
        other = connect(self.url, Clock(source=moment or self.moment))
        await other.start()
        self.others.append(other)
        return other

    async def rows(self, query: str, **values: Any) -> list[Any]:
        """Look at the rows themselves."""
        return await self.database.run(lambda work: list(work.session.execute(text(query), values).all()))

    async def one(self, query: str, **values: Any) -> Any:
        """Look at a single value."""
        (row,) = await self.rows(query, **values)
        return row[0] if len(row) == 1 else row

    async def change(self, statement: str, **values: Any) -> None:
        """Write behind everybody's back."""
        await self.database.run(lambda work: work.session.execute(text(statement), values).close())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make today's schema once."""
    path = tmp_path_factory.mktemp("schema") / "template.db"
    runner.migrate(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> Iterator[str]:
    """Make today's schema once; every test gets a copy."""
    url = postgres_server.create()
    runner.migrate(url)
    yield url.rpartition("/")[2]
    postgres_server.drop(url)


@pytest.fixture
def fresh_sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give a SQLite file with today's schema."""
    shutil.copy(sqlite_template, tmp_path / "jobline.db")
    return f"sqlite:///{tmp_path / 'jobline.db'}"


@pytest.fixture
def copied_postgres_url(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    """Give a PostgreSQL database with today's schema."""
    url = postgres_server.create(postgres_template)
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """Give a database of each kind in turn, with today's schema."""
    url: str = request.getfixturevalue("fresh_sqlite_url" if request.param == "sqlite" else "copied_postgres_url")
    return url


@pytest.fixture
async def opened(migrated_url: str) -> AsyncIterator[Opened]:
    """Give a started database of each kind in turn."""
    async for each in opening(migrated_url):
        yield each


@pytest.fixture
async def postgres(copied_postgres_url: str) -> AsyncIterator[Opened]:
    """Give a started PostgreSQL database, for what only several processes do."""
    async for each in opening(copied_postgres_url):
        yield each


@pytest.fixture
async def sqlite(fresh_sqlite_url: str) -> AsyncIterator[Opened]:
    """Give a started SQLite database, where one kind is enough."""
    async for each in opening(fresh_sqlite_url):
        yield each


async def opening(url: str) -> AsyncIterator[Opened]:
    moment = Moment()
    database = connect(url, Clock(source=moment))
    await database.start()
    each = Opened(url, moment, database)
    yield each
    for one in (*each.others, database):
        await one.stop()


# --------------------------------------------------------------------------------------------------- rows to begin with


def newcomer(work: Work, user_id: int = 501, **facts: Any) -> Person:
    """Make somebody who spoke to us; the facts are set as given."""
    person, _ = people.newcomer(work, user_id, "Asia/Almaty")
    for name, value in facts.items():
        setattr(person, name, value)
    work.session.flush()
    return person


def vacancy(number: int, **facts: Any) -> Vacancy:
    """Make a vacancy for a cook in Almaty."""
    given: dict[str, Any] = {
        "source": "sample",
        "source_id": str(number),
        "content_key": f"content-{number}",
        "title": f"Cook {number}",
        "employer": "Canteen",
        "region": "KZ-75",
        "place": "Almaty",
        "occupation": "5120",
        "description": "",
        "apply": "",
        "published_on": NOON.date(),
        "first_seen_at": NOON,
        "checked_at": NOON,
    }
    return Vacancy(**given | facts)


def said(key: str, person_id: int = 1, words: str = "Hello", **more: Any) -> Saying:
    """Make something to say to a person: a counsellor's words unless a kind is named."""
    given: dict[str, Any] = {
        "key": key,
        "lane": f"u:{person_id}",
        "chat_id": 500 + person_id,
        "kind": CounsellorSaid.__name__,
        "body": CounsellorSaid("Dana", words).facts(),
        "priority": ALERT,
        "person_id": person_id,
    }
    return Saying(**given | more)


def digest(key: str, person_id: int = 1, **more: Any) -> Saying:
    """Make a digest to be said."""
    body = Digest(person_id, [], 1, late=False, local_on="2026-09-01").facts()
    return said(key, person_id, **{"kind": Digest.__name__, "body": body} | more)


async def until(true: Callable[[], object], within: float = 20.0) -> None:
    """Wait for something another task brings about. The deadline only catches hanging."""
    import asyncio

    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        await asyncio.sleep(0.005)
