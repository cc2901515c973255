"""One transaction, handed to whoever decides something in it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar, cast

from sqlalchemy import Connection, inspect
from sqlalchemy.orm import class_mapper
from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound=SQLModel)


@dataclass(slots=True)
class Work:
    """One transaction and the moment it happens at.

    Everything a desk changes goes through here and commits together with the turn. No network, no clock, no waiting
    inside. Most turns need no session, so it opens when somebody first asks for it; statements of the hot path run on the
    `connection` (`storage/prepared.py`).
    """

    connection: Connection
    now: datetime
    real_now: datetime
    joining: Literal["create_savepoint", "rollback_only"] = "create_savepoint"
    _session: Session | None = field(default=None, init=False)
    _held: dict[Any, SQLModel] = field(default_factory=dict, init=False)

    @property
    def dialect(self) -> str:
        """Name the database ("sqlite" or "postgresql"), for the few statements that differ."""
        return self.connection.dialect.name

    @property
    def session(self) -> Session:
        """Give the session, with the rows that are held in it."""
        if self._session is None:
            self._session = Session(self.connection, expire_on_commit=False, join_transaction_mode=self.joining)
            self._session.add_all(self._held.values())
        return self._session

    @property
    def has_session(self) -> bool:
        """Tell whether a session was opened, so that statements beside it would not see what it has not written yet."""
        return self._session is not None

    def add(self, row: Row) -> Row:
        """Save a new row and give it back with its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def find(self, kind: type[Row], key: Any) -> Row | None:
        """Give the row with this primary key."""
        return self.session.get(kind, key)

    def hold(self, kind: type[Row], values: dict[str, Any]) -> Row:
        """Give the row made of a database's values, as the session would: one object a row, its changes written with the rest."""
        mapper: Any = class_mapper(kind)
        key = mapper.identity_key_from_primary_key(tuple(values[column.key] for column in mapper.primary_key))
        known: Any = self._held.get(key) if self._session is None else self._session.identity_map.get(key)
        if known is not None:
            return cast("Row", known)
        row: Row = mapper.class_manager.new_instance()
        row.__dict__.update(values)
        inspect(row).key = key
        if self._session is None:
            self._held[key] = row
        else:
            self._session.add(row)
        return row

    def let_go(self, row: SQLModel) -> None:
        """Forget a held row whose changes were written by a statement."""
        self._held.pop(inspect(row).key, None)

    def finish(self) -> None:
        """Write what is still unwritten."""
        changed = any(inspect(row).modified for row in self._held.values())
        session = self.session if changed else self._session
        if session is not None:
            session.flush()
            if self.joining == "create_savepoint":
                session.commit()

    def close(self, *, failed: bool = False) -> None:
        """End the session, if there was one."""
        if self._session is not None:
            if failed:
                self._session.rollback()
            self._session.close()
            self._session = None
        self._held.clear()
