"""The digest desk: who gets which vacancies when, and never the same one twice."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.alerts.desk import HOURS, JOB, PURPOSE, facts
from services.due_times import is_quiet, spread
from services.letters import Digest
from storage import outbox
from storage.queries import people
from storage.tables.people import Person
from storage.work import Work
from tests.databases import NOON, Opened, newcomer, vacancy
from tests.desks import DIGESTS

DESK = DIGESTS


def cook(work: Work, user_id: int = 501, **facts: Any) -> Person:
    return newcomer(work, user_id, **{"occupation": "5120", "region": "KZ-75"} | facts)


def chosen(work: Work, hour: int = 15) -> Person:
    person = cook(work)
    assert DESK.choose_hour(work, person, hour, "ru")
    return person


@pytest.mark.parametrize("hour", [-1, 0, 2, 7, 21, 24, 99])
async def test_an_hour_of_the_night_is_not_offered(sqlite: Opened, hour: int) -> None:
    assert not await sqlite.database.run(lambda work: DESK.choose_hour(work, cook(work), hour, "ru"))
    assert await sqlite.one("SELECT count(*) FROM consent") == 0


@pytest.mark.parametrize("hour", HOURS)
async def test_choosing_an_hour_is_the_consent_and_never_falls_into_the_night(sqlite: Opened, hour: int) -> None:
    def unit(work: Work) -> Any:
        person = chosen(work, hour)
        return person.next_digest_at, people.consent(work, person.id or 0, PURPOSE)

    due, consent = await sqlite.database.run(unit)
    local = due + timedelta(hours=5)
    assert (local.hour, local.minute) == (hour, spread(1))
    assert not is_quiet(due, ZoneInfo("Asia/Almaty"))
    assert (consent.language, consent.text_version, consent.given_at) == ("ru", 1, NOON)


async def test_turning_it_off_withdraws_the_consent(opened: Opened) -> None:
    def unit(work: Work) -> Any:
        person = chosen(work)
        DESK.turn_off(work, person)
        DESK.turn_off(work, person)
        return person.digest_hour, person.next_digest_at, people.consent(work, person.id or 0, PURPOSE)

    assert await opened.database.run(unit) == (None, None, None)


async def test_choosing_an_hour_ends_the_silence(sqlite: Opened) -> None:
    def unit(work: Work) -> Any:
        person = cook(work, stopped_at=NOON)
        DESK.choose_hour(work, person, 9, "ru")
        return person.stopped_at

    assert await sqlite.database.run(unit) is None


async def test_only_what_fits_and_is_open_and_new_is_told(opened: Opened) -> None:
    def unit(work: Work) -> list[str]:
        rows = {
            "fits": vacancy(1),
            "near": vacancy(2, occupation="5123"),
            "remote": vacancy(3, region="KZ-71", remote=True),
            "elsewhere": vacancy(4, region="KZ-71"),
            "other work": vacancy(5, occupation="2512"),
            "closed": vacancy(6, closed_at=NOON),
            "over": vacancy(7, closes_on=NOON.date() - timedelta(days=1)),
            "last day": vacancy(8, closes_on=NOON.date()),
            "repost": vacancy(9, content_key="content-1"),
        }
        for name, row in rows.items():
            row.description = name
            work.add(row)
        return [row.description for row in DESK.fresh(work, cook(work), NOON.date())]

    assert sorted(await opened.database.run(unit)) == ["fits", "last day", "near", "remote"]


async def test_who_named_no_work_is_told_nothing(sqlite: Opened) -> None:
    def unit(work: Work) -> int:
        work.add(vacancy(1))
        return len(DESK.fresh(work, cook(work, occupation=None), NOON.date()))

    assert await sqlite.database.run(unit) == 0


async def due_at(opened: Opened, hour: int) -> list[str]:
    """Look at an hour by the clock in Almaty, when the first person's digest falls due."""
    opened.moment.at = opened.moment.at.replace(hour=hour - 5, minute=spread(1))
    return await opened.database.run(DESK.due)


async def test_a_digest_shows_five_and_remembers_all(opened: Opened) -> None:
    def unit(work: Work) -> None:
        chosen(work)
        for number in range(8):
            work.add(vacancy(number))

    await opened.database.run(unit)
    assert await due_at(opened, 15) == ["sent"]

    (row,) = await opened.database.run(lambda work: outbox.claim(work, 9))
    assert row.kind == Digest.__name__
    assert (len(row.body["vacancies"]), row.body["total"], row.body["late"]) == (5, 8, False)
    assert row.body["vacancies"][0].keys() == facts(vacancy(1)).keys()
    assert await opened.one("SELECT count(*) FROM told") == 8


async def test_what_was_told_is_not_news_even_as_a_repost(opened: Opened) -> None:
    await opened.database.run(lambda work: [chosen(work).id, work.add(vacancy(1)).id])
    assert await due_at(opened, 15) == ["sent"]
    await opened.database.run(lambda work: work.add(vacancy(2, content_key="content-1")).id)
    opened.moment.passes(days=1)
    assert await due_at(opened, 15) == ["nothing_new"]
    await opened.database.run(lambda work: work.add(vacancy(3)).id)
    opened.moment.passes(days=1)
    assert await due_at(opened, 15) == ["sent"]

    outcomes = [tuple(row) for row in await opened.rows("SELECT outcome FROM occurrence ORDER BY id")]
    assert outcomes == [("sent",), ("nothing_new",), ("sent",)]


async def test_what_nobody_heard_is_news_again(opened: Opened) -> None:
    await opened.database.run(lambda work: [chosen(work).id, work.add(vacancy(1)).id])
    await due_at(opened, 15)
    (row,) = await opened.database.run(lambda work: outbox.claim(work, 9))
    await opened.database.run(lambda work: DESK.missed(work, row.body))

    assert await opened.one("SELECT count(*) FROM told") == 0
    await opened.database.run(lambda work: work.add(vacancy(2)).id)
    opened.moment.passes(days=1)
    assert await due_at(opened, 15) == ["sent"]
    await opened.database.run(lambda work: DESK.missed(work, row.body))
    assert await opened.one("SELECT count(*) FROM told") == 2, "another day's news stay told"


async def test_a_day_that_had_its_digest_has_no_second(opened: Opened) -> None:
    await opened.database.run(lambda work: [chosen(work).id, work.add(vacancy(1)).id])
    assert await due_at(opened, 15) == ["sent"]
    await opened.database.run(lambda work: work.add(vacancy(2)).id)

    def again(work: Work) -> None:
        cook(work).next_digest_at = work.now

    await opened.database.run(again)
    assert await opened.database.run(DESK.due) == ["repeated"]
    assert await opened.one("SELECT count(*) FROM outbox") == 1
    assert await opened.one("SELECT job FROM occurrence") == JOB


async def test_only_some_are_taken_at_a_time(sqlite: Opened) -> None:
    def unit(work: Work) -> None:
        for user_id in range(1, 6):
            DESK.choose_hour(work, cook(work, user_id), 15, "ru")

    await sqlite.database.run(unit)
    sqlite.moment.at = sqlite.moment.at.replace(hour=10, minute=15)
    taken = [len(await sqlite.database.run(lambda work: DESK.due(work, 2))) for _ in range(4)]
    assert taken == [2, 2, 1, 0]
