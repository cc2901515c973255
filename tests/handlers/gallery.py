"""Every screen and every letter, ready to be shown with any data: ordinary, the longest, or hostile.

A screen without an entry here fails a test, so that whoever adds one also says what it is shown with.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

from handlers.alerts import screens as alerts
from handlers.benefits import screens as benefits
from handlers.common import screens as common
from handlers.consents import screens as consents
from handlers.counselling import screens as counselling
from handlers.deletion import screens as deletion
from handlers.everyday import screens as everyday
from handlers.everyday.screens import Talking
from handlers.mydata import screens as mydata
from handlers.profile import screens as profile
from handlers.registration import screens as registration
from handlers.registration.reading import options
from handlers.registration.screens import Asked
from handlers.sharing import screens as sharing
from handlers.start import screens as start
from handlers.vacancies import screens as vacancies
from services import letters
from services.alerts.desk import facts
from services.counselling.desk import Refusal
from services.everyday.talk import Talk
from services.everyday.work import EverydayWork
from services.letters import Letter
from services.occupations import Occupations
from services.packs import Pack
from services.people import profile as profile_facts
from services.people.desk import NAME_LIMIT
from services.people.drafts import Draft
from services.people.export import Kept
from services.people.purposes import Standing
from services.people.sharing import Refusal as SharingRefusal
from services.people.sharing import Sharer
from services.samples import Need
from services.screen import Said, Screen, Toast
from services.vacancies.desk import PAGE, Card, Results
from services.vacancies.matching import fit
from services.words import Languages, Translate
from storage.tables.counselling import Case
from storage.tables.people import Consent, Person
from storage.tables.vacancies import SavedVacancy, Vacancy

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)

HANDOVER = "https://t.me/jobline_bot?start=h-word"

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
    everyday: EverydayWork


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


def _answers(sample: Sample) -> dict[str, Any]:
    """Give an answer to every question there is."""
    return {
        "name": sample.name,
        "region": "KZ-63",
        "place": sample.name,
        "occupation": "7212",
        "occupation_words": sample.line[:120],
        "skills": list(profile_facts.skills_for("7212")),
        "skills_words": sample.line[:120],
        "experience": 41,
        "education": "vocational",
        "languages": ["kk", "ru", "en", "uz", "tr", "de", "zh", "ar", "fr"],
        "hours": list(profile_facts.HOURS),
        "pay": sample.number,
        "under_18": True,
        "adaptation": list(profile_facts.ADAPTATION),
    }


def _asked(_: Translate, sample: Sample, content: Content, step: str, **more: Any) -> Asked:
    draft = Draft(step, account_name=sample.name, **more)
    return Asked(_, content.pack, content.occupations, draft, options(draft, content.pack))


def _every_question(content: Content) -> list[str]:
    return [*content.pack.registration.questions, *sorted(profile_facts.SENSITIVE)]


def _questions(_: Translate, sample: Sample, content: Content) -> Iterator[Screen]:
    """Ask everything, first for the first time, then with all that can stand beside a question."""
    sensitive = content.pack.registration.model_copy(update={"questions": tuple(_every_question(content))})
    widened = replace(content, pack=content.pack.model_copy(update={"registration": sensitive}))
    for question in _every_question(content):
        yield registration.ask(_asked(_, sample, widened, question))
        full: dict[str, Any] = {"answers": _answers(sample), "helping": True, "noted": "occupation"}
        asked = _asked(_, sample, widened, question, **full)
        asked.draft.picked = list(asked.options) if question in registration.SEVERAL else None
        yield registration.ask(asked)
        yield registration.ask(_asked(_, sample, widened, question, answers=_answers(sample), changing=True))


def _groups(_: Translate, sample: Sample, content: Content) -> Iterator[Screen]:
    """Show every page of every group of occupations."""
    asked = _asked(_, sample, content, "occupation")
    occupations = content.occupations
    for group in ("", *occupations.groups(), *(two for one in occupations.groups() for two in occupations.within(one))):
        for page in range(-(-len(occupations.within(group)) // registration.PAGE) + 1):
            yield registration.groups(asked, group, page)


def _people(name: str | None) -> list[Sharer]:
    return [Sharer(number, name, is_present=number == 1) for number in (1, 2, 3)]


SHARING_REFUSALS = get_args(SharingRefusal.__dataclass_fields__["why"].type)
REFUSALS = get_args(Refusal.__dataclass_fields__["why"].type)


def _talking(_: Translate, content: Content, *talk: Any, **more: Any) -> Talking:
    return Talking(_, content.everyday, content.occupations, Talk(*talk, **more))


def _everyday_lists(_: Translate, content: Content) -> Iterator[Talking]:
    """Give the list of every place, nothing chosen and all of it, and the list of wishes."""
    for place in content.everyday.places:
        yield _talking(_, content, "activities", [place])
        yield _talking(_, content, "activities", [place], chosen=list(content.everyday.activities(place)))
    yield _talking(_, content, "wishes", chosen=list(content.everyday.activities(content.everyday.places[0])))


def _consent(purpose: str, version: int = 1, *, ended: bool = False) -> Consent:
    facts: dict[str, Any] = {"person_id": 1, "purpose": purpose, "text_version": version, "language": "ru"}
    return Consent(**facts, words="…", given_at=NOW, withdrawn_at=NOW if ended else None)


def _standings(sample: Sample, content: Content) -> list[list[Standing]]:
    """Give what may be agreed to: nothing of it, all of it, and all of it to an earlier text."""
    purposes = content.pack.consents()
    return [
        [Standing(one, None) for one in purposes],
        [Standing(one, _consent(one.key, one.version)) for one in purposes],
        [Standing(one, _consent(one.key, one.version + 1)) for one in purposes],
    ]


def _deleting(sample: Sample, days: int) -> Person:
    person = sample.person
    person.erase_at = NOW + timedelta(days=days)
    return person


def _everything_kept(sample: Sample) -> list[Kept]:
    """Give what is kept of somebody who did everything, of somebody in the middle of a deletion, and of a newcomer."""
    person = sample.person
    person.profile = {"answers": {"place": sample.name, "skills_words": sample.line[:120], "pay": sample.number}}
    person.helper_id, person.stopped_at = sample.number, NOW
    case = Case(id=1, person_id=1, place_id=1, state="closed", opened_at=NOW, taken_at=NOW, closed_at=NOW)
    consents = [_consent("news"), _consent("alerts", ended=True), _consent("helper")]
    saved = (SavedVacancy(person_id=1, vacancy_id=1, saved_at=NOW), sample.vacancy())
    full = Kept(person, consents, [saved] * 3, sample.number, [(case, sample.name)] * 30, sample.number, NOW)
    blank = Kept(Person(id=2, user_id=1, zone="UTC", created_at=NOW), [], [], 0, [], 0, None)
    return [full, replace(full, person=_deleting(sample, 7)), blank]


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
    "counselling.edit_not_carried": lambda _, s, c: counselling.edit_not_carried(_),
    "counselling.left_case": lambda _, s, c: [counselling.left_case(_, kept_step=one) for one in (True, False)],
    "counselling.nothing_to_end": lambda _, s, c: counselling.nothing_to_end(_),
    "counselling.refused": lambda _, s, c: [Toast(counselling.refused(_, Refusal(one, s.name))) for one in REFUSALS],
    "counselling.note_kept": lambda _, s, c: counselling.note_kept(_),
    "counselling.closed": lambda _, s, c: counselling.closed(_),
    "counselling.only_in_topics": lambda _, s, c: counselling.only_in_topics(_),
    "counselling.nobody": lambda _, s, c: counselling.nobody(_),
    "everyday.open_talk": lambda _, s, c: [
        everyday.open_talk(_talking(_, c, places=places)) for places in ([], list(c.everyday.places[:3]))
    ],
    "everyday.ask_activities": lambda _, s, c: [
        everyday.ask_activities(one) for one in _everyday_lists(_, c) if one.talk.step == "activities"
    ],
    "everyday.ask_wishes": lambda _, s, c: [
        everyday.ask_wishes(one) for one in _everyday_lists(_, c) if one.talk.step == "wishes"
    ],
    "everyday.offer_suggestions": lambda _, s, c: (
        [
            everyday.offer_suggestions(_talking(_, c, "suggestions", chosen=list(c.everyday.activities(place))))
            for place in c.everyday.places
        ]
        + [everyday.offer_suggestions(_talking(_, c, "suggestions"))]
    ),
    "everyday.unclear": lambda _, s, c: [
        everyday.unclear(_talking(_, c, step, list(c.everyday.places[:1]), misses=misses))
        for step in ("places", "activities", "wishes")
        for misses in (1, 2)
    ],
    "everyday.enough_places": lambda _, s, c: everyday.enough_places(_),
    "consents.choices": lambda _, s, c: [consents.choices(_, one, c.pack) for one in _standings(s, c)],
    "consents.agreed": lambda _, s, c: [
        consents.agreed(_, one, c.pack, purpose) for one in _standings(s, c) for purpose in ("alerts", "news")
    ],
    "consents.taken_back": lambda _, s, c: consents.taken_back(_, _standings(s, c)[0], c.pack),
    "consents.one": lambda _, s, c: [
        consents.one(_, standing, c.pack) for standings in _standings(s, c) for standing in standings
    ],
    "deletion.explain_deletion": lambda _, s, c: [
        deletion.explain_deletion(_, names) for names in ((), (s.name, s.name))
    ],
    "deletion.ask_word_again": lambda _, s, c: deletion.ask_word_again(_),
    "deletion.nothing_deleted": lambda _, s, c: deletion.nothing_deleted(_),
    "deletion.being_deleted": lambda _, s, c: [
        deletion.being_deleted(_, _deleting(s, days), NOW) for days in (7, 1, 0)
    ],
    "deletion.undone": lambda _, s, c: deletion.undone(_),
    "deletion.deleting": lambda _, s, c: deletion.deleting(_),
    "mydata.stored": lambda _, s, c: [
        mydata.stored(_, one, mydata.Content(c.pack, c.occupations), NOW) for one in _everything_kept(s)
    ],
    "mydata.part": lambda _, s, c: [
        mydata.part(_, one, mydata.Content(c.pack, c.occupations), number)
        for one in _everything_kept(s)
        for number in range(6)
    ],
    "mydata.copy_coming": lambda _, s, c: mydata.copy_coming(_),
    "mydata.copy_too_soon": lambda _, s, c: mydata.copy_too_soon(_),
    "mydata.copy_too_big": lambda _, s, c: mydata.copy_too_big(_),
    "profile.profile": lambda _, s, c: [
        profile.profile(_, answers, c.pack, c.occupations, changed=flag, helped=flag)
        for answers, flag in ((_answers(s), True), ({}, False))
    ],
    "registration.purposes": lambda _, s, c: [
        registration.purposes(_, c.pack, draft_deleted=deleted) for deleted in (True, False)
    ],
    "registration.ask": lambda _, s, c: list(_questions(_, s, c)),
    "registration.unclear": lambda _, s, c: [
        registration.unclear(_asked(_, s, c, question, misses=misses))
        for question in _every_question(c)
        for misses in (1, 2)
    ],
    "registration.choose": lambda _, s, c: [
        registration.choose(_asked(_, s, c, "place", found=["KZ-63", "KZ-75"], words=s.name)),
        registration.choose(_asked(_, s, c, "occupation", found=["7212", "8342", "9329"], words=s.line[:120])),
    ],
    "registration.groups": lambda _, s, c: list(_groups(_, s, c)),
    "registration.summary": lambda _, s, c: [
        registration.summary(_, answers, c.pack, c.occupations, complete=complete)
        for answers, complete in ((_answers(s), True), ({}, True), ({}, False))
    ],
    "registration.confirm_first": lambda _, s, c: registration.confirm_first(_),
    "registration.registered": lambda _, s, c: [registration.registered(_, one) for one in (s.name, None)],
    "registration.stopped_for_now": lambda _, s, c: registration.stopped_for_now(_),
    "registration.offer_counsellor": lambda _, s, c: registration.offer_counsellor(_),
    "sharing.for_whom": lambda _, s, c: [
        sharing.for_whom(_, explained=one, helper_id=helper) for one in (True, False) for helper in (None, 7)
    ],
    "sharing.ask_permission": lambda _, s, c: sharing.ask_permission(_, c.pack),
    "sharing.people_here": lambda _, s, c: [
        sharing.people_here(_, _people(s.name), registration.stopped_at(_, c.pack, "place")),
        sharing.people_here(_, _people(s.name)[:1]),
        sharing.people_here(_, _people(None)),
    ],
    "sharing.switched": lambda _, s, c: sharing.switched(_, s.name),
    "sharing.link_made": lambda _, s, c: sharing.link_made(_, HANDOVER, s.name),
    "sharing.ask_to_take_over": lambda _, s, c: sharing.ask_to_take_over(_, s.person, "h-aaaaaaaaaaaaaaaaaaaaaaaa"),
    "sharing.taken_over": lambda _, s, c: [sharing.taken_over(_, one) for one in (s.name, None)],
    "sharing.refused": lambda _, s, c: [sharing.refused(_, SharingRefusal(one)) for one in SHARING_REFUSALS],
    "start.ask_language": lambda _, s, c: start.ask_language(c.languages, _.language),
    "start.welcome": lambda _, s, c: start.welcome(_, c.pack),
    "start.home": lambda _, s, c: [start.home(_, s.person, with_case=one, shared=one) for one in (True, False)],
    "start.offer_to_go_on": lambda _, s, c: [
        start.offer_to_go_on(_, registration.stopped_at(_, c.pack, step)) for step in ("place", "summary")
    ],
    "start.left_form": lambda _, s, c: start.left_form(_, s.person),
    "start.explain": lambda _, s, c: start.explain(_, c.pack),
    "start.stopped": lambda _, s, c: [start.stopped(_, shared=one) for one in (True, False)],
    "start.surely_begin_again": lambda _, s, c: start.surely_begin_again(_),
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
    letters.DraftWaiting: lambda s: [letters.DraftWaiting(step) for step in ("place", "summary", "gone")],
    letters.HandedOver: lambda s: [letters.HandedOver(name) for name in (s.name, "")],
    letters.Digest: lambda s: [
        letters.Digest(s.number, [facts(s.vacancy())] * 5, s.number + 5, late=True, local_on="2026-11-23"),
        letters.Digest(s.number, [facts(s.vacancy(pay_min=None, pay_max=None))], 1, late=False, local_on="2026-11-23"),
    ],
    letters.DataCopy: lambda s: [
        letters.DataCopy("my-data-2026-11-23.html", "", readable=one) for one in (True, False)
    ],
    letters.Erased: lambda s: [letters.Erased(one) for one in ("", s.name)],
    letters.CaseErased: lambda s: [letters.CaseErased(s.number)],
    letters.DeleteByHand: lambda s: [letters.DeleteByHand()],
}


def screens_of(shown: Shown) -> list[Screen]:
    """Give the screens among what was shown."""
    every = [shown] if isinstance(shown, (Screen, Toast)) else list(shown)
    return [one for one in every if isinstance(one, Screen)]


def toasts_of(shown: Shown) -> list[str]:
    """Give the toasts among what was shown."""
    every = [shown] if isinstance(shown, (Screen, Toast)) else list(shown)
    return [one.text if isinstance(one, Toast) else one.toast for one in every if isinstance(one, Toast) or one.toast]
