"""Statements of the hot path, written in SQLAlchemy, compiled once for each database and run on the driver itself.

SQLAlchemy spends far more on running a small statement than the database does. What every turn runs is therefore compiled
when it is first used; after that only the columns' own conversions (sealing, times) stand between a desk and the driver. Everything else
goes through the session as usual.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import ClauseElement

Values = Mapping[str, Any]
_Convert = Callable[[Any], Any]


class Prepared:
    """One statement. Each run takes values by their names in it and gives plain tuples.

    Attributes:
        takes: names an insert is given values for; other statements name theirs with `bindparam`.
        gives: the columns of the answer, for their conversions.
    """

    def __init__(self, statement: Any, *, takes: Sequence[str] | None = None, gives: Sequence[Any] = ()) -> None:
        self._statement: ClauseElement | Callable[[str], ClauseElement] = statement
        self._takes = None if takes is None else list(takes)
        self._gives = gives
        self._ready: dict[str, _Ready] = {}

    def rows(self, connection: Connection, values: Values) -> list[tuple[Any, ...]]:
        """Run it and give every row."""
        ready = self._for(connection.dialect)
        cursor = ready.run(connection, values)
        try:
            found = cursor.fetchall()
        finally:
            cursor.close()
        return [ready.read(row) for row in found]

    def row(self, connection: Connection, values: Values) -> tuple[Any, ...] | None:
        """Run it and give the first row, or None."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def change(self, connection: Connection, values: Values) -> int:
        """Run it and give how many rows it changed."""
        cursor = self._for(connection.dialect).run(connection, values)
        try:
            return int(cursor.rowcount)
        finally:
            cursor.close()

    def _for(self, dialect: Dialect) -> "_Ready":
        ready = self._ready.get(dialect.name)
        if ready is None:
            statement = self._statement(dialect.name) if callable(self._statement) else self._statement
            ready = self._ready[dialect.name] = _Ready(statement, dialect, self._takes, self._gives)
        return ready


class _Ready:
    """A statement in the words of one database, with the conversions of what goes in and comes out."""

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, takes: list[str] | None, gives: Sequence[Any]
    ) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=takes)
        self._sql = str(compiled)
        self._inward: list[tuple[str, Any, _Convert | None]] = [
            (name, compiled.params[name], compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        ]
        outward = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in gives]
        self._outward: list[_Convert | None] | None = outward if any(outward) else None

    def run(self, connection: Connection, values: Values) -> Any:
        """Run on the driver. Raises DBAPIError as SQLAlchemy would, without any value in it."""
        taken = [(values.get(name, fixed), convert) for name, fixed, convert in self._inward]
        given = tuple([value if convert is None else convert(value) for value, convert in taken])
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._sql, given)
        except Exception as failure:
            cursor.close()
            raise _told(connection, self._sql, failure) from failure
        return cursor

    def read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """Convert what came out."""
        if self._outward is None:
            return row
        return tuple(
            value if convert is None else convert(value) for value, convert in zip(row, self._outward, strict=True)
        )


def _told(connection: Connection, sql: str, failure: Exception) -> BaseException:
    """Give SQLAlchemy's own failure for a driver's, and drop a connection that is gone; anything else stays what it is."""
    dialect: Any = connection.dialect
    driver = dialect.loaded_dbapi.Error
    if not isinstance(failure, driver):
        return failure
    gone = dialect.is_disconnect(failure, connection.connection, None)
    if gone:
        connection.invalidate(failure)
    told: BaseException = DBAPIError.instance(
        sql, None, failure, driver, hide_parameters=True, connection_invalidated=gone, dialect=dialect
    )
    return told
