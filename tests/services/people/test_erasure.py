"""Having one's data deleted: undone for seven days, carried out in a minute, safe to die anywhere in between."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from services.letters import DataCopy
from services.people.erasure import PATIENCE, UNDO_FOR, Stage, confirms
from storage import faults, outbox
from storage.outbox import Claimed
from storage.queries import cases, invariants, people
from storage.tables.counselling import Staff
from storage.work import Work
from tests import everything
from tests.databases import NOON, Opened, digest, newcomer
from tests.desks import CASES, COPIES, ERASURES, SHARING, STAFF_GROUP

WORDS = {"DELETE", "УДАЛИТЬ", "ЖОЮ", "BORRAR", "SUPPRIMER", "حذف"}


@pytest.mark.parametrize(
    "typed",
    [
        "DELETE",
        "delete",
        " D e l e t e ",
        "«удалить»",
        "УДАЛИТЬ!",
        "Удaлить",  # a Latin a
        "удалит",
        "удолить",
        "жою",
        "ЖОЮ.",
        "borar",
        "suprimer",
        "حذف",
        "حَذف",
        "dleete",
    ],
)
def test_the_word_is_understood_as_people_type_it(typed: str) -> None:
    assert confirms(typed, WORDS)


@pytest.mark.parametrize(
    "typed", ["", "   ", "no", "da", "жо", "жоя", "don't delete", "не удалять", "del", "حذ", "!", "😀"]
)
def test_other_words_delete_nothing(typed: str) -> None:
    assert not confirms(typed, WORDS)


def asks(work: Work) -> None:
    assert ERASURES.ask(work, newcomer(work)) == work.now + UNDO_FOR


def hastens(work: Work) -> bool:
    ERASURES.ask(work, newcomer(work))
    return ERASURES.hasten(work, newcomer(work))


async def step(opened: Opened, person_id: int = 1) -> Stage:
    return await opened.database.run(lambda work: ERASURES.advance(work, person_id))


def claims(work: Work) -> list[Claimed]:
    return outbox.claim(work, 99)


async def carry(opened: Opened) -> list[str]:
    """Send what can be sent. Gives the kinds."""
    kinds: list[str] = []
    while rows := await opened.database.run(claims):
        for row in rows:
            kinds.append(row.kind)
            await opened.database.run(partial(outbox.settle_sent, row=row, message_id=1))
    return kinds


async def test_undone_it_leaves_everything_as_it_was(opened: Opened) -> None:
    await opened.database.run(lambda work: newcomer(work, stopped_at=NOON, digest_hour=9, name="Aigul").id)
    before = await opened.rows("SELECT * FROM person")
    await opened.database.run(asks)
    opened.moment.at = NOON + timedelta(days=6, hours=23)
    assert await step(opened) == "undone"
    assert await opened.database.run(lambda work: ERASURES.undo(work, newcomer(work)))

    assert await opened.rows("SELECT * FROM person") == before
    assert not await opened.database.run(lambda work: ERASURES.undo(work, newcomer(work))), "there is nothing to undo"
    acts = [tuple(row) for row in await opened.rows("SELECT actor, act, about FROM audit")]
    assert acts == [("person:1", "ask_erasure", "person:1"), ("person:1", "undo_erasure", "person:1")]


async def test_asked_again_it_is_not_put_off(sqlite: Opened) -> None:
    await sqlite.database.run(asks)
    sqlite.moment.passes(days=3)
    again = await sqlite.database.run(lambda work: ERASURES.ask(work, newcomer(work)))

    assert again == NOON + UNDO_FOR


async def test_once_final_it_cannot_be_undone(sqlite: Opened) -> None:
    assert await sqlite.database.run(hastens)

    assert not await sqlite.database.run(lambda work: ERASURES.undo(work, newcomer(work)))
    assert not await sqlite.database.run(lambda work: ERASURES.hasten(work, newcomer(work, 502))), "nobody asked"


async def test_the_farewell_comes_first_and_then_everything_goes(opened: Opened) -> None:
    await opened.database.run(lambda work: everything.fill(work, newcomer(work), "mine"))
    await opened.change("UPDATE outbox SET state = 'sent', body = NULL, ended_at = due_at")
    await opened.change("UPDATE counselling_case SET state = 'closed'")
    await opened.database.run(hastens)

    assert await step(opened) == "told"
    assert await step(opened) == "waiting"
    assert await opened.one("SELECT count(*) FROM person") == 1
    assert await carry(opened) == ["Erased"]
    assert await step(opened) == "erased"
    assert await step(opened) == "gone"

    assert "mine" not in await opened.database.run(everything.dump)
    assert await opened.one("SELECT count(*) FROM person") == 0
    acts = [tuple(row) for row in await opened.rows("SELECT actor, act, about FROM audit WHERE act = 'erase'")]
    assert acts == [("service", "erase", "person:1")]


async def test_a_farewell_that_does_not_arrive_is_not_waited_for_long(opened: Opened) -> None:
    await opened.database.run(hastens)
    assert await step(opened) == "told"
    opened.moment.passes(seconds=PATIENCE.total_seconds() - 1)
    assert await step(opened) == "waiting"
    opened.moment.passes(seconds=2)
    assert await step(opened) == "erased"
    assert await carry(opened) == []


async def test_a_service_that_was_down_still_says_goodbye(opened: Opened) -> None:
    await opened.database.run(asks)
    opened.moment.passes(days=12)

    assert await opened.database.run(lambda work: ERASURES.due(work, 9)) == [1]
    assert await step(opened) == "told"
    assert await step(opened) == "waiting"


async def test_a_copy_that_was_asked_for_comes_before_the_farewell_and_nothing_else_does(opened: Opened) -> None:
    def last_wishes(work: Work) -> None:
        person = newcomer(work)
        outbox.promise(work, digest("a"))
        assert COPIES.hand_out(work, person, [DataCopy("a.html", "x", readable=True)])

    await opened.database.run(last_wishes)
    await opened.database.run(hastens)
    await step(opened)

    assert await carry(opened) == ["DataCopy", "Erased"]


async def test_an_open_case_ends_and_its_topic_goes(opened: Opened) -> None:
    def talk(work: Work) -> None:
        found = people.by_id(work, newcomer(work, name="Aigul").id or 0)
        assert found is not None
        case, _new = CASES.ask(work, *found, "Where do I begin?")
        staff = work.add(Staff(user_id=7, role="counsellor", name="Dana", joined_at=NOON))
        place = cases_place(work)
        place.thread_id = 33
        assert not isinstance(CASES.take(work, place, staff), str)
        assert case.state == "human"

    await opened.database.run(talk)
    await carry(opened)
    await opened.database.run(hastens)
    assert await step(opened) == "told"
    assert await opened.database.run(lambda work: cases.open_case(work, 1)) is None
    assert sorted(await carry(opened)) == ["CaseEnded", "CaseErased", "Erased"]
    assert await step(opened) == "erased"

    (row,) = await opened.rows(
        "SELECT kind, chat_id, thread_id, person_id, place_id FROM outbox WHERE state = 'pending'"
    )
    assert tuple(row) == ("delete_topic", STAFF_GROUP, 33, None, None)
    assert "Aigul" not in await opened.database.run(everything.dump)
    assert await opened.database.run(invariants.broken) == []


def cases_place(work: Work) -> Any:
    from storage.tables.traffic import Place

    place = work.find(Place, 1)
    assert place is not None
    return place


async def test_somebody_on_a_shared_phone_is_told_by_name_and_the_others_stay(opened: Opened) -> None:
    def share(work: Work) -> None:
        found = SHARING.add(work, newcomer(work, name="Aigul"), helping=False, language="en")
        assert isinstance(found, tuple)
        found[0].name = "Boris"
        ERASURES.ask(work, found[0])
        ERASURES.hasten(work, found[0])

    await opened.database.run(share)
    assert await step(opened, 2) == "told"
    (letter,) = await opened.database.run(claims)
    assert letter.body == {"name": "Boris"}
    opened.moment.passes(minutes=1)
    assert await step(opened, 2) == "erased"

    assert [tuple(row) for row in await opened.rows("SELECT id, is_present FROM person")] == [(1, True)]


async def test_the_last_one_takes_the_empty_rows_of_the_account_along(opened: Opened) -> None:
    """A record that was taken over to this phone leaves behind the row the phone had before."""

    def taken_over(work: Work) -> None:
        found = SHARING.add(work, newcomer(work, 777, name="Helper"), helping=True, language="en")
        assert isinstance(found, tuple)
        link = SHARING.make_link(work, found[0])
        assert isinstance(link, str)
        taken = SHARING.take_over(work, newcomer(work, 501), link, "ru")
        assert isinstance(taken, tuple)
        taken[0].name = "Aigul"
        ERASURES.ask(work, taken[0])
        ERASURES.hasten(work, taken[0])

    await opened.database.run(taken_over)
    assert await step(opened, 2) == "told"
    await carry(opened)
    assert await step(opened, 2) == "erased"

    assert [tuple(row) for row in await opened.rows("SELECT id, user_id FROM person")] == [(1, 777)]


async def test_dying_before_the_commit_leaves_everything_and_the_next_look_does_it(opened: Opened) -> None:
    await opened.database.run(lambda work: everything.fill(work, newcomer(work), "mine"))
    await opened.change("UPDATE counselling_case SET state = 'closed'")
    await opened.database.run(hastens)
    await step(opened)
    opened.moment.passes(minutes=1)
    before = await opened.database.run(everything.dump)

    faults.arm("erasure.decided:raise")
    try:
        with pytest.raises(faults.Broken):
            await step(opened)
    finally:
        faults.arm("")
    assert await opened.database.run(everything.dump) == before

    assert await step(opened) == "erased"
    assert "mine" not in await opened.database.run(everything.dump)
