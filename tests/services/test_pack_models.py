"""Regions, languages, holidays and validity of a loaded pack."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from services.packs import Answer, Pack, load_pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(Path(__file__).parents[2] / "locales" / "packs", "kz")


def test_the_country_has_seventeen_regions_and_three_cities(pack: Pack) -> None:
    assert len(pack.regions) == 20
    assert {one.short["en"] for one in pack.regions if one.city} == {"Astana", "Almaty", "Shymkent"}


def test_the_whole_country_keeps_one_time(pack: Pack) -> None:
    winter, summer = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    offsets = {at.astimezone(ZoneInfo(one.zone)).utcoffset() for one in pack.regions for at in (winter, summer)}
    assert offsets == {timedelta(hours=5)}


@pytest.mark.parametrize(
    ("typed", "language", "code"),
    [
        ("Караганда", "ru", "KZ-35"),
        ("в Караганде", "ru", "KZ-35"),
        ("караганды обл", "ru", "KZ-35"),
        ("Қарағанды облысы", "kk", "KZ-35"),
        ("Karaganda region", "en", "KZ-35"),
        ("Темиртау", "ru", "KZ-35"),
        ("крг", "ru", "KZ-35"),
        ("Алматы", "ru", "KZ-75"),
        ("алма-ата", "ru", "KZ-75"),
        ("Алматинская область", "ru", "KZ-19"),
        ("Алматы облысы", "kk", "KZ-19"),
        ("астанада", "kk", "KZ-71"),
        ("Нур-Султан", "ru", "KZ-71"),
        ("шимкент", "ru", "KZ-79"),
        ("ВКО", "ru", "KZ-63"),
        ("оскемен", "ru", "KZ-63"),
        ("кокшетауу", "ru", "KZ-11"),
        ("область Абай", "ru", "KZ-10"),
        ("Жетісу", "kk", "KZ-33"),
        ("жезказган", "ru", "KZ-62"),
        ("Ulytau", "ru", "KZ-62"),
        ("актау", "ru", "KZ-47"),
    ],
)
def test_regions_are_found_as_typed(pack: Pack, typed: str, language: str, code: str) -> None:
    assert [one.code for one in pack.find_regions(typed, language)][:1] == [code]


@pytest.mark.parametrize("typed", ["", "область", "Москва", "Кыргызстан", "я", "👋", "в"])
def test_other_places_are_not_found(pack: Pack, typed: str) -> None:
    assert pack.find_regions(typed, "ru") == []


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_name_and_town_finds_its_region_first(pack: Pack, language: str) -> None:
    astray = [
        name
        for one in pack.regions
        for name in (one.names[language], one.short[language], one.town[language])
        if pack.find_regions(name, language)[0].code != one.code
    ]
    assert astray == []


def test_a_short_word_for_both_offers_city_and_region(pack: Pack) -> None:
    assert [one.code for one in pack.find_regions("алматы", "ru")] == ["KZ-75", "KZ-19"]
    assert len(pack.find_regions("алматы", "ru", limit=1)) == 1


def test_region_by_code_old_code_and_unknown_code(pack: Pack) -> None:
    assert pack.region("KZ-KAR") == pack.region("KZ-35")
    assert pack.region("KZ-99") is None
    assert pack.region_name("KZ-35", "kk") == "Қарағанды"
    assert pack.region_name("KZ-99", "kk") == "KZ-99"


def test_a_missing_language_falls_back_in_the_pack_s_order(pack: Pack) -> None:
    assert pack.wording({"en": "e", "ru": "r"}, "kk") == "r"
    assert pack.language_shown({"kk": "k"}, "fr") == "kk"


def test_holidays(pack: Pack) -> None:
    moved = pack.holiday(date(2026, 10, 26))
    assert moved is not None
    assert moved.moved_from == date(2026, 10, 25)
    assert pack.holiday(date(2026, 8, 30)) is None
    constitution, kurban_ait = pack.holiday(date(2027, 3, 15)), pack.holiday(date(2027, 5, 16))
    assert constitution is not None
    assert kurban_ait is not None
    assert kurban_ait.calculated
    assert pack.calendar_covers(date(2027, 12, 31))
    assert not pack.calendar_covers(date(2028, 1, 1))


def test_moved_days_off_are_working_days_otherwise(pack: Pack) -> None:
    moved = [one for one in pack.holidays if one.moved_from]
    assert moved
    assert all(one.on.weekday() < 5 and one.moved_from and one.moved_from.weekday() >= 5 for one in moved)


def test_weekend_holidays_move_except_the_two_religious_ones(pack: Pack) -> None:
    moved = {one.moved_from for one in pack.holidays}
    stay = {"Orthodox Christmas", "Kurban Ait, first day"}
    weekend = [one for one in pack.holidays if one.on.weekday() >= 5 and one.names["en"] not in stay]
    assert [one.on for one in weekend if one.on not in moved and one.on.year == 2027 and one.on.month != 3] == []


def test_an_answer_is_shown_from_its_first_to_its_last_day(pack: Pack) -> None:
    answer = pack.answers[0].model_copy(update={"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 4)})
    shown = [day for day in range(1, 6) if answer.in_force(date(2026, 1, day))]
    assert shown == [2, 3, 4]


def test_dates_in_the_wrong_order_are_refused(pack: Pack) -> None:
    content = pack.answers[0].model_dump() | {"valid_to": date(2000, 1, 1)}
    with pytest.raises(ValidationError, match="valid_to lies before valid_from"):
        Answer.model_validate(content)


def test_answers_in_force_come_in_menu_order(pack: Pack) -> None:
    orders = [one.order for one in pack.answers_in_force(date(2026, 11, 22))]
    assert len(orders) == 10
    assert orders == sorted(orders)
    assert pack.answers_in_force(date(2020, 1, 1)) == []
    assert pack.answer("how-much") in pack.answers
    assert pack.answer("nothing") is None
