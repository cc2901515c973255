"""How alike words must be to be the same, and when nobody can tell."""

import pytest

from services.understanding.labels import label_words, likeliest_label, same_label

NOTHING: frozenset[str] = frozenset()


def likeliest(typed: str, *labels: str, language: str = "ru", aside: frozenset[str] = NOTHING) -> int | None:
    return likeliest_label(label_words(typed, language), [label_words(label, language) for label in labels], aside)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("поваром", "Повар"),
        ("удаленку", "Удалённая работа"),
        ("стро", "Строитель"),
        ("строитиль", "Строитель"),
        ("афициант", "Официант"),
        ("полныйдень", "Полный день"),
        ("авто слесарь", "Автослесарь"),
        ("дояркой", "Доярка"),
        ("Алматыда", "Алматы"),
    ],
)
def test_small_differences_are_forgiven(typed: str, label: str) -> None:
    assert likeliest(typed, label, "Нечто иное") == 0


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("не повар", "Повар"),
        ("неполный", "Полный день"),
        ("по", "Повар"),
        ("дом", "Дым"),
        ("2", "22 дня"),
        ("совсем другое", "Повар"),
        ("", "Повар"),
        ("повар", ""),
        ("я очень долго рассказываю про то как работал поваром в столовой на заводе", "Повар"),
    ],
)
def test_larger_differences_are_not(typed: str, label: str) -> None:
    assert likeliest(typed, label, "Нечто иное") is None


def test_two_labels_as_near_as_each_other_are_not_told_apart() -> None:
    assert likeliest("работа", "Ночная работа", "Дневная работа") is None
    assert likeliest("продав", "Продавец", "Продавщица") is None


def test_the_label_that_is_covered_more_is_meant() -> None:
    assert likeliest("повара", "Повар-кондитер", "Повар") == 1


def test_words_that_change_nothing_are_left_out() -> None:
    assert likeliest("хочу повара", "Повар", aside=frozenset({"хочу"})) == 0
    assert likeliest("хочу", "Повар", aside=frozenset({"хочу"})) is None


def test_stems_are_those_of_the_language() -> None:
    assert likeliest("trabajando", "Trabajar", language="es") == 0
    assert likeliest("travailler", "Travail", language="fr") == 0
    assert likeliest("الدوام", "دوام", language="ar") == 0
    assert likeliest("cook", "Cooks", language="") == 0


def test_the_same_label_is_found_whatever_its_case_and_punctuation() -> None:
    labels = [label_words(label, "ru") for label in ("Да, согласен", "Нет, не согласен")]
    assert same_label(label_words("НЕТ - не согласен!", "ru"), labels) == 1
    assert same_label(label_words("согласен", "ru"), labels) is None
    assert same_label((), labels) is None
