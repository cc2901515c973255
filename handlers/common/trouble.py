"""What nobody else answers: old buttons, kinds of message we cannot read, edited messages."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, User

from handlers.common import screens
from handlers.common.actions import TryAgain
from handlers.common.paths import Paths
from handlers.common.taps import Otherwise, Tapped
from handlers.start.screens import home
from services.screen import Screen, Toast
from services.words import Translate
from storage import inbox
from storage.queries import cases
from storage.tables.people import Person
from storage.tables.records import Audit
from storage.work import Work

router = Router(name="trouble")


@router.callback_query(Tapped(TryAgain))
async def trial_wanted(press: CallbackQuery, tap: TryAgain, sender: User, work: Work, _: Translate) -> Toast:
    """Open a given-up update again; pressing twice adds nothing."""
    staff = cases.staff_by_account(work, sender.id)
    allowed = staff is not None and staff.role == "admin"
    outcome = "not_allowed" if not allowed else "done" if inbox.replay(work, tap.row) else "not_dead"
    work.add(Audit(at=work.now, actor=f"account:{sender.id}", act="replay", about=f"inbox:{tap.row}", outcome=outcome))
    return screens.tried_again(_, outcome)


@router.callback_query(Otherwise())
async def old_button_pressed(
    press: CallbackQuery, speaker: Person, state: FSMContext, paths: Paths, _: Translate
) -> list[Screen | Toast]:
    """Show today's version of the step in place of the old list."""
    fresh = await paths.here(state, _) or home(_, speaker)
    return [screens.outdated(_), fresh]


@router.message(Otherwise())
async def unreadable_sent(message: Message, state: FSMContext, paths: Paths, _: Translate) -> list[Screen]:
    """Say kindly that only text is read here, and ask the open question again. An album, which comes in parts, is answered once."""
    if message.media_group_id is not None:
        if (await state.get_data()).get("album") == message.media_group_id:
            return []
        await state.update_data(album=message.media_group_id)
    again = await paths.here(state, _)
    return [screens.only_text(_)] + ([again] if again else [])


@router.edited_message(Otherwise())
async def earlier_message_edited(message: Message, state: FSMContext, _: Translate) -> Screen | None:
    """An edit never moves a form: say so while one is open."""
    return screens.edit_not_taken(_) if await state.get_state() else None
