"""The registration desk: as few facts as were given, kept as they were confirmed."""

from datetime import timedelta
from typing import Any

from services.people import profile
from storage.work import Work
from tests.databases import NOON, Opened, newcomer
from tests.desks import REGISTRATIONS

DESK = REGISTRATIONS


async def test_what_was_confirmed_is_kept_and_replaced_by_the_next(opened: Opened) -> None:
    def register(**answers: Any) -> Any:
        def unit(work: Work) -> Any:
            person = newcomer(work)
            DESK.register(work, person, answers)
            return person.registered_at

        return unit

    first = await opened.database.run(
        register(name="Aigul", region="KZ-23", occupation="5120", occupation_words="cook", pay=250_000, hours=["full"])
    )
    opened.moment.passes(days=3)
    again = await opened.database.run(register(region="KZ-27", pay=250_000))

    assert first == again == NOON
    person = await opened.database.run(newcomer)
    assert (person.name, person.region, person.occupation, person.zone) == (None, "KZ-27", None, "Asia/Oral")
    answers = profile.answers_of(person)
    assert (answers["pay"], answers["hours"]) == (250_000, None)
    assert profile.since_when(person, "pay") == NOON
    assert profile.since_when(person, "hours") == NOON + timedelta(days=3)


async def test_one_answer_is_changed_and_the_others_stay(opened: Opened) -> None:
    def change(work: Work) -> None:
        DESK.change(work, newcomer(work), ["languages"], {"languages": ["kk", "ru"], "name": "not asked"})

    await opened.database.run(lambda work: DESK.register(work, newcomer(work), {"name": "Aigul", "pay": 1}))
    await opened.database.run(change)

    answers = profile.answers_of(await opened.database.run(newcomer))
    assert (answers["name"], answers["pay"], answers["languages"]) == ("Aigul", 1, ["kk", "ru"])


async def test_the_chosen_language_is_kept(sqlite: Opened) -> None:
    def unit(work: Work) -> str | None:
        person = newcomer(work)
        DESK.choose_language(person, "kk")
        return person.language

    assert await sqlite.database.run(unit) == "kk"
    assert await sqlite.one("SELECT language FROM person") == "kk"


async def test_stopping_keeps_the_first_moment(opened: Opened) -> None:
    for _ in range(2):
        await opened.database.run(lambda work: DESK.stop_proactive(work, newcomer(work)))
        opened.moment.passes(days=1)

    assert await opened.database.run(lambda work: newcomer(work).stopped_at) == NOON


async def test_who_blocks_and_writes_again_is_reachable_again(opened: Opened) -> None:
    await opened.database.run(lambda work: DESK.unreachable(work, newcomer(work), "blocked"))
    assert await opened.one("SELECT unreachable FROM person") == "blocked"
    await opened.database.run(lambda work: DESK.reachable(work, newcomer(work)))

    assert tuple(await opened.one("SELECT unreachable, unreachable_at FROM person")) == (None, None)
