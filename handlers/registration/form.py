"""The registration in one turn: what a handler needs to show its step, move on, and save."""

from dataclasses import asdict, dataclass
from typing import Any

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import User

from handlers.profile import screens as profile_screens
from handlers.registration import screens
from handlers.registration.draft import drop, keep, open_draft
from handlers.registration.reading import Reader, options
from handlers.registration.screens import Asked
from handlers.registration.states import Profile
from services.alerts.desk import DigestDesk
from services.occupations import Occupations
from services.packs import Pack
from services.people.desk import NAME_LIMIT, RegistrationDesk
from services.people.drafts import CHANGE, DELETED, DRAFT, PURPOSES, SUMMARY, Draft
from services.people.profile import answers_of
from services.screen import Screen
from services.typed import one_line
from services.vacancies.desk import local_day
from services.words import Translate
from storage.tables.people import Person
from storage.work import Work


def show(step: str, form: dict[str, Any], _: Translate, *, pack: Pack, occupations: Occupations) -> Screen | None:
    """Show a step as it is now, in whatever language: the typed words and what was chosen stay."""
    draft = Draft.of(form.get(CHANGE)) or Draft.of(form.get(DRAFT))
    if draft is None or draft.step != step:
        return None
    if step == PURPOSES:
        return screens.purposes(_, pack)
    if step == SUMMARY:
        return screens.summary(_, draft.answers, pack, occupations, complete=True)
    asked = Asked(_, pack, occupations, draft, options(draft, pack))
    return screens.choose(asked) if draft.found else screens.ask(asked)


@dataclass(frozen=True, slots=True)
class Form:
    """Everything a step of the registration is worked on with."""

    state: FSMContext
    translate: Translate
    pack: Pack
    occupations: Occupations
    speaker: Person
    work: Work
    desk: RegistrationDesk
    digests: DigestDesk
    account_name: str

    @property
    def questions(self) -> tuple[str, ...]:
        """Give the questions the pack asks, in order."""
        return self.pack.registration.questions

    async def open(self, step: str | None = None) -> Draft | None:
        """Give the draft that waits; None when it waits at another step than the one given."""
        draft = await open_draft(self.state)
        return draft if draft is not None and step in (None, draft.step) else None

    def reader(self, draft: Draft) -> Reader:
        """Give who reads typed answers now."""
        today = local_day(self.work, self.speaker)
        return Reader(self.translate, self.pack, self.occupations, today, draft)

    def asked(self, draft: Draft) -> Asked:
        """Give what the draft's question is shown with."""
        return Asked(self.translate, self.pack, self.occupations, draft, options(draft, self.pack))

    def shown(self, draft: Draft) -> Screen | None:
        """Show the step the draft waits at."""
        form = {CHANGE if draft.changing else DRAFT: asdict(draft)}
        return show(draft.step, form, self.translate, pack=self.pack, occupations=self.occupations)

    async def begin(self) -> Screen | None:
        """Begin with the explanation, or stand again where the person stopped."""
        form = await self.state.get_data()
        draft = Draft.of(form.get(DRAFT))
        if draft is not None:
            await keep(self.state, draft)
            return self.shown(draft)
        answers = answers_of(self.speaker) if self.speaker.registered_at else {}
        await keep(self.state, Draft(PURPOSES, answers, account_name=self.account_name))
        deleted = bool(form.get(DELETED))
        if deleted:
            await self.state.update_data({DELETED: None})
        return screens.purposes(self.translate, self.pack, draft_deleted=deleted)

    async def at(self, draft: Draft, step: str, *, noted: str = "") -> Screen | None:
        """Move to a step and show it. `noted`: the question answered just now."""
        draft.stand_at(step)
        draft.noted = noted
        await keep(self.state, draft)
        return self.shown(draft)

    async def answered(self, draft: Draft, answers: dict[str, Any]) -> Screen | None:
        """Keep an answer and go on: the next question, the summary it was corrected from, or the profile."""
        question = draft.step
        draft.answers |= answers
        if draft.changing:
            return await self._changed(draft, question)
        following = draft.following(self.questions)
        draft.correcting = False
        return await self.at(draft, following, noted=question)

    async def missed(self, draft: Draft) -> Screen:
        """Explain with an example; after the second time offer to leave the question, or a person."""
        draft.misses += 1
        await keep(self.state, draft)
        return screens.unclear(self.asked(draft))

    async def change(self, question: str) -> Screen | None:
        """Let a registered person answer one question anew."""
        return await self.at(Draft(question, answers_of(self.speaker), changing=True), question)

    async def profile(self, *, changed: bool = False) -> Screen:
        """Show the profile; a number that is typed then means one of its lines."""
        await drop(self.state, changing=True)
        await self.state.set_state(Profile.shown)
        answers = answers_of(self.speaker)
        helped = self.desk.is_helped(self.work, self.speaker)
        return profile_screens.profile(
            self.translate, answers, self.pack, self.occupations, changed=changed, helped=helped
        )

    async def _changed(self, draft: Draft, question: str) -> Screen:
        self.desk.change(self.work, self.speaker, [question], draft.answers)
        self.digests.follow_zone(self.work, self.speaker)
        return await self.profile(changed=True)

    async def save(self, draft: Draft) -> None:
        """Save what the person confirmed."""
        self.desk.register(self.work, self.speaker, draft.answers)
        self.digests.follow_zone(self.work, self.speaker)
        await drop(self.state)


class WithForm(Filter):
    """Gives the handler the registration as `form`."""

    async def __call__(
        self,
        event: Any,
        state: FSMContext,
        _: Translate,
        pack: Pack,
        occupations: Occupations,
        speaker: Person,
        work: Work,
        registration: RegistrationDesk,
        digests: DigestDesk,
        sender: User,
    ) -> dict[str, Any]:
        """Accept every event."""
        name = one_line(sender.first_name, NAME_LIMIT)
        return {"form": Form(state, _, pack, occupations, speaker, work, registration, digests, name)}
