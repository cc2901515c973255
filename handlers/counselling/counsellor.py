"""The staff's side, in the topics of a staff group. Who acts is decided by the acting account, now."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.common.guards import Room
from handlers.common.taps import Otherwise, Tapped, Typed
from handlers.counselling import screens
from handlers.counselling.actions import CloseCase, TakeCase
from services.counselling.desk import CaseDesk, Refusal
from services.screen import Screen, Toast, screen
from services.typed import clean
from services.words import Translate
from storage.tables.counselling import Case
from storage.work import Work

router = Router(name="counsellor")


def _turned_away(room: Room, _: Translate) -> Screen | None:
    """Say why nothing can be done here by this account; None when it may try."""
    if room.is_nobody:
        return screens.nobody(_)
    if room.place is None:
        return screens.only_in_topics(_)
    if room.staff is None:
        return screen(screens.refused(_, Refusal("not_staff")))
    return None


@router.message(Typed("take"))
async def case_claimed(message: Message, room: Room, work: Work, counselling: CaseDesk, _: Translate) -> Screen | None:
    """Take the case."""
    return _turned_away(room, _) or _said(_take(room, work, counselling), _)


@router.callback_query(Tapped(TakeCase))
async def take_pressed(
    press: CallbackQuery, room: Room, work: Work, counselling: CaseDesk, _: Translate
) -> Toast | None:
    """Take the case; the loser hears who won."""
    return _toast(_turned_away(room, _) or _said(_take(room, work, counselling), _))


def _take(room: Room, work: Work, counselling: CaseDesk) -> Case | Refusal:
    if room.place is None or room.staff is None:
        return Refusal("not_staff")
    return counselling.take(work, room.place, room.staff)


def _said(result: Case | Refusal | None, _: Translate) -> Screen | None:
    """Word a refusal; what succeeded is told by its letters."""
    return screen(screens.refused(_, result)) if isinstance(result, Refusal) else None


def _toast(shown: Screen | None) -> Toast | None:
    """Say a refusal of a press over the chat, where only the presser sees it."""
    return Toast("".join(piece for piece in shown.text if isinstance(piece, str))) if shown else None


@router.message(Typed("close"))
async def close_asked(message: Message, room: Room, work: Work, counselling: CaseDesk, _: Translate) -> Screen | None:
    """Close the case."""
    return _turned_away(room, _) or _said(result := _close(room, work, counselling), _) or _closed(result, _)


@router.callback_query(Tapped(CloseCase))
async def close_pressed(
    press: CallbackQuery, room: Room, work: Work, counselling: CaseDesk, _: Translate
) -> Screen | Toast | None:
    """Close the case."""
    away = _turned_away(room, _)
    if away is not None:
        return _toast(away)
    result = _close(room, work, counselling)
    return _toast(_said(result, _)) or _closed(result, _)


def _close(room: Room, work: Work, counselling: CaseDesk) -> Case | Refusal:
    if room.place is None or room.staff is None:
        return Refusal("not_staff")
    return counselling.close(work, room.place, room.staff)


def _closed(result: Case | Refusal, _: Translate) -> Screen | None:
    return screens.closed(_) if isinstance(result, Case) else None


@router.message(Typed("note"))
async def note_left(
    message: Message, room: Room, work: Work, counselling: CaseDesk, argument: str, _: Translate
) -> Screen | None:
    """Keep a note for staff."""
    away = _turned_away(room, _)
    if away is not None or room.place is None or room.staff is None:
        return away
    refusal = counselling.note(work, room.place, room.staff, clean(argument))
    return _said(refusal, _) or screens.note_kept(_)


@router.message(Otherwise())
async def said_in_topic(message: Message, room: Room, work: Work, counselling: CaseDesk, _: Translate) -> Screen | None:
    """Carry the assignee's words to the jobseeker; say so when nothing was sent."""
    if room.place is None or _is_service(message):
        return None
    away = _turned_away(room, _)
    if away is not None or room.staff is None:
        return away
    return _said(counselling.answer(work, room.place, room.staff, clean(message.text)), _)


@router.edited_message(Otherwise())
async def edited_in_topic(
    message: Message, room: Room, work: Work, counselling: CaseDesk, _: Translate
) -> Screen | None:
    """Carry the assignee's corrected words, marked as an edit."""
    if room.place is None or room.staff is None or room.is_nobody:
        return None
    words = clean(message.text)
    return _said(counselling.answer(work, room.place, room.staff, words, edited=True), _) if words else None


def _is_service(message: Message) -> bool:
    """Tell messages that only report what happened to the topic or the group."""
    return any(
        getattr(message, name)
        for name in (
            "forum_topic_created",
            "forum_topic_edited",
            "forum_topic_closed",
            "forum_topic_reopened",
            "new_chat_members",
            "left_chat_member",
            "pinned_message",
            "migrate_to_chat_id",
        )
    )
