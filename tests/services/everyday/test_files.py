"""The lists of everyday work: complete in every language, known occupations, labels that fit; a fault names its line."""

from pathlib import Path

import pytest

from services.everyday.files import LABEL, read_everyday
from services.occupations import load_occupations
from services.packs import PackError, PackFault

LOCALES = Path(__file__).parents[3] / "locales"
LANGUAGES = {"ar", "en", "es", "fr", "kk", "ru"}
CODES = ("5120", "7512", "9412")
WORK = """kitchen:
  cook: {"5120": 3, "7512": 1, "9412": 1}
  bake: {"7512": 3, "5120": 1, "9412": 1}
"""
ENGLISH = """ends: [done, nothing]
places:
  kitchen: {label: In a kitchen, words: [kitchen, canteen]}
activities:
  cook: {label: Cook, words: [cook, dinner]}
  bake: {label: Bake bread, words: [bake, bread]}
"""


def written(folder: Path, work: str = WORK, **languages: str) -> Path:
    (folder / "work.yaml").write_text(work, "utf-8")
    for code, words in ({"en": ENGLISH} | languages).items():
        (folder / f"{code}.yaml").write_text(words, "utf-8")
    return folder


def faults_of(folder: Path) -> tuple[PackFault, ...]:
    with pytest.raises(PackError) as refused:
        read_everyday(folder, CODES)
    return refused.value.faults


def test_the_lists_of_the_project_are_complete_in_six_languages() -> None:
    files = read_everyday(LOCALES / "everyday", load_occupations(LOCALES / "occupations").codes)
    assert set(files.words) == LANGUAGES


@pytest.mark.parametrize("language", ["ru", "kk", "ar"])
def test_labels_hold_no_latin_letters_where_the_language_has_none(language: str) -> None:
    words = read_everyday(LOCALES / "everyday", load_occupations(LOCALES / "occupations").codes).words[language]
    wordings = [*words.places.values(), *words.activities.values()]
    strange = [one.label for one in wordings if any("a" <= letter <= "z" for letter in one.label.casefold())]
    assert strange == []


def test_small_lists_are_read(tmp_path: Path) -> None:
    files = read_everyday(written(tmp_path), CODES)
    assert files.work["kitchen"]["cook"]["5120"] == 3
    assert files.words["en"].activities["bake"].label == "Bake bread"


WRONG = {
    "an activity a language lacks": (
        {"ru": ENGLISH.replace("  bake: {label: Bake bread, words: [bake, bread]}\n", "")},
        "activities: bake is not in every file",
    ),
    "a place nobody knows": (
        {"en": ENGLISH.replace("activities:", "  garden: {label: Garden, words: [garden, plot]}\nactivities:")},
        "places: garden is not in every file",
    ),
    "a label too long for a button": (
        {"en": ENGLISH.replace("label: Bake bread", f"label: {'Bake ' * 7}!")},
        f"at most {LABEL} characters",
    ),
    "a label that would break a list": (
        {"en": ENGLISH.replace("label: Bake bread", 'label: "Bake, fry"')},
        "a comma in the",
    ),
    "words said of two activities": (
        {"en": ENGLISH.replace("[bake, bread]", "[bake, Cook]")},
        "“cook” is said of cook too",
    ),
    "a single word to be found by": ({"en": ENGLISH.replace("[bake, bread]", "[bake]")}, "at least 2 items"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_faulty_language_is_refused(tmp_path: Path, kind: str) -> None:
    languages, complaint = WRONG[kind]
    faults = faults_of(written(tmp_path, **languages))
    assert any(complaint in str(fault) for fault in faults), list(map(str, faults))
    assert all(fault.line for fault in faults)


WRONG_WORK = {
    "an unknown occupation": (WORK.replace('"7512": 3', '"7777": 3'), "no occupation 7777"),
    "too few occupations": (WORK.replace(', "9412": 1}', "}"), "at least 3 items"),
    "a weight out of range": (WORK.replace('"7512": 3', '"7512": 4'), "less than or equal to 3"),
    "one activity in two places": (
        WORK + 'bakery:\n  bake: {"7512": 3, "5120": 1, "9412": 1}\n',
        "bake stands in two places",
    ),
    "one key for a place and an activity": (WORK.replace("kitchen:", "cook:"), "have one key"),
}


@pytest.mark.parametrize("kind", WRONG_WORK)
def test_faulty_work_is_refused(tmp_path: Path, kind: str) -> None:
    work, complaint = WRONG_WORK[kind]
    assert any(complaint in str(fault) for fault in faults_of(written(tmp_path, work)))


def test_english_must_be_there_to_fall_back_to(tmp_path: Path) -> None:
    folder = written(tmp_path, ru=ENGLISH)
    (folder / "en.yaml").unlink()
    assert any("add en.yaml" in fault.mend for fault in faults_of(folder))
