"""Occupations are found by everyday words, in any offered language, however they were typed."""

import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from services.keyboards import retyped
from services.occupation_files import OccupationLine, read_catalogue
from services.occupation_search import OccupationSearch
from services.occupations import Occupations, load_occupations

CATALOGUE = Path(__file__).parents[2] / "locales" / "occupations"
LANGUAGES = ("ar", "en", "es", "fr", "kk", "ru")
LETTERS = {
    **dict.fromkeys(("en", "es", "fr"), "abcdefghijklmnopqrstuvwxyz"),
    "ru": "абвгдежзиклмнопрстуфхцчшщыьэюя",
    "kk": "абвгдежзиклмнопрстуфшыәғқңөұүі",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
NOISE = (
    *(
        "asdfgh",
        "фывапр",
        "zzzzzz",
        "12345",
        "!!!",
        "😀😀",
        "",
        "\x00",
        "\u202e",
        "<b></b>",
        "a" * 4000,
        "lol",
        "да",
        "мен",
    ),
    *("не знаю", "работа", "любая работа", "i dont know", "je ne sais pas", "no sé", "لا أعرف", "білмеймін"),
)
Query = tuple[str, set[str]]


@pytest.fixture(scope="module")
def occupations() -> Occupations:
    return load_occupations(CATALOGUE)


@pytest.fixture(scope="module")
def phrases() -> dict[str, dict[str, set[str]]]:
    """By language: every title and word, and the occupations it stands for."""
    return {language: said(file.lines) for language, file in read_catalogue(CATALOGUE).items()}


def said(lines: Mapping[str, OccupationLine]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code, line in lines.items():
        for phrase in () if line.is_group else (line.title, *line.words.split(",")):
            found.setdefault(phrase.strip(), set()).add(code)
    return found


# --------------------------------------------------------------------------------------------------- what people type


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        # as it stands in no list: endings, order, fillers
        ("работала продавщицей в магазине", "ru", "5223"),
        ("я 20 лет работал сварщиком на заводе", "ru", "7212"),
        ("водила", "ru", "8322"),
        ("учительницей в школе была", "ru", "2330"),
        ("I used to drive a lorry for ten years", "en", "8332"),
        ("looking after children", "en", "5311"),
        ("nurses", "en", "2221"),
        ("trabajé como ayudante de albañil", "es", "9313"),
        ("cuidar niños", "es", "5311"),
        ("je travaillais comme aide cuisinier", "fr", "9412"),
        ("réparer des voitures", "fr", "7231"),
        ("كنت أعمل سائق شاحنة", "ar", "8332"),
        ("اشتغلت في المطعم طباخ", "ar", "5120"),
        ("аспазшы болып жұмыс істедім", "kk", "5120"),
        ("бұрын мектепте мұғалім болғанмын", "kk", "2330"),
        # slips
        ("свращик", "ru", "7212"),
        ("бугалтер", "ru", "2411"),
        ("парихмахер", "ru", "5141"),
        ("електрик", "ru", "7411"),
        ("elektrishun", "en", "7411"),
        ("kindergarden teecher", "en", "2342"),
        ("hare dresser", "en", "5141"),
        ("taxidriver", "en", "8322"),
        ("alvanil", "es", "7112"),
        ("resepcionista", "es", "4226"),
        ("infermiere", "fr", "2221"),
        ("boulangé", "fr", "7512"),
        ("aidesoignante", "fr", "5321"),
        ("ممرظه", "ar", "2221"),
        ("الخبّــاز", "ar", "7512"),
        ("مهندس مدنى", "ar", "2142"),
        ("данекерлеуши", "kk", "7212"),
        ("багдарламашы", "kk", "2512"),
        # Latin letters
        ("svarshik", "ru", "7212"),
        ("prodavec", "ru", "5223"),
        ("shofer", "ru", "8322"),
        ("aspazshy", "kk", "5120"),
        ("jurgizushi", "kk", "8322"),
        ("sa2eq", "ar", "8322"),
        ("saeq", "ar", "8322"),
        ("najjar", "ar", "7115"),
        # another keyboard
        ("cdfhobr", "ru", "7212"),
        (",e[ufknth", "ru", "2411"),
        ("цудвук", "en", "7212"),
        ("l2ytrthkteis", "kk", "7212"),
        ("gphl", "ar", "7212"),
        # another language
        ("сварщик", "fr", "7212"),
        ("welder", "kk", "7212"),
        ("enfermera", "ar", "2221"),
        ("سائق", "ru", "8322"),
        ("cdfhobr", "en", "7212"),
    ],
)
def test_people_find_their_occupation(occupations: Occupations, text: str, language: str, code: str) -> None:
    assert code in occupations.find(text, language)[:2]


@pytest.mark.parametrize("text", NOISE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_noise_finds_nothing(occupations: Occupations, text: str, language: str) -> None:
    assert occupations.find(text, language) == []


def test_a_language_that_is_not_offered_finds_by_the_others(occupations: Occupations) -> None:
    assert occupations.find("welder", "de")[:1] == ["7212"]
    assert occupations.find("welder", "")[:1] == ["7212"]


def test_a_common_word_offers_several_up_to_the_limit(occupations: Occupations) -> None:
    assert len(occupations.find("водитель", "ru")) == 5
    assert len(occupations.find("водитель", "ru", limit=2)) == 2


def test_a_long_story_is_read_to_a_limit(occupations: Occupations) -> None:
    assert occupations.find("welder " + " ".join(f"x{number}" for number in range(3000)), "en")[:1] in (["7212"], [])


# ------------------------------------------------------------------------------------------------------------ ranking


def search(**lines: str) -> OccupationSearch:
    """A catalogue in English of the given words, a phrase a code."""
    return OccupationSearch({"en": lines})


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("welding", "welded"),
        ("welded", "weldink"),
        ("weldinng", "weldingman"),
        ("weldingman", "wexding"),
        ("x,welding,welding rod", "x,welding rod,y"),
        ("welding,x,y", "x,welding,y"),
        ("welding rod", "welding rod and torch"),
    ],
)
def test_the_surer_fit_comes_first(better: str, worse: str) -> None:
    for one, other in (("1000", "2000"), ("2000", "1000")):
        found = search(**{one: better, other: worse, "3000": "carpenter,joiner,cabinet"}).find("welding", "en", 5)
        assert found[0] == one


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    made = search(
        **{"1000": "knitting machine operator"},
        **{f"2{number:03}": f"machine operator {number}x" for number in range(20)},
    )
    assert made.find("knitting operators", "en", 5)[0] == "1000"


def test_equals_keep_the_order_of_codes_every_time() -> None:
    made = search(**{"3000": "driver", "1000": "driver", "2000": "driver"})
    assert [made.find("driver", "en", 5) for _ in range(3)] == [["1000", "2000", "3000"]] * 3


def test_the_own_language_is_a_little_ahead() -> None:
    made = OccupationSearch({"en": {"1000": "x", "2000": "chef"}, "fr": {"1000": "chef", "2000": "x"}})
    assert made.find("chef", "en", 5)[0] == "2000"
    assert made.find("chef", "fr", 5)[0] == "1000"


def test_the_very_word_of_another_language_beats_a_likeness_in_the_own() -> None:
    made = OccupationSearch({"en": {"1000": "pastor", "2000": "x"}, "es": {"1000": "x", "2000": "castor"}})
    assert made.find("castor", "en", 5)[0] == "2000"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_finds_itself_first(occupations: Occupations, language: str) -> None:
    titles = {code: occupations.title(code, language) for code in occupations.codes}
    assert [title for code, title in titles.items() if occupations.find(title, language)[:1] != [code]] == []


# --------------------------------------------------------------------------------- words of the catalogue, disfigured


def slipped(phrase: str, language: str, dice: random.Random) -> str:
    """One letter missing, doubled, swapped with the next, or wrong."""
    place = dice.choice([place for place, letter in enumerate(phrase) if letter.isalpha()])
    before, letter, after = phrase[:place], phrase[place], phrase[place + 1 :]
    wrong = dice.choice(LETTERS[language])
    return dice.choice(
        [before + after, before + letter * 2 + after, before + after[:1] + letter + after[1:], before + wrong + after]
    )


def in_latin(phrase: str) -> str:
    """Write as in chats."""
    for own, latin in [
        ("щ", "sh"),
        ("ж", "zh"),
        ("ч", "ch"),
        ("ш", "sh"),
        ("ю", "yu"),
        ("я", "ya"),
        ("ц", "ts"),
        ("х", "h"),
    ]:
        phrase = phrase.casefold().replace(own, latin)
    letters = "абвгдеёзийклмнопрстуфыэәғқңөұүһіьъ"
    latin_letters = "abvgdeeziiklmnoprstufyeagqnouuhi"
    return phrase.translate(str.maketrans(letters[:-2], latin_letters, "ьъ"))


def some(phrases: Mapping[str, set[str]], dice: random.Random, shortest: int) -> Iterable[tuple[str, set[str]]]:
    return dice.sample([(phrase, codes) for phrase, codes in phrases.items() if len(phrase) >= shortest], 120)


def share_found(occupations: Occupations, language: str, queries: Iterator[Query]) -> float:
    hits = [bool(codes & set(occupations.find(typed, language))) for typed, codes in queries]
    return sum(hits) / len(hits)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_slip_is_forgiven(occupations: Occupations, phrases: dict[str, dict[str, set[str]]], language: str) -> None:
    dice = random.Random(1)
    queries = ((slipped(phrase, language, dice), codes) for phrase, codes in some(phrases[language], dice, 5))
    assert share_found(occupations, language, queries) >= 0.97


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_slips_are_forgiven_in_longer_words(
    occupations: Occupations, phrases: dict[str, dict[str, set[str]]], language: str
) -> None:
    dice = random.Random(2)
    drawn = some(phrases[language], dice, 9)
    queries = ((slipped(slipped(phrase, language, dice), language, dice), codes) for phrase, codes in drawn)
    assert share_found(occupations, language, queries) >= 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_keyboard_is_understood(
    occupations: Occupations, phrases: dict[str, dict[str, set[str]]], language: str
) -> None:
    dice = random.Random(3)
    typed_on, meant_on = ("ru", "latin") if language in {"en", "es", "fr"} else ("latin", language)
    drawn = some(phrases[language], dice, 5)
    queries = ((retyped(phrase, meant_on, typed_on), codes) for phrase, codes in drawn)
    assert share_found(occupations, language, queries) >= 0.94


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_latin_letters_are_understood(
    occupations: Occupations, phrases: dict[str, dict[str, set[str]]], language: str
) -> None:
    queries = ((in_latin(phrase), codes) for phrase, codes in some(phrases[language], random.Random(4), 5))
    assert share_found(occupations, language, queries) >= 0.97


def test_letters_at_random_seldom_find_anything(occupations: Occupations) -> None:
    dice = random.Random(5)
    typed = [
        "".join(dice.choices(LETTERS[language], k=dice.randint(4, 10))) for language in LANGUAGES for _ in range(50)
    ]
    assert sum(bool(occupations.find(text, "en")) for text in typed) <= 0.08 * len(typed)
