"""Builds everything and knows who gets what. The only file in which all parts meet.

What handlers may ask for by name stands in `given`; a test walks every handler and checks each name against it.
aiogram is imported only when dialogue is wanted: the courier, `tick`, `migrate` and `doctor` start without it.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.lifecycle import Nursery
from bot.schedule import Schedule
from bot.settings import ROOT, Settings
from channels.courier import Courier
from channels.pace import Pace
from channels.telegram.sender import Sender
from handlers.letters import in_languages
from services.alerts.desk import DigestDesk
from services.answers_search import AnswerIndex
from services.counselling.desk import CaseDesk
from services.everyday.work import EverydayWork, load_everyday
from services.income_support.desk import BenefitsDesk
from services.occupations import Occupations, load_occupations
from services.packs import Pack, load_pack
from services.people.desk import RegistrationDesk
from services.people.drafts import DraftDesk
from services.people.erasure import ErasureDesk
from services.people.export import CopyDesk
from services.people.purposes import PurposeDesk
from services.people.sharing import SharingDesk
from services.vacancies.desk import VacancyDesk
from services.words import Languages
from storage import faults, outbox
from storage.clock import Clock
from storage.engine import Database, connect
from storage.gates import Gates
from storage.queries import cases
from storage.sealed import read_keys, unlock
from storage.tables.counselling import Staff
from storage.work import Work

if TYPE_CHECKING:
    from bot.intake import Intake
    from bot.lanes import Lanes

LOCALES = ROOT / "locales"

_ROOM_ON_POSTGRES = {"at_once": 128}
"""Turns at once where each needs a connection: behind more of them the intake would wait for one."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an office maintains: words, pack, occupations, and what people do every day."""

    languages: Languages
    pack: Pack
    occupations: Occupations
    everyday: EverydayWork


@dataclass(frozen=True, slots=True)
class Desks:
    """Every desk; the field names are the names handlers ask by."""

    registration: RegistrationDesk
    vacancies: VacancyDesk
    benefits: BenefitsDesk
    counselling: CaseDesk
    digests: DigestDesk
    purposes: PurposeDesk
    sharing: SharingDesk
    drafts: DraftDesk
    copies: CopyDesk
    erasure: ErasureDesk


def load_content(settings: Settings) -> Content:
    """Read the catalogues and the pack. Raises PackError or FileNotFoundError, which `doctor` explains."""
    occupations = load_occupations(LOCALES / "occupations")
    return Content(
        languages=Languages(LOCALES, settings.languages),
        pack=load_pack(LOCALES / "packs", settings.country),
        occupations=occupations,
        everyday=load_everyday(LOCALES / "everyday", occupations.codes),
    )


def build_desks(settings: Settings, content: Content) -> Desks:
    """Make the desks."""
    purposes, registration = PurposeDesk(content.pack), RegistrationDesk(content.pack)
    counselling = CaseDesk(settings.staff_groups, content.pack, content.occupations)
    return Desks(
        registration=registration,
        vacancies=VacancyDesk(content.occupations),
        benefits=BenefitsDesk(content.pack, AnswerIndex(content.pack)),
        counselling=counselling,
        digests=DigestDesk(purposes),
        purposes=purposes,
        sharing=SharingDesk(purposes, registration),
        drafts=DraftDesk(),
        copies=CopyDesk(),
        erasure=ErasureDesk(counselling),
    )


def open_database(settings: Settings, clock: Clock | None = None) -> Database:
    """Connect, with the keys in place and the armed fault."""
    keys = read_keys(settings.key.get_secret_value())
    if keys:
        unlock(keys)
    faults.arm(settings.fault)
    return connect(settings.database_url, clock or Clock(settings.clock))


@dataclass(slots=True)
class Service:
    """All parts of one process."""

    settings: Settings
    content: Content
    desks: Desks
    database: Database
    nursery: Nursery
    sender: Sender
    pace: Pace
    courier: Courier
    schedule: Schedule
    bot_name: str = ""

    @property
    def shares_database(self) -> bool:
        """Tell whether other processes may work on the same database."""
        return self.settings.database_url.startswith("postgresql")

    @property
    def zone(self) -> ZoneInfo:
        """Give the office's zone."""
        return self.settings.zone(self.content.pack.zone)


def build(settings: Settings, *, clock: Clock | None = None, told: Callable[[str], None] | None = None) -> Service:
    """Make what every process needs: database, sender, courier, scheduler."""
    content = load_content(settings)
    desks = build_desks(settings, content)
    database = open_database(settings, clock)
    nursery = Nursery()
    sender = Sender(settings.token.get_secret_value(), settings.api_url)
    shared = settings.database_url.startswith("postgresql")
    pace = Pace(settings.rate, store=Gates(database), shared=shared)
    courier = Courier(
        database,
        sender,
        pace,
        in_languages(content.languages),
        bot_id=settings.bot_id,
        spawn=nursery.start,
        told=told or (lambda lane: None),
    )
    schedule = Schedule(database, courier.wake, digests=desks.digests, unfinished=desks.drafts, erasure=desks.erasure)
    return Service(settings, content, desks, database, nursery, sender, pace, courier, schedule)


@dataclass(slots=True)
class Dialogue:
    """The parts that listen."""

    intake: "Intake"
    lanes: "Lanes"


def given_to_handlers(service: Service) -> dict[str, Any]:
    """Give what handlers may ask for by name, besides what a turn adds."""
    from handlers.common.paths import Paths
    from handlers.common.screens import not_here
    from handlers.deletion import router as deletion
    from handlers.everyday import talk as everyday
    from handlers.registration import form as registration
    from handlers.sharing.actions import ShowPeople, SwitchPerson
    from handlers.vacancies import router as vacancies

    content = service.content
    show_everyday = partial(everyday.show, everyday=content.everyday, occupations=content.occupations)
    show_registration = partial(registration.show, pack=content.pack, occupations=content.occupations)
    return {
        **{field.name: getattr(service.desks, field.name) for field in dataclasses.fields(service.desks)},
        "languages": content.languages,
        "pack": content.pack,
        "occupations": content.occupations,
        "everyday": content.everyday,
        "paths": Paths(
            {
                "Registration": show_registration,
                "Everyday": show_everyday,
                "Vacancies": vacancies.show,
                "Deletion": deletion.show,
            }
        ),
        "not_here": not_here,
        "switching": frozenset({SwitchPerson.head(), ShowPeople.head()}),
    }


def build_dialogue(service: Service) -> Dialogue:
    """Make what works on updates. Imports aiogram."""
    from aiogram import Bot

    from bot.dispatcher import build_dispatcher
    from bot.driving import NoNetwork
    from bot.intake import Intake
    from bot.lanes import Lanes
    from bot.turn import Decided, Turns
    from handlers.routers import PRIVATE, STAFF
    from services.understanding import readiness

    settings = service.settings
    readiness.prepare()

    def say(decided: Decided) -> None:
        if decided.replies or decided.tap_id:
            said = service.courier.say(decided.replies, decided.tap_id, decided.toast)
            service.nursery.start(said, "replies")
        service.courier.wake()

    turns = Turns(
        service.database,
        build_dispatcher(PRIVATE),
        build_dispatcher(STAFF),
        bot=Bot(settings.token.get_secret_value(), session=NoNetwork()),
        bot_name=lambda: service.bot_name,
        languages=service.content.languages,
        zone=service.zone.key,
        staff_groups=frozenset(settings.staff_groups),
        admins=settings.admins,
        internal={
            "undelivered": service.desks.counselling.undelivered,
            "missed:Digest": service.desks.digests.missed,
        },
        given=given_to_handlers(service),
        say=say,
    )
    lanes = Lanes(turns.take, service.nursery.start, **(_ROOM_ON_POSTGRES if service.shares_database else {}))
    return Dialogue(Intake(service.database, lanes, settings.bot_id), lanes)


def take_over(work: Work, settings: Settings, *, alone: bool) -> None:
    """Start where a process stopped: take over its claims; the admins are those the settings name now."""
    outbox.recover(work, everything=alone)
    for former in cases.admins_except(work, settings.admins):
        former.left_at = work.now
    for admin in settings.admins:
        known = cases.ever_staff(work, admin) or Staff(user_id=admin, role="admin", name="", joined_at=work.now)
        known.role, known.left_at = "admin", None
        work.add(known)
