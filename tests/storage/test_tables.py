"""What every table must say about itself: whose rows it holds, and why a text may stay readable."""

from typing import Any

import pytest
from sqlalchemy import JSON, BigInteger, LargeBinary, String
from sqlalchemy.schema import Column, Table
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from storage.sealed import Sealed
from storage.tables.all import METADATA

TABLES = METADATA.sorted_tables
COLUMNS = [(table, column) for table in TABLES for column in table.columns]
OF_THE_MESSENGER = {"user_id", "chat_id", "thread_id", "message_id", "update_id", "bot_id", "edit_of", "next_update"}


def named(value: Any) -> str:
    return value.fullname if isinstance(value, Table) else str(value)


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_table_says_whose_rows_it_holds(table: Table) -> None:
    person, nobody = table.info.get("person"), table.info.get("nobody")

    assert (person is None) != (nobody is None)
    if person is not None:
        assert person in table.columns
    else:
        assert str(nobody).strip()


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_table_that_points_to_a_person_is_marked_as_theirs(table: Table) -> None:
    leads = {
        key.parent.name for key in table.foreign_keys if key.column.table.name == "person" and table != key.column.table
    }

    if leads:
        assert table.info.get("person") in leads


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=named)
def test_a_text_is_sealed_or_says_why_not(table: Table, column: Column[Any]) -> None:
    if isinstance(column.type, AutoString | String | JSON):
        assert str(column.info.get("plain", "")).strip(), "seal it, or say why it may stay readable"
    elif isinstance(column.type, LargeBinary):
        pytest.fail("bytes lie unsealed")
    elif "plain" in column.info:
        pytest.fail("only a text needs a reason to be readable")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("person", "name"),
        ("person", "occupation_words"),
        ("conversation", "form"),
        ("inbox", "payload"),
        ("outbox", "body"),
        ("place", "title"),
        ("staff", "name"),
        ("counselling_case", "question"),
        ("case_message", "words"),
    ],
)
def test_what_people_say_is_sealed(table: str, column: str) -> None:
    assert isinstance(METADATA.tables[table].columns[column].type, Sealed)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=named)
def test_a_number_of_the_messenger_has_64_bits(table: Table, column: Column[Any]) -> None:
    if column.name in OF_THE_MESSENGER or column.primary_key or column.foreign_keys:
        assert isinstance(column.type, BigInteger | AutoString)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=named)
def test_a_time_knows_its_zone(table: Table, column: Column[Any]) -> None:
    if column.name.endswith(("_at", "_until", "_before")):
        assert isinstance(column.type, UTCDateTime)


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_reference_is_to_a_table_that_stands_before(table: Table) -> None:
    assert table.primary_key.columns
    for key in table.foreign_keys:
        assert key.column.table == table or TABLES.index(key.column.table) < TABLES.index(table)
