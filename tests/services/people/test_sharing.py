"""Several people on one phone, and a record that moves to its owner's own phone: never to anybody else's."""

from dataclasses import asdict
from typing import Any

from services.people.drafts import DRAFT, Draft
from services.people.sharing import LINK, LINK_LIVES, MOST, Refusal
from storage.queries import people
from storage.tables.people import Person
from storage.work import Work
from tests.databases import NOON, Opened, newcomer
from tests.desks import PURPOSES, SHARING

HELPER, OTHER = 501, 777


def help_somebody(work: Work) -> int:
    """Let the account's owner help Dana. Gives Dana's number."""
    added = SHARING.add(work, present(work, HELPER), helping=True, language="ru")
    assert not isinstance(added, Refusal)
    added[0].name, added[0].registered_at = "Dana", NOON
    return added[0].id or 0


def present(work: Work, user_id: int) -> Person:
    found = people.speaker(work, user_id) or people.newcomer(work, user_id, "Asia/Almaty")
    return found[0]


def makes_link(work: Work) -> str:
    made = SHARING.make_link(work, present(work, HELPER))
    assert isinstance(made, str)
    return made


def opens(link: str, user_id: int = OTHER) -> Any:
    return lambda work: SHARING.take_over(work, present(work, user_id), link, "kk")


async def test_helping_records_the_permission_in_words(opened: Opened) -> None:
    dana = await opened.database.run(help_somebody)

    consent = await opened.database.run(lambda work: people.consent(work, dana, "helper"))
    assert consent is not None
    assert (consent.language, consent.text_version) == ("ru", 1)
    assert consent.words == PURPOSES.pack.purpose("helper").texts["ru"]
    assert (await opened.database.run(lambda work: present(work, HELPER))).helper_id == 1


async def test_who_helps_while_speaking_for_a_helped_person_is_still_the_helper(opened: Opened) -> None:
    await opened.database.run(help_somebody)
    second = await opened.database.run(help_somebody)
    found = await opened.database.run(lambda work: people.by_id(work, second))
    assert found is not None
    assert found[0].helper_id == 1


async def test_sharing_a_phone_needs_no_permission_and_everybody_is_listed(opened: Opened) -> None:
    def unit(work: Work) -> Any:
        newcomer(work, HELPER, name="Aigul", registered_at=NOON)
        added = SHARING.add(work, present(work, HELPER), helping=False, language="en")
        assert not isinstance(added, Refusal)
        return [(one.name, one.is_present) for one in SHARING.here(work, added[0])]

    assert await opened.database.run(unit) == [("Aigul", False), (None, True)]
    assert await opened.one("SELECT count(*) FROM consent") == 0


async def test_a_phone_has_room_for_so_many(sqlite: Opened) -> None:
    def fill(work: Work) -> Any:
        for _ in range(MOST - 1):
            SHARING.add(work, present(work, HELPER), helping=False, language="en")
        return SHARING.add(work, present(work, HELPER), helping=False, language="en")

    assert await sqlite.database.run(fill) == Refusal("too_many")


async def test_nobody_switches_to_somebody_on_another_phone(opened: Opened) -> None:
    stranger = await opened.database.run(lambda work: present(work, OTHER).id or 0)
    refused = await opened.database.run(lambda work: SHARING.switch(work, present(work, HELPER), stranger))
    assert refused == Refusal("gone")


async def test_a_record_moves_once_with_all_that_waits_for_it(opened: Opened) -> None:
    from services import letter_box
    from services.letters import CounsellorSaid

    dana = await opened.database.run(help_somebody)

    def agree(work: Work) -> None:
        PURPOSES.give(work, present(work, HELPER), "employers", "ru")

    await opened.database.run(agree)

    def write(work: Work) -> None:
        letter_box.to_person(work, present(work, HELPER), CounsellorSaid("Anna", "Come on Monday."), "line:1")

    await opened.database.run(write)
    link = await opened.database.run(makes_link)
    taken = await opened.database.run(opens(link))

    assert not isinstance(taken, Refusal)
    assert (taken[0].id, taken[0].user_id, taken[0].is_present, taken[0].helper_id) == (dana, OTHER, True, None)
    assert taken[0].language == "kk", "the one they were asked in, not the helper's"
    assert await opened.one("SELECT chat_id FROM outbox WHERE kind = 'CounsellorSaid'") == OTHER
    assert await opened.one("SELECT chat_id FROM outbox WHERE kind = 'HandedOver'") == HELPER
    assert (await opened.database.run(lambda work: present(work, HELPER))).id == 1, "the helper is themselves again"
    assert await opened.database.run(lambda work: people.agreed(work, {dana}, {"helper", "employers"})) == set()
    assert await opened.database.run(opens(link, 888)) == Refusal("link_over")


async def test_only_the_newest_link_works_and_only_for_a_week(opened: Opened) -> None:
    await opened.database.run(help_somebody)
    first, second = [await opened.database.run(makes_link) for _ in range(2)]
    assert await opened.database.run(opens(first)) == Refusal("link_over")
    assert await opened.database.run(opens(second, HELPER)) == Refusal("own_link")

    opened.moment.passes(seconds=LINK_LIVES.total_seconds())
    assert await opened.database.run(opens(second)) == Refusal("link_over")
    assert await opened.database.run(opens(f"{LINK}guess")) == Refusal("link_over")


async def test_the_word_of_a_link_is_not_kept(sqlite: Opened) -> None:
    await sqlite.database.run(help_somebody)
    link = await sqlite.database.run(makes_link)
    kept = await sqlite.one("SELECT digest FROM handover")
    assert link.removeprefix(LINK) not in str(kept)


async def test_who_is_not_helped_cannot_be_given_away(opened: Opened) -> None:
    refused = await opened.database.run(lambda work: SHARING.make_link(work, present(work, HELPER)))
    assert refused == Refusal("not_helped")


async def test_pressing_twice_adds_nobody_twice(opened: Opened) -> None:
    def press(work: Work) -> int:
        added = SHARING.add(work, present(work, HELPER), helping=True, language="ru")
        assert not isinstance(added, Refusal)
        added[1].form = {DRAFT: asdict(Draft("name", added=True))}
        return added[0].id or 0

    assert [await opened.database.run(press) for _ in range(3)] == [2, 2, 2]


async def test_a_link_still_works_when_the_helper_is_gone(opened: Opened) -> None:
    dana = await opened.database.run(help_somebody)
    link = await opened.database.run(makes_link)

    def forget(work: Work) -> None:
        present(work, HELPER).helper_id = None

    await opened.database.run(forget)
    taken = await opened.database.run(opens(link))
    assert not isinstance(taken, Refusal)
    assert taken[0].id == dana
