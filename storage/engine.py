"""Reaching the database: one call is one transaction, on SQLite or PostgreSQL, with the same desks on top.

A unit of work is plain synchronous code handed a `Work`. On SQLite one writer thread runs the units that are ready, each
in a savepoint, and commits them together (one flush to disk for many turns). On PostgreSQL each unit runs in a
greenlet over asyncpg, many at once. `docs/decisions/0001` says why.
"""

import asyncio
import contextlib
import queue
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import StaticPool
from sqlalchemy.util import greenlet_spawn

from storage.clock import Clock
from storage.work import Work

T = TypeVar("T")
Unit = Callable[[Work], T]

GROUP_LIMIT = 64
"""Units committed together at most, so that the first of a burst does not wait for the last."""

TRIES = 4
"""How often a unit is run again after a deadlock, a serialization failure or a lost connection."""

_TRANSIENT = {"40001", "40P01", "57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006", "53300"}


class NotStarted(RuntimeError):
    """A unit was handed to a database that is not running (any more), so nobody would ever work on it."""

    def __init__(self) -> None:
        super().__init__("the database was not started")


class Database(Protocol):
    """What the rest of the product knows of a database."""

    clock: Clock

    async def start(self) -> None:
        """Open it."""

    async def stop(self) -> None:
        """Finish what was handed over, then close."""

    async def run(self, unit: Callable[[Work], T]) -> T:
        """Run a unit in one transaction and give its result once that is durable. The unit may run more than once."""


def connect(url: str, clock: Clock) -> Database:
    """Make the database for a `sqlite:///path` or `postgresql://…` address."""
    if url.startswith("sqlite"):
        return SqliteDatabase(url, clock)
    return PostgresDatabase(url, clock)


def asyncpg_address(url: str) -> str:
    """Add the driver to a `postgresql://…` address."""
    return "postgresql+asyncpg://" + url.partition("://")[2]


@dataclass(slots=True)
class _Job:
    unit: Callable[[Work], Any]
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[Any]"
    result: Any = None
    failure: BaseException | None = None


def sqlite_engine(url: str) -> Any:
    """Make the sync engine for a SQLite file: WAL, durable commits, one writer at a time, personal values hidden."""
    engine = create_engine(
        url, poolclass=StaticPool, connect_args={"check_same_thread": False, "timeout": 10}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@dataclass
class SqliteDatabase:
    """SQLite behind one writer thread that commits for many units at once."""

    url: str
    clock: Clock
    _jobs: "queue.SimpleQueue[_Job | None]" = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None

    async def start(self) -> None:
        """Start the writer."""
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Let the writer finish its queue."""
        if self._thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    async def run(self, unit: Callable[[Work], T]) -> T:
        """Queue the unit and wait until its group is on disk."""
        if self._thread is None:
            raise NotStarted
        loop = asyncio.get_running_loop()
        job = _Job(unit, loop, loop.create_future())
        self._jobs.put(job)
        result: T = await job.done
        return result

    def _write(self) -> None:
        engine = sqlite_engine(self.url)
        stopping = False
        while not stopping:
            group, stopping = self._next_group()
            if group:
                _commit_group(engine, group, self.clock)
                _hand_back(group)
        engine.dispose()

    def _next_group(self) -> tuple[list[_Job], bool]:
        """Wait for a job, then take what else is ready."""
        job = self._jobs.get()
        group: list[_Job] = []
        while job is not None:
            group.append(job)
            if len(group) == GROUP_LIMIT:
                return group, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return group, False
        return group, True


def _commit_group(engine: Any, group: list[_Job], clock: Clock) -> None:
    """Run every unit in a savepoint of its own and commit them together; a failure at commit fails them all."""
    try:
        with engine.begin() as connection:
            for job in group:
                _run_in_savepoint(connection, job, clock)
    except BaseException as failure:  # noqa: BLE001  # the waiting turns must hear of any failure
        for job in group:
            job.failure = failure


def _run_in_savepoint(connection: Connection, job: _Job, clock: Clock) -> None:
    driver: Any = connection.connection
    driver.execute("SAVEPOINT unit")
    work = Work(connection, clock.now(), clock.real())
    try:
        job.result = job.unit(work)
        work.finish()
    except Exception as failure:  # noqa: BLE001  # handed to the waiting turn
        job.failure = failure
        work.close(failed=True)
        connection.exec_driver_sql("ROLLBACK TO unit")
    finally:
        work.close()
    driver.execute("RELEASE unit")


def _hand_back(group: list[_Job]) -> None:
    """Resolve the futures, with one wake-up for each event loop."""
    for loop in {job.loop for job in group}:
        mine = [job for job in group if job.loop is loop]
        with contextlib.suppress(RuntimeError):  # a loop that was closed meanwhile has nobody left who waits
            loop.call_soon_threadsafe(_resolve, mine)


def _resolve(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.done.cancelled():
            continue
        if job.failure is not None:
            job.done.set_exception(job.failure)
        else:
            job.done.set_result(job.result)


@dataclass
class PostgresDatabase:
    """PostgreSQL through asyncpg; units run beside each other, each on a connection of its own."""

    url: str
    clock: Clock
    pool_size: int = 10
    _engine: Any = None

    async def start(self) -> None:
        """Make the pool; the first unit opens the first connection."""
        settings = {
            "statement_timeout": "30000",
            "lock_timeout": "25000",
            "idle_in_transaction_session_timeout": "60000",
            "timezone": "UTC",
        }
        self._engine = create_async_engine(
            asyncpg_address(self.url),
            pool_size=self.pool_size,
            max_overflow=0,
            hide_parameters=True,
            connect_args={"server_settings": settings, "timeout": 10},
        )

    async def stop(self) -> None:
        """Close the pool."""
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None

    async def run(self, unit: Callable[[Work], T]) -> T:
        """Run the unit; again as a whole when the database asks for that or went away."""
        if self._engine is None:
            raise NotStarted
        for tried in range(1, TRIES + 1):
            try:
                return await self._once(unit)
            except (DBAPIError, OSError) as failure:
                if tried == TRIES or not _is_transient(failure):
                    raise
                await asyncio.sleep(random.uniform(0.01, 0.05) * 2**tried)  # noqa: S311  # jitter, not a secret
        raise AssertionError

    async def _once(self, unit: Callable[[Work], T]) -> T:
        result: T = await greenlet_spawn(self._in_transaction, unit)
        return result

    def _in_transaction(self, unit: Callable[[Work], T]) -> T:
        """Take a connection, begin, work and commit in one greenlet: a step into asyncio and back costs as much as a statement."""
        with self._engine.sync_engine.begin() as connection:
            return self._worked(connection, unit)

    def _worked(self, connection: Connection, unit: Callable[[Work], T]) -> T:
        work = Work(connection, self.clock.now(), self.clock.real(), joining="rollback_only")
        try:
            result = unit(work)
            work.finish()
        finally:
            work.close()
        return result


def _is_transient(failure: BaseException) -> bool:
    """Tell failures that another try may mend from those it cannot."""
    if isinstance(failure, OSError):
        return True
    if isinstance(failure, DBAPIError):
        code = getattr(failure.orig, "sqlstate", None) or getattr(failure.orig, "pgcode", None)
        return failure.connection_invalidated or code in _TRANSIENT
    return False
