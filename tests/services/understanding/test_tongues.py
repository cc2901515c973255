"""Names of languages, wherever they stand in what somebody wrote."""

import pytest

from services.understanding.tongues import read_languages

OFFERED, READERS = ("kk", "ru", "en"), ("en", "ru", "kk", "es", "fr", "ar")


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("казахский и немного по-турецки", ["kk", "tr"]),
        ("kazakh, a bit of russian", ["kk", "ru"]),
        ("қазақша, орысша", ["kk", "ru"]),
        ("казакша орсша", ["kk", "ru"]),
        ("ruso y algo de inglés", ["ru", "en"]),
        ("le français", ["fr"]),
        ("العربية", ["ar"]),
        ("nothing", []),
        ("", []),
        ("я" * 5000, []),
    ],
)
def test_languages_are_found_by_their_names(typed: str, codes: list[str]) -> None:
    assert read_languages(typed, OFFERED, READERS) == codes
