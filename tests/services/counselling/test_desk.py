"""The counselling desk: one human at a time, words only where they belong, and every talk has an end."""

import asyncio
from functools import partial
from typing import Any

import pytest

from bot import wiring
from bot.settings import read_settings
from services.counselling.desk import TALKING, CaseDesk, NoDesk, Refusal
from services.letters import CaseEnded, CaseOpened, CounsellorJoined, CounsellorSaid, JobseekerSaid
from storage import outbox
from storage.queries import cases, invariants, people
from storage.tables.counselling import Case, Staff
from storage.tables.traffic import Place
from storage.work import Work
from tests.databases import NOON, Opened, newcomer

GROUPS = (-1001, -1002)
CONTENT = wiring.load_content(read_settings())
DESK = CaseDesk(GROUPS, CONTENT.pack, CONTENT.occupations)


def staff(work: Work, user_id: int = 77, name: str = "Dana") -> Staff:
    return cases.staff_by_account(work, user_id) or work.add(
        Staff(user_id=user_id, role="counsellor", name=name, joined_at=NOON)
    )


def place_of(work: Work) -> Place:
    found = work.find(Place, 1)
    assert found is not None
    return found


def asks(question: str | None = "Where do I begin?", **facts: Any) -> Any:
    def unit(work: Work) -> tuple[Case, bool]:
        person = newcomer(work, **{"name": "Aigul", "language": "kk", "region": "KZ-75"} | facts)
        found = people.by_id(work, person.id or 0)
        assert found is not None
        return DESK.ask(work, *found, question)

    return unit


def takes(user_id: int = 77, name: str = "Dana") -> Any:
    return lambda work: DESK.take(work, place_of(work), staff(work, user_id, name))


def step_of(work: Work) -> str | None:
    found = people.speaker(work, 501)
    assert found is not None
    return found[1].step


async def letters(opened: Opened) -> list[tuple[str, str, dict[str, Any]]]:
    """Give what was written, and carry it."""
    found = []
    while rows := await opened.database.run(lambda work: outbox.claim(work, 99)):
        for row in rows:
            found.append((row.kind, row.lane[0], row.body))
            await opened.database.run(partial(outbox.settle_sent, row=row, message_id=1))
    return found


async def test_asking_opens_one_case_with_a_card_for_the_group(opened: Opened) -> None:
    case, new = await opened.database.run(asks())

    assert (case.state, new) == ("waiting", True)
    ((kind, to, card),) = await letters(opened)
    assert (kind, to) == (CaseOpened.__name__, "p")
    assert (card["name"], card["language"], card["question"]) == ("Aigul", "kk", "Where do I begin?")
    assert card["region"]
    assert await opened.database.run(invariants.broken) == []


async def test_asking_again_adds_to_the_open_case(opened: Opened) -> None:
    await opened.database.run(asks())
    case, new = await opened.database.run(asks("And when?"))

    assert (case.id, new) == (1, False)
    assert [kind for kind, _, _ in await letters(opened)] == [CaseOpened.__name__, JobseekerSaid.__name__]
    lines = await opened.database.run(lambda work: [line.words for line in cases.said(work, 1)])
    assert lines == ["Where do I begin?", "And when?"]


async def test_asking_without_words_keeps_none(opened: Opened) -> None:
    await opened.database.run(asks(None))
    await opened.database.run(asks(None))

    assert await opened.one("SELECT count(*) FROM case_message") == 0
    assert len(await letters(opened)) == 1


async def test_without_a_staff_group_nobody_can_be_asked(sqlite: Opened) -> None:
    def unit(work: Work) -> None:
        person = newcomer(work)
        found = people.by_id(work, person.id or 0)
        assert found is not None
        CaseDesk((), CONTENT.pack, CONTENT.occupations).ask(work, *found, "x")

    with pytest.raises(NoDesk):
        await sqlite.database.run(unit)


async def test_two_asks_at_once_open_one_case(opened: Opened) -> None:
    other = await opened.once_more()
    await opened.database.run(newcomer)

    def ask(work: Work) -> int | None:
        found = people.speaker(work, 501)
        assert found is not None
        return DESK.ask(work, *found, "x")[0].id

    numbers = await asyncio.gather(*((opened.database if n % 2 else other).run(ask) for n in range(6)))
    assert set(numbers) == {1}


async def test_taking_brings_the_human_and_silences_the_bot(opened: Opened) -> None:
    await opened.database.run(asks())
    case = await opened.database.run(takes())

    assert isinstance(case, Case)
    assert (case.state, case.taken_at) == ("human", NOON)
    assert await opened.database.run(step_of) == TALKING
    assert {kind for kind, _, _ in await letters(opened)} == {"CaseOpened", "CounsellorJoined", "CaseTaken"}
    assert await opened.database.run(invariants.broken) == []


async def test_the_first_of_two_who_take_it_has_it(opened: Opened) -> None:
    other = await opened.once_more()
    await opened.database.run(asks())
    await opened.database.run(lambda work: [staff(work, 1, "Dana").id, staff(work, 2, "Erlan").id])

    found = await asyncio.gather(opened.database.run(takes(1)), other.run(takes(2)))

    (case,) = [one for one in found if isinstance(one, Case)]
    (refused,) = [one for one in found if isinstance(one, Refusal)]
    assert refused == Refusal("taken", {1: "Dana", 2: "Erlan"}[case.assignee_id or 0])
    assert sum(kind == CounsellorJoined.__name__ for kind, _, _ in await letters(opened)) == 1
    assert (await opened.database.run(takes(case.assignee_id or 0))).why == "already_yours"


async def test_only_the_assignees_words_reach_the_jobseeker(opened: Opened) -> None:
    await opened.database.run(asks())

    def answers(user_id: int, words: str = "Come on Monday.") -> Any:
        return lambda work: DESK.answer(work, place_of(work), staff(work, user_id, str(user_id)), words)

    assert (await opened.database.run(answers(1))).why == "not_taken"
    await opened.database.run(takes(1, "1"))
    await letters(opened)
    assert await opened.database.run(answers(2)) == Refusal("not_yours", "1")
    assert (await opened.database.run(answers(1, ""))).why == "empty"
    assert await letters(opened) == []
    assert await opened.database.run(answers(1)) is None
    ((kind, to, body),) = await letters(opened)
    assert (kind, to, body["words"]) == (CounsellorSaid.__name__, "u", "Come on Monday.")


async def test_a_note_stays_with_the_staff(opened: Opened) -> None:
    await opened.database.run(asks())
    await letters(opened)
    refused = await opened.database.run(lambda work: DESK.note(work, place_of(work), staff(work), "Call first"))

    assert refused is None
    assert await letters(opened) == []
    assert await opened.database.run(lambda work: [line.by for line in cases.said(work, 1)]) == ["jobseeker", "note"]


@pytest.mark.parametrize("act", ["take", "answer", "note", "close"])
async def test_a_topic_without_a_case_refuses_politely(sqlite: Opened, act: str) -> None:
    def unit(work: Work) -> Any:
        place = work.add(Place(kind="topic", chat_id=-5, thread_id=3))
        words = ["x"] if act in {"answer", "note"} else []
        return getattr(DESK, act)(work, place, staff(work), *words)

    assert (await sqlite.database.run(unit)).why == "no_case"


@pytest.mark.parametrize("kept", [None, "Registration:region"])
async def test_closing_gives_back_the_form_that_waited(opened: Opened, kept: str | None) -> None:
    def in_form(work: Work) -> None:
        found = people.newcomer(work, 501, "Asia/Almaty")
        found[1].step = kept

    await opened.database.run(in_form)
    await opened.database.run(asks())
    await opened.database.run(takes())
    await letters(opened)
    case = await opened.database.run(lambda work: DESK.close(work, place_of(work), staff(work)))

    assert isinstance(case, Case)
    assert (case.state, case.closed_at, case.ended_by) == ("closed", NOON, "counsellor")
    assert await opened.database.run(step_of) == kept
    ((kind, to, body),) = await letters(opened)
    assert (kind, to, body["kept_step"]) == (CaseEnded.__name__, "u", kept is not None)
    for act in (takes(), lambda work: DESK.close(work, place_of(work), staff(work))):
        assert (await opened.database.run(act)).why == "closed"
    assert await opened.database.run(invariants.broken) == []


async def test_a_waiting_case_can_be_closed_by_anybody_of_the_staff(opened: Opened) -> None:
    await opened.database.run(asks())
    assert isinstance(await opened.database.run(lambda work: DESK.close(work, place_of(work), staff(work))), Case)
    assert (await opened.database.run(asks("Again")))[1]


async def test_the_jobseeker_ends_it_and_the_topic_hears_of_it(opened: Opened) -> None:
    def leave(work: Work) -> Case | None:
        found = people.speaker(work, 501)
        assert found is not None
        return DESK.leave(work, *found)

    await opened.database.run(asks())
    await opened.database.run(takes())
    await letters(opened)
    case = await opened.database.run(leave)

    assert case is not None
    assert case.ended_by == "jobseeker"
    assert [(kind, to) for kind, to, _ in await letters(opened)] == [(CaseEnded.__name__, "p")]
    assert await opened.database.run(leave) is None
    assert await opened.database.run(invariants.broken) == []


async def test_words_that_did_not_arrive_are_told_in_the_topic(opened: Opened) -> None:
    await opened.database.run(asks())
    await letters(opened)
    await opened.database.run(lambda work: DESK.undelivered(work, {"person_id": 1, "reason": "blocked"}))
    assert [(kind, body["reason"]) for kind, _, body in await letters(opened)] == [("NotDelivered", "blocked")]
    strange: list[dict[str, object]] = [{"person_id": 99, "reason": "x"}, {"person_id": None, "reason": "x"}]
    for payload in strange:
        await opened.database.run(partial(DESK.undelivered, payload=payload))
    assert await letters(opened) == []


async def test_a_person_always_gets_the_same_group(sqlite: Opened) -> None:
    def groups(work: Work) -> list[int]:
        return [DESK._group_for(newcomer(work, user)) for user in (1, 2, 3, 1, 2, 3)]

    found = await sqlite.database.run(groups)
    assert found[:3] == found[3:]
    assert set(found) == set(GROUPS)
