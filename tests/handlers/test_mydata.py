"""My data: complete, line by line, on a small screen; and a copy that opens on any phone without a network."""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from storage.queries import people
from storage.tables.people import Person
from storage.tables.vacancies import SavedVacancy, Vacancy
from storage.work import Work
from tests import everything
from tests.handlers.gallery import HOSTILE
from tests.phone import ANNA, YOU, Phone, World

PHONE_SCREEN = (24, 1000)
"""Lines and characters that stand on a small phone at once, or nearly."""

ANSWERS = {
    "name": "Aigul",
    "region": "KZ-35",
    "place": "Karaganda",
    "occupation": "7212",
    "occupation_words": "gas welder",
    "skills": ["driving_licence_b", "computer"],
    "experience": 90,
    "education": "vocational",
    "languages": ["kk", "ru"],
    "hours": ["full"],
    "pay": 250_000,
}


async def somebody(world: World, language: str = "English", **more: Any) -> Phone:
    """Bring somebody who answered everything to the menu."""
    you = world.phone()
    await you.say("/start")
    await you.tap(language)

    def register(work: Work) -> None:
        world.service.desks.registration.register(work, person_of(work), ANSWERS | more)

    await world.run(register)
    return you


def person_of(work: Work) -> Person:
    found = people.speaker(work, YOU)
    assert found is not None
    return found[0]


async def every_part(you: Phone) -> list[str]:
    """Read all of it, part by part."""
    await you.say("/mydata")
    await you.tap("Show it line by line")
    shown = [you.last.text]
    while "Next" in you.last.labels:
        await you.tap("Next")
        shown.append(you.last.text)
    return shown


async def test_everything_is_shown_line_by_line_with_since_when_and_why(world: World) -> None:
    you = await somebody(world)
    world.move(world.clock.instant + timedelta(days=2))
    await you.say("/mydata")
    assert "Your number here is 1." in you.last.text
    assert "Answers: 9 of 9" in you.last.text
    answers, talking, agreed, talks, vacancies = await every_part(you)

    for said in ("Aigul", "Karaganda", "gas welder", "7 years", "250,000 ₸"):
        assert said in answers
    assert answers.count("(since November 23, 2026)") == 9
    assert "Registered on: November 23, 2026" in talking
    assert agreed.count(": no\n") == 4
    assert "Messages kept: 0" in talks
    assert "Saved by you: 0" in vacancies
    law = world.service.content.pack.purpose("registration").law
    assert law is not None
    assert all(law.names["en"] in part for part in (answers, talking, talks, vacancies))


async def test_every_screen_fits_a_phone(sqlite_world: World) -> None:
    you = await somebody(sqlite_world)
    await you.say("/mydata")
    for text in [you.last.text, *await every_part(you)]:
        lines, letters = PHONE_SCREEN
        assert len(text.splitlines()) <= lines
        assert len(text) <= letters


async def test_who_opened_it_is_named_with_the_day(world: World) -> None:
    you = await somebody(world)
    await you.tap("Talk to a counsellor")
    await you.say("Where do I begin?")
    await world.desk(ANNA, world.topic()).say("/take")
    await you.say("/end")
    talks = (await every_part(you))[3]

    assert "Talks: 1" in talks
    assert "Messages kept: 1" in talks
    assert "Seen by Anna: November 23, 2026" in talks


async def test_each_yes_is_shown_with_its_day_language_and_edition(sqlite_world: World) -> None:
    you = await somebody(sqlite_world)
    await you.say("/mydata")
    await you.tap("What I agreed to")
    await you.tap("2. I agree")
    await you.tap("3. I agree")
    await you.tap("3. Take it back")
    agreed = (await every_part(you))[2]

    assert "News of the office: yes, on November 23, 2026 (text 1, English)" in agreed
    assert "Sharing with employers: no, taken back on November 23, 2026" in agreed


async def test_an_unfinished_registration_is_kept_too_and_shown(sqlite_world: World) -> None:
    you = sqlite_world.phone()
    await you.say("/start")
    await you.tap("English")

    def stop_in_the_middle(work: Work) -> None:
        found = people.speaker(work, YOU)
        assert found is not None
        found[1].form, found[1].draft_at = {"registration": {"step": "name", "answers": {}}}, work.now

    await sqlite_world.run(stop_in_the_middle)
    await you.say("/mydata")
    assert "Unfinished registration: since November 23, 2026" in you.last.text


async def test_a_part_that_is_not_there_is_the_last_one(sqlite_world: World) -> None:
    you = await somebody(sqlite_world)
    await you.say("/mydata")
    await you.press("mp1:99")

    assert you.last.text.startswith("Vacancies\n")


# --------------------------------------------------------------------------------------------------------------- a copy


class Reader(HTMLParser):
    """Reads a page as a browser would, and remembers what it would fetch."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


async def copy_of(world: World, you: Phone) -> tuple[str, dict[str, Any]]:
    """Ask for a copy and open both files."""
    await you.say("/mydata")
    (button,) = [key for key in you.last.keys if key.payload == "mc1"]
    await you.press(button.payload)
    page, rows = world.recorder.files[YOU][-2:]
    assert re.fullmatch(r"my-data-\d{4}-\d\d-\d\d\.html", page[0])
    assert re.fullmatch(r"my-data-\d{4}-\d\d-\d\d\.json", rows[0])
    return page[1].decode(), json.loads(rows[1])


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


async def test_a_copy_holds_everything_that_was_said(world: World) -> None:
    you = await somebody(world)
    await you.tap("Talk to a counsellor")
    await you.say("Where do I begin?")
    anna = world.desk(ANNA, world.topic())
    await anna.say("/take")
    await anna.say("With your papers.")
    await anna.say("/note Call on Monday")
    await you.say("/end")
    await you.say("/mydata")
    await you.tap("What I agreed to")
    await you.tap("2. I agree")

    def save(work: Work) -> None:
        vacancy = work.find(Vacancy, 1)
        assert vacancy is not None
        work.add(SavedVacancy(person_id=1, vacancy_id=1, saved_at=work.now))

    await world.run(save)
    page, rows = await copy_of(world, you)
    words = read(page).words
    for said in ("Aigul", "gas welder", "Where do I begin?", "With your papers.", "Call on Monday", "Anna"):
        assert said in words, said
    assert world.service.content.pack.purpose("news").texts["en"] in words
    law = world.service.content.pack.purpose("registration").law
    assert law is not None
    assert law.names["en"] in words
    assert (await world.run(lambda work: work.find(Vacancy, 1))).title in words
    assert [one["words"] for one in rows["tables"]["case_message"]] == [
        "Where do I begin?",
        "With your papers.",
        "Call on Monday",
    ]
    assert rows["opened_by"][0]["name"] == "Anna"
    assert rows["tables"]["person"][0]["profile"]["answers"]["pay"] == 250_000


async def test_the_files_come_after_the_answer_and_nothing_of_them_is_kept(world: World) -> None:
    you = await somebody(world)
    await you.say("/mydata")
    happened = await you.tap("Get a copy")

    assert [one.act for one in happened] == ["tap", "edit", "file", "file"]
    kept = "SELECT count(*) FROM outbox WHERE kind = 'DataCopy' AND body IS NOT NULL"
    from sqlalchemy import text

    assert await world.run(lambda work: work.session.execute(text(kept)).scalar()) == 0


async def test_a_second_copy_has_to_wait_ten_minutes(world: World) -> None:
    you = await somebody(world)
    await you.say("/mydata")
    (button,) = [key for key in you.last.keys if key.label == "Get a copy"]
    for _ in range(3):
        await you.press(button.payload)
    assert len(world.recorder.files[YOU]) == 2
    assert "in ten minutes" in you.last.text
    world.move(world.clock.instant + timedelta(minutes=11))
    await you.press(button.payload)
    assert len(world.recorder.files[YOU]) == 4


@pytest.mark.parametrize("number", range(len(HOSTILE)))
async def test_a_page_made_of_hostile_words_is_still_a_page(sqlite_world: World, number: int) -> None:
    hostile = HOSTILE[number]
    you = await somebody(sqlite_world, name=hostile, occupation_words=hostile, place=hostile)
    await sqlite_world.run(lambda work: everything.fill(work, person_of(work), hostile))
    await sqlite_world.run(lambda work: setattr(person_of(work), "profile", {"answers": {"place": hostile}}))
    page, rows = await copy_of(sqlite_world, you)
    reader = read(page)

    assert hostile in reader.words
    assert hostile in json.dumps(rows, ensure_ascii=False).replace('\\"', '"')
    tags = {tag for tag, _ in reader.tags}
    assert tags <= set("html head meta title style body h1 h2 p br bdi section dl dt dd ol li small strong".split())
    fetching = {"href", "src", "action", "data", "srcset", "onerror", "onclick"}
    assert not {name for _, given in reader.tags for name in given} & fetching
    assert not re.search(r"url\(|@import", page), "it would ask the network for something"
    (policy,) = [given["content"] for tag, given in reader.tags if tag == "meta" and "http-equiv" in given]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


@pytest.mark.parametrize(("language", "code", "direction"), [("Русский", "ru", "ltr"), ("العربية", "ar", "rtl")])
async def test_the_page_is_in_the_persons_language_and_direction(
    sqlite_world: World, language: str, code: str, direction: str
) -> None:
    you = await somebody(sqlite_world, language)
    page, _rows = await copy_of(sqlite_world, you)

    (html,) = [given for tag, given in read(page).tags if tag == "html"]
    assert html == {"lang": code, "dir": direction}


async def test_a_helper_gets_it_for_whom_they_help_and_the_audit_says_who_asked(sqlite_world: World) -> None:
    you = await somebody(sqlite_world)

    def help_somebody(work: Work) -> None:
        found = sqlite_world.service.desks.sharing.add(work, person_of(work), helping=True, language="en")
        assert isinstance(found, tuple)
        found[0].name = "Boris"

    await sqlite_world.run(help_somebody)
    page, rows = await copy_of(sqlite_world, you)

    assert rows["person"] == 2
    assert "Boris" in read(page).words
    assert "Aigul" not in page
    assert "Aigul" not in json.dumps(rows)
    talking = (await every_part(you))[1]
    assert "Helped by: the person with number 1" in talking
