"""The way back to where a person stands: today's version of the screen of their step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiogram.fsm.context import FSMContext

from services.people.drafts import DRAFT
from services.screen import Screen
from services.words import Translate

Step = Callable[[str, dict[str, Any], Translate], Screen | None]
"""Shows the step of a form as it is now: step name, form, words."""


async def leave_form(state: FSMContext) -> None:
    """Stop reading text as a search or as a line of the profile; an unfinished registration waits to be gone on with."""
    if str(await state.get_state()).startswith(("Vacancies:", "Profile:", "Consents:", "Deletion:")):
        await state.set_state(None)


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
        step = await state.get_state()
        if not step:
            return None
        group, _dot, name = step.partition(":")
        show = self.by_group.get(group)
        return show(name, await state.get_data(), _) if show else None
