"""The catalogue of occupations: all of ISCO-08's unit groups, a title a language, a tree to browse."""

from pathlib import Path

import pytest

from services.occupation_files import LABEL
from services.occupations import Occupations, load_occupations
from services.packs import PackError, PackFault

CATALOGUE = Path(__file__).parents[2] / "locales" / "occupations"
LANGUAGES = ("ar", "en", "es", "fr", "kk", "ru")
SMALL = (
    "7 | Craft\n72 | Metal\n5120 | Cook | cook, chef, canteen cook\n7212 | Welder | welder, gas welder, pipe welder\n"
)


@pytest.fixture(scope="module")
def occupations() -> Occupations:
    return load_occupations(CATALOGUE)


def faults_of(folder: Path, **languages: str) -> tuple[PackFault, ...]:
    for language, content in languages.items():
        (folder / f"{language}.txt").write_text(content, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_occupations(folder)
    return refused.value.faults


def test_all_unit_groups_in_six_languages(occupations: Occupations) -> None:
    assert len(occupations.codes) == 436
    assert occupations.languages == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_distinct_and_fit_a_button(occupations: Occupations, language: str) -> None:
    titles = [occupations.title(code, language) for code in occupations.codes]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= LABEL


def test_a_title_falls_back_to_another_language_and_then_to_the_code(occupations: Occupations) -> None:
    assert occupations.title("7212", "en") == "Welder"
    assert occupations.title("7212", "de") in {occupations.title("7212", language) for language in LANGUAGES}
    assert occupations.title("0000", "ru") == "0000"


def test_browsing_begins_with_the_major_groups_and_ends_with_the_armed_forces(occupations: Occupations) -> None:
    assert occupations.groups() == (*"123456789", "0")
    assert occupations.within("7") == ("71", "72", "73", "74", "75")
    assert occupations.within("72")[:3] == ("7211", "7212", "7213")


def test_browsing_reaches_every_occupation_once(occupations: Occupations) -> None:
    middle = [part for group in occupations.groups() for part in occupations.within(group)]
    reached = [code for group in middle for code in occupations.within(group)]
    assert sorted(reached) == list(occupations.codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_a_heading(occupations: Occupations, language: str) -> None:
    groups = [*occupations.groups(), *(part for group in occupations.groups() for part in occupations.within(group))]
    assert [group for group in groups if occupations.title(group, language) == group] == []


@pytest.mark.parametrize("group", ["7212", "77", "x"])
def test_nothing_stands_within_what_is_no_group(occupations: Occupations, group: str) -> None:
    assert occupations.within(group) == ()


def test_comments_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text("# title, words\n\n" + SMALL, encoding="utf-8")
    found = load_occupations(tmp_path)
    assert found.codes == ("5120", "7212")
    assert found.title("72", "en") == "Metal"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("7212 | Welder", "not a line of the catalogue"),
        ("7212 | Welder | a, b, c | d", "not a line of the catalogue"),
        ("721 | Welder | a, b, c", "not a line of the catalogue"),
        ("welder | Welder | a, b, c", "not a line of the catalogue"),
        ("Welder", "not a line of the catalogue"),
        ("7 | Craft again | a, b, c", "not a line of the catalogue"),
        ("7212 | Again | a, b, c", "7212 stands here twice"),
        ("7213 | | a, b, c", "7213 has no title"),
        ("7213 | WELDER | a, b, c", "the title of 7213 is used twice"),
        ("7213 | Smith | a, b", "7213 has fewer than 3 words"),
        ("7213 | Smith | a, , b,", "7213 has fewer than 3 words"),
        (f"7213 | {'W' * 41} | a, b, c", "the title of 7213 has more than 40 characters"),
    ],
)
def test_a_faulty_line_is_named_with_its_number_and_how_to_mend_it(tmp_path: Path, line: str, what: str) -> None:
    (fault,) = faults_of(tmp_path, en=SMALL + line)
    assert (fault.file.rpartition("/")[2], fault.line, fault.what) == ("en.txt", 5, what)
    assert fault.mend


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, en=SMALL + "Welder\n7213 | Smith | a", ru=SMALL + "7213 | | a, b, c")
    assert [(fault.file.rpartition("/")[2], fault.line) for fault in faults] == [
        ("en.txt", 5),
        ("en.txt", 6),
        ("ru.txt", 5),
    ]


def test_languages_must_hold_the_same_codes(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, en=SMALL, ru=SMALL.replace("5120 | Cook", "5131 | Waiter"))
    assert {(fault.file.rpartition("/")[2], fault.line, fault.what) for fault in faults} == {
        ("en.txt", 3, "5120 is not in every language"),
        ("ru.txt", 3, "5131 is not in every language"),
    }


def test_groups_belong_to_the_codes_that_must_agree(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, en=SMALL, ru=SMALL.replace("72 | Metal\n", ""))
    assert fault.what == "72 is not in every language"


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "7 | Craft\n"])
def test_a_file_without_occupations_is_refused(tmp_path: Path, content: str) -> None:
    (fault,) = faults_of(tmp_path, en=content)
    assert fault.what == "no occupations in it"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no occupation files"):
        load_occupations(tmp_path)
