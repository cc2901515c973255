"""The files of the languages: complete, free of contradictions, and refused with their line when they are wrong."""

from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from services.pack_models import PackError
from services.understanding.spelling import phrase
from services.understanding.vocabulary import FOLDER, CommandName, read_vocabulary, vocabularies

LANGUAGES = ["ar", "en", "es", "fr", "kk", "ru"]


def test_six_languages_are_there() -> None:
    assert set(LANGUAGES) <= set(vocabularies())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_has_words(language: str) -> None:
    assert set(vocabularies()[language].commands.words) == set(get_args(CommandName))


@pytest.mark.parametrize("language", LANGUAGES)
def test_neighbours_are_offered_languages(language: str) -> None:
    assert set(vocabularies()[language].neighbours) <= set(vocabularies()) - {language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_means_two_buttons_or_both_yes_and_no(language: str) -> None:
    words = vocabularies()[language]
    groups = [*words.commands.words.values()]
    picking = [words.picking.done, words.picking.onward, words.picking.nothing]
    for some, others in [*combinations(groups, 2), *combinations(picking, 2), (words.answers.yes, words.answers.no)]:
        assert not {phrase(word) for word in some} & {phrase(word) for word in others}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_two_numbers(language: str) -> None:
    numbers = vocabularies()[language].numbers
    spelled = [
        (phrase(word), value)
        for group in (numbers.cardinals, numbers.scales)
        for value in group
        for word in group[value]
    ]
    assert len({word for word, _ in spelled}) == len(set(spelled))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_needs_a_count_is_a_scale(language: str) -> None:
    numbers = vocabularies()[language].numbers
    assert set(numbers.counted) <= {word for forms in numbers.scales.values() for word in forms}


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_told_from_today_are_the_same_everywhere(language: str) -> None:
    assert set(vocabularies()[language].dates.from_today) == {0, 1, 2}


def changed(tmp_path: Path, old: str, new: str) -> PackError:
    text = (FOLDER / "en.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "en.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError) as refused:
        read_vocabulary(tmp_path, "en.yaml")
    return refused.value


def test_a_misspelt_key_is_refused_with_its_line(tmp_path: Path) -> None:
    fault = changed(tmp_path, "  next_week:", "  nextweek:").faults[0]
    assert "next_week" in fault.what or "nextweek" in fault.what
    assert fault.line


def test_a_number_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "cardinals" in changed(tmp_path, "    11: [eleven]", "    eleven: [eleven]").faults[0].what


def test_a_button_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert "commands" in changed(tmp_path, "    again:", "    encore:").faults[0].what


def test_a_word_that_yaml_takes_for_something_else_is_refused(tmp_path: Path) -> None:
    assert "string" in changed(tmp_path, "[eleven]", "[11]").faults[0].what


def test_an_empty_list_of_words_is_refused(tmp_path: Path) -> None:
    assert "cardinals" in changed(tmp_path, "[eleven]", "[]").faults[0].what


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        read_vocabulary(tmp_path, "de.yaml")
