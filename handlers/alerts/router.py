"""The daily digest: choose its hour, turn it off."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.alerts import screens
from handlers.alerts.actions import PickHour, TurnOff
from handlers.common.taps import Tapped, Typed
from handlers.start.actions import OpenAlerts
from services.alerts.desk import DigestDesk
from services.occupations import Occupations
from services.packs import Pack
from services.screen import Screen
from services.words import Translate
from storage.tables.people import Person
from storage.work import Work

router = Router(name="alerts")


@router.message(Typed("alerts"))
async def alerts_asked(message: Message, speaker: Person, pack: Pack, occupations: Occupations, _: Translate) -> Screen:
    """Show the digest's hour."""
    return _show(_, speaker, pack, occupations)


@router.callback_query(Tapped(OpenAlerts))
async def alerts_opened(
    press: CallbackQuery, speaker: Person, pack: Pack, occupations: Occupations, _: Translate
) -> Screen:
    """Show the digest's hour."""
    return _show(_, speaker, pack, occupations)


def _show(_: Translate, speaker: Person, pack: Pack, occupations: Occupations) -> Screen:
    if speaker.occupation is None:
        return screens.register_first(_)
    return screens.ask_hour(_, speaker, pack, occupations.title(speaker.occupation, _.language))


@router.callback_query(Tapped(PickHour))
async def hour_picked(
    press: CallbackQuery,
    tap: PickHour,
    speaker: Person,
    work: Work,
    digests: DigestDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Turn the digest on at this hour."""
    if speaker.occupation is None or not digests.choose_hour(work, speaker, tap.hour, _.language):
        return _show(_, speaker, pack, occupations)
    return screens.turned_on(_, tap.hour)


@router.callback_query(Tapped(TurnOff))
async def turned_off(press: CallbackQuery, speaker: Person, work: Work, digests: DigestDesk, _: Translate) -> Screen:
    """Turn the digest off."""
    digests.turn_off(work, speaker)
    return screens.turned_off(_)
