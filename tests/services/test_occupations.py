"""Occupations are found by everyday words, in any language, with slips and endings."""

from pathlib import Path

import pytest

from services.occupations import Occupations, load_occupations
from services.packs import PackError

CATALOGUE = Path(__file__).parents[2] / "locales" / "occupations"


@pytest.fixture(scope="module")
def occupations() -> Occupations:
    return load_occupations(CATALOGUE)


def test_forty_occupations_in_three_languages(occupations: Occupations) -> None:
    assert len(occupations.codes) == 40
    assert set(occupations.languages) == {"en", "ru", "kk"}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_titles_are_distinct(occupations: Occupations, language: str) -> None:
    titles = [occupations.title(code, language) for code in occupations.codes]
    assert len(set(titles)) == len(titles)


def test_a_title_falls_back_to_another_language_and_then_to_the_code(occupations: Occupations) -> None:
    assert occupations.title("7212", "kk") == "Дәнекерлеуші"
    assert occupations.title("7212", "fr") == "Welder"
    assert occupations.title("0000", "ru") == "0000"


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("сварщик", "ru", "7212"),
        ("работал сварщиком", "ru", "7212"),
        ("свращик", "ru", "7212"),
        ("свaрщик", "ru", "7212"),
        ("програмист", "ru", "2512"),
        ("учительницей", "ru", "2330"),
        ("бухгалтерия", "ru", "2411"),
        ("водила", "ru", "8322"),
        ("водитель категории С", "ru", "8332"),
        ("мыть полы", "ru", "9112"),
        ("дәнекерлеушімін", "kk", "7212"),
        ("данекерлеуши", "kk", "7212"),
        ("аспазшы болып істедім", "kk", "5120"),
        ("мұғаліммін", "kk", "2330"),
        ("жургизуши", "kk", "8322"),
        ("I am a welder", "en", "7212"),
        ("welding", "en", "7212"),
        ("nurses", "en", "2221"),
        ("bus driver", "en", "8331"),
        ("сварщик", "en", "7212"),
        ("швея", "kk", "8153"),
        ("cook", "ru", "5120"),
    ],
)
def test_people_find_their_occupation(occupations: Occupations, text: str, language: str, code: str) -> None:
    assert occupations.find(text, language)[:1] == [code]


@pytest.mark.parametrize("text", ["космонавт", "astronaut", "не знаю", "", "работа", "мен", "!!!"])
def test_unknown_words_find_nothing(occupations: Occupations, text: str) -> None:
    assert occupations.find(text, "ru") == []


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_title_finds_itself_first(occupations: Occupations, language: str) -> None:
    astray = [
        code
        for code in occupations.codes
        if occupations.find(occupations.title(code, language), language)[:1] != [code]
    ]
    assert astray == []


def test_a_common_word_offers_several_up_to_the_limit(occupations: Occupations) -> None:
    assert len(occupations.find("водитель", "ru")) > 1
    assert len(occupations.find("водитель", "ru", limit=2)) == 2


def test_languages_must_hold_the_same_codes(tmp_path: Path) -> None:
    entry = '"{}":\n  title: "{}"\n  words: [a, b, c]\n'
    (tmp_path / "en.yaml").write_text(entry.format("7212", "Welder") + entry.format("5120", "Cook"), encoding="utf-8")
    (tmp_path / "ru.yaml").write_text(entry.format("7212", "Сварщик"), encoding="utf-8")
    with pytest.raises(PackError, match=r"5120 is not in every language"):
        load_occupations(tmp_path)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('"7212":\n  title: Welder\n  words: [a]\n', 3),
        ('"7212":\n  titel: Welder\n  words: [a, b, c]\n', 2),
        ("welder:\n  title: Welder\n  words: [a, b, c]\n", 2),
    ],
)
def test_a_broken_entry_is_named_with_its_line(tmp_path: Path, content: str, line: int) -> None:
    (tmp_path / "en.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_occupations(tmp_path)
    assert line in {fault.line for fault in refused.value.faults}


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no occupation files"):
        load_occupations(tmp_path)
