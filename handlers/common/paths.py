"""The way back to where a person stands: today's version of the screen of their step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State

from services.counselling.desk import TALKING
from services.people.drafts import DRAFT
from services.screen import Screen
from services.words import Translate

Step = Callable[[str, dict[str, Any], Translate], Screen | None]
"""Shows the step of a form as it is now: step name, form, words."""


async def leave_list(state: FSMContext) -> None:
    """Stop reading text as a search or a line of a list; a question of the registration goes on waiting."""
    if str(await state.get_state()).startswith(("Vacancies:", "Profile:", "Consents:", "Deletion:")):
        await state.set_state(None)


async def leave_form(state: FSMContext) -> None:
    """Stop reading text as a search, a line of a list or an answer; an unfinished registration waits to be gone on with."""
    if await state.get_state() != TALKING:
        await state.set_state(None)


async def wait_at(state: FSMContext, step: State) -> None:
    """Read text as an answer here from now on, unless a human is there, to whom everything typed goes."""
    if await state.get_state() != TALKING:
        await state.set_state(step)


async def draft_step(state: FSMContext) -> str | None:
    """Give the step an unfinished registration stopped at."""
    draft = (await state.get_data()).get(DRAFT)
    return draft.get("step") if isinstance(draft, dict) else None


@dataclass(frozen=True, slots=True)
class Paths:
    """Knows for each group of steps how to show the one that waits."""

    by_group: Mapping[str, Step]

    async def here(self, state: FSMContext, _: Translate) -> Screen | None:
        """Show the step that waits; None when none does."""
        return self.at(await state.get_state(), await state.get_data(), _)

    def at(self, step: str | None, form: dict[str, Any], _: Translate) -> Screen | None:
        """Show a step with its form; None when nothing waits there."""
        group, _dot, name = (step or "").partition(":")
        show = self.by_group.get(group)
        return show(name, form, _) if show else None
