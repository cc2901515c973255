"""Answers to the questions of the registration: typed or pressed, they mean the same."""

from typing import NoReturn

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Message

from handlers.common.taps import Awaiting, Tapped
from handlers.registration import screens
from handlers.registration.actions import (
    DonePicking,
    KeepAnswer,
    OpenGroup,
    PickOccupation,
    PickOption,
    PickRegion,
    UseAccountName,
)
from handlers.registration.draft import keep
from handlers.registration.form import Form, WithForm
from handlers.registration.reading import Several, options
from handlers.registration.router import back, skip, stop
from handlers.registration.screens import SEVERAL
from handlers.registration.states import Registration
from handlers.start.screens import home
from services.folding import fold
from services.people.drafts import Draft
from services.people.profile import EXPERIENCE, FIELDS
from services.screen import Screen
from services.understanding.commands import read_command

router = Router(name="answering")

QUESTIONS = tuple(getattr(Registration, question) for question in FIELDS)


@router.message(Awaiting(*QUESTIONS), WithForm())
async def answer_typed(message: Message, form: Form) -> Screen | None:
    """Understand what was typed: a word that means a button, or the answer; explain when it is neither."""
    draft = await form.open()
    if draft is None or message.text is None:
        raise SkipHandler
    word = _word(form, draft, message.text)
    if word is not None:
        shown = await _commanded(form, draft, word)
        if shown is not None:
            return shown
    found = form.reader(draft).read(message.text)
    if found is None:
        return await form.missed(draft)
    if isinstance(found, Several):
        draft.found, draft.words, draft.misses = found.codes, found.words, 0
        await keep(form.state, draft)
        return screens.choose(form.asked(draft))
    return await form.answered(draft, found.answers)


def _word(form: Form, draft: Draft, text: str) -> str | None:
    """Find what a typed word means: the words on the buttons, and where no name is asked for, others like them."""
    _ = form.translate
    labels = {fold(label): meaning for label, meaning in screens.spoken(_).items()}
    return labels.get(fold(text)) or (read_command(text, _.language) if draft.step != "name" else None)


async def _commanded(form: Form, draft: Draft, word: str) -> Screen | None:
    """Do what a typed word means; None when it means nothing here."""
    match word:
        case "skip":
            return await skip(form, draft)
        case "back":
            return await back(form, draft)
        case "stop":
            return await stop(form)
        case "menu":
            await stop(form)
            return home(form.translate, form.speaker)
        case "not_sure" if draft.step != "occupation":
            return await skip(form, draft)
        case "keep" if draft.said(draft.step):
            return await form.answered(draft, {})
    return _shown(form, draft, word)


def _shown(form: Form, draft: Draft, word: str) -> Screen | None:
    """Show what a typed word asks to see."""
    match word:
        case "again":
            return form.shown(draft)
        case "counsellor":
            return screens.offer_counsellor(form.translate)
        case "list" if draft.step == "occupation":
            return screens.groups(form.asked(draft), "", 0)
        case "answers" if not draft.changing:
            return screens.summary(form.translate, draft.answers, form.pack, form.occupations, complete=False)
    return None


@router.callback_query(Awaiting(Registration.name), Tapped(UseAccountName), WithForm())
async def account_name_taken(press: CallbackQuery, form: Form) -> Screen | None:
    """Call the person as their account does."""
    draft = await form.open("name")
    return await form.answered(draft, {"name": form.account_name}) if draft and form.account_name else _late()


@router.callback_query(Awaiting(Registration.place), Tapped(PickRegion), WithForm())
async def region_picked(press: CallbackQuery, tap: PickRegion, form: Form) -> Screen | None:
    """Keep the region; a town that was typed before the choice stays with it."""
    draft, region = await form.open("place"), form.pack.region(tap.region)
    if draft is None or region is None:
        return _late()
    town = form.pack.town_said(region, draft.words) if draft.words else None
    return await form.answered(draft, {"region": region.code, "place": town})


@router.callback_query(Awaiting(Registration.occupation), Tapped(OpenGroup), WithForm())
async def group_opened(press: CallbackQuery, tap: OpenGroup, form: Form) -> Screen:
    """Show a group of occupations."""
    draft = await form.open("occupation")
    if draft is None or not form.occupations.within(tap.group):
        return _late()
    return screens.groups(form.asked(draft), tap.group, tap.page)


@router.callback_query(Awaiting(Registration.occupation), Tapped(PickOccupation), WithForm())
async def occupation_picked(press: CallbackQuery, tap: PickOccupation, form: Form) -> Screen | None:
    """Keep the occupation, with the person's own words for it where they wrote some."""
    draft = await form.open("occupation")
    if draft is None or tap.occupation not in form.occupations.codes:
        return _late()
    own = draft.words or form.occupations.title(tap.occupation, form.translate.language)
    return await form.answered(draft, {"occupation": tap.occupation, "occupation_words": own})


@router.callback_query(Awaiting(*QUESTIONS), Tapped(PickOption), WithForm())
async def option_picked(press: CallbackQuery, tap: PickOption, form: Form) -> Screen | None:
    """Take the one answer; where several may be chosen, add it or take it out."""
    draft = await form.open(tap.question)
    if draft is None or tap.option not in options(draft, form.pack):
        return _late()
    if tap.question in SEVERAL:
        return await _toggled(form, draft, tap.option)
    return await form.answered(draft, {tap.question: _value(tap.question, tap.option)})


def _value(question: str, option: str) -> str | int | bool:
    match question:
        case "experience":
            return EXPERIENCE[option]
        case "under_18":
            return option == "yes"
    return option


async def _toggled(form: Form, draft: Draft, option: str) -> Screen | None:
    picked = _picked(draft)
    draft.noted = ""
    draft.picked = [one for one in picked if one != option] if option in picked else [*picked, option]
    await keep(form.state, draft)
    return form.shown(draft)


def _picked(draft: Draft) -> list[str]:
    """Give what is chosen so far: what was said before, until something is changed."""
    return draft.picked if draft.picked is not None else list(draft.answers.get(draft.step) or ())


@router.callback_query(Awaiting(*QUESTIONS), Tapped(DonePicking), WithForm())
async def picking_done(press: CallbackQuery, tap: DonePicking, form: Form) -> Screen | None:
    """Keep all that was chosen; own words written before stay beside it."""
    draft = await form.open(tap.question)
    if draft is None or tap.question not in SEVERAL:
        return _late()
    return await form.answered(draft, {tap.question: _picked(draft)})


@router.callback_query(Awaiting(*QUESTIONS), Tapped(KeepAnswer), WithForm())
async def answer_kept(press: CallbackQuery, tap: KeepAnswer, form: Form) -> Screen | None:
    """Go on with the answer given before."""
    draft = await form.open(tap.question)
    return await form.answered(draft, {}) if draft and draft.said(draft.step) else _late()


def _late() -> NoReturn:
    """Leave a press that belongs to another step to whoever answers old buttons."""
    raise SkipHandler
