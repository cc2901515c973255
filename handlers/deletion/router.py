"""Having one's data deleted: asked for, confirmed with the word, undone, or done at once."""

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.screens import outdated
from handlers.common.taps import Awaiting, Tapped
from handlers.deletion import screens
from handlers.deletion.actions import DeleteMyData, DeleteNow, KeepMyData, UndoDeletion
from handlers.deletion.states import Deletion
from handlers.start.screens import home
from services.people.erasure import ErasureDesk, confirms
from services.screen import Said, Screen
from services.words import Languages, Translate
from storage.tables.people import Person
from storage.work import Work

router = Router(name="deletion")


def show(step: str, form: dict[str, Any], _: Translate) -> Screen:
    """Show again what waits for the word."""
    return screens.explain_deletion(_) if step == "word" else screens.ask_word_again(_)


@router.callback_query(Tapped(DeleteMyData))
async def deletion_wanted(
    press: CallbackQuery, speaker: Person, state: FSMContext, work: Work, erasure: ErasureDesk, _: Translate
) -> Screen:
    """Explain what goes and what stays, and wait for the word."""
    if speaker.erase_at is not None:
        return screens.being_deleted(_, speaker, work.now)
    await state.set_state(Deletion.word)
    return screens.explain_deletion(_, erasure.helped(work, speaker))


@router.message(Awaiting(Deletion.word, Deletion.word_again))
async def word_typed(
    message: Message,
    speaker: Person,
    state: FSMContext,
    work: Work,
    erasure: ErasureDesk,
    languages: Languages,
    _: Translate,
) -> Screen:
    """Begin the deletion for the word, in any offered language; after two other words leave everything as it is."""
    if message.text is None:
        raise SkipHandler
    words = {screens.word(languages[code]) for code in languages.offered} | {screens.ENGLISH_WORD}
    if confirms(message.text, words):
        await state.set_state(None)
        erasure.ask(work, speaker)
        return screens.being_deleted(_, speaker, work.now)
    if await state.get_state() == Deletion.word:
        await state.set_state(Deletion.word_again)
        return screens.ask_word_again(_)
    await state.set_state(None)
    return screens.nothing_deleted(_)


@router.callback_query(Tapped(KeepMyData))
async def kept_after_all(press: CallbackQuery, speaker: Person, state: FSMContext, work: Work, _: Translate) -> Screen:
    """Leave everything as it is; once a deletion was confirmed, only Undo does that."""
    if await state.get_state() in {Deletion.word, Deletion.word_again}:
        await state.set_state(None)
    if speaker.erase_at is not None:
        return screens.being_deleted(_, speaker, work.now)
    return screens.nothing_deleted(_)


@router.callback_query(Tapped(UndoDeletion))
async def deletion_undone(
    press: CallbackQuery, tap: UndoDeletion, speaker: Person, work: Work, erasure: ErasureDesk, _: Translate
) -> Said | list[Said]:
    """Take the deletion back, as long as it is not final."""
    if tap.person != speaker.id or not erasure.undo(work, speaker):
        return [outdated(_), _today(_, speaker, work)]
    return screens.undone(_)


@router.callback_query(Tapped(DeleteNow))
async def deletion_hastened(
    press: CallbackQuery, tap: DeleteNow, speaker: Person, work: Work, erasure: ErasureDesk, _: Translate
) -> Said | list[Said]:
    """Delete at once; an old press, or one under another person's screen, deletes nothing."""
    if tap.person != speaker.id or not erasure.hasten(work, speaker):
        return [outdated(_), _today(_, speaker, work)]
    return screens.deleting(_)


def _today(_: Translate, speaker: Person, work: Work) -> Screen:
    return screens.being_deleted(_, speaker, work.now) if speaker.erase_at else home(_, speaker)
