"""Every screen and every letter, ready to be shown with any data: ordinary, the longest, or hostile.

A screen without an entry here fails a test, so that whoever adds one also says what it is shown with.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, get_args

from handlers.alerts import screens as alerts
from handlers.benefits import screens as benefits
from handlers.common import screens as common
from handlers.counselling import screens as counselling
from handlers.mydata import screens as mydata
from handlers.registration import screens as registration
from handlers.start import screens as start
from handlers.vacancies import screens as vacancies
from services import letters
from services.alerts.desk import facts
from services.counselling.desk import Refusal
from services.letters import Letter
from services.occupations import Occupations
from services.packs import Pack
from services.people.desk import NAME_LIMIT, Stored
from services.samples import Need
from services.screen import Said, Screen, Toast
from services.vacancies.desk import PAGE, Card, Results
from services.vacancies.matching import fit
from services.words import Languages, Translate
from storage.tables.people import Person
from storage.tables.vacancies import Vacancy

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)

HOSTILE = (
    "<b>bold</b>",
    "</b></a>&amp;&#60;",
    '<a href="https://evil.example">win</a>',
    "*_[`]~(x)|>#+-=!",
    "{0} {name} {__class__} %s %(x)s",
    "\u202egnp.exe\u2066",
    "'\";--",
)
"""Words that break whatever is glued together by hand."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What screens are filled with.

    Attributes:
        name: of a person, as long as the registration lets it be.
        line: one line of an advert: a title, an employer, a town.
        words: a whole message.
        number: of a row, a sum, a count.
    """

    name: str
    line: str
    words: str
    number: int

    @property
    def person(self) -> Person:
        """Give a registered person."""
        return Person(
            id=self.number,
            user_id=self.number,
            language="en",
            zone="Asia/Almaty",
            name=self.name,
            region="KZ-63",
            occupation="7212",
            occupation_words=self.line[:120],
            digest_hour=9,
            registered_at=NOW,
            created_at=NOW,
        )

    def vacancy(self, **more: Any) -> Vacancy:
        """Give a vacancy that asks for everything there is to ask for."""
        given: dict[str, Any] = {
            "id": self.number,
            "source": self.line[:40],
            "source_id": self.line[:40],
            "content_key": "key",
            "title": self.line,
            "employer": self.line,
            "region": "KZ-63",
            "place": self.line,
            "occupation": "7212",
            "pay_min": self.number,
            "pay_max": self.number + 1,
            "currency": "KZT",
            "pay_period": "month",
            "hours": "full",
            "contract": "permanent",
            "needs": list(get_args(Need)),
            "disability_friendly": True,
            "description": self.words,
            "apply": self.words,
            "published_on": TODAY,
            "closes_on": TODAY,
            "first_seen_at": NOW,
            "checked_at": NOW,
        }
        return Vacancy(**(given | more))


ORDINARY = Sample("Aigul", "Welder", "Do you have a contract?", 250)
LONGEST = Sample("Ж" * NAME_LIMIT, "Газоэлектросварщик " * 15, "слово " * 682, 10**17)
SAMPLES = {"ordinary": ORDINARY, "longest": LONGEST} | {
    f"hostile {number}": Sample(words[:NAME_LIMIT], words, words * 3, 7) for number, words in enumerate(HOSTILE)
}


@dataclass(frozen=True, slots=True)
class Content:
    """What an office maintains, as the screens get it."""

    languages: Languages
    pack: Pack
    occupations: Occupations


Shown = Said | Sequence[Said]
Build = Callable[[Translate, Sample, Content], Shown]


def _results(sample: Sample, *, empty: bool = False) -> Results:
    rows = [] if empty else [sample.vacancy() for _ in range(PAGE)]
    return Results(rows, 0 if empty else sample.number + 3 * PAGE, 0 if empty else 1)


def _cards(sample: Sample) -> Iterator[Card]:
    variants: tuple[dict[str, Any], ...] = (
        {},
        {"pay_min": None, "pay_max": None, "closes_on": None, "region": None, "occupation": None},
        {"pay_min": None, "remote": True, "closes_on": date(2026, 12, 5), "pay_period": "hour", "hours": "shift"},
        {"pay_max": None, "closes_on": date(2026, 1, 5), "no_experience": True, "contract": "seasonal"},
        {"occupation": "5120", "region": "KZ-75", "source": "sample", "hours": None, "contract": None},
    )
    for number, more in enumerate(variants):
        vacancy = sample.vacancy(**more)
        yield Card(vacancy, fit(sample.person, vacancy), number % 2 == 0, TODAY)


def _form(sample: Sample) -> dict[str, Any]:
    return {"name": sample.name, "region": "KZ-63", "occupation": "7212"}


REFUSALS = get_args(Refusal.__dataclass_fields__["why"].type)

GALLERY: dict[str, Build] = {
    "alerts.ask_hour": lambda _, s, c: [
        alerts.ask_hour(_, s.person, c.pack, s.line),
        alerts.ask_hour(_, Person(user_id=1, zone="UTC", created_at=NOW), c.pack, s.line),
    ],
    "alerts.register_first": lambda _, s, c: alerts.register_first(_),
    "alerts.turned_on": lambda _, s, c: alerts.turned_on(_, 8),
    "alerts.turned_off": lambda _, s, c: alerts.turned_off(_),
    "benefits.menu": lambda _, s, c: benefits.menu(_, list(c.pack.answers), c.pack),
    "benefits.answer": lambda _, s, c: [benefits.answer(_, one, c.pack) for one in c.pack.answers],
    "benefits.candidates": lambda _, s, c: benefits.candidates(_, list(c.pack.answers[:3]), c.pack),
    "benefits.no_answer": lambda _, s, c: benefits.no_answer(_),
    "benefits.outdated": lambda _, s, c: benefits.outdated(_),
    "common.outdated": lambda _, s, c: common.outdated(_),
    "common.tried_again": lambda _, s, c: [common.tried_again(_, one) for one in ("done", "not_dead", "not_allowed")],
    "common.only_text": lambda _, s, c: common.only_text(_),
    "common.edit_not_taken": lambda _, s, c: common.edit_not_taken(_),
    "common.not_here": lambda _, s, c: common.not_here(_),
    "counselling.passed_on": lambda _, s, c: [counselling.passed_on(_, with_question=one) for one in (True, False)],
    "counselling.already_waiting": lambda _, s, c: counselling.already_waiting(_),
    "counselling.no_desk": lambda _, s, c: counselling.no_desk(_, c.pack),
    "counselling.added": lambda _, s, c: counselling.added(_),
    "counselling.still_with": lambda _, s, c: counselling.still_with(_, s.name),
    "counselling.only_text_to_counsellor": lambda _, s, c: counselling.only_text_to_counsellor(_),
    "counselling.left_case": lambda _, s, c: [counselling.left_case(_, kept_step=one) for one in (True, False)],
    "counselling.nothing_to_end": lambda _, s, c: counselling.nothing_to_end(_),
    "counselling.refused": lambda _, s, c: [Toast(counselling.refused(_, Refusal(one, s.name))) for one in REFUSALS],
    "counselling.note_kept": lambda _, s, c: counselling.note_kept(_),
    "counselling.closed": lambda _, s, c: counselling.closed(_),
    "counselling.only_in_topics": lambda _, s, c: counselling.only_in_topics(_),
    "counselling.nobody": lambda _, s, c: counselling.nobody(_),
    "mydata.stored": lambda _, s, c: [
        mydata.stored(_, Stored(s.person, s.number, s.number, s.number), c.pack, c.occupations),
        mydata.stored(_, Stored(Person(user_id=1, zone="UTC", created_at=NOW), 0, 0, 0), c.pack, c.occupations),
    ],
    "registration.ask_name": lambda _, s, c: registration.ask_name(_),
    "registration.name_unclear": lambda _, s, c: registration.name_unclear(_),
    "registration.ask_region": lambda _, s, c: registration.ask_region(_, c.pack),
    "registration.choose_region": lambda _, s, c: registration.choose_region(_, c.pack, list(c.pack.regions)),
    "registration.region_unclear": lambda _, s, c: registration.region_unclear(_),
    "registration.ask_occupation": lambda _, s, c: registration.ask_occupation(_),
    "registration.choose_occupation": lambda _, s, c: registration.choose_occupation(
        _, c.occupations, list(c.occupations.codes)
    ),
    "registration.list_occupations": lambda _, s, c: [
        registration.list_occupations(_, c.occupations, page) for page in (0, 1, 2, 3, 4, s.number)
    ],
    "registration.occupation_unclear": lambda _, s, c: registration.occupation_unclear(_),
    "registration.summary": lambda _, s, c: [
        registration.summary(_, form, c.pack, c.occupations) for form in (_form(s), {})
    ],
    "registration.confirm_first": lambda _, s, c: registration.confirm_first(_),
    "registration.registered": lambda _, s, c: [registration.registered(_, one) for one in (s.name, None)],
    "start.ask_language": lambda _, s, c: start.ask_language(c.languages, _.language),
    "start.welcome": lambda _, s, c: start.welcome(_, c.pack),
    "start.home": lambda _, s, c: [start.home(_, s.person, with_case=one) for one in (True, False)],
    "start.offer_to_go_on": lambda _, s, c: start.offer_to_go_on(_),
    "start.left_form": lambda _, s, c: start.left_form(_, s.person),
    "start.explain": lambda _, s, c: start.explain(_, c.pack),
    "start.stopped": lambda _, s, c: start.stopped(_),
    "vacancies.ask_words": lambda _, s, c: [vacancies.ask_words(_, registered=one) for one in (True, False)],
    "vacancies.found": lambda _, s, c: [
        vacancies.found(_, _results(s), s.line[:120], registered=True),
        vacancies.found(_, _results(s, empty=True), s.line[:120], registered=False),
    ],
    "vacancies.fitting": lambda _, s, c: [vacancies.fitting(_, _results(s, empty=one)) for one in (True, False)],
    "vacancies.saved": lambda _, s, c: [vacancies.saved(_, _results(s, empty=one)) for one in (True, False)],
    "vacancies.listed": lambda _, s, c: vacancies.listed(_, _results(s), s.line),
    "vacancies.nothing_found": lambda _, s, c: vacancies.nothing_found(_, registered=True),
    "vacancies.nothing_fits": lambda _, s, c: vacancies.nothing_fits(_),
    "vacancies.nothing_saved": lambda _, s, c: vacancies.nothing_saved(_),
    "vacancies.card": lambda _, s, c: [vacancies.card(_, one, c.pack, s.line) for one in _cards(s)],
    "vacancies.apply": lambda _, s, c: vacancies.apply(_, s.vacancy()),
    "vacancies.gone": lambda _, s, c: vacancies.gone(_),
    "vacancies.explain_matching": lambda _, s, c: vacancies.explain_matching(_),
}


LETTERS: dict[type[Letter], Callable[[Sample], Sequence[Letter]]] = {
    letters.NotUnderstood: lambda s: [letters.NotUnderstood(f"J-{s.number}")],
    letters.TroubleReport: lambda s: [letters.TroubleReport(s.number, f"J-{s.number}", s.line[:40])],
    letters.CaseOpened: lambda s: [
        letters.CaseOpened(s.number, s.name, "kk", s.line[:60], s.line[:120], s.words, "Registration:region"),
        letters.CaseOpened(1, "", "", "", "", "", ""),
    ],
    letters.JobseekerSaid: lambda s: [letters.JobseekerSaid(name, s.words, name == "") for name in (s.name, "")],
    letters.CounsellorSaid: lambda s: [letters.CounsellorSaid(s.name, s.words, edited) for edited in (True, False)],
    letters.CounsellorJoined: lambda s: [letters.CounsellorJoined(s.name)],
    letters.CaseTaken: lambda s: [letters.CaseTaken(s.name)],
    letters.CaseEnded: lambda s: [
        letters.CaseEnded("jobseeker", for_staff=True),
        letters.CaseEnded("counsellor", for_staff=False, kept_step=True),
        letters.CaseEnded("counsellor", for_staff=False),
    ],
    letters.NotDelivered: lambda s: [letters.NotDelivered(one) for one in ("blocked", "deactivated", "chat_not_found")],
    letters.Digest: lambda s: [
        letters.Digest(s.number, [facts(s.vacancy())] * 5, s.number + 5, late=True, local_on="2026-11-23"),
        letters.Digest(s.number, [facts(s.vacancy(pay_min=None, pay_max=None))], 1, late=False, local_on="2026-11-23"),
    ],
}


def screens_of(shown: Shown) -> list[Screen]:
    """Give the screens among what was shown."""
    every = [shown] if isinstance(shown, (Screen, Toast)) else list(shown)
    return [one for one in every if isinstance(one, Screen)]


def toasts_of(shown: Shown) -> list[str]:
    """Give the toasts among what was shown."""
    every = [shown] if isinstance(shown, (Screen, Toast)) else list(shown)
    return [one.text if isinstance(one, Toast) else one.toast for one in every if isinstance(one, Toast) or one.toast]
