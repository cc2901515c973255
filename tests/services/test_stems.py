"""Forms of one word have one stem."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.folding import fold
from services.stems import stem


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "welding welds welded"),
        ("ru", "сварщик сварщиком сварщики сварщиками"),
        ("ru", "строительный строительной строительная"),
        ("es", "soldador soldadores soldadora"),
        ("fr", "infirmière infirmières"),
        ("ar", "معلم معلمون"),
        ("kk", "сатушы сатушымын сатушылар сатушының сатушыны сатушыда сатушымен"),
        ("kk", "дүкен дүкенде дүкеннің"),
        ("kk", "мұғалім мұғаліммін мұғалімдер"),
    ],
)
def test_forms_of_a_word_share_their_stem(language: str, forms: str) -> None:
    assert len({stem(fold(form), language) for form in forms.split()}) == 1


@pytest.mark.parametrize("word", ["аспазшы", "тігінші", "жүргізуші"])
def test_who_does_the_work_is_no_ending_in_kazakh(word: str) -> None:
    assert stem(fold(word), "kk") == fold(word)


@pytest.mark.parametrize(
    ("language", "one", "other"), [("en", "welder", "waiter"), ("kk", "аспаз", "аспазшы"), ("ru", "повар", "поводырь")]
)
def test_different_words_keep_apart(language: str, one: str, other: str) -> None:
    assert stem(one, language) != stem(other, language)


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert stem("hitsaaja", "fi") == "hitsaaja"


def test_threads_do_not_disturb_each_other() -> None:
    made_up = [f"{first}{second}ation{ending}" for first in "bcdfg" for second in "lmnpr" for ending in ("", "s", "al")]
    alone = {word: stem.__wrapped__(word, "en") for word in made_up}
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda word: stem.__wrapped__(word, "en"), made_up * 40))
    assert together == [alone[word] for word in made_up * 40]
