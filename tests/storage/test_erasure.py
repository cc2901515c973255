"""Deleting a person: nothing of theirs stays in any table, and nothing of anybody else's goes."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from storage import inbox, outbox
from storage.inbox import Arrived
from storage.queries import erasure, people
from storage.queries.inventory import personal_tables
from storage.tables.people import Person
from storage.tables.traffic import Place
from storage.work import Work
from tests import everything
from tests.databases import NOON, Opened, newcomer, said, until
from tests.desks import SHARING


def erases(user_id: int = 501, sharing: Any = ()) -> Any:
    return lambda work: erasure.erase(work, newcomer(work, user_id), list(sharing))


def fills(user_id: int, mark: str) -> Any:
    return lambda work: everything.fill(work, newcomer(work, user_id), mark)


async def left(opened: Opened, person_id: int) -> dict[str, int]:
    """Count what still points to a person, table by table."""
    found = {}
    for table in personal_tables():
        owner = "'u:501'" if table.name == "inbox" else str(person_id)
        found[table.name] = await opened.one(
            f"SELECT count(*) FROM {table.name} WHERE {table.info['person']} = {owner}"
        )
    return {name: count for name, count in found.items() if count}


async def test_nothing_of_the_person_is_left_in_any_table(opened: Opened) -> None:
    await opened.database.run(fills(501, "mine"))
    assert (await left(opened, 1)).keys() == {table.name for table in personal_tables()}

    await opened.database.run(erases())

    assert await left(opened, 1) == {}
    written = await opened.database.run(everything.dump)
    assert "mine" not in written
    assert "501" not in written


async def test_nobody_else_loses_anything(opened: Opened) -> None:
    await opened.database.run(fills(502, "theirs"))
    before = await opened.database.run(everything.dump)
    await opened.database.run(fills(501, "mine"))
    await opened.database.run(erases())

    after = set((await opened.database.run(everything.dump)).splitlines())
    assert set(before.splitlines()) - after == set()


async def test_words_that_wait_for_a_topic_go_with_it(opened: Opened) -> None:
    """A row for a topic names no person, and holds their words all the same."""

    def waits(work: Work) -> None:
        place = work.add(Place(kind="topic", chat_id=-1, thread_id=5, person_id=newcomer(work).id))
        outbox.promise(work, said("a", place_id=place.id, lane="p:1"))
        outbox.promise(work, said("b", 2, chat_id=9) if newcomer(work, 502).id else said("b"))

    await opened.database.run(waits)
    await opened.change("UPDATE outbox SET person_id = NULL WHERE key = 'a'")
    assert await opened.database.run(lambda work: erasure.topics(work, 1)) == [(-1, 5)]

    await opened.database.run(erases())
    assert [key for (key,) in await opened.rows("SELECT key FROM outbox")] == ["b"]


async def test_who_was_helped_stays_and_has_no_helper_any_more(opened: Opened) -> None:
    def help_somebody(work: Work) -> None:
        person = newcomer(work, name="Aigul")
        found = SHARING.add(work, person, helping=True, language="en")
        assert isinstance(found, tuple)
        found[0].name = "Boris"

    await opened.database.run(help_somebody)
    await opened.database.run(
        lambda work: erasure.erase(work, people.at_account(work, 501)[0], [2])  # the helper, who is not present
    )

    assert [tuple(row) for row in await opened.rows("SELECT id, helper_id, is_present FROM person")] == [
        (2, None, True)
    ]


async def test_the_first_of_those_who_stay_is_present(opened: Opened) -> None:
    def three(work: Work) -> None:
        person = newcomer(work, name="Aigul")
        for name in ("Boris", "Clara"):
            present = people.speaker(work, 501)
            assert present is not None
            found = SHARING.add(work, present[0], helping=False, language="en")
            assert isinstance(found, tuple)
            found[0].name = name
        assert person.id == 1

    def erase_present(work: Work) -> None:
        found = people.speaker(work, 501)
        assert found is not None
        assert found[0].name == "Clara"
        erasure.erase(work, found[0], [1, 2])

    await opened.database.run(three)
    await opened.database.run(erase_present)

    present = [tuple(row) for row in await opened.rows("SELECT id, is_present FROM person ORDER BY id")]
    assert present == [(1, True), (2, False)]


# ---------------------------------------------------------------------------------------------------------- updates


def updates(work: Work) -> None:
    """Keep one update of each kind of fate: 1 done, 2 dead, 3 failing, 4 not looked at, and something internal."""
    newcomer(work)
    inbox.store(work, 42, [Arrived(number, "u:501", "message", {"said": "mine"}) for number in (1, 2, 3, 4)])
    inbox.finish(work, 1, "done")
    inbox.finish(work, 2, "dead", "Broken")
    inbox.count_attempt(work, 3)
    inbox.tell(work, 42, "missed:9", "u:501", "missed:Digest", {"person_id": 1})


async def fates(opened: Opened) -> set[tuple[int | None, str, str]]:
    return {tuple(row) for row in await opened.rows("SELECT update_id, lane, state FROM inbox")}


async def test_what_came_from_the_account_is_forgotten_but_for_its_numbers(opened: Opened) -> None:
    await opened.database.run(updates)
    await opened.database.run(erases())

    assert await fates(opened) == {(1, "erased", "done"), (4, "u:501", "open")}
    again = await opened.database.run(lambda work: inbox.store(work, 42, [Arrived(1, "u:501", "message", {})]))
    assert again == [], "a repeat of what was done before is still recognised"


async def test_on_a_shared_account_only_what_is_surely_theirs_goes(opened: Opened) -> None:
    await opened.database.run(updates)

    def anothers_apology(work: Work) -> None:
        inbox.store(work, 42, [Arrived(7, "u:501", "message", {"said": "theirs"})])
        inbox.finish(work, 6, "dead", "Broken")
        work.add(Person(user_id=501, is_present=False, name="Boris", zone="UTC", created_at=NOON))
        outbox.promise(work, said("dead:6", 2, kind="NotUnderstood"))

    await opened.database.run(anothers_apology)
    await opened.database.run(erases(sharing=[2]))

    assert await fates(opened) == {(1, "u:501", "done"), (4, "u:501", "open"), (7, "u:501", "dead")}


@pytest.mark.postgres
async def test_a_turn_under_way_ends_first_and_the_next_meets_nobody(postgres: Opened) -> None:
    """The erasure takes the locks in a turn's order, so neither waits for the other for ever and nothing is done twice."""
    await postgres.database.run(updates)
    steps: list[str] = []

    def turn(work: Work) -> None:
        assert inbox.earliest(work, "u:501") is not None
        steps.append("turn begun")
        work.session.execute(text("SELECT pg_sleep(0.3)")).close()
        steps.append("somebody" if people.speaker(work, 501) is not None else "nobody")

    def erase(work: Work) -> None:
        steps.append("erasure begun")
        erasure.hold_updates(work, 1)
        found = people.by_id(work, 1)
        assert found is not None
        erasure.erase(work, found[0], [])
        steps.append("erased")

    async with asyncio.TaskGroup() as both:
        both.create_task(postgres.database.run(turn))
        await until(lambda: steps)
        both.create_task(postgres.database.run(erase))
    assert steps == ["turn begun", "erasure begun", "somebody", "erased"]

    await postgres.database.run(turn)
    assert steps[-1] == "nobody"
