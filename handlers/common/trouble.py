"""What nobody else answers: old buttons, kinds of message we cannot read, edited messages."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common import screens
from handlers.common.paths import Paths
from handlers.common.taps import Otherwise
from handlers.start.screens import home
from services.screen import Screen, Toast
from services.words import Translate
from storage.tables.people import Person

router = Router(name="trouble")


@router.callback_query(Otherwise())
async def old_button_pressed(
    press: CallbackQuery, speaker: Person, state: FSMContext, paths: Paths, _: Translate
) -> list[Screen | Toast]:
    """Show today's version of the step in place of the old list."""
    fresh = await paths.here(state, _) or home(_, speaker)
    return [screens.outdated(_), fresh]


@router.message(Otherwise())
async def unreadable_sent(message: Message, state: FSMContext, paths: Paths, _: Translate) -> list[Screen]:
    """Say kindly that only text is read here, and ask the open question again."""
    again = await paths.here(state, _)
    return [screens.only_text(_)] + ([again] if again else [])


@router.edited_message(Otherwise())
async def earlier_message_edited(message: Message, state: FSMContext, _: Translate) -> Screen | None:
    """An edit never moves a form: say so while one is open."""
    return screens.edit_not_taken(_) if await state.get_state() else None
