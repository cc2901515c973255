"""The sample vacancies: varied enough to demonstrate with, and never to be taken for real ones."""

from collections import Counter
from pathlib import Path

import pytest

from services.occupations import load_occupations
from services.packs import PackError, load_pack
from services.samples import SampleVacancy, load_samples

LOCALES = Path(__file__).parents[2] / "locales"
KAZAKHSTAN = LOCALES / "packs" / "kz"


@pytest.fixture(scope="module")
def samples() -> tuple[SampleVacancy, ...]:
    return load_samples(KAZAKHSTAN)


def test_all_regions_and_occupations_appear(samples: tuple[SampleVacancy, ...]) -> None:
    assert len(samples) == 120
    assert {one.region for one in samples} == {one.code for one in load_pack(LOCALES / "packs", "kz").regions}
    offered = {one.occupation for one in samples}
    assert len(offered) == 40
    assert offered <= set(load_occupations(LOCALES / "occupations").codes)
    assert sum(one.region == "KZ-35" for one in samples) >= 25


def test_samples_are_varied(samples: tuple[SampleVacancy, ...]) -> None:
    assert {one.language for one in samples} == {"en", "ru", "kk"}
    assert {one.hours for one in samples} == {"full", "part", "shift", "flexible"}
    assert {one.contract for one in samples} == {"permanent", "temporary", "seasonal"}
    assert {one.pay.period for one in samples if one.pay} == {"month", "hour"}
    assert sum(one.pay is None for one in samples) >= 10
    assert sum(one.closes_in_days is not None and one.closes_in_days <= 3 for one in samples) >= 10
    assert any(one.remote for one in samples)
    assert any(one.no_experience for one in samples)
    assert any(one.disability_friendly for one in samples)
    assert any(one.pay and one.pay.max is None for one in samples)


def test_some_are_nearly_the_same(samples: tuple[SampleVacancy, ...]) -> None:
    alike = Counter((one.employer, one.place, one.occupation) for one in samples)
    assert sum(count > 1 for count in alike.values()) >= 3


def test_each_says_that_it_is_a_sample(samples: tuple[SampleVacancy, ...]) -> None:
    marks = {"ru": "Пример: ", "kk": "Үлгі: ", "en": "Sample "}
    assert [one.id for one in samples if not one.employer.startswith(marks[one.language])] == []


def test_descriptions_have_two_to_four_sentences(samples: tuple[SampleVacancy, ...]) -> None:
    assert [one.id for one in samples if not 2 <= one.description.count(".") <= 4] == []


def test_a_pack_without_samples_has_none(tmp_path: Path) -> None:
    assert load_samples(tmp_path) == ()


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("pay: {min: 5, max: 4, currency: KZT, period: month}", "max is below min"),
        ("pay: {currency: KZT, period: month}", "pay not stated"),
        ("pay: null\n    needs: [wings]", "needs"),
    ],
)
def test_a_wrong_sample_is_refused(tmp_path: Path, wrong: str, what: str) -> None:
    (tmp_path / "sample-vacancies.yaml").write_text(
        "vacancies:\n  - id: sample-001\n    language: en\n    title: T\n    employer: E\n    region: KZ-35\n    place: P\n"
        '    occupation: "7212"\n    hours: full\n    contract: permanent\n    opened_days_ago: 1\n'
        f"    closes_in_days: null\n    apply: A\n    description: D\n    {wrong}\n",
        encoding="utf-8",
    )
    with pytest.raises(PackError, match=what):
        load_samples(tmp_path)
