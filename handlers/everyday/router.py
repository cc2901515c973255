"""The everyday-skills talk: what is pressed and typed in it, and the ways back into the registration."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Message

from handlers.common.taps import Awaiting, Tapped
from handlers.everyday import screens
from handlers.everyday.actions import (
    BackInTalk,
    BeginEveryday,
    DoneWithList,
    TalkAgain,
    ToggleActivity,
    TogglePlace,
    ToggleWish,
    TurnWishes,
)
from handlers.everyday.states import Everyday
from handlers.everyday.talk import Chat, begin, opened
from handlers.registration.actions import OpenGroup, PickOccupation, SkipQuestion, StopForNow
from handlers.registration.answering import answer_typed
from handlers.registration.draft import keep
from handlers.registration.form import Form, WithForm
from handlers.registration.reading import WORDS_LIMIT
from handlers.registration.router import skip, stop
from handlers.registration.screens import groups, not_sure_label, offer_counsellor
from handlers.registration.states import Registration
from handlers.start.actions import GoOn
from handlers.start.screens import home
from services.everyday.talk import PAGE, Talk
from services.everyday.work import EverydayWork, Told
from services.folding import fold
from services.screen import Screen, Toast
from services.understanding.choices import read_choice, read_choices
from services.understanding.commands import read_command
from services.understanding.yes_no import read_yes_no

router = Router(name="everyday")


@router.callback_query(Awaiting(Registration.occupation), Tapped(BeginEveryday), WithForm())
async def talk_begun(press: CallbackQuery, form: Form, everyday: EverydayWork) -> Screen:
    """Open the talk for somebody who does not know what to call their work."""
    shown = await begin(form, everyday)
    if shown is None:
        raise SkipHandler
    return shown


@router.message(Awaiting(Registration.occupation), WithForm())
async def unsure_of_work(message: Message, form: Form, everyday: EverydayWork) -> Screen:
    """Open the talk for somebody who writes that they do not know; any other answer belongs to the question."""
    _, text = form.translate, message.text or ""
    unsure = fold(text) == fold(not_sure_label(_)) or read_command(text, _.language) == "not_sure"
    shown = await begin(form, everyday) if unsure else None
    if shown is None:
        raise SkipHandler
    return shown


@router.callback_query(Awaiting(Everyday), Tapped(GoOn), WithForm())
async def talk_went_on(press: CallbackQuery, form: Form, everyday: EverydayWork) -> Screen:
    """Go on with the talk where it was left."""
    return await (await opened(form, everyday)).kept()


@router.callback_query(Awaiting(Everyday.places), Tapped(TogglePlace), WithForm())
async def place_pressed(press: CallbackQuery, tap: TogglePlace, form: Form, everyday: EverydayWork) -> Screen | Toast:
    """Add a place or take it out; three are enough."""
    chat = await opened(form, everyday)
    if tap.place not in everyday.places:
        raise SkipHandler
    if not chat.talk.place_has_room(tap.place):
        return screens.enough_places(form.translate)
    chat.talk.toggle_place(tap.place, everyday)
    return await chat.kept()


@router.callback_query(Awaiting(Everyday.activities), Tapped(ToggleActivity), WithForm())
async def activity_pressed(press: CallbackQuery, tap: ToggleActivity, form: Form, everyday: EverydayWork) -> Screen:
    """Add an activity or take it out; a press under another place's list changes nothing."""
    chat = await opened(form, everyday)
    if tap.activity not in everyday.activities(chat.talk.shown):
        raise SkipHandler
    chat.talk.toggle_activity(tap.activity)
    return await chat.kept()


@router.callback_query(Awaiting(Everyday.wishes), Tapped(ToggleWish), WithForm())
async def wish_pressed(press: CallbackQuery, tap: ToggleWish, form: Form, everyday: EverydayWork) -> Screen:
    """Add a wish or take it out."""
    chat = await opened(form, everyday)
    if tap.activity not in chat.talk.chosen:
        raise SkipHandler
    chat.talk.toggle_wish(tap.activity)
    return await chat.kept()


@router.callback_query(Awaiting(Everyday.wishes), Tapped(TurnWishes), WithForm())
async def wishes_turned(press: CallbackQuery, tap: TurnWishes, form: Form, everyday: EverydayWork) -> Screen:
    """Show another page of what was chosen."""
    chat = await opened(form, everyday)
    if tap.page * PAGE >= len(chat.talk.chosen):
        raise SkipHandler
    chat.talk.at = tap.page
    return await chat.kept()


@router.callback_query(Awaiting(Everyday), Tapped(DoneWithList), WithForm())
async def list_done(press: CallbackQuery, tap: DoneWithList, form: Form, everyday: EverydayWork) -> Screen:
    """Go on to the next list, or to the suggestions."""
    return await _on(await opened(form, everyday, tap.shown))


@router.callback_query(Awaiting(Everyday), Tapped(BackInTalk), WithForm())
async def went_back_in_talk(press: CallbackQuery, tap: BackInTalk, form: Form, everyday: EverydayWork) -> Screen | None:
    """Show the list before; before the first one stands the registration's question."""
    return await _back(await opened(form, everyday, tap.shown))


@router.callback_query(Awaiting(Everyday.suggestions), Tapped(TalkAgain), WithForm())
async def talk_began_again(press: CallbackQuery, form: Form, everyday: EverydayWork) -> Screen:
    """Forget what was chosen and ask again."""
    chat = await opened(form, everyday)
    return await Chat(form, everyday, chat.draft, Talk()).kept()


@router.callback_query(Awaiting(Everyday.suggestions), Tapped(PickOccupation), WithForm())
async def suggestion_picked(
    press: CallbackQuery, tap: PickOccupation, form: Form, everyday: EverydayWork
) -> Screen | None:
    """Keep the occupation, with what the person does as their own words for it."""
    return await _pick(await opened(form, everyday), tap.occupation)


@router.callback_query(Awaiting(Everyday.suggestions), Tapped(OpenGroup), WithForm())
async def list_wanted(press: CallbackQuery, tap: OpenGroup, form: Form, everyday: EverydayWork) -> Screen:
    """Leave the talk for the list of occupations."""
    chat = await opened(form, everyday)
    await keep(form.state, chat.draft)
    return groups(form.asked(chat.draft), tap.group, tap.page)


@router.callback_query(Awaiting(Everyday), Tapped(SkipQuestion), WithForm())
async def talk_skipped(press: CallbackQuery, tap: SkipQuestion, form: Form, everyday: EverydayWork) -> Screen | None:
    """Leave the question about work out."""
    chat = await opened(form, everyday)
    if tap.step != chat.draft.step or chat.draft.changing:
        raise SkipHandler
    return await _skip(chat)


@router.callback_query(Awaiting(Everyday), Tapped(StopForNow), WithForm())
async def talk_stopped(press: CallbackQuery, form: Form) -> Screen:
    """Keep everything and wait for nothing."""
    return await stop(form)


@router.message(Awaiting(Everyday), WithForm())
async def typed_in_talk(message: Message, form: Form, everyday: EverydayWork) -> Screen | None:
    """Understand numbers, words of the list, somebody's own words, and words that mean a button."""
    if message.text is None:
        raise SkipHandler
    chat = await opened(form, everyday)
    shown = await _commanded(chat, message.text)
    if shown is not None:
        return shown
    if chat.talk.step == "suggestions":
        return await _answered(chat, message)
    told = _read(chat, message.text)
    if told is None:
        return await _missed(chat)
    chat.talk.tell(told, everyday)
    return await chat.kept()


async def _commanded(chat: Chat, text: str) -> Screen | None:
    """Do what a typed word means; None when it means nothing here."""
    form, at_end = chat.form, chat.talk.step == "suggestions"
    _ = form.translate
    command = read_command(text, _.language)
    if _says_done(chat, text):
        return await (_missed(chat) if at_end else _on(chat))
    if command == "not_sure" and not at_end:
        return await _on(chat)
    match command:
        case "skip":
            return await _skip(chat) if not chat.draft.changing else await _leave(chat)
        case "back":
            return await _back(chat)
        case "stop":
            return await stop(form)
        case "again":
            return await chat.kept()
        case "counsellor" | "not_sure":
            return offer_counsellor(_)
        case "menu":
            await stop(form)
            return home(_, form.speaker)
    return None


def _says_done(chat: Chat, text: str) -> bool:
    """Tell whether somebody ends the list: the word on the button, or "no, nothing"."""
    _ = chat.form.translate
    pressed = fold(text) == fold(screens.done_label(_))
    return pressed or chat.everyday.says_end(text) or read_yes_no(text, _.language) is False


def _read(chat: Chat, text: str) -> Told | None:
    """Understand numbers and words of the open list, or somebody's own words; None for anything else."""
    keys = screens.listed(chat.talking)
    language = chat.form.translate.language
    numbers = read_choices(text, screens.labels(chat.talking), language)
    if numbers is not None:
        named = tuple(keys[number] for number in numbers)
        return Told(places=named) if chat.talk.step == "places" else Told(activities=named)
    told = chat.everyday.understand(text, language)
    if chat.talk.step == "wishes":
        wished = tuple(one for one in told.activities if one in chat.talk.chosen)
        return Told(activities=wished) if wished else None
    found = told if chat.talk.step == "places" else Told(activities=told.activities)
    return found if found.places or found.activities else None


async def _answered(chat: Chat, message: Message) -> Screen | None:
    """Take a number or a title for one of the suggestions; anything else answers the registration's question itself."""
    number = read_choice(message.text or "", screens.labels(chat.talking), chat.form.translate.language)
    if number is not None:
        return await _pick(chat, screens.listed(chat.talking)[number])
    await keep(chat.form.state, chat.draft)
    shown: Screen | None = await answer_typed(message, chat.form)
    return shown


async def _missed(chat: Chat) -> Screen:
    chat.talk.misses += 1
    await chat.kept()
    return screens.unclear(chat.talking)


async def _on(chat: Chat) -> Screen:
    chat.talk.go_on()
    return await chat.kept()


async def _back(chat: Chat) -> Screen | None:
    return await chat.kept() if chat.talk.go_back() else await _leave(chat)


async def _leave(chat: Chat) -> Screen | None:
    """Stand at the registration's question again; what was chosen here waits."""
    await keep(chat.form.state, chat.draft)
    return chat.form.shown(chat.draft)


async def _skip(chat: Chat) -> Screen | None:
    await chat.ended()
    return await skip(chat.form, chat.draft)


async def _pick(chat: Chat, code: str) -> Screen | None:
    """Answer the registration's question. Raises SkipHandler for what is not suggested now."""
    form, talk = chat.form, chat.talk
    because = {one.code: one.because for one in chat.everyday.suggest(talk.chosen, talk.liked)}
    if code not in because:
        raise SkipHandler
    reasons = because[code][: screens.REASONS]
    own = chat.everyday.own_words(reasons, form.translate.language, WORDS_LIMIT)
    await chat.ended()
    return await form.answered(chat.draft, {"occupation": code, "occupation_words": own})
