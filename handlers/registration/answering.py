"""Answers to the questions of the registration: typed or pressed, they mean the same."""

from typing import Any

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
    ShowRegions,
    UseAccountName,
)
from handlers.registration.draft import keep
from handlers.registration.form import Form, WithForm
from handlers.registration.reading import Several, Understood, options
from handlers.registration.router import back, late, skip, stop
from handlers.registration.screens import SEVERAL
from handlers.registration.states import Registration
from handlers.start.screens import home
from services.folding import fold
from services.people.drafts import Draft
from services.people.profile import EXPERIENCE, FIELDS
from services.screen import Screen
from services.understanding.commands import read_command
from services.understanding.picking import Picking

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
    return await _read(form, draft, message.text)


async def _read(form: Form, draft: Draft, text: str) -> Screen | None:
    """Take one of what was offered, or understand the words anew."""
    reader = form.reader(draft)
    code = reader.found(text) if draft.found else None
    if code is not None:
        return await (_in_region if draft.step == "place" else _at_work)(form, draft, code)
    found = reader.read(text)
    if found is None:
        return await form.missed(draft)
    if isinstance(found, Several):
        draft.found, draft.words, draft.misses = found.codes, found.words, 0
        await keep(form.state, draft)
        return screens.choose(form.asked(draft))
    return await form.answered(draft, _beside_picked(draft, found))


def _beside_picked(draft: Draft, found: Understood) -> dict[str, Any]:
    """Add what was typed to what is ticked; own words stay unless there are new ones."""
    if not draft.picked or draft.step not in SEVERAL:
        return found.answers
    typed = {name: said for name, said in found.answers.items() if said is not None}
    return typed | {draft.step: list(dict.fromkeys([*draft.picked, *(typed.get(draft.step) or ())]))}


def _word(form: Form, draft: Draft, text: str) -> str | None:
    """Find what a typed word means: the words on the buttons, and where no name is asked for, others like them."""
    _ = form.translate
    labels = {fold(label): meaning for label, meaning in screens.spoken(_).items()}
    if draft.step == "name" and draft.account_name:
        labels[fold(screens.called_label(_, draft.account_name))] = "account_name"
    pressed = labels.get(fold(text))
    if pressed is not None or draft.step == "name":
        return pressed
    end = form.reader(draft).end_of_picking(text) if draft.step in SEVERAL else None
    if end is not None and (end is not Picking.ONWARD or _picked(draft)):
        return "done" if end is Picking.ONWARD else end.value
    return read_command(text, _.language)


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
    return await _ended(form, draft, word) or _shown(form, draft, word)


async def _ended(form: Form, draft: Draft, word: str) -> Screen | None:
    """Take the answer that a word is by itself."""
    match word:
        case "done" if draft.step in SEVERAL:
            return await form.answered(draft, {draft.step: _picked(draft)})
        case "nothing" if draft.picked:
            return await form.missed(draft)
        case "nothing":
            return await form.answered(draft, dict.fromkeys(FIELDS[draft.step]) | {draft.step: []})
        case "regions" if draft.step == "place":
            return await _regions(form, draft)
        case "account_name":
            return await form.answered(draft, {"name": draft.account_name})
    return None


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
    return await form.answered(draft, {"name": form.account_name}) if draft and form.account_name else late()


@router.callback_query(Awaiting(Registration.place), Tapped(PickRegion), WithForm())
async def region_picked(press: CallbackQuery, tap: PickRegion, form: Form) -> Screen | None:
    """Keep the region; a town that was typed before the choice stays with it."""
    draft = await form.open("place")
    if draft is None or form.pack.region(tap.region) is None:
        return late()
    return await _in_region(form, draft, tap.region)


async def _in_region(form: Form, draft: Draft, code: str) -> Screen | None:
    region = form.pack.region(code)
    if region is None:
        return form.shown(draft)
    town = form.pack.town_said(region, draft.words) if draft.words else None
    return await form.answered(draft, {"region": region.code, "place": town})


@router.callback_query(Awaiting(Registration.place), Tapped(ShowRegions), WithForm())
async def regions_asked(press: CallbackQuery, form: Form) -> Screen | None:
    """Ask for the place again with every region to press."""
    draft = await form.open("place")
    return await _regions(form, draft) if draft else late()


async def _regions(form: Form, draft: Draft) -> Screen | None:
    draft.found, draft.words, draft.noted = [], "", ""
    await keep(form.state, draft)
    return form.shown(draft)


@router.callback_query(Awaiting(Registration.occupation), Tapped(OpenGroup), WithForm())
async def group_opened(press: CallbackQuery, tap: OpenGroup, form: Form) -> Screen:
    """Show a group of occupations."""
    draft = await form.open("occupation")
    if draft is None or not form.occupations.within(tap.group):
        return late()
    return screens.groups(form.asked(draft), tap.group, tap.page)


@router.callback_query(Awaiting(Registration.occupation), Tapped(PickOccupation), WithForm())
async def occupation_picked(press: CallbackQuery, tap: PickOccupation, form: Form) -> Screen | None:
    """Keep the occupation, with the person's own words for it where they wrote some."""
    draft = await form.open("occupation")
    if draft is None or tap.occupation not in form.occupations.codes:
        return late()
    return await _at_work(form, draft, tap.occupation)


async def _at_work(form: Form, draft: Draft, code: str) -> Screen | None:
    own = draft.words or form.occupations.title(code, form.translate.language)
    return await form.answered(draft, {"occupation": code, "occupation_words": own})


@router.callback_query(Awaiting(*QUESTIONS), Tapped(PickOption), WithForm())
async def option_picked(press: CallbackQuery, tap: PickOption, form: Form) -> Screen | None:
    """Take the one answer; where several may be chosen, add it or take it out."""
    draft = await form.open(tap.question)
    if draft is None or tap.option not in options(draft, form.pack):
        return late()
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
        return late()
    return await form.answered(draft, {tap.question: _picked(draft)})


@router.callback_query(Awaiting(*QUESTIONS), Tapped(KeepAnswer), WithForm())
async def answer_kept(press: CallbackQuery, tap: KeepAnswer, form: Form) -> Screen | None:
    """Go on with the answer given before."""
    draft = await form.open(tap.question)
    return await form.answered(draft, {}) if draft and draft.said(draft.step) else late()
