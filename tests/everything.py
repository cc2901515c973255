"""Rows of a person in every table that may hold any, made from the tables themselves: a new table is filled without being named."""

import itertools
from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, Integer, Table, insert, select
from sqlalchemy.schema import Column
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.queries.inventory import is_of_account, personal_tables
from storage.sealed import Sealed, SealedJson
from storage.tables.all import METADATA
from storage.tables.people import Person
from storage.work import Work
from tests.databases import NOON

_numbers = itertools.count(7_000)


Made = dict[Table, int]
"""The key of the row that was made in each table."""


def fill(work: Work, person: Person, mark: str) -> None:
    """Give a person a row in every table of persons; whatever is sealed holds the mark."""
    made: Made = {METADATA.tables["person"]: person.id or 0}
    for table in personal_tables():
        if table.name in {"person", "conversation"}:
            mine = table.c[table.info["person"]] == person.id
            sealed = {one.name: _sealed(one, mark) for one in table.c if isinstance(one.type, Sealed)}
            work.session.execute(table.update().where(mine).values(sealed))
        elif is_of_account(table):
            _make(work, table, made, mark, lane=f"u:{person.user_id}", state="dead")
        else:
            _make(work, table, made, mark)
    work.session.expire_all()


def _make(work: Work, table: Table, made: Made, mark: str, **given: Any) -> int:
    """Make a row, after the rows it points to."""
    for key in table.foreign_keys:
        if key.column.table not in made and not key.parent.nullable:
            _make(work, key.column.table, made, mark)
    values = {one.name: _value(one, made, mark) for one in table.c if _is_asked_for(one)} | given
    row = work.session.execute(insert(table).values(values).returning(*table.primary_key)).one()
    made[table] = row[0]
    return made[table]


def _is_asked_for(column: Column[Any]) -> bool:
    growing = column.primary_key and not column.foreign_keys and isinstance(column.type, BigInteger)
    return not growing and column.name != "withdrawn_at"


def _value(column: Column[Any], made: Made, mark: str) -> Any:
    """Make a value that fits the column: of the person's own rows where it points to one, else something unlike any other."""
    for key in column.foreign_keys:
        return made.get(key.column.table)
    number = next(_numbers)
    match column.type:
        case Sealed():
            return _sealed(column, mark)
        case JSON():
            return {}
        case Boolean():
            return False
        case UTCDateTime():
            return NOON
        case Date():
            return NOON.date() + timedelta(days=number)
        case Integer():
            return number
    return f"{column.name}-{number}"


def _sealed(column: Column[Any], mark: str) -> Any:
    text = f"{mark} {column.table.name}.{column.name}"
    return {"said": text} if isinstance(column.type, SealedJson) else text


def sealed_columns() -> set[str]:
    """Name every sealed column of a table of persons."""
    return {
        f"{table.name}.{one.name}" for table in personal_tables() for one in table.c if isinstance(one.type, Sealed)
    }


def dump(work: Work) -> str:
    """Write out every row of every table, opened."""
    rows = ([table.name, *row] for table in METADATA.sorted_tables for row in work.session.execute(select(table)))
    return "\n".join(str([str(value) for value in row]) for row in rows)
