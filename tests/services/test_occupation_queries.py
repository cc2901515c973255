"""Misspelt words for work, written by somebody who never saw the word lists: how many find their occupation among the first five."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT
from services.occupations import Occupations, load_occupations

QUERIES: Mapping[str, Sequence[Mapping[str, str | list[str]]]] = yaml.safe_load(
    Path(__file__).with_name("occupation_queries.yaml").read_text("utf-8")
)
GOAL = 0.95
"""Share of queries found among the first five."""


@pytest.fixture(scope="module")
def occupations() -> Occupations:
    return load_occupations(ROOT / "locales" / "occupations")


def test_there_are_enough_queries_in_every_language(occupations: Occupations) -> None:
    assert set(QUERIES) == set(occupations.languages)
    assert all(len(queries) >= 20 for queries in QUERIES.values())
    meant = {code for queries in QUERIES.values() for query in queries for code in _codes(query)}
    assert meant <= set(occupations.codes)


@pytest.mark.parametrize("language", sorted(QUERIES))
def test_misspelt_words_find_their_occupation(occupations: Occupations, language: str) -> None:
    missed = [
        query["typed"]
        for query in QUERIES[language]
        if not _codes(query) & set(occupations.find(str(query["typed"]), language))
    ]
    rate = 1 - len(missed) / len(QUERIES[language])
    print(f"{language}: {rate:.3f} of {len(QUERIES[language])}, missed {missed}")
    assert rate >= GOAL, missed


def _codes(query: Mapping[str, str | list[str]]) -> set[str]:
    means = query["means"]
    return {means} if isinstance(means, str) else set(means)
