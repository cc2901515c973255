"""Offices to talk to."""

from tests.offices import (
    filled_postgres,
    filled_sqlite,
    office_url,
    postgres_office_url,
    sqlite_url,
    sqlite_world,
    world,
)

__all__ = [
    "filled_postgres",
    "filled_sqlite",
    "office_url",
    "postgres_office_url",
    "sqlite_url",
    "sqlite_world",
    "world",
]
