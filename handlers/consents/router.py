"""What a person may agree to: shown, given, taken back."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.paths import wait_at
from handlers.common.screens import outdated
from handlers.common.taps import Awaiting, Tapped
from handlers.consents import screens
from handlers.consents.actions import Agree, OpenChoices, TakeBack
from handlers.consents.states import Consents
from services.alerts.desk import DigestDesk
from services.packs import Pack
from services.people.purposes import PurposeDesk, Standing
from services.screen import Said, Screen
from services.understanding.choices import read_choice
from services.words import Translate
from storage.tables.people import Person
from storage.work import Work

router = Router(name="consents")


@router.callback_query(Tapped(OpenChoices))
async def choices_opened(
    press: CallbackQuery,
    speaker: Person,
    state: FSMContext,
    work: Work,
    purposes: PurposeDesk,
    pack: Pack,
    _: Translate,
) -> Screen:
    """Show what the person may agree to; a number means a line of it."""
    await wait_at(state, Consents.choosing)
    return screens.choices(_, purposes.standing(work, speaker), pack)


@router.message(Awaiting(Consents.choosing))
async def choice_typed(
    message: Message,
    speaker: Person,
    state: FSMContext,
    work: Work,
    purposes: PurposeDesk,
    pack: Pack,
    _: Translate,
) -> Screen:
    """Show the purpose that was meant, and change nothing; whatever is no line of the list is for somebody else."""
    standings = purposes.standing(work, speaker)
    names = [pack.wording(one.purpose.names, _.language) for one in standings]
    chosen = read_choice(message.text, names, _.language) if message.text else None
    if chosen is None:
        await state.set_state(None)
        raise SkipHandler
    return screens.one(_, standings[chosen], pack)


@router.callback_query(Tapped(Agree))
async def agreed(
    press: CallbackQuery,
    tap: Agree,
    speaker: Person,
    state: FSMContext,
    work: Work,
    purposes: PurposeDesk,
    pack: Pack,
    _: Translate,
) -> Said | list[Said]:
    """Record a yes to the text that was read; under an older text it counts for nothing, and today's is shown."""
    await wait_at(state, Consents.choosing)
    meant = _meant(purposes.standing(work, speaker), tap.purpose)
    if meant is None or meant.purpose.version != tap.edition or tap.language not in meant.purpose.texts:
        return [outdated(_), screens.choices(_, purposes.standing(work, speaker), pack)]
    purposes.give(work, speaker, meant.purpose.key, tap.language)
    return screens.agreed(_, purposes.standing(work, speaker), pack, tap.purpose)


@router.callback_query(Tapped(TakeBack))
async def taken_back(
    press: CallbackQuery,
    tap: TakeBack,
    speaker: Person,
    state: FSMContext,
    work: Work,
    purposes: PurposeDesk,
    digests: DigestDesk,
    pack: Pack,
    _: Translate,
) -> Said | list[Said]:
    """End an agreement at once; the daily vacancies end with theirs."""
    await wait_at(state, Consents.choosing)
    meant = _meant(purposes.standing(work, speaker), tap.purpose)
    if meant is None or meant.consent is None:
        return [outdated(_), screens.choices(_, purposes.standing(work, speaker), pack)]
    purposes.withdraw(work, speaker, meant.purpose.key)
    if tap.purpose == screens.ALERTS:
        digests.turn_off(work, speaker)
    return screens.taken_back(_, purposes.standing(work, speaker), pack)


def _meant(standings: list[Standing], purpose: str) -> Standing | None:
    """Find the purpose a press names: it comes from a phone, so it may name anything."""
    return next((one for one in standings if one.purpose.key == purpose), None)
