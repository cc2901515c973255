"""What columns have in common: identities, and marks that say whose data a table holds.

The marks are read by the privacy tests, the export and the erasure: a table with a person's data names the column that
leads to the person; a text column that is not sealed says why it may stay readable.
"""

from typing import Any

from sqlalchemy import BigInteger, Integer
from sqlmodel import Field

Identity = BigInteger().with_variant(Integer, "sqlite")


def identity() -> Any:
    """Make a growing 64-bit primary key."""
    return Field(default=None, primary_key=True, sa_type=Identity)


def plain(reason: str, **more: Any) -> Any:
    """Make a text column that is not sealed, and say why."""
    more.setdefault("sa_column_kwargs", {})["info"] = {"plain": reason}
    return Field(**{"default": None, **more})


def of_person(column: str, *, numbered: bool = False) -> dict[str, Any]:
    """Mark a table as holding a person's data, reached by this column.

    `numbered`: its rows are erased, but their numbers stand elsewhere (the audit, keys of the outbox), so SQLite must not
    give them out again; PostgreSQL never does.
    """
    return {"info": {"person": column}, "sqlite_autoincrement": numbered}


def of_nobody(reason: str) -> dict[str, Any]:
    """Mark a table as holding no jobseeker's data, and say what it holds."""
    return {"info": {"nobody": reason}}


def points_to(column: str, **more: Any) -> Any:
    """Make a reference to another row's 64-bit key."""
    return Field(foreign_key=column, sa_type=Identity, **more)
