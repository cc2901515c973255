"""Finding answers: measured on typed questions, with bounds that only a worse search can break."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.answers_search import AnswerIndex
from services.packs import Pack, load_pack

PACKS = Path(__file__).parents[2] / "locales" / "packs"
PROBE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("answer_probe.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 22)

FIRST_HIT = {"en": 0.85, "ru": 0.83, "kk": 0.75}
FIRST_THREE = {"en": 0.9, "ru": 0.95, "kk": 0.9}
SILENT_OFF_TOPIC = {"en": 0.92, "ru": 1.0, "kk": 1.0}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACKS, "kz")


@pytest.fixture(scope="module")
def index(pack: Pack) -> AnswerIndex:
    return AnswerIndex(pack)


def found(index: AnswerIndex, text: str, language: str) -> list[str]:
    return [hit.slug for hit in index.search(text, language, today=TODAY)]


@pytest.mark.parametrize("language", PROBE["asked"])
def test_typed_questions_find_their_answer(index: AnswerIndex, language: str) -> None:
    answers = [(found(index, text, language), meant) for text, meant in PROBE["asked"][language]]
    first = sum(hits[:1] == [meant] for hits, meant in answers) / len(answers)
    three = sum(meant in hits for hits, meant in answers) / len(answers)
    assert first >= FIRST_HIT[language], [pair for pair in answers if pair[0][:1] != [pair[1]]]
    assert three >= FIRST_THREE[language], [pair for pair in answers if pair[1] not in pair[0]]


@pytest.mark.parametrize(("language", "text", "meant"), PROBE["across"])
def test_a_question_in_another_language_is_understood(index: AnswerIndex, language: str, text: str, meant: str) -> None:
    assert found(index, text, language)[:1] == [meant]


@pytest.mark.parametrize("language", PROBE["off_topic"])
def test_off_topic_texts_find_nothing(index: AnswerIndex, language: str) -> None:
    hits = {text: found(index, text, language) for text in PROBE["off_topic"][language]}
    silent = sum(not slugs for slugs in hits.values()) / len(hits)
    assert silent >= SILENT_OFF_TOPIC[language], hits


@pytest.mark.parametrize("text", ["", "   ", "?!", "😀", "%", "спасибо", "hello"])
def test_courtesy_and_signs_find_nothing(index: AnswerIndex, text: str) -> None:
    assert found(index, text, "ru") == []


def test_every_question_and_variant_finds_its_own_answer(pack: Pack, index: AnswerIndex) -> None:
    astray = [
        (language, asked)
        for answer in pack.answers
        for language, text in answer.texts.items()
        for asked in (text.question, *text.variants)
        if found(index, asked, language)[:1] != [answer.slug]
    ]
    assert astray == []


def test_hits_are_limited_and_best_first(index: AnswerIndex) -> None:
    hits = index.search("сколько платят и какие документы нужны", "ru", today=TODAY, limit=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


def test_an_expired_answer_is_never_found(pack: Pack) -> None:
    expired = {"valid_to": date(2026, 11, 21)}
    answers = tuple(one.model_copy(update=expired) if one.slug == "how-much" else one for one in pack.answers)
    index = AnswerIndex(pack.model_copy(update={"answers": answers}))
    before = [hit.slug for hit in index.search("какой размер выплаты", "ru", today=date(2026, 11, 21))]
    assert before[:1] == ["how-much"]
    assert "how-much" not in found(index, "какой размер выплаты", "ru")


def test_a_pack_without_answers_finds_nothing(pack: Pack) -> None:
    assert found(AnswerIndex(pack.model_copy(update={"answers": ()})), "сколько платят", "ru") == []
