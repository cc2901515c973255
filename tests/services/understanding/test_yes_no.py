"""Yes and no in everyday words of six languages."""

import pytest

from services.understanding.yes_no import read_yes_no

YES = {
    "ru": [
        "да",
        "Да!",
        "ага",
        "угу",
        "да конечно",
        "ну да",
        "конечно",
        "хорошо",
        "харашо",
        "давайте",
        "согласна",
        "хочу",
        "дааа",
        "даа",
        "нет проблем",
        "думаю да",
        "+",
        "верно",
        "не против",
    ],
    "kk": ["иә", "ия", "иа", "әрине", "жарайды", "келісемін", "болады", "да", "иә, әрине", "мақұл"],
    "en": [
        "yes",
        "Yeah",
        "yep",
        "ok",
        "OK.",
        "sure",
        "yes please",
        "of course",
        "I agree",
        "y",
        "that's right",
        "👍",
        "👍🏿",
        "👌",
        "👍👍👍",
        "да",
    ],
    "es": ["sí", "si", "claro", "claro que sí", "vale", "por supuesto", "de acuerdo", "sí, gracias", "está bien"],
    "fr": ["oui", "ouais", "d'accord", "bien sûr", "oui bien sûr", "ok", "c'est bon", "je veux bien"],
    "ar": ["نعم", "أيوه", "ايوة", "اه", "موافق", "تمام", "طبعا", "نعم من فضلك", "نَعَم", "أكيد"],
}
NO = {
    "ru": ["нет", "неа", "не", "не хочу", "нет, спасибо", "нет конечно", "конечно нет", "не надо", "не согласен", "нееет", "-", "👎"],
    "kk": ["жоқ", "жок", "керек емес", "қаламаймын", "келіспеймін", "жоқ рахмет", "нет", "қазір емес"],
    "en": ["no", "No!", "nope", "noo", "nah", "no thanks", "not now", "I don't want", "of course not", "no way", "👎🏻", "❌", "жоқ"],
    "es": ["no", "no gracias", "no quiero", "claro que no", "nunca", "para nada", "no, por supuesto"],
    "fr": ["non", "nan", "non merci", "pas du tout", "je ne veux pas", "bien sûr que non", "pas d'accord", "pas maintenant"],
    "ar": ["لا", "لأ", "كلا", "لا شكرا", "لا أريد", "مش عايز", "غير موافق", "لا طبعا"],
}  # fmt: skip
NEITHER = [
    "",
    "да нет",
    "и да и нет",
    "yes and no",
    "👍👎",
    "I think yes is the best answer",
    "да я работал на складе раньше",
    "нет у меня вопрос про другое",
    "спасибо",
    "please",
    "дата",
    "неге",
    "может быть",
    "не знаю",
    "maybe",
    "sí pero no",
    "quizás",
    "je ne sais pas",
    "ربما",
    "5",
    "🙂",
    "лол",
    "данет",
]


@pytest.mark.parametrize(("language", "typed"), [(language, typed) for language in YES for typed in YES[language]])
def test_yes(language: str, typed: str) -> None:
    assert read_yes_no(typed, language) is True


@pytest.mark.parametrize(("language", "typed"), [(language, typed) for language in NO for typed in NO[language]])
def test_no(language: str, typed: str) -> None:
    assert read_yes_no(typed, language) is False


@pytest.mark.parametrize("typed", NEITHER)
@pytest.mark.parametrize("language", sorted(YES))
def test_neither(typed: str, language: str) -> None:
    assert read_yes_no(typed, language) is None


@pytest.mark.parametrize("own", sorted(YES))
def test_yes_and_no_are_understood_in_every_language_from_everybody(own: str) -> None:
    assert [read_yes_no(word, own) for word in ("да", "иә", "yes", "sí", "oui", "نعم")] == [True] * 6
    assert [read_yes_no(word, own) for word in ("нет", "жоқ", "no", "non", "لا")] == [False] * 5
