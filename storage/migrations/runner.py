"""Bringing a database's schema to where this release needs it.

One migration at a time: SQLite's writer lock, or a session-level advisory lock on PostgreSQL, is held over the whole
upgrade, so that replicas started together wait for the first one instead of tripping over it.
"""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.engine import asyncpg_address, sqlite_engine
from storage.tables.all import METADATA

T = TypeVar("T")

_ADVISORY = 0x6A6F626C
"""The advisory lock's number on PostgreSQL ("jobl")."""


class SchemaNewer(Exception):
    """The database was written by a newer release; this one must not touch it."""


class LostReferences(Exception):
    """A change of the schema would leave rows that point to nothing."""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def _on(url: str, act: Callable[[Connection], T]) -> T:
    """Run on one connection, in one transaction."""
    return _on_sqlite(url, act) if url.startswith("sqlite") else asyncio.run(_on_postgres(url, act))


def _on_sqlite(url: str, act: Callable[[Connection], T]) -> T:
    """Run with references unchecked until the end: SQLite changes a table by writing it anew under the same name."""
    engine = sqlite_engine(url)
    try:
        with closing(engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA foreign_keys=OFF")
        with engine.begin() as connection:
            found = act(connection)
            _require_references(connection)
            return found
    finally:
        engine.dispose()


def _require_references(connection: Connection) -> None:
    """Raise LostReferences, which undoes everything, when a row points to one that is not there."""
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if lost:
        tables = sorted({str(row[0]) for row in lost})
        message = f"{len(lost)} rows of {', '.join(tables)} point to rows that are gone; nothing was changed."
        raise LostReferences(message)


async def _on_postgres(url: str, act: Callable[[Connection], T]) -> T:
    engine = create_async_engine(asyncpg_address(url))
    try:
        async with engine.begin() as connection:
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY})"))
            return await connection.run_sync(act)
    finally:
        await engine.dispose()


def known_revisions() -> list[str]:
    """Give this release's revisions, oldest first."""
    script = ScriptDirectory(str(Path(__file__).parent))
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


def revision_of(url: str) -> str | None:
    """Give the revision a database is at; None for an empty one."""
    return _on(url, lambda connection: MigrationContext.configure(connection).get_current_revision())


def require_known(revision: str | None) -> None:
    """Refuse a schema from the future. Raises SchemaNewer."""
    if revision is not None and revision not in known_revisions():
        message = f"The schema ({revision}) is newer than this release ({known_revisions()[-1]})."
        raise SchemaNewer(message)


def migrate(url: str, revision: str = "head") -> str | None:
    """Bring the schema to a revision, up or down. Gives where it was before."""

    def act(connection: Connection) -> str | None:
        before = MigrationContext.configure(connection).get_current_revision()
        require_known(before)
        up = revision == "head" or before is None or (revision != "base" and revision > before)
        (command.upgrade if up else command.downgrade)(_config(connection), revision)
        return before

    return _on(url, act)


def differences(url: str) -> list[Any]:
    """Give what the tables have that the migrations do not make, and the other way round; empty when they agree."""

    def act(connection: Connection) -> list[Any]:
        found: list[Any] = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), METADATA
        )
        return found

    return _on(url, act)


def is_current(url: str) -> bool:
    """Tell whether the schema is where this release needs it. Raises SchemaNewer."""
    revision = revision_of(url)
    require_known(revision)
    return revision == known_revisions()[-1]


def missing_migrations() -> list[Any]:
    """Give what the tables have that the migrations do not make, tried on an empty database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.db"
        migrate(url)
        return differences(url)
