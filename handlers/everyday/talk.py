"""The everyday-skills talk in one turn: what a handler needs to show its list, move on, and keep what was said."""

from dataclasses import asdict, dataclass
from typing import Any

from aiogram.dispatcher.event.bases import SkipHandler

from handlers.everyday import screens
from handlers.everyday.screens import Talking
from handlers.everyday.states import Everyday
from handlers.registration.form import Form
from services.everyday.talk import EVERYDAY, Talk
from services.everyday.work import EverydayWork
from services.occupations import Occupations
from services.people.drafts import CHANGE, DRAFT, Draft
from services.screen import Screen
from services.words import Translate

QUESTION = "occupation"
"""The registration's question that this talk helps to answer; the draft waits there meanwhile."""

_SCREENS = {
    "places": screens.open_talk,
    "activities": screens.ask_activities,
    "wishes": screens.ask_wishes,
    "suggestions": screens.offer_suggestions,
}
STEPS = {str(step.state).partition(":")[2]: step for step in Everyday.__all_states__}


def show(
    step: str, form: dict[str, Any], _: Translate, *, everyday: EverydayWork, occupations: Occupations
) -> Screen | None:
    """Show a list as it is now, in whatever language: what was chosen stays."""
    draft = Draft.of(form.get(CHANGE)) or Draft.of(form.get(DRAFT))
    talk = Talk.of(form.get(EVERYDAY), everyday)
    if draft is None or draft.step != QUESTION or talk is None or talk.step != step:
        return None
    return _SCREENS[step](Talking(_, everyday, occupations, talk, draft.changing))


@dataclass(frozen=True, slots=True)
class Chat:
    """Everything a list of the talk is worked on with."""

    form: Form
    everyday: EverydayWork
    draft: Draft
    talk: Talk

    @property
    def talking(self) -> Talking:
        """Give what the open list is shown with."""
        return Talking(self.form.translate, self.everyday, self.form.occupations, self.talk, self.draft.changing)

    async def kept(self) -> Screen:
        """Keep what was said, wait at the open list, and show it."""
        await self.form.state.set_state(STEPS[self.talk.step])
        await self.form.state.update_data({EVERYDAY: asdict(self.talk)})
        return _SCREENS[self.talk.step](self.talking)

    async def ended(self) -> None:
        """Forget what was said here: the question is answered."""
        await self.form.state.update_data({EVERYDAY: None})


async def begin(form: Form, everyday: EverydayWork) -> Screen | None:
    """Open the talk; somebody who left it finds what they had chosen."""
    draft = await form.open(QUESTION)
    if draft is None:
        return None
    talk = Talk.of((await form.state.get_data()).get(EVERYDAY), everyday) or Talk()
    talk.step, talk.at, talk.misses = "places", 0, 0
    return await Chat(form, everyday, draft, talk).kept()


async def opened(form: Form, everyday: EverydayWork, shown: str | None = None) -> Chat:
    """Give the talk that is open. Raises SkipHandler when there is none, or when another list of it is open."""
    draft = await form.open(QUESTION)
    talk = Talk.of((await form.state.get_data()).get(EVERYDAY), everyday)
    if draft is None or talk is None or shown not in (None, talk.shown):
        raise SkipHandler
    return Chat(form, everyday, draft, talk)
