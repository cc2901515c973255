"""Where the unfinished registration is kept between turns: in the person's form, beside the step we wait in."""

from dataclasses import asdict

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State

from handlers.registration.states import Registration
from services.everyday.talk import EVERYDAY
from services.people.drafts import CHANGE, DRAFT, Draft

STEPS: dict[str, State] = {str(step.state).partition(":")[2]: step for step in Registration.__all_states__}


async def draft_in(state: FSMContext) -> Draft | None:
    """Give the unfinished registration, wherever the person stands."""
    return Draft.of((await state.get_data()).get(DRAFT))


async def open_draft(state: FSMContext) -> Draft | None:
    """Give the draft whose question waits now: a changed answer before an unfinished registration."""
    form = await state.get_data()
    return Draft.of(form.get(CHANGE)) or Draft.of(form.get(DRAFT))


async def keep(state: FSMContext, draft: Draft) -> None:
    """Keep a draft and wait at its step."""
    await state.set_state(STEPS[draft.step])
    kept = {DRAFT: asdict(draft), CHANGE: None} if not draft.changing else {CHANGE: asdict(draft)}
    await state.update_data(kept)


async def drop(state: FSMContext, *, changing: bool = False) -> None:
    """Forget the draft and wait for nothing."""
    await state.set_state(None)
    gone = [CHANGE, EVERYDAY] if changing else [DRAFT, CHANGE, EVERYDAY]
    await state.update_data(dict.fromkeys(gone))
