"""Loading packs: the real one is sound, a broken one says where and how to mend it."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from services.packs import Pack, PackError, lint_pack, load_pack

LOCALES = Path(__file__).parents[2] / "locales"
TODAY = date(2026, 11, 22)
ANSWER = "answers/how-much/answer.yaml"
PAGE = "answers/how-much/ru.md"

Edit = Callable[[str, str, str], None]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(LOCALES, tmp_path / "locales", ignore=shutil.ignore_patterns("LC_MESSAGES"))
    return tmp_path / "locales" / "packs"


@pytest.fixture
def edit(copied: Path) -> Edit:
    def change(name: str, old: str, new: str) -> None:
        path = copied / "kz" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def line_of(path: Path, content: str) -> int:
    return path.read_text(encoding="utf-8").split(content)[0].count("\n") + 1


def test_the_kazakhstan_pack_has_no_faults() -> None:
    assert lint_pack(LOCALES / "packs" / "kz", TODAY) == []


def test_the_kazakhstan_pack_offers_six_languages_and_ten_answers() -> None:
    pack = load_pack(LOCALES / "packs", "KZ")
    assert pack.languages == ("en", "ru", "kk", "es", "fr", "ar")
    assert len(pack.answers) == 10
    assert (pack.country, pack.currency, pack.zone) == ("kz", "KZT", "Asia/Almaty")


def test_only_news_means_the_person_is_sent_to_the_career_centre() -> None:
    said = {
        "en": "career centre",
        "ru": "карьерн",
        "kk": "мансап орталығы",
        "es": "centro de empleo",
        "fr": "centre pour l’emploi",
        "ar": "مركز التوظيف",
    }
    pack = load_pack(LOCALES / "packs", "kz")
    silent = [
        (answer.slug, language)
        for answer in pack.answers
        if answer.reliability == "N"
        for language, text in answer.texts.items()
        if said[language] not in " ".join((text.short, *text.steps)).lower()
    ]
    assert silent == []


def test_kazakh_answers_are_written_in_kazakh_letters() -> None:
    pack = load_pack(LOCALES / "packs", "kz")
    assert all(len(set("әғқңөұүі") & set(answer.texts["kk"].short)) >= 3 for answer in pack.answers)
    assert not any(set("әғқңөұүі") & set(answer.texts["ru"].short) for answer in pack.answers)


def test_an_answer_tells_the_same_figures_in_every_language() -> None:
    pack = load_pack(LOCALES / "packs", "kz")
    told = {
        answer.slug: {
            language: sorted(re.findall(r"\d+", " ".join((text.short, *text.steps, *text.deadline))))
            for language, text in answer.texts.items()
        }
        for answer in pack.answers
    }
    assert [
        (slug, figures) for slug, figures in told.items() if any(one != figures["en"] for one in figures.values())
    ] == []
    assert told["how-much"]["ar"] == ["24", "45"]


def test_laws_and_sources_keep_their_dates_in_every_language() -> None:
    pack = load_pack(LOCALES / "packs", "kz")
    named = [names for one in pack.answers for names in (one.law.names, one.law.paragraph, one.source.names) if names]
    figures = [{tuple(sorted(re.findall(r"\d+", text))) for text in names.values()} for names in named]
    assert [found for found in figures if len(found) > 1] == []


def test_every_region_is_found_by_its_names_in_every_language() -> None:
    pack = load_pack(LOCALES / "packs", "kz")
    astray = [
        (language, name)
        for one in pack.regions
        for language in pack.languages
        for name in (one.names[language], one.short[language], one.town[language], *one.also)
        if [found.code for found in pack.find_regions(name, language)][:1] != [one.code]
    ]
    assert astray == []


def test_the_short_names_of_regions_fit_on_buttons() -> None:
    pack = load_pack(LOCALES / "packs", "kz")
    assert max(len(one.short[language]) for one in pack.regions for language in ("es", "fr", "ar")) <= 18


def test_a_loaded_pack_can_be_linted_too() -> None:
    assert lint_pack(load_pack(LOCALES / "packs", "kz"), TODAY) == []


def test_an_unknown_country_names_the_missing_files() -> None:
    with pytest.raises(PackError, match=r"packs/xx/pack\.yaml: the file is missing"):
        load_pack(LOCALES / "packs", "xx")


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("pack.yaml", "currency: KZT", "currency: tenge", "currency"),
        ("pack.yaml", "zone: Asia/Almaty", "zone: Asia/Nowhere", "no such time zone"),
        ("pack.yaml", "currency: KZT", "curency: KZT", "curency"),
        ("pack.yaml", "currency: KZT", "currency: : KZT", "broken YAML"),
        ("pack.yaml", "address: https://egov.kz", "address: egov", "address"),
        ("regions.yaml", "zone: Asia/Almaty", "zone: Mars", "no such time zone"),
        ("holidays.yaml", "on: 2026-01-01", "on: 1 January", "on"),
        (ANSWER, "reliability: N", "reliability: X", "reliability"),
        (ANSWER, "valid_from: 2023-07-01", "valid_from: soon", "valid_from"),
        (PAGE, 'question: "', 'qestion: "', "qestion"),
    ],
)
def test_a_fault_names_file_line_and_mend(copied: Path, edit: Edit, name: str, old: str, new: str, what: str) -> None:
    edit(name, old, new)
    with pytest.raises(PackError) as refused:
        load_pack(copied, "kz")
    fault = next(one for one in refused.value.faults if what in one.what)
    assert fault.file == f"packs/kz/{name}"
    assert fault.line == line_of(copied / "kz" / name, new)
    assert fault.mend
    assert f"packs/kz/{name}" in str(refused.value)


def test_all_faults_are_told_at_once(copied: Path, edit: Edit) -> None:
    edit(ANSWER, "reliability: N", "reliability: X")
    edit("regions.yaml", "zone: Asia/Almaty", "zone: Mars")
    assert {fault.file for fault in lint_pack(copied / "kz", TODAY)} == {f"packs/kz/{ANSWER}", "packs/kz/regions.yaml"}


def test_broken_samples_are_a_fault_of_the_linter_alone(copied: Path, edit: Edit) -> None:
    edit("sample-vacancies.yaml", "hours: full", "hours: always")
    assert isinstance(load_pack(copied, "kz"), Pack)
    assert "hours" in lint_pack(copied / "kz", TODAY)[0].what
