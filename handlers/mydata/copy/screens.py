"""The words of the copy: chapters of facts, the exact texts agreed to, and everything that was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handlers.mydata.screens import Content, Fact, Part, parts
from services.packs import Pack
from services.people.export import Kept
from services.words import Translate
from storage.tables.counselling import Case, CaseMessage
from storage.tables.people import Consent


class Line(NamedTuple):
    """Something that was said: when, by whom, which words."""

    at: str
    who: str
    words: str


class Chapter(NamedTuple):
    """A part of the copy."""

    part: Part
    lines: Sequence[Line] = ()


class Page(NamedTuple):
    """The copy's words. `why` and `law` head the reasons given in each chapter."""

    title: str
    office: str
    made: str
    number: str
    note: str
    why: str
    law: str
    chapters: Sequence[Chapter]


def page(_: Translate, kept: Kept, lines: Sequence[CaseMessage], content: Content, now: datetime) -> Page:
    """Give everything the copy says."""
    pack = content.pack
    return Page(
        title=_("What is stored about you"),
        office=pack.wording(pack.office.names, _.language),
        made=_("Made on {day}.", day=_day(_, kept, now)),
        number=_("Your number here is {number}. Say it when you call us.", number=kept.person.id),
        note=_("Notes that counsellors wrote about you are in it too. Is something wrong? Tell a counsellor."),
        why=_("Why we keep it"),
        law=_("Law"),
        chapters=_chapters(_, kept, lines, content),
    )


def _chapters(_: Translate, kept: Kept, lines: Sequence[CaseMessage], content: Content) -> list[Chapter]:
    """Take the parts shown in the chat, and put in full what is only counted there."""
    answers, settings, consents, talks, vacancies = parts(_, kept, content)
    return [
        Chapter(answers),
        Chapter(settings),
        Chapter(consents._replace(facts=_agreements(_, kept, content.pack))),
        Chapter(
            talks._replace(facts=[*talks.facts, *(_talk(_, kept, *one) for one in kept.cases)]), _said(_, kept, lines)
        ),
        Chapter(vacancies._replace(facts=[*vacancies.facts, *_saved(_, kept)])),
    ]


def _agreements(_: Translate, kept: Kept, pack: Pack) -> list[Fact]:
    """Give every yes with the words it was to, and name what was never agreed to."""
    asked = {one.purpose for one in kept.consents}
    never = [Fact(pack.wording(one.names, _.language), _("no")) for one in pack.consents() if one.key not in asked]
    return [*(_agreement(_, kept, one, pack) for one in kept.consents), *never]


def _agreement(_: Translate, kept: Kept, given: Consent, pack: Pack) -> Fact:
    name = next(
        (pack.wording(one.names, _.language) for one in pack.purposes if one.key == given.purpose), given.purpose
    )
    begun = _day(_, kept, given.given_at)
    if given.withdrawn_at is None:
        since = _("yes, on {day}", day=begun)
    else:
        since = _("yes, from {begun} until {ended}", begun=begun, ended=_day(_, kept, given.withdrawn_at))
    return Fact(name, given.words or "", since)


def _talk(_: Translate, kept: Kept, case: Case, name: str) -> Fact:
    begun = _day(_, kept, case.opened_at)
    if case.closed_at is None:
        when = _("since {day}", day=begun)
    else:
        when = _("from {begun} until {ended}", begun=begun, ended=_day(_, kept, case.closed_at))
    return Fact(_("Talk {number}", number=case.id), name or _("nobody has taken it"), when)


def _said(_: Translate, kept: Kept, lines: Sequence[CaseMessage]) -> list[Line]:
    who = {"jobseeker": _("You"), "counsellor": _("Counsellor"), "note": _("Note of a counsellor")}
    zone = kept.person.zone
    return [
        Line(f"{_day(_, kept, one.said_at)}, {_.clock(one.said_at, zone)}", who.get(one.by, one.by), one.words)
        for one in lines
    ]


def _saved(_: Translate, kept: Kept) -> list[Fact]:
    return [
        Fact(vacancy.title, vacancy.employer, _("since {day}", day=_day(_, kept, saved.saved_at)))
        for saved, vacancy in kept.saved
    ]


def _day(_: Translate, kept: Kept, at: datetime) -> str:
    return _.day(at.astimezone(ZoneInfo(kept.person.zone)).date())
