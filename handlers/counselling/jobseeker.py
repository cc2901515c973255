"""The jobseeker's side: asking for a human, waiting, talking, leaving."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.benefits.screens import UNANSWERED, question
from handlers.common.paths import leave_list
from handlers.common.taps import Held, Otherwise, Tapped, Typed, command_in
from handlers.counselling import screens
from handlers.counselling.actions import LeaveCase
from handlers.counselling.states import Counselling
from handlers.deletion.actions import DeleteNow, UndoDeletion
from handlers.start.actions import AskCounsellor, OpenMyData, PickLanguage
from services.actions import unpack
from services.counselling.desk import CaseDesk, NoDesk
from services.packs import Pack
from services.people.sharing import LINK
from services.screen import Screen, Toast
from services.typed import clean
from services.words import Translate
from storage.queries import people
from storage.tables.people import Conversation, Person
from storage.tables.vacancies import Vacancy
from storage.work import Work

router = Router(name="counselling")

STILL_WORK = frozenset({"end", "stop", "mydata", "help", "people", "language"})
"""Commands that act while a human is there: leaving, one's rights, and who and in which language this is for."""

RIGHTS = ("handlers.mydata.", "handlers.consents.", "handlers.sharing.")
STILL_PRESSED = (LeaveCase, OpenMyData, PickLanguage, UndoDeletion, DeleteNow)
"""Buttons that act while a human is there, besides those of one's rights and of sharing a phone. (The word that confirms a
deletion has to be typed, and what is typed now goes to the counsellor.)"""


@router.message(Held(Counselling.talking))
async def said_to_counsellor(
    message: Message, speaker: Person, work: Work, counselling: CaseDesk, bot_name: str, _: Translate
) -> Screen | None:
    """Carry everything to the counsellor; the bot says nothing."""
    command, argument = command_in(message.text, bot_name)
    if command in STILL_WORK or (command == "start" and argument.startswith(LINK)):
        raise SkipHandler
    return _carry(message, speaker, work, counselling, _)


@router.edited_message(Otherwise())
async def edited_what_was_said(
    message: Message, speaker: Person, work: Work, counselling: CaseDesk, _: Translate
) -> Screen | None:
    """Carry an edit to the counsellor, marked as one; on a shared phone nobody can tell whose message it was."""
    case = counselling.open_case(work, speaker)
    words = clean(message.text)
    if case is None or not words:
        raise SkipHandler
    if people.shares_account(work, speaker):
        return screens.edit_not_carried(_)
    counselling.add(work, speaker, case, words, edited=True)
    return None


@router.callback_query(Held(Counselling.talking))
async def pressed_while_talking(
    press: CallbackQuery, speaker: Person, work: Work, counselling: CaseDesk, _: Translate
) -> Toast:
    """Answer presses with a toast only."""
    tap = unpack(press.data)
    if isinstance(tap, STILL_PRESSED) or type(tap).__module__.startswith(RIGHTS):
        raise SkipHandler
    case = counselling.open_case(work, speaker)
    return screens.still_with(_, counselling.assignee(work, case) if case else "")


@router.message(Typed("counsellor"))
async def counsellor_asked(
    message: Message,
    speaker: Person,
    talk: Conversation,
    state: FSMContext,
    work: Work,
    counselling: CaseDesk,
    pack: Pack,
    _: Translate,
    argument: str,
) -> Screen:
    """Open a case; words behind the command are the question."""
    await leave_list(state)
    return _ask(_, work, speaker, talk, counselling, pack, clean(argument) or None)


@router.callback_query(Tapped(AskCounsellor))
async def counsellor_pressed(
    press: CallbackQuery,
    tap: AskCounsellor,
    speaker: Person,
    talk: Conversation,
    state: FSMContext,
    work: Work,
    counselling: CaseDesk,
    pack: Pack,
    _: Translate,
) -> Screen:
    """Open a case; a typed question that had no answer goes with it."""
    await leave_list(state)
    question = (
        (await state.get_data()).get("question") if tap.about == UNANSWERED else _subject(_, work, tap.about, pack)
    )
    return _ask(_, work, speaker, talk, counselling, pack, question)


def _subject(_: Translate, work: Work, about: str, pack: Pack) -> str | None:
    """Say what the person was looking at, so that they need not repeat it."""
    kind, name = about[:1], about[1:]
    if kind == "v" and name.isdigit():
        vacancy = work.find(Vacancy, int(name))
        return f"{vacancy.title}, {vacancy.employer} ({vacancy.source_id})" if vacancy else None
    answer = pack.answer(name) if kind == "b" else None
    return question(answer, pack, _) if answer else None


def _ask(
    _: Translate,
    work: Work,
    speaker: Person,
    talk: Conversation,
    counselling: CaseDesk,
    pack: Pack,
    question: str | None,
) -> Screen:
    try:
        _case, is_new = counselling.ask(work, speaker, talk, question)
    except NoDesk:
        return screens.no_desk(_, pack)
    return screens.passed_on(_, with_question=question is not None) if is_new else screens.already_waiting(_)


@router.message(Typed("end"))
async def end_asked(
    message: Message, speaker: Person, talk: Conversation, work: Work, counselling: CaseDesk, _: Translate
) -> Screen:
    """End the talk or the waiting."""
    return _leave(_, work, speaker, talk, counselling)


@router.callback_query(Tapped(LeaveCase))
async def end_pressed(
    press: CallbackQuery, speaker: Person, talk: Conversation, work: Work, counselling: CaseDesk, _: Translate
) -> Screen:
    """End the talk or the waiting."""
    return _leave(_, work, speaker, talk, counselling)


def _leave(_: Translate, work: Work, speaker: Person, talk: Conversation, counselling: CaseDesk) -> Screen:
    case = counselling.leave(work, speaker, talk)
    return screens.left_case(_, kept_step=bool(case.kept_step)) if case else screens.nothing_to_end(_)


@router.message(Otherwise())
async def added_while_waiting(
    message: Message, speaker: Person, state: FSMContext, work: Work, counselling: CaseDesk, _: Translate
) -> Screen | None:
    """While a case waits, free text belongs to it and nothing answers in the counsellor's place."""
    if await state.get_state() is not None or counselling.open_case(work, speaker) is None:
        raise SkipHandler
    return _carry(message, speaker, work, counselling, _) or screens.added(_)


def _carry(message: Message, speaker: Person, work: Work, counselling: CaseDesk, _: Translate) -> Screen | None:
    """Put text into the case; anything else is refused at once, so that nobody waits for an answer to it."""
    case = counselling.open_case(work, speaker)
    words = clean(message.text)
    if case is None or not words:
        return screens.only_text_to_counsellor(_)
    counselling.add(work, speaker, case, words)
    return None
