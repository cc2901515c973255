"""Alembic's way in: runs the migrations on the connection `storage.migrations.runner` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import LargeBinary
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from storage.sealed import Sealed
from storage.tables.all import METADATA


def plain_type(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our column types as the plain ones they are stored in, so that a migration outlives the code."""
    if kind != "type":
        return False
    if isinstance(item, AutoString):
        return "sa.String()"
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return f"sa.{LargeBinary.__name__}()" if isinstance(item, Sealed) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=plain_type,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
