"""The benefits talk, and every text that nobody else waits for: first a search here, then the offer of a human."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.benefits import screens
from handlers.benefits.actions import OpenAnswer
from handlers.common.paths import leave_list
from handlers.common.taps import Otherwise, Tapped, Typed
from handlers.start.actions import OpenBenefits
from services.income_support.desk import BenefitsDesk
from services.packs import Pack
from services.screen import Screen
from services.typed import one_line
from services.vacancies.desk import local_day
from services.words import Translate
from storage.tables.people import Person
from storage.work import Work

router = Router(name="benefits")

LONGEST_QUESTION = 500


@router.message(Typed("benefits"))
async def benefits_asked(
    message: Message,
    speaker: Person,
    state: FSMContext,
    work: Work,
    benefits: BenefitsDesk,
    pack: Pack,
    _: Translate,
) -> Screen:
    """List the questions."""
    await leave_list(state)
    return screens.menu(_, benefits.all(local_day(work, speaker)), pack)


@router.callback_query(Tapped(OpenBenefits))
async def benefits_opened(
    press: CallbackQuery,
    speaker: Person,
    state: FSMContext,
    work: Work,
    benefits: BenefitsDesk,
    pack: Pack,
    _: Translate,
) -> Screen:
    """List the questions."""
    await leave_list(state)
    return screens.menu(_, benefits.all(local_day(work, speaker)), pack)


@router.callback_query(Tapped(OpenAnswer))
async def answer_opened(
    press: CallbackQuery, tap: OpenAnswer, speaker: Person, work: Work, benefits: BenefitsDesk, pack: Pack, _: Translate
) -> Screen:
    """Show an answer."""
    found = benefits.answer(tap.slug, local_day(work, speaker))
    return screens.answer(_, found, pack) if found else screens.outdated(_)


@router.message(Otherwise())
async def something_asked(
    message: Message, speaker: Person, state: FSMContext, work: Work, benefits: BenefitsDesk, pack: Pack, _: Translate
) -> Screen:
    """Look for an answer; keep the question, so that a counsellor gets it with one tap."""
    words = one_line(message.text, LONGEST_QUESTION)
    if not words or await state.get_state() is not None:
        raise SkipHandler
    await state.update_data(question=words)
    found = benefits.ask(words, _.language, local_day(work, speaker))
    if not found:
        return screens.no_answer(_)
    return screens.answer(_, found[0], pack) if len(found) == 1 else screens.candidates(_, found, pack)
