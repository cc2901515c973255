"""Who speaks: one row a person, however many say hello at once (DB-04)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from storage.queries import people
from storage.tables.people import Consent, Person
from storage.work import Work
from tests.databases import NOON, Opened, newcomer


def greet(user_id: int) -> Any:
    def unit(work: Work) -> tuple[int, int]:
        person, talk = people.speaker(work, user_id) or people.newcomer(work, user_id, "Asia/Almaty")
        talk.form = {**talk.form, "greetings": talk.form.get("greetings", 0) + 1}
        work.session.flush()
        return person.id or 0, talk.person_id

    return unit


async def test_two_hellos_of_a_new_person_at_once_make_one_person(opened: Opened) -> None:
    """DB-04 with 50 rounds of 4 on two processes: one profile, every greeting counted."""
    other = await opened.once_more()

    for user_id in range(1000, 1050):
        units = [(opened.database if n % 2 else other).run(greet(user_id)) for n in range(4)]
        assert len(set(await asyncio.gather(*units))) == 1

    counts = await opened.one("SELECT count(*), count(DISTINCT user_id) FROM person")
    assert tuple(counts) == (50, 50)
    assert await opened.one("SELECT count(*) FROM conversation") == 50
    found = await opened.database.run(lambda work: people.speaker(work, 1049))
    assert found is not None
    assert found[1].form == {"greetings": 4}


async def test_the_same_row_is_found_by_account_and_by_number(opened: Opened) -> None:
    made = await opened.database.run(lambda work: newcomer(work).id or 0)

    found = await opened.database.run(lambda work: (people.speaker(work, 501), people.by_id(work, made)))

    assert [(one[0].id, one[1].person_id) for one in found if one is not None] == [(made, made)] * 2
    assert await opened.database.run(lambda work: (people.speaker(work, 9), people.by_id(work, 9))) == (None, None)


async def test_an_account_beyond_32_bits_fits(opened: Opened) -> None:
    assert (await opened.database.run(lambda work: newcomer(work, 2**52).user_id)) == 2**52


async def test_unreachable_keeps_the_first_reason(opened: Opened) -> None:
    def refused(reason: str) -> Any:
        return lambda work: people.mark_unreachable(work, newcomer(work).id or 0, reason)

    for reason in ("blocked", "chat_not_found"):
        await opened.database.run(refused(reason))

    assert await opened.one("SELECT unreachable FROM person") == "blocked"


async def test_recipients_are_found_by_number(opened: Opened) -> None:
    made = await opened.database.run(lambda work: [newcomer(work, user).id or 0 for user in (1, 2, 3)])

    assert await opened.database.run(lambda work: people.recipients(work, set())) == {}
    found = await opened.database.run(lambda work: people.recipients(work, {made[0], made[2], 99}))
    assert sorted(found) == [made[0], made[2]]


async def test_due_digests_come_in_the_order_they_fell_due(opened: Opened) -> None:
    def unit(work: Work) -> None:
        for user, hours in ((1, -1), (2, -3), (3, 1)):
            newcomer(work, user, next_digest_at=NOON.replace(hour=7 + hours))
        newcomer(work, 4)

    await opened.database.run(unit)

    due = await opened.database.run(lambda work: [person.user_id for person in people.due_digests(work, 10)])
    assert due == [2, 1]
    assert await opened.database.run(people.count_due_digests) == 2
    assert await opened.database.run(lambda work: len(people.due_digests(work, 1))) == 1


async def test_times_come_back_aware_and_in_utc(opened: Opened) -> None:
    await opened.database.run(lambda work: newcomer(work, next_digest_at=NOON))

    found = await opened.database.run(lambda work: newcomer(work).next_digest_at)

    assert found == NOON
    assert found.utcoffset() == timedelta(0)


async def test_only_one_consent_stands_and_the_earlier_ones_are_kept(opened: Opened) -> None:
    def give(version: int) -> Any:
        def unit(work: Work) -> None:
            person = newcomer(work).id or 0
            given = Consent(person_id=person, purpose="alerts", text_version=version, language="ru", given_at=work.now)
            given.words = "Yes."
            work.add(given)

        return unit

    def withdraw(work: Work) -> None:
        standing = people.consent(work, 1, "alerts")
        assert isinstance(standing, Consent)
        standing.withdrawn_at = NOON

    await opened.database.run(give(1))
    with pytest.raises(IntegrityError):
        await opened.database.run(give(2))
    await opened.database.run(withdraw)
    assert await opened.database.run(lambda work: people.consent(work, 1, "alerts")) is None
    await opened.database.run(give(2))

    standing = await opened.database.run(lambda work: people.consent(work, 1, "alerts"))
    assert standing is not None
    assert (standing.text_version, standing.words) == (2, "Yes.")
    assert [one.text_version for one in await opened.database.run(lambda work: people.consents(work, 1))] == [1, 2]
    agreed = await opened.database.run(lambda work: people.agreed(work, {1, 2}, {"alerts", "news"}))
    assert agreed == {(1, "alerts")}


async def test_one_of_those_who_share_an_account_is_present(opened: Opened) -> None:
    def add(work: Work) -> int:
        return people.add_beside(work, newcomer(work), helper_id=None)[0].id or 0

    second = await opened.database.run(add)
    present = await opened.database.run(lambda work: people.speaker(work, 501))
    assert present is not None
    assert (present[0].id, present[1].person_id) == (second, second)
    assert [one.id for one in await opened.database.run(lambda work: people.at_account(work, 501))] == [1, 2]

    def back(work: Work) -> None:
        now, first = people.speaker(work, 501), people.by_id(work, 1)
        assert now is not None
        assert first is not None
        people.make_present(work, now[0], first[0])

    await opened.database.run(back)
    assert await opened.one("SELECT id FROM person WHERE is_present") == 1
    with pytest.raises(IntegrityError):
        await opened.database.run(lambda work: work.add(Person(user_id=501, zone="UTC", created_at=NOON)))


async def test_an_account_that_blocks_is_unreachable_for_everybody_on_it(opened: Opened) -> None:
    await opened.database.run(lambda work: people.add_beside(work, newcomer(work), helper_id=None))
    await opened.database.run(lambda work: people.mark_unreachable(work, 1, "blocked"))
    assert await opened.one("SELECT count(*) FROM person WHERE unreachable = 'blocked'") == 2

    await opened.database.run(lambda work: people.mark_reachable(work, 501))
    assert await opened.one("SELECT count(*) FROM person WHERE unreachable IS NOT NULL") == 0
