"""One transaction, handed to whoever decides something in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound=SQLModel)


@dataclass(slots=True)
class Work:
    """The session of one transaction and the moment it happens at.

    Everything a desk changes goes through here and commits together with the turn. No network, no clock, no waiting
    inside. `dialect` is "sqlite" or "postgresql".
    """

    session: Session
    now: datetime
    real_now: datetime

    @property
    def dialect(self) -> str:
        """Name the database, for the few statements that differ."""
        return self.session.get_bind().dialect.name

    def add(self, row: Row) -> Row:
        """Save a new row and give it back with its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def find(self, kind: type[Row], key: Any) -> Row | None:
        """Give the row with this primary key."""
        return self.session.get(kind, key)
