"""The vacancy talk: words, lists, cards, saving."""

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.taps import Awaiting, Tapped, Typed
from handlers.start.actions import OpenVacancies
from handlers.vacancies import screens
from handlers.vacancies.actions import (
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
from services.occupations import Occupations
from services.packs import Pack
from services.screen import Screen
from services.typed import one_line
from services.vacancies.desk import Card, VacancyDesk
from services.words import Translate
from storage.tables.people import Person
from storage.work import Work

router = Router(name="vacancies")

FITTING, SAVED = "fitting", "saved"
"""Lists that need no words; other lists keep their words in the form."""


def show(step: str, form: dict[str, Any], _: Translate) -> Screen:
    """Show the open question again."""
    return screens.ask_words(_, registered=bool(form.get("registered")))


async def _ask(speaker: Person, state: FSMContext, _: Translate) -> Screen:
    registered = speaker.registered_at is not None
    await state.set_data({"registered": registered})
    await state.set_state(Vacancies.words)
    return screens.ask_words(_, registered=registered)


@router.message(Typed("vacancies"))
async def search_asked(message: Message, speaker: Person, state: FSMContext, _: Translate) -> Screen:
    """Ask what to look for."""
    return await _ask(speaker, state, _)


@router.callback_query(Tapped(OpenVacancies))
async def search_opened(press: CallbackQuery, speaker: Person, state: FSMContext, _: Translate) -> Screen:
    """Ask what to look for."""
    return await _ask(speaker, state, _)


@router.message(Awaiting(Vacancies.words))
async def words_typed(
    message: Message, speaker: Person, state: FSMContext, work: Work, vacancies: VacancyDesk, _: Translate
) -> Screen:
    """Search by the words."""
    words = one_line(message.text, 120)
    if not words:
        raise SkipHandler
    await state.update_data(words=words, list=None)
    return _list(vacancies, work, speaker, _, {"words": words}, page=0)


@router.callback_query(Tapped(ShowFitting))
async def fitting_asked(
    press: CallbackQuery, speaker: Person, state: FSMContext, work: Work, vacancies: VacancyDesk, _: Translate
) -> Screen:
    """Show what fits the profile."""
    return await _open_list(state, vacancies, work, speaker, _, FITTING)


@router.callback_query(Tapped(ShowSaved))
async def saved_asked(
    press: CallbackQuery, speaker: Person, state: FSMContext, work: Work, vacancies: VacancyDesk, _: Translate
) -> Screen:
    """Show what the person keeps."""
    return await _open_list(state, vacancies, work, speaker, _, SAVED)


async def _open_list(
    state: FSMContext, vacancies: VacancyDesk, work: Work, speaker: Person, _: Translate, kind: str
) -> Screen:
    form = {"list": kind, "registered": speaker.registered_at is not None}
    await state.set_data(form)
    await state.set_state(Vacancies.words)
    return _list(vacancies, work, speaker, _, form, page=0)


@router.callback_query(Awaiting(Vacancies.words), Tapped(TurnResults))
async def results_turned(
    press: CallbackQuery,
    tap: TurnResults,
    speaker: Person,
    state: FSMContext,
    work: Work,
    vacancies: VacancyDesk,
    _: Translate,
) -> Screen:
    """Show another page of the open list."""
    return _list(vacancies, work, speaker, _, await state.get_data(), tap.page)


def _list(vacancies: VacancyDesk, work: Work, speaker: Person, _: Translate, form: dict[str, Any], page: int) -> Screen:
    """Show a page of the list the form names."""
    if form.get("list") == SAVED:
        found = vacancies.saved(work, speaker, page)
        return screens.results(_, found, _("My saved vacancies")) if found.total else screens.nothing_saved(_)
    if form.get("list") == FITTING:
        found = vacancies.fitting(work, speaker, page)
        return screens.results(_, found, _("What fits you")) if found.total else screens.nothing_found(_)
    words = str(form.get("words") or "")
    if not words:
        return screens.ask_words(_, registered=speaker.registered_at is not None)
    found = vacancies.search(work, speaker, words, page)
    return screens.results(_, found, _("Vacancies: {words}", words=words)) if found.total else screens.nothing_found(_)


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
