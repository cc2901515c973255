"""Unfinished registrations: how they move, are reminded of once, and end."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.people.drafts import DELETED, DRAFT, KEPT_FOR, PURPOSES, REMIND_AFTER, SUMMARY, Draft
from services.people.profile import FIELDS
from storage.queries import people
from storage.work import Work
from tests.databases import NOON, Opened, newcomer
from tests.desks import DRAFTS, PACK

QUESTIONS = PACK.registration.questions


def test_the_questions_follow_each_other_and_lead_back() -> None:
    draft, walked = Draft(PURPOSES), []
    while draft.step != SUMMARY:
        draft.stand_at(draft.following(QUESTIONS))
        walked.append(draft.step)
    assert walked == [*QUESTIONS, SUMMARY]
    while draft.step != PURPOSES:
        draft.stand_at(draft.before(QUESTIONS))
        assert draft.step == (walked.pop(-2) if len(walked) > 1 else PURPOSES)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_corrected_question_leads_back_to_the_summary(question: str) -> None:
    draft = Draft(question, correcting=True)
    assert (draft.following(QUESTIONS), draft.before(QUESTIONS)) == (SUMMARY, SUMMARY)


def test_a_draft_of_the_earlier_release_keeps_its_answers() -> None:
    earlier = {"step": "region", "name": "Aigul", "region": None, "occupation": "5120", "occupation_words": "cook"}
    draft = Draft.of(earlier)
    assert draft is not None
    assert draft.step == "place"
    assert draft.answers == {"name": "Aigul", "region": None, "occupation": "5120", "occupation_words": "cook"}


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none()) | st.none() | st.text())
def test_anything_else_is_no_draft(kept: object) -> None:
    found = Draft.of(kept)
    assert found is None or found.step in {*FIELDS, PURPOSES, SUMMARY}


def stopped(user_id: int = 501, **facts: Any) -> Any:
    """Leave a registration unfinished at its second question."""

    def unit(work: Work) -> None:
        newcomer(work, user_id, **facts)
        found = people.speaker(work, user_id)
        assert found is not None
        found[1].step, found[1].draft_at = "Registration:place", work.now
        found[1].form = {DRAFT: {"step": "place", "answers": {"name": "Aigul"}}, "search": {"page": 1}}

    return unit


async def test_somebody_who_stopped_is_reminded_once_after_a_day(opened: Opened) -> None:
    await opened.database.run(stopped())
    assert await opened.database.run(lambda work: DRAFTS.remind(work, 10)) == []

    opened.moment.passes(seconds=REMIND_AFTER.total_seconds())
    assert await opened.database.run(lambda work: DRAFTS.remind(work, 10)) == ["sent"]
    opened.moment.passes(days=1)
    assert await opened.database.run(lambda work: DRAFTS.remind(work, 10)) == []
    assert await opened.one("SELECT count(*) FROM outbox WHERE kind = 'DraftWaiting'") == 1


@pytest.mark.parametrize("facts", [{"stopped_at": NOON}, {"unreachable": "blocked"}, {"erase_at": NOON}])
async def test_nobody_is_reminded_who_wants_no_letters(opened: Opened, facts: dict[str, Any]) -> None:
    await opened.database.run(stopped(**facts))
    opened.moment.passes(days=2)
    assert await opened.database.run(lambda work: DRAFTS.remind(work, 10)) == ["held_back"]
    assert await opened.one("SELECT count(*) FROM outbox") == 0


async def test_what_nobody_comes_back_to_is_deleted_and_that_is_remembered(opened: Opened) -> None:
    await opened.database.run(stopped())
    opened.moment.passes(seconds=(KEPT_FOR - timedelta(seconds=1)).total_seconds())
    assert await opened.database.run(lambda work: DRAFTS.delete_old(work, 10)) == 0

    opened.moment.passes(seconds=1)
    assert await opened.database.run(lambda work: DRAFTS.delete_old(work, 10)) == 1
    found = await opened.database.run(lambda work: people.speaker(work, 501))
    assert found is not None
    assert (found[1].step, found[1].form, found[1].draft_at) == (None, {"search": {"page": 1}, DELETED: True}, None)
    assert await opened.database.run(lambda work: DRAFTS.delete_old(work, 10)) == 0
