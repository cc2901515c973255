"""The registration desk: as few facts as were given, kept as they were confirmed."""

from typing import Any

from services.people.desk import Registration, RegistrationDesk, Stored
from storage.queries import people
from storage.work import Work
from tests.databases import NOON, Opened, newcomer, vacancy

DESK = RegistrationDesk()


async def test_what_was_confirmed_is_kept_and_replaced_by_the_next(opened: Opened) -> None:
    def register(answers: Registration) -> Any:
        return lambda work: DESK.register(work, newcomer(work), answers, "Asia/Aqtau").registered_at

    first = await opened.database.run(register(Registration("Aigul", "KZ-75", "5120", "cook")))
    opened.moment.passes(days=3)
    again = await opened.database.run(register(Registration(region="KZ-71")))

    assert first == again == NOON
    person = await opened.database.run(newcomer)
    assert (person.name, person.region, person.occupation, person.zone) == (None, "KZ-71", None, "Asia/Aqtau")


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
    await opened.database.run(lambda work: DESK.reachable(newcomer(work)))

    assert tuple(await opened.one("SELECT unreachable, unreachable_at FROM person")) == (None, None)


async def test_what_is_kept_is_shown_with_its_counts(opened: Opened) -> None:
    from storage.tables.vacancies import SavedVacancy

    def unit(work: Work) -> Stored:
        person = newcomer(work, name="Aigul")
        row = work.add(vacancy(1))
        work.add(SavedVacancy(person_id=person.id or 0, vacancy_id=row.id or 0, saved_at=work.now))
        return DESK.stored(work, person)

    stored = await opened.database.run(unit)
    assert (stored.person.name, stored.saved, stored.cases, stored.lines) == ("Aigul", 1, 0, 0)
    assert await opened.database.run(lambda work: people.kept_of(work, 99)) == (0, 0, 0)
