"""My data: shows what is stored."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.common.taps import Tapped, Typed
from handlers.mydata import screens
from handlers.start.actions import OpenMyData
from services.occupations import Occupations
from services.packs import Pack
from services.people.desk import RegistrationDesk
from services.screen import Screen
from services.words import Translate
from storage.tables.people import Person
from storage.work import Work

router = Router(name="mydata")


@router.message(Typed("mydata"))
async def mydata_asked(
    message: Message,
    speaker: Person,
    work: Work,
    registration: RegistrationDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Show what is stored."""
    return screens.stored(_, registration.stored(work, speaker), pack, occupations)


@router.callback_query(Tapped(OpenMyData))
async def mydata_opened(
    press: CallbackQuery,
    speaker: Person,
    work: Work,
    registration: RegistrationDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Show what is stored."""
    return screens.stored(_, registration.stored(work, speaker), pack, occupations)
