"""The service's database, read by the tests' own means: SQL, and the key to open what is sealed."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

import asyncpg

from storage.clock import Clock
from storage.engine import connect
from storage.queries import invariants
from storage.sealed import KeyRing, unlock
from tests.databases import KEY

Row = dict[str, Any]


class Ledger:
    """Reads rows while no service runs, or beside one. Nothing is cached."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._ring = KeyRing([KEY])

    async def rows(self, query: str) -> list[Row]:
        """Give the rows of a query by column name."""
        if self.url.startswith("sqlite"):
            return self._sqlite(query)
        connection = await asyncpg.connect(self.url)
        try:
            return [dict(row) for row in await connection.fetch(query)]
        finally:
            await connection.close()

    def _sqlite(self, query: str) -> list[Row]:
        connection = sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=10, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(query)]
        finally:
            connection.close()

    async def one(self, query: str) -> Any:
        """Give a single value."""
        ((value,),) = [row.values() for row in await self.rows(query)]
        return value

    def opened(self, sealed: bytes) -> str:
        """Read a sealed text."""
        return self._ring.open(sealed).decode()

    def opened_json(self, sealed: bytes) -> Any:
        """Read a sealed structure."""
        return json.loads(self._ring.open(sealed))

    async def open_work(self) -> int:
        """Count what still has to be done: updates without a turn, and messages without an end."""
        inbox = "SELECT count(*) FROM inbox WHERE state = 'open'"
        outbox = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'claimed')"
        return int(await self.one(f"SELECT ({inbox}) + ({outbox})"))

    async def broken(self) -> list[str]:
        """Give the invariants that do not hold, as `doctor` would."""
        unlock([KEY])
        database = connect(self.url, Clock())
        await database.start()
        try:
            return [f"{each.holds}: {count}" for each, count in await database.run(invariants.broken)]
        finally:
            await database.stop()

    async def age_leases(self) -> None:
        """Let every claim in force run out, as if a minute had passed."""
        past = datetime(2020, 1, 1, tzinfo=UTC)
        instant = past.strftime("%Y-%m-%d %H:%M:%S.%f")
        await self.rows(f"UPDATE outbox SET lease_until = '{instant}' WHERE state = 'claimed'")
