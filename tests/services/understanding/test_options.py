"""Options told in everyday words, in six languages, against the labels that people see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ROOT
from handlers.profile.screens import option
from services.people import profile
from services.understanding.options import read_option, read_options
from services.understanding.spelling import phrase
from services.understanding.vocabulary import vocabularies
from services.words import Languages

LANGUAGES = ("ar", "en", "es", "fr", "kk", "ru")
TRANSLATES = Languages(ROOT / "locales", LANGUAGES)
QUESTIONS: dict[str, tuple[str, ...]] = {
    "experience": tuple(profile.EXPERIENCE),
    "education": profile.EDUCATION,
    "hours": profile.HOURS,
    "adaptation": profile.ADAPTATION,
    "skills": profile.skills_known(),
}
FEWEST, MOST = 3, 9

B, C, D, TRACTOR = "driving_licence_b", "driving_licence_c", "driving_licence_d", "driving_licence_tractor"

MEANT = [
    ("ru", "education", "высшее", ["higher"]),
    ("ru", "education", "у меня высшее образование", ["higher"]),
    ("ru", "education", "вышее", ["higher"]),
    ("ru", "education", "среднее", ["secondary"]),
    ("ru", "education", "среднее специальное", ["vocational"]),
    ("ru", "education", "закончила колледж", ["vocational"]),
    ("ru", "education", "Школа, 9 классов", ["basic"]),
    ("ru", "education", "college", ["vocational"]),
    ("ru", "hours", "посменно", ["shift"]),
    ("ru", "hours", "вахта", ["shift"]),
    ("ru", "hours", "удалённо", ["remote"]),
    ("ru", "hours", "на дому или полставки", ["part", "remote"]),
    ("ru", "hours", "2/2", ["shift"]),
    ("ru", "hours", "удаленно, 2/2", ["shift", "remote"]),
    ("ru", "hours", "график 5/2", ["full"]),
    ("ru", "hours", "1 3", ["full", "shift"]),
    ("ru", "hours", "1, удалёнка", ["full", "remote"]),
    ("ru", "skills", "медкнижка", ["medical_book"]),
    ("ru", "skills", "права б", [B]),
    ("ru", "skills", "права В", [B]),
    ("ru", "skills", "права категории б и компьютер", [B, "computer"]),
    ("ru", "skills", "водительское удостоверение категории с", [C]),
    ("ru", "skills", "права на трактор", [TRACTOR]),
    ("ru", "skills", "прова б и медкнишка", [B, "medical_book"]),
    ("ru", "skills", "permis b", [B]),
    ("ru", "experience", "новичок", ["none"]),
    ("ru", "experience", "много лет", ["from_10"]),
    ("ru", "adaptation", "плохо слышу", ["hearing"]),
    ("ru", "adaptation", "без лестниц и тихое место", ["step_free", "quiet"]),
    ("kk", "education", "жоғары", ["higher"]),
    ("kk", "education", "жогары билим", ["higher"]),
    ("kk", "education", "колледжде оқыдым", ["vocational"]),
    ("kk", "education", "орта білім", ["secondary"]),
    ("kk", "education", "арнаулы орта", ["vocational"]),
    ("kk", "education", "высшее", ["higher"]),
    ("kk", "hours", "толық", ["full"]),
    ("kk", "hours", "толық емес", ["part"]),
    ("kk", "hours", "түнгі ауысым немесе үйден", ["shift", "remote"]),
    ("kk", "hours", "ауысымдық кесте", ["shift"]),
    ("kk", "hours", "қашықтықтан", ["remote"]),
    ("kk", "hours", "удаленно", ["remote"]),
    ("kk", "skills", "права б", [B]),
    ("kk", "skills", "C санатты жүргізуші куәлігі", [C]),
    ("kk", "skills", "жүргізуші куәлігі және компьютер", [B, "computer"]),
    ("kk", "skills", "медкнижка бар", ["medical_book"]),
    ("kk", "adaptation", "тыныш орын керек", ["quiet"]),
    ("kk", "experience", "жаңадан бастаймын", ["none"]),
    ("en", "education", "college", ["vocational"]),
    ("en", "education", "I finished high school", ["secondary"]),
    ("en", "education", "bachelors degree", ["higher"]),
    ("en", "education", "uni", ["higher"]),
    ("en", "hours", "night shifts", ["shift"]),
    ("en", "hours", "full time or shifts", ["full", "shift"]),
    ("en", "hours", "shfits", ["shift"]),
    ("en", "hours", "work from home", ["remote"]),
    ("en", "hours", "9 to 5", ["full"]),
    ("en", "skills", "licence b", [B]),
    ("en", "skills", "driver's license and a computer", [B, "computer"]),
    ("en", "skills", "category C driving license", [C]),
    ("en", "skills", "truck license", [C]),
    ("en", "skills", "I have a phone + excel", ["computer", "own_phone"]),
    ("en", "adaptation", "I use a wheelchair", ["step_free"]),
    ("en", "adaptation", "I can't hear well", ["hearing"]),
    ("en", "experience", "all my life", ["from_10"]),
    ("es", "education", "universidad", ["higher"]),
    ("es", "education", "fui a la universidad", ["higher"]),
    ("es", "education", "bachiller", ["secondary"]),
    ("es", "education", "formacion profesional", ["vocational"]),
    ("es", "education", "ESO", ["basic"]),
    ("es", "hours", "turnos de noche", ["shift"]),
    ("es", "hours", "medio tiempo o desde casa", ["part", "remote"]),
    ("es", "hours", "a distancia", ["remote"]),
    ("es", "hours", "todo el día", ["full"]),
    ("es", "skills", "carnet de conducir", [B]),
    ("es", "skills", "carnet de conducir y ordenador", [B, "computer"]),
    ("es", "skills", "carné de conducir tipo C", [C]),
    ("es", "skills", "tengo licencia de manejo", [B]),
    ("es", "skills", "carnet de manipulador", ["medical_book"]),
    ("es", "adaptation", "silla de ruedas", ["step_free"]),
    ("es", "adaptation", "veo mal y oigo mal", ["hearing", "sight"]),
    ("es", "experience", "toda la vida", ["from_10"]),
    ("fr", "education", "bac", ["secondary"]),
    ("fr", "education", "j'ai le bac", ["secondary"]),
    ("fr", "education", "bac+3", ["higher"]),
    ("fr", "education", "j'ai un bac +5", ["higher"]),
    ("fr", "education", "bac pro", ["vocational"]),
    ("fr", "education", "collège", ["basic"]),
    ("fr", "education", "a la fac", ["higher"]),
    ("fr", "hours", "de nuit", ["shift"]),
    ("fr", "hours", "mi temps ou a domicile", ["part", "remote"]),
    ("fr", "hours", "saisonnière", ["temporary"]),
    ("fr", "skills", "permis b", [B]),
    ("fr", "skills", "j'ai le permis b et un ordinateur", [B, "computer"]),
    ("fr", "skills", "permis de conduire de catégorie C", [C]),
    ("fr", "skills", "permis poids lourds", [C]),
    ("fr", "adaptation", "au calme et assise", ["sitting", "quiet"]),
    ("fr", "experience", "je débute", ["none"]),
    ("ar", "education", "جامعة", ["higher"]),
    ("ar", "education", "درست في الجامعة", ["higher"]),
    ("ar", "education", "شهادة جامعية", ["higher"]),
    ("ar", "education", "باك", ["secondary"]),
    ("ar", "education", "bac", ["secondary"]),
    ("ar", "education", "معهد", ["vocational"]),
    ("ar", "hours", "دوام كامل أو ورديات", ["full", "shift"]),
    ("ar", "hours", "عن بعد وورديات", ["shift", "remote"]),
    ("ar", "hours", "من البيت", ["remote"]),
    ("ar", "hours", "نصف دوام", ["part"]),
    ("ar", "skills", "رخصة سياقة", [B]),
    ("ar", "skills", "عندي رخصة السياقة والكمبيوتر", [B, "computer"]),
    ("ar", "skills", "permis b", [B]),
    ("ar", "skills", "رخصة شاحنة", [C]),
    ("ar", "adaptation", "أحتاج مكان هادئ", ["quiet"]),
    ("ar", "experience", "مبتدئ", ["none"]),
]

NOT_CERTAIN = [
    ("ru", "education", "школа"),
    ("ru", "education", "неоконченное высшее"),
    ("ru", "education", "образование"),
    ("ru", "hours", "не вахта"),
    ("ru", "hours", "рядом с домом"),
    ("ru", "hours", "99"),
    ("ru", "skills", "есть"),
    ("ru", "skills", "медкнижки нет"),
    ("ru", "skills", "ремонт телефонов"),
    ("kk", "hours", "үйдің жанында"),
    ("kk", "skills", "жүргізуші куәлігім жоқ"),
    ("en", "hours", "near home"),
    ("en", "hours", "no shifts"),
    ("en", "skills", "I can cook"),
    ("es", "education", "secundaria"),
    ("es", "skills", "permiso de trabajo"),
    ("fr", "skills", "permis de travail"),
    ("fr", "skills", "je n'ai pas le permis"),
    ("ar", "skills", "رخصة عمل"),
    ("ar", "skills", "ليس عندي رخصة سياقة"),
    ("en", "skills", ""),
    ("en", "skills", ", ,"),
    ("en", "skills", "computer " * 40),
    ("en", "skills", "computer and phone and computer and phone and computer and phone and computer and cook"),
]

PARTLY = [
    ("ru", "есть медкнижка, умею варить борщ", ["medical_book"]),
    ("ru", "Водительское удостоверение категории B получил в 2010 году", [B]),
    ("en", "I have a driving licence and I can sew", [B]),
    ("es", "tengo licencia de conducir, cocino bien", [B]),
    ("fr", "permis b, je sais coudre", [B]),
    ("kk", "тамақ пісіремін, компьютер білемін", ["computer"]),
    ("ar", "رخصة قيادة، أطبخ جيدا", [B]),
]

NOT_EVEN_PARTLY = [
    ("ru", "нет прав, медкнижка"),
    ("ru", "ремонт телефонов"),
    ("ru", "права человека"),
    ("en", "I don't have a driving licence, I can sew"),
    ("en", "repair of phones and computers"),
    ("es", "no tengo carnet de conducir, cocino bien"),
    ("fr", "je n'ai pas le permis de conduire, je couds"),
    ("kk", "жүргізуші куәлігім жоқ, тамақ пісіремін"),
    ("ar", "ليس عندي رخصة قيادة، أطبخ جيدا"),
]


def labels(language: str, question: str) -> list[str]:
    return [option(TRANSLATES[language], code) for code in QUESTIONS[question]]


def read(language: str, question: str, typed: str, *, partly: bool = False) -> list[str] | None:
    return read_options(typed, QUESTIONS[question], labels(language, question), language, partly=partly)


@pytest.mark.parametrize(("language", "question", "typed", "codes"), MEANT)
def test_everyday_words_are_understood(language: str, question: str, typed: str, codes: list[str]) -> None:
    found = read(language, question, typed)
    assert found is not None
    assert sorted(found) == sorted(codes)
    assert found == sorted(found, key=QUESTIONS[question].index)


@pytest.mark.parametrize(("language", "question", "typed"), NOT_CERTAIN)
def test_what_is_not_certain_is_not_guessed(language: str, question: str, typed: str) -> None:
    assert read(language, question, typed) is None


@pytest.mark.parametrize(("language", "typed", "codes"), PARTLY)
def test_a_part_is_understood_where_that_is_enough(language: str, typed: str, codes: list[str]) -> None:
    assert read(language, "skills", typed) is None
    assert read(language, "skills", typed, partly=True) == codes


@pytest.mark.parametrize(("language", "typed"), NOT_EVEN_PARTLY)
def test_a_part_that_may_mean_something_else_is_left(language: str, typed: str) -> None:
    assert read(language, "skills", typed, partly=True) is None


@pytest.mark.parametrize("typed", ["колледж и вуз", "1 и 5", "колледж или университет"])
def test_one_option_is_not_two(typed: str) -> None:
    assert read_option(typed, profile.EDUCATION, labels("ru", "education"), "ru") is None


def test_a_number_never_reaches_beyond_the_labels() -> None:
    assert read_option("5", profile.EDUCATION, labels("ru", "education"), "ru") == "higher"
    assert read_option("6", profile.EDUCATION, labels("ru", "education"), "ru") is None
    assert read_options("1-9", profile.EDUCATION, labels("ru", "education"), "ru") is None


def test_only_the_options_asked_about_are_found() -> None:
    assert read_options("сварщик", profile.skills_for(None), [], "ru") is None
    assert read_options("сварщик", profile.skills_for("7212"), [], "ru") == ["certificate_welding"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_label_means_its_own_option(language: str, question: str) -> None:
    shown = labels(language, question)
    assert [read_option(label, QUESTIONS[question], shown, language) for label in shown] == [*QUESTIONS[question]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_of_the_profile_has_words_and_no_other_has(language: str) -> None:
    known = vocabularies()[language].options
    assert set(known) == {code for codes in QUESTIONS.values() for code in codes}
    assert {code: len(words) for code, words in known.items() if not FEWEST <= len(words) <= MOST} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_word_means_one_option(language: str, question: str) -> None:
    known, shown = vocabularies()[language].options, labels(language, question)
    spelt = [phrase(word) for code in QUESTIONS[question] for word in known[code]]
    assert sorted(set(spelt)) == sorted(spelt)
    for code in QUESTIONS[question]:
        for word in known[code]:
            assert read_option(f"{word.upper()}!", QUESTIONS[question], shown, language) == code, word


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_takes_back_is_never_passed_over(language: str) -> None:
    every = [words.choosing for words in vocabularies().values()]
    passed_over = {phrase(word) for one in every for word in (*one.aside, *one.beside, *one.either)}
    assert not passed_over & {phrase(word) for word in vocabularies()[language].choosing.without}


@given(st.sampled_from(LANGUAGES), st.sampled_from(sorted(QUESTIONS)), st.text(max_size=60), st.booleans())
def test_any_text_is_read_without_harm(language: str, question: str, typed: str, partly: bool) -> None:
    found = read(language, question, typed, partly=partly)
    assert found is None or (found and set(found) <= set(QUESTIONS[question]))
