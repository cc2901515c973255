"""Spellings that people mix up sound the same; words that differ do not."""

import pytest

from services.folding import fold
from services.sounds import sounds


@pytest.mark.parametrize(
    ("language", "spellings"),
    [
        ("en", "electrician electritian"),
        ("en", "photographer fotografer"),
        ("en", "accountant acountant"),
        ("es", "cocinero cosinero"),
        ("es", "abogado avogado havogado"),
        ("fr", "boulanger boulangé boulanje"),
        ("fr", "électricien électrissien"),
        ("ru", "сварщик сваршик"),
        ("ru", "врач врачь"),
        ("ru", "программист програмист праграмист"),
        ("kk", "күзетші кузетши кузетщи"),
        ("kk", "қойшы гойшы"),
        ("ar", "ممرضه ممرظه"),
        ("ar-latin", "خباز خابباز"),
    ],
)
def test_mixed_up_spellings_sound_the_same(language: str, spellings: str) -> None:
    assert len({sounds(fold(one), language) for one in spellings.split()}) == 1


def test_a_vocabulary_is_heard_a_word_to_a_line() -> None:
    assert sounds("nurse\nnurce\n\nteacher", "en").split("\n") == [
        sounds("nurse", "en"),
        sounds("nurce", "en"),
        "",
        sounds("teacher", "en"),
    ]


def test_a_language_without_rules_keeps_its_spelling() -> None:
    assert sounds("hitsaaja", "fi") == "hitsaaja"
