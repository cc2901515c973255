"""Databases to start an office on: migrated and full of samples once a session, copied for each test."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot import wiring
from bot.gathering import publish_samples
from storage.migrations.runner import migrate
from tests.phone import Hands, World, open_world, settings_for
from tests.postgres import Server


@pytest.fixture(scope="session")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite file with the schema and the samples, to be copied."""
    file = tmp_path_factory.mktemp("office") / "filled.db"
    fill(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def filled_postgres(postgres_server: Server) -> Iterator[str]:
    """Give the name of a PostgreSQL database with the schema and the samples, to be copied."""
    url = postgres_server.create()
    fill(url)
    yield url.rpartition("/")[2]
    postgres_server.drop(url)


def fill(url: str) -> None:
    """Bring in the schema and the samples."""
    migrate(url)
    settings = settings_for(url)

    async def bring() -> None:
        database = wiring.open_database(settings, Hands())
        await database.start()
        await publish_samples(database, wiring.load_content(settings).pack)
        await database.stop()

    asyncio.run(bring())


@pytest.fixture
def sqlite_url(filled_sqlite: Path) -> Iterator[str]:
    """Give a filled SQLite database of its own, in memory where the system has a place for that: no test cuts the power."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        shutil.copy(filled_sqlite, Path(folder) / "office.db")
        yield f"sqlite:///{folder}/office.db"


@pytest.fixture
def postgres_office_url(postgres_server: Server, filled_postgres: str) -> Iterator[str]:
    """Give a filled PostgreSQL database of its own."""
    url = postgres_server.create(filled_postgres)
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def office_url(request: pytest.FixtureRequest) -> str:
    """Give a filled database of each kind in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_office_url")
    return url


@pytest_asyncio.fixture
async def world(office_url: str) -> AsyncIterator[World]:
    """Give an office, on each kind of database."""
    async with open_world(settings_for(office_url)) as opened:
        yield opened


@pytest_asyncio.fixture
async def sqlite_world(sqlite_url: str) -> AsyncIterator[World]:
    """Give an office on SQLite, for what does not depend on the database."""
    async with open_world(settings_for(sqlite_url)) as opened:
        yield opened
