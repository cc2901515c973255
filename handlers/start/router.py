"""The first screens: language, the menu, help, stopping."""

from dataclasses import replace

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import ChatMemberUpdated, Message, User

from handlers.common.paths import Paths, draft_step, leave_form
from handlers.common.taps import Otherwise, Tapped, Typed
from handlers.deletion.screens import deletion_lines, undoing
from handlers.registration.screens import stopped_at
from handlers.sharing.screens import people_here
from handlers.start import screens
from handlers.start.actions import OpenLanguages, PickLanguage
from services.actions import GoHome
from services.counselling.desk import CaseDesk
from services.packs import Pack
from services.people.desk import RegistrationDesk
from services.people.sharing import SharingDesk
from services.screen import Screen, lines
from services.words import Languages, Translate
from storage.tables.people import Person
from storage.work import Work

router = Router(name="start")


@router.message(Typed("start"))
async def said_hello(
    message: Message,
    speaker: Person,
    state: FSMContext,
    languages: Languages,
    sender: User,
    _: Translate,
    work: Work,
    counselling: CaseDesk,
    sharing: SharingDesk,
    pack: Pack,
) -> Screen:
    """Ask a newcomer for their language, a shared phone who it is for; offer an unfinished form; else show the menu."""
    if speaker.language is None:
        return screens.ask_language(languages, languages.guess(sender.language_code))
    here = sharing.here(work, speaker)
    step = await draft_step(state)
    unfinished = stopped_at(_, pack, step) if step is not None else ""
    if len(here) > 1:
        return people_here(_, here, unfinished)
    if unfinished and speaker.erase_at is None:
        return screens.offer_to_go_on(_, unfinished)
    return _home(_, work, speaker, counselling, shared=False)


def _home(_: Translate, work: Work, speaker: Person, counselling: CaseDesk, *, shared: bool) -> Screen:
    """Show the menu; over it, what becomes of data whose deletion was asked for."""
    home = screens.home(_, speaker, with_case=counselling.open_case(work, speaker) is not None, shared=shared)
    if speaker.erase_at is None:
        return home
    above = lines(*deletion_lines(_, speaker, work.now), "", home.text)
    return replace(home, text=above, rows=(*undoing(_, speaker, work.now), *home.rows))


@router.callback_query(Tapped(PickLanguage))
async def language_picked(
    press: object,
    tap: PickLanguage,
    speaker: Person,
    registration: RegistrationDesk,
    languages: Languages,
    pack: Pack,
    state: FSMContext,
    paths: Paths,
) -> Screen:
    """Speak in the picked language: the open step again, or the welcome to a newcomer."""
    newcomer = speaker.language is None
    if tap.language in languages.offered:
        registration.choose_language(speaker, tap.language)
    translate = languages[speaker.language or tap.language]
    shown = await paths.here(state, translate)
    if shown is not None:
        return shown
    return screens.welcome(translate, pack) if newcomer else screens.home(translate, speaker)


@router.message(Typed("language"))
async def language_asked(message: Message, languages: Languages, speaker: Person, sender: User) -> Screen:
    """Show the languages."""
    return screens.ask_language(languages, speaker.language or languages.guess(sender.language_code))


@router.callback_query(Tapped(OpenLanguages))
async def languages_opened(press: object, languages: Languages, speaker: Person, sender: User) -> Screen:
    """Show the languages."""
    return screens.ask_language(languages, speaker.language or languages.guess(sender.language_code))


@router.message(Typed("menu"))
async def menu_asked(
    message: Message,
    speaker: Person,
    state: FSMContext,
    _: Translate,
    work: Work,
    counselling: CaseDesk,
    sharing: SharingDesk,
) -> Screen:
    """Show the menu; an unfinished registration waits."""
    await leave_form(state)
    return _home(_, work, speaker, counselling, shared=len(sharing.here(work, speaker)) > 1)


@router.callback_query(Tapped(GoHome))
async def home_pressed(
    press: object,
    speaker: Person,
    state: FSMContext,
    _: Translate,
    work: Work,
    counselling: CaseDesk,
    sharing: SharingDesk,
) -> Screen:
    """Show the menu; an unfinished registration waits."""
    await leave_form(state)
    return _home(_, work, speaker, counselling, shared=len(sharing.here(work, speaker)) > 1)


@router.message(Typed("cancel"))
async def form_left(message: Message, speaker: Person, state: FSMContext, _: Translate) -> Screen:
    """Leave the form; what it held is deleted."""
    in_form = await draft_step(state) is not None
    await state.clear()
    return screens.left_form(_, speaker) if in_form else screens.home(_, speaker)


@router.message(Typed("help"))
async def help_asked(message: Message, _: Translate, pack: Pack) -> Screen:
    """Explain what can be done here."""
    return screens.explain(_, pack)


@router.message(Typed("stop"))
async def stop_asked(
    message: Message, speaker: Person, registration: RegistrationDesk, work: Work, _: Translate
) -> Screen:
    """Stop everything that comes unasked."""
    return screens.stopped(_, shared=registration.stop_proactive(work, speaker))


@router.my_chat_member(Otherwise())
async def let_in_or_out(event: ChatMemberUpdated, speaker: Person, registration: RegistrationDesk, work: Work) -> None:
    """Remember whether the person blocked the bot or let it in again."""
    if event.new_chat_member.status == "kicked":
        registration.unreachable(work, speaker, "blocked")
    else:
        registration.reachable(work, speaker)
