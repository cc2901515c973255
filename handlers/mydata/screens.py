"""What is stored about a person and what they can do about it, in plain words."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handlers.alerts.screens import hour_name
from handlers.consents.actions import OpenChoices
from handlers.deletion.actions import DeleteMyData
from handlers.deletion.screens import deletion_lines, undoing
from handlers.mydata.actions import GetCopy, OpenPart
from handlers.profile.screens import capital, topic, value
from handlers.start.actions import OpenMyData, OpenRegistration
from handlers.start.screens import to_counsellor, to_menu
from services.occupations import Occupations
from services.packs import Pack
from services.people.export import Kept
from services.people.profile import answers_of, since_when
from services.screen import Button, Screen, Text, bold, screen
from services.words import Translate
from storage.tables.people import Consent, Person


class Fact(NamedTuple):
    """One line of what is kept: what it is, what it says, since when."""

    label: str
    value: str
    since: str = ""


class Part(NamedTuple):
    """What is kept for one reason: a screen in the chat, a chapter in the copy. `law` is empty where none is needed."""

    heading: str
    facts: Sequence[Fact]
    why: str
    law: str


class Content(NamedTuple):
    """What an office maintains, as far as it is needed to read somebody's answers back."""

    pack: Pack
    occupations: Occupations


# ---------------------------------------------------------------------------------------------------------- at a glance


def stored(_: Translate, kept: Kept, content: Content, now: datetime) -> Screen:
    """Say in a few lines what is kept, and offer everything a person may do about it."""
    person = kept.person
    return screen(
        bold(_("What is stored about you")),
        _("Your number here is {number}. Say it when you call us.", number=person.id),
        *(_.fact(one.label, one.value) for one in _in_short(_, kept, content)),
        _("It is stored encrypted. Only the office sees it."),
        *deletion_lines(_, person, now),
        buttons=[
            *undoing(_, person, now),
            [Button(_.within("button", "Show it line by line"), OpenPart(0))],
            [Button(_.within("button", "What I agreed to"), OpenChoices())],
            [Button(_.within("button", "Get a copy"), GetCopy())],
            *([] if person.erase_at else [[Button(_.within("button", "Delete my data"), DeleteMyData())]]),
            [Button(_.within("button", "Change my answers"), OpenRegistration())],
            [to_counsellor(_)],
            [to_menu(_)],
        ],
    )


def _in_short(_: Translate, kept: Kept, content: Content) -> list[Fact]:
    answered = [fact for fact in _answers(_, kept.person, content) if fact.since]
    standing = {one.purpose for one in kept.consents if one.withdrawn_at is None}
    choices = content.pack.consents()
    agreed = sum(one.key in standing for one in choices)
    return [
        Fact(_("Answers"), _of(_, len(answered), len(content.pack.registration.questions))),
        Fact(_("Language"), _language(_, kept.person)),
        Fact(_("Daily vacancies"), _daily(_, kept.person)),
        Fact(_("Agreed to"), _of(_, agreed, len(choices))),
        Fact(_("Saved vacancies"), _.number(len(kept.saved))),
        Fact(_("Talks with a counsellor"), _.number(len(kept.cases))),
        Fact(_("Messages kept from these talks"), _.number(kept.lines)),
        *(
            [Fact(_("Unfinished registration"), _("since {day}", day=_day(_, kept, kept.draft_at)))]
            if kept.draft_at
            else []
        ),
    ]


def _of(_: Translate, n: int, total: int) -> str:
    return _("{n} of {total}", n=_.number(n), total=_.number(total))


# -------------------------------------------------------------------------------------------------------- line by line


def part(_: Translate, kept: Kept, content: Content, number: int) -> Screen:
    """Show one part line by line, with the reason it is kept."""
    every = parts(_, kept, content)
    number = min(number, len(every) - 1)
    shown = every[number]
    turning = []
    if number > 0:
        turning.append(Button(_.within("button", "Previous"), OpenPart(number - 1)))
    if number < len(every) - 1:
        turning.append(Button(_.within("button", "Next"), OpenPart(number + 1)))
    return screen(
        bold(shown.heading),
        *(_line(_, fact) for fact in shown.facts),
        "",
        _.fact(_("Why we keep it"), shown.why),
        _.fact(_("Law"), shown.law) if shown.law else None,
        buttons=[turning, [Button(_.within("button", "My data"), OpenMyData())], [to_menu(_)]],
    )


def _line(_: Translate, fact: Fact) -> Text:
    said = _.fact(fact.label, fact.value)
    return (*said, f" ({fact.since})") if fact.since else said


def parts(_: Translate, kept: Kept, content: Content) -> list[Part]:
    """Give everything that is kept, by what it is kept for."""
    pack = content.pack
    task = pack.purpose("registration")
    why, law = pack.wording(task.texts, _.language), pack.wording(task.law.names, _.language) if task.law else ""
    return [
        Part(_("Your answers"), _answers(_, kept.person, content), why, law),
        Part(_("How we talk with you"), _settings(_, kept), why, law),
        Part(
            _("What you agreed to"),
            _consents(_, kept, pack),
            _("You said yes or no yourself. You can change it at any time."),
            "",
        ),
        Part(_("Talks with a counsellor"), _talks(_, kept), why, law),
        Part(_("Vacancies"), _vacancies(_, kept), why, law),
    ]


def _answers(_: Translate, person: Person, content: Content) -> list[Fact]:
    answers = answers_of(person)
    facts = []
    for question in content.pack.registration.questions:
        said, since = value(_, question, answers, content.pack, content.occupations), since_when(person, question)
        when = _("since {day}", day=_day_at(_, person.zone, since)) if said and since else ""
        facts.append(Fact(topic(_, question), said or _("not said"), when))
    return facts


def _settings(_: Translate, kept: Kept) -> list[Fact]:
    person = kept.person
    unknown = _("not yet")
    return [
        Fact(_("Your number in the messenger"), str(person.user_id)),
        Fact(_("First message"), _day(_, kept, person.created_at)),
        Fact(_("Registered on"), _day(_, kept, person.registered_at) if person.registered_at else unknown),
        Fact(_("Unfinished registration"), _day(_, kept, kept.draft_at) if kept.draft_at else _("none")),
        Fact(_("Language"), _language(_, person)),
        Fact(_("Daily vacancies"), _daily(_, person)),
        Fact(_("Messages unasked"), _("stopped by you") if person.stopped_at else _("allowed")),
        *(
            [Fact(_("Helped by"), _("the person with number {number}", number=person.helper_id))]
            if person.helper_id
            else []
        ),
    ]


def _consents(_: Translate, kept: Kept, pack: Pack) -> list[Fact]:
    """Say for each purpose what stands, or what stood last; one that was never given is a no."""
    last = {one.purpose: one for one in kept.consents}
    shown = [*pack.consents(), *([pack.purpose("helper")] if "helper" in last else [])]
    return [Fact(pack.wording(one.names, _.language), _consent(_, kept, last.get(one.key))) for one in shown]


def _consent(_: Translate, kept: Kept, given: Consent | None) -> str:
    if given is None:
        return _("no")
    if given.withdrawn_at is not None:
        return _("no, taken back on {day}", day=_day(_, kept, given.withdrawn_at))
    return _(
        "yes, on {day} (text {edition}, {language})",
        day=_day(_, kept, given.given_at),
        edition=_.number(given.text_version),
        language=_.language_name(given.language),
    )


MOST_TALKS = 8
"""Talks that are listed in the chat; the copy has them all."""


def _talks(_: Translate, kept: Kept) -> list[Fact]:
    seen = [Fact(_("Seen by {name}", name=name), _day(_, kept, at)) for name, at in kept.seen_by[-MOST_TALKS:]]
    return [
        Fact(_("Talks"), _.number(len(kept.cases))),
        Fact(_("Messages kept"), _.number(kept.lines)),
        *(seen or [Fact(_("Seen by a counsellor"), _("nobody"))]),
    ]


def _vacancies(_: Translate, kept: Kept) -> list[Fact]:
    return [
        Fact(_("Saved by you"), _.number(len(kept.saved))),
        Fact(_("Sent to you as new"), _.number(kept.told)),
    ]


def _language(_: Translate, person: Person) -> str:
    return capital(_.language_name(person.language)) if person.language else _("not said")


def _daily(_: Translate, person: Person) -> str:
    return hour_name(person.digest_hour) if person.digest_hour is not None else _("off")


def _day(_: Translate, kept: Kept, at: datetime) -> str:
    return _day_at(_, kept.person.zone, at)


def _day_at(_: Translate, zone: str, at: datetime) -> str:
    return _.day(at.astimezone(ZoneInfo(zone)).date())


# --------------------------------------------------------------------------------------------------------------- a copy


def copy_coming(_: Translate) -> Screen:
    """Say that the files come now, and what each is for."""
    return screen(
        _("Your copy comes now, as two files."),
        _("Open the first one to read it. The second one is for computer programs."),
        _("Anybody with this phone can open them. Delete them when you do not need them any more."),
        buttons=[_back(_)],
    )


def copy_too_soon(_: Translate) -> Screen:
    """Ask to wait: a copy was made a moment ago."""
    return screen(
        _("You got a copy a moment ago. Look a little further up. You can ask for a new one in ten minutes."),
        buttons=[_back(_), [to_counsellor(_)]],
    )


def copy_too_big(_: Translate) -> Screen:
    """Say honestly that the messenger cannot carry it, and who can help."""
    return screen(
        _("Your copy is too big for the messenger. A counsellor can give it to you in another way."),
        buttons=[[to_counsellor(_)], _back(_)],
    )


def _back(_: Translate) -> list[Button]:
    return [Button(_.within("button", "My data"), OpenMyData()), to_menu(_)]
