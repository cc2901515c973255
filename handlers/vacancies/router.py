"""The vacancy talk: words, lists, cards, saving."""

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.benefits.screens import candidates
from handlers.common.taps import Awaiting, Tapped, Typed
from handlers.start.actions import OpenVacancies
from handlers.vacancies import screens
from handlers.vacancies.actions import (
    BackToList,
    ExplainMatching,
    ForgetVacancy,
    OpenVacancy,
    SaveVacancy,
    ShowApply,
    ShowFitting,
    ShowSaved,
    TurnResults,
)
from handlers.vacancies.states import Vacancies
from services.income_support.desk import BenefitsDesk
from services.occupations import Occupations
from services.packs import Pack
from services.screen import Screen
from services.typed import one_line
from services.vacancies.desk import Card, VacancyDesk, local_day
from services.words import Translate
from storage.tables.people import Person
from storage.work import Work

router = Router(name="vacancies")

FITTING, SAVED = "fitting", "saved"
"""Lists that need no words; other lists keep their words in the form."""


def show(step: str, form: dict[str, Any], _: Translate) -> Screen:
    """Show the open question again."""
    return screens.ask_words(_, registered=bool(form.get("search", {}).get("registered")))


async def _remember(state: FSMContext, speaker: Person, **search: Any) -> dict[str, Any]:
    """Keep which list is open, beside an unfinished registration, which is left alone."""
    search["registered"] = speaker.registered_at is not None
    await state.update_data(search=search)
    await state.set_state(Vacancies.words)
    return search


@router.message(Typed("vacancies"))
async def search_asked(message: Message, speaker: Person, state: FSMContext, _: Translate) -> Screen:
    """Ask what to look for."""
    return screens.ask_words(_, registered=(await _remember(state, speaker))["registered"])


@router.callback_query(Tapped(OpenVacancies))
async def search_opened(press: CallbackQuery, speaker: Person, state: FSMContext, _: Translate) -> Screen:
    """Ask what to look for."""
    return screens.ask_words(_, registered=(await _remember(state, speaker))["registered"])


@router.message(Awaiting(Vacancies.words))
async def words_typed(
    message: Message,
    speaker: Person,
    state: FSMContext,
    work: Work,
    vacancies: VacancyDesk,
    benefits: BenefitsDesk,
    pack: Pack,
    _: Translate,
) -> Screen:
    """Search by the words; where no vacancy has them, they may be a question about benefits."""
    words = one_line(message.text, 120)
    if not words:
        raise SkipHandler
    search = await _remember(state, speaker, words=words, page=0)
    if not vacancies.search(work, speaker, words).total:
        answers = benefits.ask(words, _.language, local_day(work, speaker))
        if answers:
            await state.update_data(question=words)
            return candidates(_, answers, pack)
    return _list(vacancies, work, speaker, _, search)


@router.callback_query(Tapped(ShowFitting))
async def fitting_asked(
    press: CallbackQuery, speaker: Person, state: FSMContext, work: Work, vacancies: VacancyDesk, _: Translate
) -> Screen:
    """Show what fits the profile."""
    return _list(vacancies, work, speaker, _, await _remember(state, speaker, list=FITTING, page=0))


@router.callback_query(Tapped(ShowSaved))
async def saved_asked(
    press: CallbackQuery, speaker: Person, state: FSMContext, work: Work, vacancies: VacancyDesk, _: Translate
) -> Screen:
    """Show what the person keeps."""
    return _list(vacancies, work, speaker, _, await _remember(state, speaker, list=SAVED, page=0))


@router.callback_query(Tapped(TurnResults))
async def results_turned(
    press: CallbackQuery,
    tap: TurnResults,
    speaker: Person,
    state: FSMContext,
    work: Work,
    vacancies: VacancyDesk,
    _: Translate,
) -> Screen:
    """Show another page of the list that is open."""
    search = (await state.get_data()).get("search", {})
    return _list(vacancies, work, speaker, _, await _remember(state, speaker, **search | {"page": tap.page}))


@router.callback_query(Tapped(BackToList))
async def list_reopened(
    press: CallbackQuery, speaker: Person, state: FSMContext, work: Work, vacancies: VacancyDesk, _: Translate
) -> Screen:
    """Show the list where it was left."""
    search = (await state.get_data()).get("search", {})
    return _list(vacancies, work, speaker, _, await _remember(state, speaker, **search))


def _list(vacancies: VacancyDesk, work: Work, speaker: Person, _: Translate, search: dict[str, Any]) -> Screen:
    """Show a page of the open list."""
    page, words = int(search.get("page", 0)), str(search.get("words") or "")
    if search.get("list") == SAVED:
        return screens.saved(_, vacancies.saved(work, speaker, page))
    if search.get("list") == FITTING:
        return screens.fitting(_, vacancies.fitting(work, speaker, page))
    if not words:
        return screens.ask_words(_, registered=speaker.registered_at is not None)
    return screens.found(
        _, vacancies.search(work, speaker, words, page), words, registered=speaker.registered_at is not None
    )


@router.callback_query(Tapped(OpenVacancy))
async def vacancy_opened(
    press: CallbackQuery,
    tap: OpenVacancy,
    speaker: Person,
    work: Work,
    vacancies: VacancyDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Show a vacancy."""
    return _card(_, vacancies.open(work, speaker, tap.vacancy), pack, occupations)


@router.callback_query(Tapped(SaveVacancy))
async def vacancy_kept(
    press: CallbackQuery,
    tap: SaveVacancy,
    speaker: Person,
    work: Work,
    vacancies: VacancyDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Keep a vacancy."""
    return _card(_, vacancies.save(work, speaker, tap.vacancy), pack, occupations)


@router.callback_query(Tapped(ForgetVacancy))
async def vacancy_dropped(
    press: CallbackQuery,
    tap: ForgetVacancy,
    speaker: Person,
    work: Work,
    vacancies: VacancyDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen:
    """Keep it no longer."""
    return _card(_, vacancies.forget(work, speaker, tap.vacancy), pack, occupations)


def _card(_: Translate, shown: Card | None, pack: Pack, occupations: Occupations) -> Screen:
    if shown is None:
        return screens.gone(_)
    return screens.card(_, shown, pack, occupations.title(shown.vacancy.occupation or "", _.language))


@router.callback_query(Tapped(ShowApply))
async def apply_asked(
    press: CallbackQuery, tap: ShowApply, speaker: Person, work: Work, vacancies: VacancyDesk, _: Translate
) -> Screen:
    """Tell how to apply."""
    shown = vacancies.open(work, speaker, tap.vacancy)
    return screens.apply(_, shown.vacancy) if shown else screens.gone(_)


@router.callback_query(Tapped(ExplainMatching))
async def matching_asked(press: CallbackQuery, _: Translate) -> Screen:
    """Show the rules of matching."""
    return screens.explain_matching(_)
