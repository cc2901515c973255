"""Typed words that mean a button, in six languages."""

import pytest

from services.understanding.commands import read_command

MEANT = {
    "skip": [
        ("ru", "пропустить"), ("ru", "Дальше"), ("ru", "пропустит"), ("ru", "пропустить пожалуйста"), ("kk", "өткізу"),
        ("kk", "откизу"), ("kk", "skip"), ("kk", "пропустить"), ("en", "skip"), ("en", "Skip, please"), ("en", "/skip"),
        ("en", "next"), ("es", "saltar"), ("es", "siguiente"), ("fr", "passer"), ("fr", "question suivante"), ("ar", "تخطي"),
    ],
    "back": [
        ("ru", "назад"), ("ru", "назат"), ("kk", "артқа"), ("kk", "кері"), ("en", "go back"), ("es", "atrás"),
        ("es", "atras"), ("fr", "retour"), ("ar", "رجوع"),
    ],
    "stop": [
        ("ru", "стоп"), ("ru", "СТОП!"), ("ru", "отмена"), ("kk", "тоқта"), ("en", "stop"), ("en", "cancel"),
        ("es", "parar"), ("fr", "arrêter"), ("fr", "arreter"), ("ar", "توقف"), ("ar", "إلغاء"),
    ],
    "again": [
        ("ru", "заново"), ("ru", "начать сначала"), ("kk", "қайтадан"), ("en", "start over"), ("es", "otra vez"),
        ("fr", "recommencer"), ("ar", "من جديد"),
    ],
    "menu": [
        ("ru", "меню"), ("kk", "мәзір"), ("en", "menu"), ("es", "menú"), ("fr", "menu principal"), ("ar", "القائمة"),
    ],
    "counsellor": [
        ("ru", "человек"), ("ru", "оператор"), ("ru", "консультант"), ("ru", "хочу поговорить с человеком"),
        ("kk", "адам"), ("kk", "кеңесші"), ("en", "human"), ("en", "I want to talk to a person"), ("es", "persona"),
        ("es", "hablar con una persona"), ("fr", "conseiller"), ("fr", "parler à quelqu'un"), ("ar", "موظف"),
    ],
    "not_sure": [
        ("ru", "не знаю"), ("ru", "незнаю"), ("ru", "Я не уверена"), ("kk", "білмеймін"), ("kk", "билмеймин"),
        ("en", "I am not sure"), ("en", "I'm not sure"), ("en", "i dont know"), ("en", "idk"), ("es", "no sé"),
        ("fr", "je ne sais pas"), ("fr", "j'sais pas"), ("ar", "لا أعرف"), ("ar", "مش عارف"),
    ],
}  # fmt: skip
NOT_COMMANDS = [
    "",
    "да",
    "нет",
    "пожалуйста",
    "5 лет",
    "stop working there",
    "назад в будущее",
    "я не знаю английский",
    "пропустить стоп",
    "работал оператором станка",
    "оператор станка",
    "человек и закон",
    "je ne sais pas nager",
    "меню ресторана",
    "back office",
    "👍",
]


@pytest.mark.parametrize(
    ("command", "language", "typed"),
    [(command, language, typed) for command, cases in MEANT.items() for language, typed in cases],
)
def test_a_word_that_means_a_button(command: str, language: str, typed: str) -> None:
    assert read_command(typed, language) == command


@pytest.mark.parametrize("typed", NOT_COMMANDS)
@pytest.mark.parametrize("language", ["ru", "en", "kk"])
def test_what_is_no_command(typed: str, language: str) -> None:
    assert read_command(typed, language) is None
