"""Finding phrases in somebody's own words."""

import pytest

from services.everyday.phrases import Phrases

PHRASES = Phrases(
    {
        "en": {"cook": ["cook"], "feast": ["cook wedding"], "carer": ["look after mother"], "guard": ["guard"]},
        "ru": {"cook": ["готовить"], "garden": ["огород"]},
        "kk": {"drive": ["көлік жүргізу"]},
        "ar": {"mother": ["أمي"], "sew": ["فساتين"]},
    }
)

FOUND = {
    ("en", "Cooking!"): ["cook"],
    ("en", "I cooked a lot for a wedding"): ["feast"],
    ("en", "cooked, then looked after my dear old mother"): ["cook", "carer"],
    ("en", "mother came. We talked a long while about how birds look after rain"): [],
    ("en", "looked after the dog"): [],
    ("en", "gaurd"): [],
    ("en", "I guarded"): ["guard"],
    ("en", "огород"): ["garden"],
    ("en", "готовила"): [],
    ("ru", "готовлю каждый день"): ["cook"],
    ("kk", "көлік жүргіздім"): ["drive"],
    ("ar", "اعتنيت بأمي وخيطت الفساتين"): ["mother", "sew"],
    ("de", "cook"): ["cook"],
    ("en", ""): [],
}


@pytest.mark.parametrize(("language", "text"), FOUND)
def test_a_phrase_is_found(language: str, text: str) -> None:
    assert PHRASES.find(text, language) == FOUND[language, text]


def test_a_letter_is_not_searched_to_its_end() -> None:
    assert PHRASES.find("word " * 100 + "cook", "en") == []
