"""What belongs to a person is read from the tables: all of it, nobody else's, nothing internal."""

from typing import Any

import pytest

from storage.queries import inventory
from storage.queries.inventory import INTERNAL, personal_tables, rows_of
from storage.tables.all import METADATA
from storage.tables.people import Person
from storage.work import Work
from tests import everything
from tests.databases import Opened, newcomer


def two_people(work: Work) -> None:
    for user_id, mark in ((501, "mine"), (502, "theirs")):
        everything.fill(work, newcomer(work, user_id), mark)


async def rows(opened: Opened, *, alone: bool = True) -> dict[str, list[dict[str, Any]]]:
    return await opened.database.run(lambda work: rows_of(work, newcomer(work), alone=alone))


async def test_a_copy_holds_every_row_of_every_table_opened(opened: Opened) -> None:
    await opened.database.run(two_people)
    found = await rows(opened)

    assert found.keys() == {table.name for table in METADATA.sorted_tables if "person" in table.info}
    assert {name for name, some in found.items() if not some} == set()
    written = str(found)
    assert {one for one in everything.sealed_columns() if f"mine {one}" not in written} == set()
    assert "theirs" not in written


async def test_what_came_from_a_shared_account_is_nobodys_in_particular(sqlite: Opened) -> None:
    await sqlite.database.run(two_people)

    assert (await rows(sqlite, alone=False))["inbox"] == []


async def test_a_copy_holds_nothing_internal(sqlite: Opened) -> None:
    await sqlite.database.run(two_people)
    for name, some in (await rows(sqlite)).items():
        assert not INTERNAL.get(name, frozenset()) & some[0].keys()


def test_what_is_internal_exists() -> None:
    for name, columns in INTERNAL.items():
        assert columns <= set(METADATA.tables[name].c.keys())


async def test_a_copy_holds_no_earlier_copy(sqlite: Opened) -> None:
    await sqlite.database.run(two_people)
    await sqlite.change("UPDATE outbox SET kind = 'DataCopy'")

    (row,) = (await rows(sqlite))["outbox"]
    assert row["kind"] == "DataCopy"
    assert "body" not in row


@pytest.mark.parametrize("table", personal_tables(), ids=lambda table: table.name)
def test_a_table_of_persons_is_reached_by_a_number_or_an_account(table: Any) -> None:
    leads = table.c[table.info["person"]]
    to_person = any(key.column.table.name == "person" for key in leads.foreign_keys)

    assert to_person or table.name == "person" or inventory.is_of_account(table)


async def test_an_empty_row_beside_somebody_is_no_one_to_share_with(sqlite: Opened) -> None:
    def beside(work: Work) -> tuple[list[int | None], list[int | None]]:
        person = newcomer(work, name="Aigul")
        zone: dict[str, Any] = {"zone": "Asia/Almaty", "created_at": work.now, "is_present": False}
        work.add(Person(user_id=501, **zone))
        work.add(Person(user_id=501, name="Boris", **zone))
        work.add(Person(user_id=502, name="Clara", **zone))
        full, empty = inventory.others_at(work, person)
        return [one.id for one in full], [one.id for one in empty]

    assert await sqlite.database.run(beside) == ([3], [2])
