"""What is kept about a person: in short, in full, and as files that anybody may ask for once in a while."""

import json
from datetime import timedelta
from typing import Any

import pytest

from services.letters import DataCopy
from services.people import export
from services.people.export import Kept
from storage.queries import people
from storage.tables.counselling import Staff
from storage.tables.vacancies import SavedVacancy
from storage.work import Work
from tests import everything
from tests.databases import NOON, Opened, newcomer, vacancy
from tests.desks import CASES, COPIES, SHARING


def files(*contents: str) -> list[DataCopy]:
    return [DataCopy(f"{number}.html", content, readable=True) for number, content in enumerate(contents)]


def hands_out(*contents: str) -> Any:
    return lambda work: COPIES.hand_out(work, newcomer(work), files(*contents))


def too_soon(work: Work) -> bool:
    return COPIES.too_soon(work, newcomer(work))


async def json_of(opened: Opened, user_id: int = 501) -> dict[str, Any]:
    def unit(work: Work) -> str:
        found = people.speaker(work, user_id)
        assert found is not None
        return COPIES.for_programs(work, found[0])

    found: dict[str, Any] = json.loads(await opened.database.run(unit))
    return found


async def test_what_is_kept_is_gathered(opened: Opened) -> None:
    def live(work: Work) -> None:
        person = newcomer(work, name="Aigul")
        found = people.by_id(work, person.id or 0)
        assert found is not None
        case, _new = CASES.ask(work, *found, "Where do I begin?")
        staff = work.add(Staff(user_id=7, role="counsellor", name="Dana", joined_at=NOON))
        case.assignee_id, case.taken_at = staff.id, NOON
        saved = work.add(vacancy(1))
        work.add(SavedVacancy(person_id=person.id or 0, vacancy_id=saved.id or 0, saved_at=NOON))
        found[1].draft_at = NOON

    await opened.database.run(live)
    kept: Kept = await opened.database.run(lambda work: COPIES.kept(work, newcomer(work)))

    assert (kept.lines, len(kept.saved), kept.told, kept.draft_at) == (1, 1, 0, NOON)
    assert kept.seen_by == [("Dana", NOON)]


async def test_the_file_for_programs_holds_everything_sealed_opened(opened: Opened) -> None:
    def live(work: Work) -> None:
        everything.fill(work, newcomer(work), "mine")
        everything.fill(work, newcomer(work, 502), "theirs")

    await opened.database.run(live)
    found = await json_of(opened)

    written = json.dumps(found["tables"])
    assert {one for one in everything.sealed_columns() if f"mine {one}" not in written} == set()
    assert "theirs" not in written
    assert found["person"] == 1
    assert found["made_at"] == NOON.isoformat()


async def test_on_a_shared_phone_everybody_gets_their_own(opened: Opened) -> None:
    def live(work: Work) -> None:
        everything.fill(work, newcomer(work, name="Aigul"), "first")
        present = people.speaker(work, 501)
        assert present is not None
        found = SHARING.add(work, present[0], helping=True, language="en")
        assert isinstance(found, tuple)
        everything.fill(work, found[0], "second")

    await opened.database.run(live)
    found = json.dumps(await json_of(opened))

    assert "second person.name" in found
    assert "first" not in found


async def test_any_words_can_be_written(sqlite: Opened) -> None:
    hostile = '<b>\u202e\ud83d & "quotes" \\ \0 😀'
    await sqlite.database.run(lambda work: newcomer(work, name=hostile))

    def unit(work: Work) -> bytes:
        letter = DataCopy("a.json", COPIES.for_programs(work, newcomer(work)), readable=False)
        return letter.enclosed().content

    found = json.loads((await sqlite.database.run(unit)).decode())
    assert found["tables"]["person"][0]["name"] == hostile.replace("\ud83d", "?")


async def test_a_copy_is_sent_as_files_and_recorded_by_number(opened: Opened) -> None:
    assert await opened.database.run(hands_out("<p>Aigul</p>", "{}"))

    rows = await opened.rows("SELECT kind, person_id, state FROM outbox ORDER BY id")
    assert [tuple(row) for row in rows] == [("DataCopy", 1, "pending")] * 2
    acts = await opened.rows("SELECT actor, act, about, outcome FROM audit")
    assert [tuple(row) for row in acts] == [("person:1", "copy", "person:1", "done")]
    assert b"Aigul" not in bytes(await opened.one("SELECT body FROM outbox WHERE id = 1")), "it lies sealed"


async def test_a_helpers_copy_is_recorded_as_the_helpers(opened: Opened) -> None:
    def helped(work: Work) -> None:
        found = SHARING.add(work, newcomer(work, name="Helper"), helping=True, language="en")
        assert isinstance(found, tuple)
        assert COPIES.hand_out(work, found[0], files("x"))

    await opened.database.run(helped)
    acts = await opened.rows("SELECT actor, about FROM audit WHERE act = 'copy'")
    assert [tuple(row) for row in acts] == [("person:1", "person:2")]


@pytest.mark.parametrize(("passed", "soon"), [(timedelta(minutes=9), True), (timedelta(minutes=11), False)])
async def test_there_is_one_copy_in_ten_minutes(opened: Opened, passed: timedelta, soon: bool) -> None:
    assert not await opened.database.run(too_soon)
    await opened.database.run(hands_out("x"))
    opened.moment.at = NOON + passed

    assert await opened.database.run(too_soon) == soon
    assert not await opened.database.run(lambda work: COPIES.too_soon(work, newcomer(work, 502)))


async def test_what_the_messenger_cannot_carry_is_not_promised(sqlite: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "LARGEST", 5)

    assert not await sqlite.database.run(hands_out("12345", "äöü"))
    assert await sqlite.one("SELECT count(*) FROM outbox") == 0
    assert await sqlite.one("SELECT count(*) FROM audit") == 0
    assert await sqlite.database.run(hands_out("12345"))
