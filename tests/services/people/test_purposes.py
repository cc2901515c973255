"""Consents: each with the words that were read, kept as a history, asked for again when the text changes."""

from datetime import timedelta
from typing import Any

import pytest

from services.people.purposes import PurposeDesk, Standing
from storage.queries import people
from storage.tables.people import Consent
from storage.work import Work
from tests.databases import NOON, Opened, newcomer
from tests.desks import DIGESTS, PACK, PURPOSES


def gives(purpose: Any = "news", language: str = "ru", desk: PurposeDesk = PURPOSES) -> Any:
    return lambda work: desk.give(work, newcomer(work), purpose, language)


def withdraws(purpose: Any = "news") -> Any:
    return lambda work: PURPOSES.withdraw(work, newcomer(work), purpose)


async def history(opened: Opened) -> list[Consent]:
    return await opened.database.run(lambda work: people.consents(work, newcomer(work).id or 0))


async def standing(opened: Opened, desk: PurposeDesk = PURPOSES) -> dict[str, Standing]:
    found = await opened.database.run(lambda work: desk.standing(work, newcomer(work)))
    return {one.purpose.key: one for one in found}


async def test_nothing_is_agreed_to_beforehand(sqlite: Opened) -> None:
    found = await standing(sqlite)

    assert list(found) == [one.key for one in PACK.consents()]
    assert {one.consent for one in found.values()} == {None}


async def test_a_yes_keeps_the_words_their_edition_the_language_and_the_moment(opened: Opened) -> None:
    await opened.database.run(gives())

    (kept,) = await history(opened)
    purpose = PACK.purpose("news")
    assert (kept.words, kept.language, kept.text_version) == (purpose.texts["ru"], "ru", purpose.version)
    assert (kept.given_at, kept.withdrawn_at) == (NOON, None)


async def test_the_same_yes_twice_is_one(opened: Opened) -> None:
    await opened.database.run(gives())
    opened.moment.passes(days=1)
    await opened.database.run(gives(language="en"))

    assert [one.given_at for one in await history(opened)] == [NOON]


async def test_taken_back_and_given_again_is_a_history(opened: Opened) -> None:
    await opened.database.run(gives())
    opened.moment.passes(days=1)
    assert await opened.database.run(withdraws())
    assert not await opened.database.run(withdraws()), "there is nothing left to take back"
    assert (await standing(opened))["news"].consent is None
    opened.moment.passes(days=1)
    await opened.database.run(gives())

    kept = [(one.given_at, one.withdrawn_at) for one in await history(opened)]
    assert kept == [(NOON, NOON + timedelta(days=1)), (NOON + timedelta(days=2), None)]


async def test_a_changed_text_is_asked_for_again_and_the_old_yes_is_kept(opened: Opened) -> None:
    await opened.database.run(gives())
    changed = PACK.purpose("news").model_copy(update={"version": 2, "texts": {"ru": "Новый текст"}})
    rest = tuple(one for one in PACK.purposes if one.key != "news")
    desk = PurposeDesk(PACK.model_copy(update={"purposes": (*rest, changed)}))

    assert (await standing(opened, desk))["news"].outdated
    await opened.database.run(gives(desk=desk))
    assert not (await standing(opened, desk))["news"].outdated
    assert [(one.text_version, one.withdrawn_at is None) for one in await history(opened)] == [(1, False), (2, True)]


@pytest.mark.parametrize("purpose", [one.key for one in PACK.consents() if one.key != "alerts"])
async def test_taking_one_back_closes_nothing_else(sqlite: Opened, purpose: str) -> None:
    for key in ("alerts", "news", "employers", "activity"):
        await sqlite.database.run(gives(key))
    await sqlite.database.run(withdraws(purpose))

    found = await standing(sqlite)
    assert [key for key, one in found.items() if one.consent is None] == [purpose]


async def test_a_chosen_hour_is_a_yes_to_alerts_and_off_takes_it_back(opened: Opened) -> None:
    def choose(work: Work) -> None:
        assert DIGESTS.choose_hour(work, newcomer(work), 9, "ru")

    await opened.database.run(choose)
    assert (await standing(opened))["alerts"].consent is not None
    await opened.database.run(lambda work: DIGESTS.turn_off(work, newcomer(work)))
    assert (await standing(opened))["alerts"].consent is None


async def test_only_what_stands_now_counts_for_letters(opened: Opened) -> None:
    def two(work: Work) -> None:
        for user_id in (501, 502):
            PURPOSES.give(work, newcomer(work, user_id), "alerts", "en")
        PURPOSES.withdraw(work, newcomer(work, 502), "alerts")

    await opened.database.run(two)

    assert await opened.database.run(lambda work: people.agreed(work, {1, 2}, {"alerts", "news"})) == {(1, "alerts")}
    assert await opened.database.run(lambda work: people.agreed(work, set(), {"alerts"})) == set()
