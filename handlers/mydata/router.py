"""My data: what is stored, line by line, and a copy of it."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.common.taps import Tapped, Typed
from handlers.mydata import screens
from handlers.mydata.actions import GetCopy, OpenPart
from handlers.mydata.copy.document import copies_of
from handlers.start.actions import OpenMyData
from services.occupations import Occupations
from services.packs import Pack
from services.people.export import CopyDesk
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
    copies: CopyDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Show what is stored, in short."""
    return screens.stored(_, copies.kept(work, speaker), screens.Content(pack, occupations), work.now)


@router.callback_query(Tapped(OpenMyData))
async def mydata_opened(
    press: CallbackQuery,
    speaker: Person,
    work: Work,
    copies: CopyDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Show what is stored, in short."""
    return screens.stored(_, copies.kept(work, speaker), screens.Content(pack, occupations), work.now)


@router.callback_query(Tapped(OpenPart))
async def part_opened(
    press: CallbackQuery,
    tap: OpenPart,
    speaker: Person,
    work: Work,
    copies: CopyDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Show one part line by line."""
    return screens.part(_, copies.kept(work, speaker), screens.Content(pack, occupations), tap.number)


@router.callback_query(Tapped(GetCopy))
async def copy_asked(
    press: CallbackQuery,
    speaker: Person,
    work: Work,
    copies: CopyDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Send a copy of everything as two files, once in a while."""
    if copies.too_soon(work, speaker):
        return screens.copy_too_soon(_)
    made = copies_of(_, work, speaker, copies, screens.Content(pack, occupations))
    return screens.copy_coming(_) if copies.hand_out(work, speaker, made) else screens.copy_too_big(_)
