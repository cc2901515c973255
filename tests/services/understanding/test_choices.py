"""Items of a list, told by number or in words, in six languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.choices import read_choice, read_choices

HOURS = ["Полный день", "Неполный день", "Вахта", "Удалённая работа", "Сезонная работа"]
SHIFTS = ["5/2", "2/2", "Ночные смены"]
LABELS = {
    "ru": HOURS,
    "kk": ["Толық жұмыс күні", "Толық емес жұмыс күні", "Вахта", "Қашықтан жұмыс", "Маусымдық жұмыс"],
    "en": ["Full time", "Part time", "Rotation", "Work from home", "Seasonal work"],
    "es": ["Jornada completa", "Media jornada", "Por turnos", "Teletrabajo", "Trabajo de temporada"],
    "fr": ["Temps plein", "Temps partiel", "Par rotation", "Télétravail", "Travail saisonnier"],
    "ar": ["دوام كامل", "دوام جزئي", "مناوبات", "عمل من المنزل", "عمل موسمي"],
}

ONE = [
    ("ru", "2", 1),
    ("ru", "2.", 1),
    ("ru", "2)", 1),
    ("ru", "№2", 1),
    ("ru", "2-й", 1),
    ("ru", "2й", 1),
    ("ru", "номер два", 1),
    ("ru", "вариант 3", 2),
    ("ru", "второй", 1),
    ("ru", "вторую", 1),
    ("ru", "последний", 4),
    ("ru", "٢", 1),
    ("ru", "полный день", 0),
    ("ru", "на полный день", 0),
    ("ru", "полную", 0),
    ("ru", "ПОЛНЫЙ", 0),
    ("ru", "неполный", 1),
    ("ru", "не полный день", 1),
    ("ru", "вахтой", 2),
    ("ru", "вахто", 2),
    ("ru", "удаленная", 3),
    ("ru", "удаленку", 3),
    ("ru", "сезоная", 4),
    ("ru", "сезон", 4),
    ("kk", "2", 1),
    ("kk", "екінші", 1),
    ("kk", "екинши", 1),
    ("kk", "2-ші", 1),
    ("kk", "соңғысы", 4),
    ("kk", "қашықтан", 3),
    ("kk", "кашыктан жумыс", 3),
    ("kk", "маусымдық", 4),
    ("kk", "второй", 1),
    ("en", "the second one", 1),
    ("en", "2nd", 1),
    ("en", "number three", 2),
    ("en", "option 2", 1),
    ("en", "last one", 4),
    ("en", "full", 0),
    ("en", "I want part time please", 1),
    ("en", "seasonel", 4),
    ("en", "home", 3),
    ("en", "№ 2", 1),
    ("es", "el segundo", 1),
    ("es", "la dos", 1),
    ("es", "el último", 4),
    ("es", "completa", 0),
    ("es", "turno", 2),
    ("es", "media jornada", 1),
    ("fr", "le deuxième", 1),
    ("fr", "le deuxieme", 1),
    ("fr", "2e", 1),
    ("fr", "teletravail", 3),
    ("fr", "temps partiel", 1),
    ("fr", "saisonnière", 4),
    ("ar", "الثاني", 1),
    ("ar", "٢", 1),
    ("ar", "رقم ٢", 1),
    ("ar", "الخيار الثاني", 1),
    ("ar", "الأخير", 4),
    ("ar", "دوام جزئي", 1),
    ("ar", "الدوام الكامل", 0),
    ("ar", "من المنزل", 3),
    ("ar", "موسمي", 4),
]

NOT_ONE = [
    ("ru", ""),
    ("ru", "работа"),
    ("ru", "день"),
    ("ru", "0"),
    ("ru", "6"),
    ("ru", "99999999999999"),
    ("ru", "1 и 2"),
    ("ru", "1-3"),
    ("ru", "все"),
    ("ru", "любая"),
    ("ru", "не вахта"),
    ("ru", "вахта сезонная"),
    ("ru", "космонавт"),
    ("ru", "в"),
    ("ru", "👍"),
    ("kk", "жұмыс"),
    ("kk", "толық"),
    ("en", "time"),
    ("en", "not full time"),
    ("en", "no rotation"),
    ("es", "jornada"),
    ("fr", "temps"),
    ("ar", "دوام"),
    ("ar", "عمل"),
]

SEVERAL = [
    ("ru", "1, 3 и 5", [0, 2, 4]),
    ("ru", "1,3,5", [0, 2, 4]),
    ("ru", "1 3 5", [0, 2, 4]),
    ("ru", "5 1", [0, 4]),
    ("ru", "1-3", [0, 1, 2]),
    ("ru", "с 1 по 3", [0, 1, 2]),
    ("ru", "1-2, 5", [0, 1, 4]),
    ("ru", "1\n3", [0, 2]),
    ("ru", "1/3", [0, 2]),
    ("ru", "2", [1]),
    ("ru", "первый и третий", [0, 2]),
    ("ru", "один два", [0, 1]),
    ("ru", "2-й и последний", [1, 4]),
    ("ru", "все", [0, 1, 2, 3, 4]),
    ("ru", "Всё!", [0, 1, 2, 3, 4]),
    ("ru", "вахта и удаленка", [2, 3]),
    ("ru", "вахта, сезонная работа", [2, 4]),
    ("ru", "вахта сезонная", [2, 4]),
    ("ru", "1, удаленная", [0, 3]),
    ("ru", "полный день", [0]),
    ("ru", "на полный день", [0]),
    ("kk", "1, 3 және 5", [0, 2, 4]),
    ("kk", "бәрі", [0, 1, 2, 3, 4]),
    ("kk", "вахта және маусымдық", [2, 4]),
    ("en", "all of them", [0, 1, 2, 3, 4]),
    ("en", "first and third", [0, 2]),
    ("en", "from 2 to 4", [1, 2, 3]),
    ("en", "full time, seasonal", [0, 4]),
    ("en", "все", [0, 1, 2, 3, 4]),
    ("es", "todas", [0, 1, 2, 3, 4]),
    ("es", "1 y 3", [0, 2]),
    ("es", "1 a 3", [0, 1, 2]),
    ("fr", "1 et 3", [0, 2]),
    ("fr", "de 1 à 3", [0, 1, 2]),
    ("fr", "tous", [0, 1, 2, 3, 4]),
    ("ar", "١ و٣", [0, 2]),
    ("ar", "١، ٣", [0, 2]),
    ("ar", "الأول والثالث", [0, 2]),
    ("ar", "الكل", [0, 1, 2, 3, 4]),
    ("ar", "دوام كامل ومناوبات", [0, 2]),
]

NOT_SEVERAL = [
    "",
    "1, 9",
    "0",
    "3-1",
    "1-99999999",
    "1-",
    "оба",
    "все кроме 2",
    "вахта, космонавт",
    "не вахта",
    "вахта, работа",
    "1, 2, 3, 4, 5, вахта, вахта, вахта",
    "1 и ничего",
    "?",
]


@pytest.mark.parametrize(("language", "typed", "place"), ONE)
def test_one_item(language: str, typed: str, place: int) -> None:
    assert read_choice(typed, LABELS[language], language) == place


@pytest.mark.parametrize(("language", "typed"), NOT_ONE)
def test_no_item_or_not_certain_which(language: str, typed: str) -> None:
    assert read_choice(typed, LABELS[language], language) is None


@pytest.mark.parametrize(("language", "typed", "places"), SEVERAL)
def test_several_items(language: str, typed: str, places: list[int]) -> None:
    assert read_choices(typed, LABELS[language], language) == places


@pytest.mark.parametrize("typed", NOT_SEVERAL)
def test_not_certain_which_items(typed: str) -> None:
    assert read_choices(typed, HOURS, "ru") is None


def test_a_label_typed_in_full_wins_over_its_number() -> None:
    assert read_choice("2/2", SHIFTS, "ru") == 1
    assert read_choices("5/2", SHIFTS, "ru") == [0]
    assert read_choice("10", ["5", "10", "15"], "en") == 1


def test_a_number_that_is_also_another_label_is_not_guessed() -> None:
    assert read_choice("2", ["2 days", "5 days"], "en") is None
    assert read_choices("2", ["2 days", "5 days"], "en") is None
    assert read_choice("5", ["2 days", "5 days"], "en") == 1


def test_both_are_two_of_two() -> None:
    assert read_choices("оба", ["Да", "Нет"], "ru") == [0, 1]
    assert read_choices("both", ["Yes", "No"], "en") == [0, 1]


def test_a_label_with_an_and_in_it_is_one_label() -> None:
    labels = ["Food and drink", "Cleaning"]
    assert read_choices("food and drink", labels, "en") == [0]


def test_labels_in_a_row_need_no_commas() -> None:
    labels = ["Казахский", "Русский", "Английский"]
    assert read_choices("русский казахский", labels, "ru") == [0, 1]
    assert read_choices("العربية والفرنسية", ["العربية", "الفرنسية", "الإنجليزية"], "ar") == [0, 1]


def test_of_no_labels_none_is_meant() -> None:
    assert read_choice("1", [], "ru") is None
    assert read_choices("все", [], "ru") is None


def test_twins_are_not_told_apart() -> None:
    assert read_choice("повар", ["Повар", "Повар"], "ru") is None


@given(st.sampled_from(sorted(LABELS)), st.integers(0, 4))
def test_every_label_is_its_own_item(language: str, place: int) -> None:
    labels = LABELS[language]
    assert read_choice(labels[place], labels, language) == place
    assert read_choice(labels[place].upper(), labels, language) == place
    assert read_choice(str(place + 1), labels, language) == place


@given(st.sets(st.integers(0, 4), min_size=1), st.sampled_from([", ", ",", " ", "\n", " и ", " and ", ";"]))
def test_any_items_by_number(places: set[int], separator: str) -> None:
    typed = separator.join(str(place + 1) for place in places)
    assert read_choices(typed, HOURS, "ru") == sorted(places)
