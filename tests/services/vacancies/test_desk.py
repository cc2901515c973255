"""The vacancy desk: found by words, shown in pages that never run out, kept once."""

from datetime import timedelta
from typing import Any

import pytest

from bot import wiring
from bot.gathering import publish_samples
from bot.settings import read_settings
from services.vacancies.desk import PAGE, VacancyDesk
from storage.work import Work
from tests.databases import NOON, Opened, newcomer, vacancy

CONTENT = wiring.load_content(read_settings())
DESK = VacancyDesk(CONTENT.occupations)


async def test_samples_are_found_by_a_word_of_each_language(opened: Opened) -> None:
    await publish_samples(opened.database, CONTENT.pack)

    def total(words: str, language: str) -> Any:
        return lambda work: DESK.search(work, newcomer(work, language=language), words).total

    for words, language in [("cook", "en"), ("повар", "ru"), ("аспаз", "kk")]:
        assert await opened.database.run(total(words, language)) > 0
    assert await opened.database.run(total("qwertyuiop", "en")) == 0


async def test_pages_stay_within_what_there_is(sqlite: Opened) -> None:
    def unit(work: Work) -> list[tuple[int, int, int]]:
        person = newcomer(work, occupation="5120", region="KZ-75")
        for number in range(PAGE + 2):
            work.add(vacancy(number))
        pages = [DESK.fitting(work, person, page) for page in (-3, 0, 1, 99)]
        return [(page.page, len(page.vacancies), page.pages) for page in pages]

    assert await sqlite.database.run(unit) == [(0, PAGE, 2), (0, PAGE, 2), (1, 2, 2), (1, 2, 2)]


async def test_nothing_found_is_an_empty_page(sqlite: Opened) -> None:
    found = await sqlite.database.run(lambda work: DESK.fitting(work, newcomer(work)))
    assert (found.total, found.vacancies, found.page) == (0, [], 0)


async def test_keeping_twice_keeps_once_and_forgetting_forgets(opened: Opened) -> None:
    def act(name: str, number: int = 1) -> Any:
        return lambda work: getattr(DESK, name)(work, newcomer(work), number)

    await opened.database.run(lambda work: work.add(vacancy(1)).id)
    for _ in range(2):
        card = await opened.database.run(act("save"))
        assert card.saved
    assert await opened.one("SELECT count(*) FROM saved_vacancy") == 1
    assert (await opened.database.run(lambda work: DESK.saved(work, newcomer(work)))).total == 1
    for _ in range(2):
        card = await opened.database.run(act("forget"))
        assert not card.saved
    for name in ("open", "save", "forget"):
        assert await opened.database.run(act(name, 99)) is None


@pytest.mark.parametrize(
    ("given", "closed"),
    [
        ({}, False),
        ({"closes_on": NOON.date()}, False),
        ({"closes_on": NOON.date() - timedelta(days=1)}, True),
        ({"closed_at": NOON}, True),
    ],
)
async def test_a_card_says_whether_it_is_still_open(sqlite: Opened, given: dict[str, Any], *, closed: bool) -> None:
    def unit(work: Work) -> bool:
        row = work.add(vacancy(1, **given))
        card = DESK.open(work, newcomer(work), row.id or 0)
        assert card is not None
        return card.is_closed

    assert await sqlite.database.run(unit) is closed
