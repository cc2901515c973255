"""The registration talk: how it begins, moves, is corrected and saved. What answers mean is in `answering.py`."""

from typing import NoReturn

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Message

from handlers.common.taps import Awaiting, Tapped, Typed
from handlers.consents.screens import choices
from handlers.consents.states import Consents
from handlers.profile.actions import ChangeAnswer
from handlers.profile.screens import topic
from handlers.registration import screens
from handlers.registration.actions import (
    BeginQuestions,
    Correct,
    GoBack,
    SaveRegistration,
    ShowAnswers,
    SkipQuestion,
    StopForNow,
)
from handlers.registration.draft import draft_in, drop, keep
from handlers.registration.form import Form, WithForm
from handlers.registration.states import Profile, Registration
from handlers.start.actions import BeginAgain, GoOn, OpenRegistration, SurelyBeginAgain
from handlers.start.screens import surely_begin_again
from services.folding import fold
from services.people.drafts import CHANGE, PURPOSES, SUMMARY, Draft
from services.people.profile import FIELDS
from services.people.purposes import PurposeDesk
from services.screen import Screen
from services.understanding.choices import read_choice
from services.understanding.commands import read_command
from services.understanding.yes_no import read_yes_no

router = Router(name="registration")

HINT_EVERY = 10
"""Seconds in which somebody who writes at the summary is told only once to press."""


@router.message(Typed("register", "profile"), WithForm())
async def registration_asked(message: Message, form: Form) -> Screen | None:
    """Begin, or go on; somebody registered sees their profile."""
    return await _opened(form)


@router.callback_query(Tapped(OpenRegistration), WithForm())
async def registration_opened(press: CallbackQuery, form: Form) -> Screen | None:
    """Begin, or go on; somebody registered sees their profile."""
    return await _opened(form)


async def _opened(form: Form) -> Screen | None:
    return await form.profile() if form.speaker.registered_at is not None else await form.begin()


@router.callback_query(Tapped(GoOn), WithForm())
async def went_on(press: CallbackQuery, form: Form) -> Screen | None:
    """Go on with the unfinished registration."""
    return await _opened(form)


@router.callback_query(Tapped(BeginAgain), WithForm())
async def began_again(press: CallbackQuery, form: Form) -> Screen | None:
    """Begin anew; where answers would be lost, ask first: the button may be an old one."""
    draft = await draft_in(form.state)
    if draft is not None and draft.answers:
        return surely_begin_again(form.translate)
    return await _anew(form)


@router.callback_query(Tapped(SurelyBeginAgain), WithForm())
async def surely_began_again(press: CallbackQuery, form: Form) -> Screen | None:
    """Throw the unfinished answers away and begin."""
    return await _anew(form)


async def _anew(form: Form) -> Screen | None:
    await drop(form.state)
    return await _opened(form)


@router.callback_query(Awaiting(Registration.purposes), Tapped(BeginQuestions), WithForm())
async def questions_begun(press: CallbackQuery, form: Form) -> Screen | None:
    """Ask the first question."""
    draft = await form.open(PURPOSES)
    return await form.at(draft, form.questions[0]) if draft else late()


@router.message(Awaiting(Registration.purposes), WithForm())
async def typed_at_purposes(message: Message, form: Form) -> Screen | None:
    """Take a yes for Begin; show the explanation again for everything else."""
    draft = await form.open(PURPOSES)
    if draft is None or message.text is None:
        raise SkipHandler
    _, text = form.translate, message.text
    agreed = fold(text) == fold(screens.begin_label(_)) or read_yes_no(text, _.language)
    return await form.at(draft, form.questions[0]) if agreed else form.shown(draft)


@router.callback_query(Awaiting(Registration), Tapped(SkipQuestion), WithForm())
async def question_skipped(press: CallbackQuery, tap: SkipQuestion, form: Form) -> Screen | None:
    """Leave an answer out; a press under an older question skips nothing."""
    draft = await form.open(tap.step)
    if draft is None or tap.step not in FIELDS:
        return late()
    return await skip(form, draft)


async def skip(form: Form, draft: Draft) -> Screen | None:
    """Leave out the answer to the question that waits."""
    return await form.answered(draft, dict.fromkeys(FIELDS[draft.step]))


@router.callback_query(Awaiting(Registration), Tapped(GoBack), WithForm())
async def went_back(press: CallbackQuery, tap: GoBack, form: Form) -> Screen | None:
    """Show the question before."""
    draft = await form.open(tap.step)
    return await back(form, draft) if draft else late()


async def back(form: Form, draft: Draft) -> Screen | None:
    """Show the question before; a change of one answer is given up."""
    if draft.changing:
        return await form.profile()
    before = draft.before(form.questions)
    draft.correcting = False
    return await form.at(draft, before)


@router.callback_query(Awaiting(Registration), Tapped(ShowAnswers), WithForm())
async def answers_asked(press: CallbackQuery, form: Form) -> Screen:
    """Show what was said so far."""
    draft = await form.open()
    if draft is None or draft.changing:
        return late()
    return screens.summary(form.translate, draft.answers, form.pack, form.occupations, complete=False)


@router.callback_query(Awaiting(Registration), Tapped(StopForNow), WithForm())
async def stopped_for_now(press: CallbackQuery, form: Form) -> Screen:
    """Keep the answers and wait for nothing."""
    return await stop(form)


async def stop(form: Form) -> Screen:
    """Leave the registration with its answers kept."""
    await form.state.set_state(None)
    await form.state.update_data({CHANGE: None})
    return screens.stopped_for_now(form.translate)


@router.callback_query(Awaiting(Registration), Tapped(Correct), WithForm())
async def correction_asked(press: CallbackQuery, tap: Correct, form: Form) -> Screen | None:
    """Ask one question again and come back to the summary."""
    draft = await form.open()
    if draft is None or draft.changing or tap.step not in form.questions:
        return late()
    return await correct(form, draft, tap.step)


async def correct(form: Form, draft: Draft, question: str) -> Screen | None:
    """Open a question from the summary; before the summary was reached, the talk goes on from there."""
    draft.correcting = draft.step == SUMMARY
    return await form.at(draft, question)


@router.callback_query(Awaiting(Registration.summary), Tapped(SaveRegistration), WithForm())
async def registration_confirmed(press: CallbackQuery, form: Form, purposes: PurposeDesk) -> list[Screen]:
    """Save what the person confirmed."""
    draft = await form.open(SUMMARY)
    return await save(form, draft, purposes) if draft else late()


async def save(form: Form, draft: Draft, purposes: PurposeDesk) -> list[Screen]:
    """Save, greet, and ask for what the person may agree to besides, nothing of it ticked. A helper agrees to nothing for others."""
    await form.save(draft)
    await form.state.set_state(Consents.choosing)
    _ = form.translate
    greeting = screens.registered(_, form.speaker.name)
    if form.desk.is_helped(form.work, form.speaker):
        return [greeting]
    return [greeting, choices(_, purposes.standing(form.work, form.speaker), form.pack)]


@router.message(Awaiting(Registration.summary), WithForm())
async def typed_at_summary(message: Message, form: Form, purposes: PurposeDesk) -> Screen | list[Screen] | None:
    """Take "save" or a yes for Save, a number or a name for the line to correct; else remind once in a while."""
    draft = await form.open(SUMMARY)
    if draft is None or message.text is None:
        raise SkipHandler
    _, text = form.translate, message.text
    if read_command(text, _.language) == "back":
        return await back(form, draft)
    if fold(text) == fold(screens.save_label(_)) or read_yes_no(text, _.language):
        return await save(form, draft, purposes)
    line = read_choice(text, [topic(_, one) for one in form.questions], _.language)
    if line is not None:
        return await correct(form, draft, form.questions[line])
    now = form.work.now.timestamp()
    if now - draft.hinted < HINT_EVERY:
        return None
    draft.hinted = now
    await keep(form.state, draft)
    return screens.confirm_first(_)


@router.callback_query(Tapped(ChangeAnswer), WithForm())
async def change_asked(press: CallbackQuery, tap: ChangeAnswer, form: Form) -> Screen | None:
    """Answer one question of the profile anew."""
    if form.speaker.registered_at is None or tap.question not in form.questions:
        return late()
    return await form.change(tap.question)


@router.message(Awaiting(Profile.shown), WithForm())
async def typed_at_profile(message: Message, form: Form) -> Screen | None:
    """Take a number or a name for the line to change."""
    if message.text is None or form.speaker.registered_at is None:
        raise SkipHandler
    _ = form.translate
    line = read_choice(message.text, [topic(_, one) for one in form.questions], _.language)
    if line is None:
        await form.state.set_state(None)
        raise SkipHandler
    return await form.change(form.questions[line])


def late() -> NoReturn:
    """Leave a press that belongs to another step to whoever answers old buttons."""
    raise SkipHandler
