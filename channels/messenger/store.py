"""The messenger's memory on disk: one SQLite file, written behind in groups.

The truth lives in memory; every change is noted here at once and written a moment later by a thread, many changes to
one commit. An ordinary restart loses nothing; a kill may lose the last moment, which real messengers promise us no
better.
"""

import asyncio
import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from channels.messenger.model import JSON

SCHEMA = """
CREATE TABLE IF NOT EXISTS records (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (chat TEXT, id INTEGER, body TEXT NOT NULL, PRIMARY KEY (chat, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS updates (bot INTEGER, id INTEGER, kind TEXT, lane TEXT, expires REAL, body TEXT NOT NULL,
    PRIMARY KEY (bot, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, about TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS calls (seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
"""
PUT_RECORD = "INSERT OR REPLACE INTO records VALUES (?, ?, ?)"
PUT_MESSAGE = "INSERT OR REPLACE INTO messages VALUES (?, ?, ?)"
PUT_UPDATE = "INSERT OR REPLACE INTO updates VALUES (?, ?, ?, ?, ?, ?)"
PUT_FILE = "INSERT OR REPLACE INTO files VALUES (?, ?, ?)"
PUT_CALL = "INSERT OR REPLACE INTO calls VALUES (?, ?)"
DROP_RECORD = "DELETE FROM records WHERE kind = ? AND key = ?"
DROP_UPDATES = "DELETE FROM updates WHERE bot = ? AND id < ?"
DROP_UPDATE = "DELETE FROM updates WHERE bot = ? AND id = ?"
DROP_CALLS = "DELETE FROM calls WHERE seq < ?"

Row = tuple[Any, ...]


def dumped(value: object) -> str:
    """Compact JSON; dataclasses by their fields."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=vars)


class Store:
    """Notes changes, writes them in groups, and answers questions about what is no longer in memory."""

    def __init__(self, path: Path, pause: float = 0.1) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._pause = pause
        self._writer = self._opened(path)
        self._writer.executescript(SCHEMA)
        self._reader = self._opened(path)
        self._notes: list[tuple[str, Row]] = []
        self._dirty: dict[tuple[str, str], object] = {}
        self._fresh_files: dict[str, bytes] = {}
        self._writing = asyncio.Lock()
        self.written: list[Callable[[], None]] = []

    @staticmethod
    def _opened(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def keep(self, kind: str, key: str | int, record: object) -> None:
        """Note that a record changed; its last state before the next write is what is kept."""
        self._dirty[kind, str(key)] = record

    def forget(self, kind: str, key: str | int) -> None:
        """Note that a record is gone."""
        self._dirty.pop((kind, str(key)), None)
        self.note(DROP_RECORD, (kind, str(key)))

    def note(self, statement: str, row: Row) -> None:
        """Note one row to write."""
        self._notes.append((statement, row))

    def keep_file(self, file_id: str, about: object, content: bytes) -> None:
        """Note a file with its bytes."""
        self._fresh_files[file_id] = content
        self.note(PUT_FILE, (file_id, dumped(about), content))

    async def run(self) -> None:
        """Write behind until cancelled."""
        while True:
            await asyncio.sleep(self._pause)
            await self.flush()

    async def flush(self) -> None:
        """Write what was noted so far, in one transaction."""
        async with self._writing:
            notes = self._taken()
            if not notes:
                return
            files = list(self._fresh_files)
            await asyncio.to_thread(self._write, notes)
            for file_id in files:
                self._fresh_files.pop(file_id, None)
        for told in self.written:
            told()

    def _taken(self) -> list[tuple[str, Row]]:
        records = [(PUT_RECORD, (kind, key, dumped(record))) for (kind, key), record in self._dirty.items()]
        notes = records + self._notes
        self._dirty, self._notes = {}, []
        return notes

    def _write(self, notes: list[tuple[str, Row]]) -> None:
        self._writer.execute("BEGIN IMMEDIATE")
        for statement, group in itertools.groupby(notes, key=lambda note: note[0]):
            self._writer.executemany(statement, [row for _, row in group])
        self._writer.execute("COMMIT")

    def close(self) -> None:
        """Write the rest and let go of the file."""
        notes = self._taken()
        if notes:
            self._write(notes)
        self._reader.close()
        self._writer.close()

    def records(self, kind: str) -> Iterator[tuple[str, JSON]]:
        """All records of a kind."""
        for key, body in self._reader.execute("SELECT key, body FROM records WHERE kind = ?", (kind,)):
            yield key, json.loads(body)

    def updates(self) -> list[Row]:
        """Everything not yet confirmed, oldest first."""
        return self._reader.execute("SELECT * FROM updates ORDER BY bot, id").fetchall()

    def calls(self, limit: int) -> list[JSON]:
        """The last recorded calls, oldest first."""
        rows = self._reader.execute("SELECT body FROM calls ORDER BY seq DESC LIMIT ?", (limit,)).fetchall()
        return [json.loads(body) for (body,) in reversed(rows)]

    def last_ids(self) -> dict[str, int]:
        """The highest message id of every chat."""
        return dict(self._reader.execute("SELECT chat, MAX(id) FROM messages GROUP BY chat"))

    def message(self, chat: str, message_id: int) -> JSON | None:
        """One written message."""
        query = "SELECT body FROM messages WHERE chat = ? AND id = ?"
        row = self._reader.execute(query, (chat, message_id)).fetchone()
        return json.loads(row[0]) if row else None

    def messages_after(self, chat: str, after: int, limit: int) -> list[JSON]:
        """Written messages, upwards from an id."""
        query = "SELECT body FROM messages WHERE chat = ? AND id > ? ORDER BY id LIMIT ?"
        return [json.loads(body) for (body,) in self._reader.execute(query, (chat, after, limit))]

    def messages_before(self, chat: str, before: int, limit: int) -> list[JSON]:
        """Written messages, downwards from an id, newest first."""
        query = "SELECT body FROM messages WHERE chat = ? AND id < ? ORDER BY id DESC LIMIT ?"
        return [json.loads(body) for (body,) in self._reader.execute(query, (chat, before, limit))]

    def files(self) -> Iterator[JSON]:
        """What is known about every file."""
        for (about,) in self._reader.execute("SELECT about FROM files"):
            yield json.loads(about)

    def content(self, file_id: str) -> bytes:
        """The bytes of a file."""
        if file_id in self._fresh_files:
            return self._fresh_files[file_id]
        row = self._reader.execute("SELECT content FROM files WHERE id = ?", (file_id,)).fetchone()
        return bytes(row[0]) if row else b""
