"""How each question of the registration is asked, why, and what is said to an answer nobody understands."""

from collections.abc import Callable
from typing import NamedTuple

from services.packs import Pack
from services.words import Translate


class Wording(NamedTuple):
    """A question, how to answer it, why it is asked, and what to say to an answer nobody understands."""

    question: str
    how: str
    why: str
    unclear: str


def _name(_: Translate, pack: Pack) -> Wording:
    return Wording(
        _("What shall I call you?"),
        _("Write your first name, or any name you like."),
        _("Why we ask: the counsellor uses it to address you."),
        _("I could not read a name in that. Write it in letters, for example: Aigul."),
    )


def _place(_: Translate, pack: Pack) -> Wording:
    town = pack.wording(pack.regions[-1].town, _.language)
    return Wording(
        _("Where do you look for work?"),
        _("Choose your region, or write the name of your town."),
        _("Why we ask: to show vacancies near you."),
        _("I do not know this place. Write the nearest big town or the region, for example: {town}.", town=town),
    )


def _occupation(_: Translate, pack: Pack) -> Wording:
    return Wording(
        _("What work do you do, or want to do?"),
        _("Write it in your own words, for example: welder, cook, shop assistant."),
        _("Why we ask: to find vacancies that fit."),
        _("I do not know this work yet. Write it in other words, for example: driver. Or choose from the list."),
    )


def _skills(_: Translate, pack: Pack) -> Wording:
    return Wording(
        _("What else can you do?"),
        _("Press what is true, then Done. Or write it in your own words."),
        _("Why we ask: some vacancies need it."),
        _("I could not read that. Write numbers from the list, for example: 1, 3. Or write it in words."),
    )


def _experience(_: Translate, pack: Pack) -> Wording:
    return Wording(
        _("How long have you done this work?"),
        _("Choose, or write it, for example: 3 years."),
        _("Why we ask: some employers want experience. Others teach you."),
        _("I did not understand how long. Write it like this: 3 years, or 6 months."),
    )


def _education(_: Translate, pack: Pack) -> Wording:
    return Wording(
        _("Which school did you finish?"),
        _("Choose the highest one, or write its number."),
        _("Why we ask: some vacancies need it. Many do not."),
        _("I did not understand that. Write a number from the list, for example: 3."),
    )


def _languages(_: Translate, pack: Pack) -> Wording:
    return Wording(
        _("Which languages can you speak at work?"),
        _("Press them, then Done. Or write them."),
        _("Why we ask: so that you and the employer understand each other."),
        _("I do not know this language. Write its usual name, or a number from the list."),
    )


def _hours(_: Translate, pack: Pack) -> Wording:
    return Wording(
        _("Which kind of work suits you?"),
        _("Press what suits you, then Done. Or write numbers, for example: 1, 3."),
        _("Why we ask: to leave out what you cannot take."),
        _("I did not understand that. Write numbers from the list, for example: 1, 3."),
    )


def _pay(_: Translate, pack: Pack) -> Wording:
    example = _.money(pack.registration.pay_example, pack.currency)
    return Wording(
        _("From which pay a month would you take work?"),
        _("Write an amount, for example: {example}.", example=example),
        _("Why we ask: better paid vacancies then come first. Others are not hidden."),
        _("I did not understand the amount. Write it in digits, for example: {example}.", example=example),
    )


def _under_18(_: Translate, pack: Pack) -> Wording:
    return Wording(
        _("Are you under 18?"),
        _("Press Yes or No."),
        _("Why we ask: the law protects young workers and gives them extra help."),
        _("Please answer Yes or No."),
    )


def _adaptation(_: Translate, pack: Pack) -> Wording:
    return Wording(
        _("Do you need something special at work?"),
        _("Press what you need, then Done. Or write numbers, for example: 1, 3."),
        _("Why we ask: to find employers who have it. Only the office sees this answer."),
        _("I did not understand that. Write numbers from the list, for example: 1, 3."),
    )


_WORDINGS: dict[str, Callable[[Translate, Pack], Wording]] = {
    "name": _name,
    "place": _place,
    "occupation": _occupation,
    "skills": _skills,
    "experience": _experience,
    "education": _education,
    "languages": _languages,
    "hours": _hours,
    "pay": _pay,
    "under_18": _under_18,
    "adaptation": _adaptation,
}


def wording(_: Translate, question: str, pack: Pack) -> Wording:
    """Give the words of a question."""
    return _WORDINGS[question](_, pack)
