"""The benefits desk: answers in force, by menu and by the person's own words."""

from datetime import date

import pytest

from bot import wiring
from bot.settings import read_settings
from services.answers_search import AnswerIndex
from services.income_support.desk import CANDIDATES, BenefitsDesk

PACK = wiring.load_content(read_settings()).pack
DESK = BenefitsDesk(PACK, AnswerIndex(PACK))
TODAY = date(2026, 9, 1)
LONG_PAST, FAR_AHEAD = date(1990, 1, 1), date(2199, 1, 1)


def test_the_menu_shows_what_is_in_force() -> None:
    assert DESK.all(TODAY) == PACK.answers_in_force(TODAY)
    assert len(DESK.all(TODAY)) >= 10
    assert DESK.all(LONG_PAST) == []


def test_an_answer_out_of_force_is_not_shown() -> None:
    slug = DESK.all(TODAY)[0].slug
    found = DESK.answer(slug, TODAY)

    assert found is not None
    assert found.slug == slug
    assert DESK.answer(slug, LONG_PAST) is None
    assert DESK.answer("no-such-answer", TODAY) is None


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_title_finds_its_own_answer(language: str) -> None:
    for answer in DESK.all(TODAY):
        found = DESK.ask(answer.texts[language].question, language, TODAY)
        assert answer.slug in [one.slug for one in found]
        assert len(found) <= CANDIDATES


def test_nothing_is_found_for_nonsense_or_outside_its_time() -> None:
    assert DESK.ask("qwertyuiop", "en", TODAY) == []
    assert DESK.ask(DESK.all(TODAY)[0].texts["en"].question, "en", LONG_PAST) == []
    assert all(one.in_force(FAR_AHEAD) for one in DESK.ask(DESK.all(TODAY)[0].texts["en"].question, "en", FAR_AHEAD))
