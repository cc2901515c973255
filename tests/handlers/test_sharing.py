"""Several people on one phone, and a helper who hands a record over: everything reaches exactly the one it is for."""

import re

from sqlmodel import select

from storage.queries import people
from storage.tables.people import Consent, Person
from storage.work import Work
from tests.phone import YOU, Phone, World

DANA = 1002
_LINK = re.compile(r"https://t\.me/jobline_test_bot\?start=(\S+)")


def here(work: Work) -> list[tuple[str | None, int, bool]]:
    """Give everybody: name, account, present."""
    every = work.session.exec(select(Person).order_by(Person.__table__.c.id)).all()  # type: ignore[attr-defined]  # set by SQLModel
    return [(one.name, one.user_id, one.is_present) for one in every]


async def registers(you: Phone, name: str) -> None:
    """Answer the first question, skip the rest, and save."""
    await you.say(name)
    while "Skip" in you.last.labels:
        await you.tap("Skip")
    await you.tap("Save")


async def newcomer(world: World, user_id: int = YOU, name: str = "Aigul") -> Phone:
    """Bring somebody to the explanation of the registration."""
    you = world.phone(user_id, name)
    for act in (you.say("/start"), you.tap("English"), you.tap("Register")):
        await act
    return you


async def family(world: World) -> Phone:
    """Let two people register on one phone."""
    you = await newcomer(world)
    await you.tap("Begin, it is for me")
    await registers(you, "Aigul")
    await you.say("/profile")
    await you.tap("It is for somebody else")
    await you.tap("We share this phone")
    await you.tap("English")
    await you.tap("Begin, it is for me")
    await registers(you, "Serik")
    return you


async def test_two_people_on_one_phone_each_have_a_record(world: World) -> None:
    you = await family(world)
    assert await world.run(here) == [("Aigul", YOU, False), ("Serik", YOU, True)]
    await you.say("/start")
    assert "Now: Serik" in you.last.text
    await you.tap("1. Aigul")
    assert "Aigul, what do you need?" in you.last.text
    await you.say("/profile")
    assert "Name: Aigul" in you.last.text
    assert await world.run(here) == [("Aigul", YOU, True), ("Serik", YOU, False)]


async def test_an_unfinished_registration_belongs_to_its_person(world: World) -> None:
    you = await newcomer(world)
    await you.tap("Begin, it is for me")
    await you.say("Aigul")
    await you.say("/people")
    await you.tap("Somebody else")
    await you.tap("We share this phone")
    assert "Which language do you speak?" in you.last.text
    await you.tap("Русский")
    assert "Регистрация и подбор" in you.last.text, "what it is for comes first, in their language"
    await you.press("rg1", you.last)
    await you.say("Serik")
    await you.say("/people")
    assert "Serik" in you.last.text
    await you.tap("1. Aigul")
    assert "Where do you look for work?" in you.last.text, "where she stood"
    await you.tap("Back")
    assert "Your answer now: Aigul" in you.last.text


async def test_somebody_elses_number_switches_to_nobody(world: World) -> None:
    you = await family(world)
    stranger = await newcomer(world, DANA, "Dana")
    await stranger.press("sc1:1", stranger.last)
    assert await world.run(lambda work: [one.id for one in people.at_account(work, DANA)]) == [3]
    assert "Aigul" not in stranger.last.text
    assert you.last.text


async def helped(world: World) -> Phone:
    """Let Aigul help Dana."""
    you = await newcomer(world)
    await you.tap("It is for somebody else")
    await you.tap("I help somebody")
    assert "I allow the person who helps me" in you.last.text
    await you.tap("Yes, they said yes")
    assert "You answer for the person you help." in you.last.text
    await registers(you, "Dana")
    return you


async def test_helping_needs_a_yes_whose_words_are_kept(world: World) -> None:
    await helped(world)
    kept = await world.run(lambda work: work.session.exec(select(Consent)).one())
    assert (kept.person_id, kept.purpose, kept.language) == (2, "helper", "en")
    assert kept.words.startswith("I allow the person who helps me")


async def test_the_link_moves_the_record_to_its_owner_once(world: World) -> None:
    you = await helped(world)
    await you.say("/profile")
    await you.tap("Give it to their own phone")
    link = _LINK.search(you.last.text)
    assert link is not None

    dana = world.phone(DANA, "Dana")
    await dana.say(f"/start {link[1]}")
    assert "The name in it is: Dana. Is this you?" in dana.last.text
    await dana.tap("Yes, this is me")
    assert any("Dana, this is yours now." in one.text for one in dana.screen)
    assert "What you may agree to" in dana.last.text
    await dana.tap("My profile")
    assert any("Name: Dana" in one.text for one in dana.screen)

    assert "Dana now has the answers on their own phone" in you.last.text
    await you.say("/profile")
    assert "Dana" not in you.last.text, "the helper sees nothing any more"
    third = world.phone(1003, "Omar")
    await third.say(f"/start {link[1]}")
    assert "This link does not work any more." in third.last.text
    assert (await world.run(here))[:2] == [(None, YOU, True), ("Dana", DANA, True)]


async def test_who_is_not_helped_has_no_link(world: World) -> None:
    you = await newcomer(world)
    await you.tap("Begin, it is for me")
    await registers(you, "Aigul")
    await you.say("/profile")
    assert "Give it to their own phone" not in you.last.labels
    await you.press("sm1", you.last)
    assert "Only the answers of a person you help" in you.last.text


async def test_a_word_nobody_was_given_opens_nothing(world: World) -> None:
    await helped(world)
    dana = world.phone(DANA, "Dana")
    for word in ("h-guess", "h-", "h-" + "A" * 60):
        await dana.say(f"/start {word}")
        assert "This link does not work any more." in dana.last.text
    await dana.press("st1:h-guess", dana.last)
    assert "This link does not work any more." in dana.last.text
    assert await world.run(lambda work: len(people.at_account(work, DANA))) == 1


async def test_words_for_somebody_who_is_not_present_say_whom_they_are_for(world: World) -> None:
    """A counsellor answers Aigul while the phone speaks for Serik: it says so, and one press switches before anybody answers."""
    you = await family(world)
    await you.say("/people")
    await you.tap("1. Aigul")
    await you.say("/counsellor Am I entitled?")
    await you.say("/people")
    await you.tap("2. Serik")
    anna = world.desk(thread_id=world.topic())
    await anna.say("/take")
    assert you.last.text.startswith("For Aigul:")
    await anna.say("Yes, you are.")
    assert you.last.text == "For Aigul:\nAnna:\nYes, you are."

    await you.say("What did she say?")
    assert "What did she say?" not in anna.last.text, "Serik's words stay out of Aigul's case"
    await you.tap("Switch to this person")
    await you.say("Thank you!")
    assert anna.last.text == "Aigul:\nThank you!"


async def test_a_helper_who_never_registered_finds_back_to_themselves(world: World) -> None:
    you = world.phone()
    for act in (you.say("/start"), you.tap("English"), you.say("/people"), you.tap("Somebody else")):
        await act
    for label in ("I help somebody", "Yes, they said yes"):
        await you.tap(label)
    await you.say("Nina")
    await you.say("/people")
    assert "1. Person 1" in you.last.labels
    await you.tap("Somebody else")
    await you.tap("For me")
    assert await world.run(here) == [(None, YOU, True), (None, YOU, False)]


async def test_a_button_under_somebody_elses_message_means_nothing(world: World) -> None:
    """A yes, a link or a save is only ever taken from the one whose screen it stands on."""
    you = await family(world)
    await you.say("/mydata")
    await you.tap("What I agreed to")
    list_of_serik = you.last
    await you.say("/people")
    await you.tap("1. Aigul")
    happened = await you.press(next(key.payload for key in list_of_serik.keys if "I agree" in key.label), list_of_serik)
    assert happened[0].text == "This list is old. Here is a fresh one."
    assert await world.run(lambda work: work.session.exec(select(Consent)).all()) == []


async def test_the_family_can_use_the_phone_while_one_talks_with_a_counsellor(world: World) -> None:
    you = await family(world)
    await you.say("/counsellor Hello?")
    anna = world.desk(thread_id=world.topic())
    await anna.say("/take")
    topic = len(anna.screen)
    await you.say("/start h-aaaaaaaaaaaaaaaaaaaaaaaa")
    assert len(anna.screen) == topic, "the word of a link never leaves the bot"
    await you.say("/people")
    await you.tap("1. Aigul")
    await you.say("/help")
    await you.say("/people")
    await you.tap("2. Serik")
    await you.say("I am back.")
    assert anna.last.text == "Serik:\nI am back."
    await you.say("/mydata")
    await you.tap("Get a copy")
    assert world.recorder.files[YOU]
    await you.say("Still here.")
    assert anna.last.text == "Serik:\nStill here.", "looking at one's data ends no talk"


async def test_a_helper_agrees_to_nothing_for_others(world: World) -> None:
    you = await helped(world)
    assert "What you may agree to" not in you.last.text
    await you.say("/profile")
    assert "They want no help any more" in you.last.labels


async def test_the_owner_is_asked_anew_in_their_own_language(world: World) -> None:
    you = await helped(world)
    await you.say("/profile")
    await you.tap("Give it to their own phone")
    link = _LINK.search(you.last.text)
    assert link is not None
    dana = world.phone(DANA, "Dana", "ru")
    await dana.say(f"/start {link[1]}")
    await dana.press(dana.last.keys[0].payload, dana.last)
    assert "Вы не давали" in dana.last.text or "соглас" in dana.last.text.casefold()
    found = await world.run(lambda work: people.speaker(work, DANA))
    assert found[0].language == "ru"


async def test_a_changed_message_reaches_nobody_elses_counsellor(world: World) -> None:
    """What Aigul wrote and changes while the phone speaks for Serik stays out of Serik's case."""
    you = await family(world)
    await you.say("/counsellor Hello?")
    anna = world.desk(thread_id=world.topic())
    await anna.say("/take")
    await you.edit("a secret of Aigul")
    assert "whose message you changed" in you.last.text
    assert "secret" not in anna.last.text


async def test_a_button_under_an_old_message_of_somebody_else_means_nothing(world: World) -> None:
    """The messenger may report the pressed message as inaccessible: it is still somebody else's."""
    you = await family(world)
    await you.say("/mydata")
    await you.tap("What I agreed to")
    theirs = you.last
    await you.say("/people")
    await you.tap("1. Aigul")
    pressing = you.pressing(next(key.payload for key in theirs.keys if "I agree" in key.label), theirs)
    chat = pressing["callback_query"]["message"]["chat"]
    pressing["callback_query"]["message"] = {"chat": chat, "message_id": theirs.message_id, "date": 0}
    await world.feed(pressing)
    assert await world.run(lambda work: work.session.exec(select(Consent)).all()) == []
