"""The linter: each fault of content is found, and a sound pack has none."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.pack_lint import content_faults, sample_faults, sentences
from services.packs import Pack, PackFault, load_pack
from services.samples import load_samples

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(Path(__file__).parents[2] / "locales" / "packs", "kz")


def with_answer(pack: Pack, **changes: Any) -> list[PackFault]:
    """Faults of the pack with its first answer changed."""
    changed = pack.answers[0].model_copy(update=changes)
    return content_faults(pack.model_copy(update={"answers": (changed,)}), TODAY)


def with_text(pack: Pack, language: str = "ru", **changes: Any) -> list[PackFault]:
    texts = dict(pack.answers[0].texts)
    return with_answer(pack, texts=texts | {language: texts[language].model_copy(update=changes)})


def with_office(pack: Pack, **names: str) -> list[PackFault]:
    office = pack.office.model_copy(update={"names": {**pack.office.names, **names}})
    return content_faults(pack.model_copy(update={"office": office}), TODAY)


def without(names: Mapping[str, str], language: str) -> dict[str, str]:
    return {one: text for one, text in names.items() if one != language}


def only(faults: list[PackFault]) -> PackFault:
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def test_a_missing_language_of_an_answer(pack: Pack) -> None:
    texts = {language: text for language, text in pack.answers[0].texts.items() if language != "kk"}
    fault = only(with_answer(pack, texts=texts))
    assert (fault.what, fault.severity) == ("no text in 'kk'", "error")


def test_an_expired_answer(pack: Pack) -> None:
    assert "expired on" in only(with_answer(pack, valid_to=TODAY - timedelta(days=1))).what


@pytest.mark.parametrize(("days", "warned"), [(0, True), (14, True), (15, False)])
def test_the_owner_is_warned_fourteen_days_before_expiry(pack: Pack, days: int, warned: bool) -> None:
    faults = with_answer(pack, valid_to=TODAY + timedelta(days=days))
    assert [fault.severity for fault in faults] == (["warning"] if warned else [])


@pytest.mark.parametrize(("days", "severities"), [(365, []), (366, ["warning"]), (-1, ["error"])])
def test_last_review(pack: Pack, days: int, severities: list[str]) -> None:
    assert [one.severity for one in with_answer(pack, last_reviewed=TODAY - timedelta(days=days))] == severities


def test_a_source_dated_in_the_future(pack: Pack) -> None:
    source = pack.answers[0].source.model_copy(update={"dated": TODAY + timedelta(days=1)})
    assert "source.dated lies in the future" in only(with_answer(pack, source=source)).what


def test_an_unknown_category(pack: Pack) -> None:
    assert "unknown category 'x'" in only(with_answer(pack, category="x")).what


def test_a_law_not_named_in_every_language(pack: Pack) -> None:
    law = pack.answers[0].law.model_copy(update={"names": without(pack.answers[0].law.names, "kk")})
    assert only(with_answer(pack, law=law)).what == "law: no text in 'kk'"


def test_a_paragraph_or_the_calendars_source_not_named_in_every_language(pack: Pack) -> None:
    law = pack.answers[0].law.model_copy(update={"paragraph": {"en": "Article 1"}})
    assert [one.what for one in with_answer(pack, law=law)] == [
        f"law.paragraph: no text in '{language}'" for language in pack.languages if language != "en"
    ]
    source = pack.holiday_source.model_copy(update={"names": without(pack.holiday_source.names, "ar")})
    fault = only(content_faults(pack.model_copy(update={"holiday_source": source}), TODAY))
    assert (fault.file, fault.what) == ("packs/kz/holidays.yaml", "source: no text in 'ar'")


@pytest.mark.parametrize(
    ("language", "text", "script"),
    [
        ("ar", "Employment office", "Arabic"),
        ("ru", "Employment office", "Cyrillic"),
        ("kk", "Jumyspen qamtu ortalygy", "Cyrillic"),
        ("fr", "Центр занятости", "Latin"),
        ("en", "Центр занятости near you", "Latin"),
    ],
)
def test_a_text_in_the_letters_of_another_language(pack: Pack, language: str, text: str, script: str) -> None:
    fault = only(with_office(pack, **{language: text}))
    assert fault.what == f"office.names: the text in '{language}' is not in {script} letters"
    assert (fault.file, fault.severity) == ("packs/kz/pack.yaml", "error")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "موقع eGov.kz"),
        ("ar", "التوقيع (Электронная подпись)"),
        ("ru", "«Employment office», сайт"),
        ("en", "The news of «Мой город»"),
        ("es", "Teléfono 1414"),
        ("kk", "1414"),
    ],
)
def test_names_and_addresses_may_keep_their_letters(pack: Pack, language: str, text: str) -> None:
    assert with_office(pack, **{language: text}) == []


@pytest.mark.parametrize("part", ["question", "short", "steps"])
def test_every_part_of_an_answer_is_in_its_own_letters(pack: Pack, part: str) -> None:
    words = "Ask the career centre"
    fault = only(with_text(pack, "ar", **{part: (words,) if part == "steps" else words}))
    assert fault.what == f"{part}: the text in 'ar' is not in Arabic letters"
    assert fault.file == f"packs/kz/answers/{pack.answers[0].slug}/ar.md"


def test_people_may_type_a_question_in_any_letters(pack: Pack) -> None:
    assert with_text(pack, "ar", variants=("shu elawraq", "wash lwra9", "chno lwara9")) == []


def test_the_letters_of_a_language_nobody_described_are_not_judged(pack: Pack) -> None:
    names = {**pack.office.names, "de": "Центр занятости"}
    languages = (*pack.languages, "de")
    office = pack.office.model_copy(update={"names": names})
    faults = content_faults(pack.model_copy(update={"languages": languages, "office": office}), TODAY)
    assert not [one for one in faults if "letters" in one.what]
    assert [one for one in faults if "no text in 'de'" in one.what]


def test_a_sentence_the_same_in_two_languages_was_left_untranslated(pack: Pack) -> None:
    fault = only(with_office(pack, fr="An office that helps", es="An office that helps"))
    assert fault.what == "office.names: the texts in 'es' and 'fr' are the same"
    assert fault.severity == "warning"
    fault = only(with_text(pack, "fr", short=pack.answers[0].texts["en"].short))
    assert fault.what == "short: the texts in 'en' and 'fr' are the same"


def test_a_short_name_may_be_the_same_in_two_languages(pack: Pack) -> None:
    assert with_office(pack, fr="eGov, Astana – 2026", es="eGov, Astana – 2026") == []


def test_a_short_answer_that_is_too_long(pack: Pack) -> None:
    fault = only(with_text(pack, short="Это так. " * 70))
    assert "630 characters" in fault.what or "629 characters" in fault.what


def test_a_long_sentence_and_few_variants_are_warnings(pack: Pack) -> None:
    assert only(with_text(pack, short="слово " * 16)).severity == "warning"
    assert only(with_text(pack, variants=("один", "два"))).severity == "warning"


def test_a_language_the_pack_does_not_offer(pack: Pack) -> None:
    texts = dict(pack.answers[0].texts)
    assert "'de' is not offered" in only(with_answer(pack, texts=texts | {"de": texts["en"]})).what


def test_doubled_regions_and_days(pack: Pack) -> None:
    doubled = pack.model_copy(update={"regions": (*pack.regions, pack.regions[0])})
    assert "region code KZ-71 appears twice" in only(content_faults(doubled, TODAY)).what
    doubled = pack.model_copy(update={"holidays": (*pack.holidays, pack.holidays[0])})
    assert "2026-01-01 appears twice" in only(content_faults(doubled, TODAY)).what


def test_a_year_without_calendar(pack: Pack) -> None:
    faults = [one.what for one in content_faults(pack, date(2027, 11, 1))]
    assert faults == []
    assert any("no calendar for 2028" in one.what for one in content_faults(pack, date(2028, 1, 1)))


def test_a_holiday_outside_the_years_entered(pack: Pack) -> None:
    shorter = pack.model_copy(update={"holiday_years": frozenset({2026})})
    assert all("outside the years entered" in one.what for one in content_faults(shorter, TODAY))
    assert content_faults(shorter, TODAY)


def test_faulty_samples(pack: Pack) -> None:
    first = load_samples(pack.folder)[0]
    lost = first.model_copy(update={"region": "KZ-99", "occupation": "0000"})
    what = [fault.what for fault in sample_faults(pack, [first, lost], {"2142"})]
    assert what == [
        "the id sample-001 appears twice",
        "sample-001: unknown region KZ-99",
        "sample-001: unknown occupation 0000",
    ]
    assert sample_faults(pack, [first], None) == []


def test_sentences_end_at_their_marks_but_not_inside_addresses() -> None:
    assert sentences("Open eGov.kz now. Then wait! Why?") == ["Open eGov.kz now.", "Then wait!", "Why?"]


@pytest.mark.parametrize(
    "parts",
    [
        ["هل وصلت الرسالة؟", "اسألوا المركز."],
        ["Pas de SMS\u00a0?", "Demandez au centre."],
        ["Ответьте «да.»", "Ждите."],
        ["¿No llegó?", "Pregunte."],
        ["पूछें।", "रुकें।"],
        ["请稍候。", "好！"],
    ],
)
def test_sentences_end_at_the_marks_of_each_language(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == [part.replace("\u00a0", " ") for part in parts]


def test_signs_that_stand_alone_are_no_words(pack: Pack) -> None:
    assert with_text(pack, "fr", short="mot " * 15 + "\u00a0?") == []
    assert only(with_text(pack, "fr", short="mot " * 16 + "\u00a0?")).severity == "warning"
