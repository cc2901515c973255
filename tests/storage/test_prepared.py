"""Statements run on the driver keep the session's manners: conversions, failures without values, one object a row."""

from typing import Any

import pytest
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.prepared import Prepared
from storage.queries import people
from storage.tables.people import Conversation, Person
from storage.work import Work
from tests.databases import Opened, newcomer

_person = Person.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes
_WRITE = Prepared(
    insert(_person).returning(_person.c.id, _person.c.name, _person.c.created_at),
    takes=("user_id", "is_present", "zone", "name", "region", "created_at"),
    gives=(_person.c.id, _person.c.name, _person.c.created_at),
)
_MOVE = Prepared(update(_person).where(_person.c.user_id == bindparam("account")).values(region="aktau"))
_DIE = Prepared(select(func.pg_terminate_backend(func.pg_backend_pid())))
_REGION = Prepared(select(_person.c.region).where(_person.c.user_id == bindparam("account")))


def _values(work: Work, **more: Any) -> dict[str, Any]:
    return {
        "user_id": 501,
        "is_present": True,
        "zone": "UTC",
        "name": "Aigul",
        "region": None,
        "created_at": work.now,
        **more,
    }


async def test_values_are_sealed_on_the_way_in_and_opened_on_the_way_out(opened: Opened) -> None:
    found = await opened.database.run(lambda work: _WRITE.row(work.connection, _values(work)))

    assert found is not None
    assert found[1:] == ("Aigul", opened.moment())
    assert b"Aigul" not in bytes(await opened.one("SELECT name FROM person"))


async def test_a_change_says_how_many_rows_it_met(opened: Opened) -> None:
    await opened.database.run(lambda work: newcomer(work, 501))

    assert await opened.database.run(lambda work: _MOVE.change(work.connection, {"account": 501})) == 1
    assert await opened.database.run(lambda work: _MOVE.change(work.connection, {"account": 502})) == 0
    assert await opened.database.run(lambda work: _REGION.row(work.connection, {"account": 501})) == ("aktau",)


async def test_a_failure_is_the_sessions_own_and_holds_no_value(opened: Opened) -> None:
    await opened.database.run(lambda work: _WRITE.row(work.connection, _values(work)))

    with pytest.raises(IntegrityError) as refused:
        await opened.database.run(lambda work: _WRITE.row(work.connection, _values(work, region="canary")))

    assert "canary" not in str(refused.value)


async def test_a_connection_that_is_gone_is_tried_again(postgres: Opened) -> None:
    await postgres.database.run(lambda work: newcomer(work, 501))
    runs: list[int] = []

    def unit(work: Work) -> int:
        runs.append(1)
        if len(runs) == 1:
            _DIE.row(work.connection, {})
        return _MOVE.change(work.connection, {"account": 501})

    assert await postgres.database.run(unit) == 1
    assert len(runs) == 2


async def test_a_person_loaded_twice_is_one_object(opened: Opened) -> None:
    await opened.database.run(lambda work: newcomer(work, 501))

    def unit(work: Work) -> bool:
        first = people.speaker(work, 501)
        assert first is not None
        again = people.by_id(work, first[0].id or 0)
        found = work.find(Person, first[0].id)
        after = people.speaker(work, 501)
        assert again is not None
        assert after is not None
        return first[0] is again[0] is found is after[0] and first[1] is after[1]

    assert await opened.database.run(unit)


async def test_what_is_changed_in_a_loaded_person_is_written_without_asking(opened: Opened) -> None:
    await opened.database.run(lambda work: newcomer(work, 501))

    def unit(work: Work) -> bool:
        found = people.speaker(work, 501)
        assert found is not None
        found[0].name, found[1].step = "Aigul", "Registration:region"
        return work.has_session

    assert not await opened.database.run(unit)
    person, talk = await opened.database.run(lambda work: people.speaker(work, 501)) or (None, None)
    assert person is not None
    assert talk is not None
    assert (person.name, talk.step) == ("Aigul", "Registration:region")


@pytest.mark.parametrize("with_session", [False, True])
async def test_where_a_person_stands_is_kept_with_a_session_and_without(opened: Opened, with_session: bool) -> None:
    await opened.database.run(lambda work: newcomer(work, 501))

    def unit(work: Work) -> bool:
        found = people.speaker(work, 501)
        assert found is not None
        person, talk = found
        if with_session:
            work.find(Conversation, person.id)
        talk.step, talk.form, talk.updated_at = "Registration:name", {"draft": {"name": "Aigul"}}, work.now
        people.keep_place(work, talk)
        return work.has_session

    assert await opened.database.run(unit) is with_session
    found = await opened.database.run(lambda work: people.speaker(work, 501))
    assert found is not None
    assert (found[1].step, found[1].form) == ("Registration:name", {"draft": {"name": "Aigul"}})


async def test_a_unit_that_fails_leaves_its_loaded_rows_as_they_were(opened: Opened) -> None:
    await opened.database.run(lambda work: newcomer(work, 501))

    def unit(work: Work) -> None:
        found = people.speaker(work, 501)
        assert found is not None
        found[1].step = "Registration:name"
        people.keep_place(work, found[1])
        raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        await opened.database.run(unit)
    assert await opened.one("SELECT step FROM conversation") is None
