"""The registration talk: name, region, work, summary. Typing and tapping both answer."""

from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from handlers.common.paths import DRAFT
from handlers.common.taps import Awaiting, Tapped, Typed
from handlers.registration import screens
from handlers.registration.actions import (
    Correct,
    GoBack,
    PickOccupation,
    PickRegion,
    SaveRegistration,
    SkipQuestion,
    TurnOccupations,
)
from handlers.registration.states import Registration
from handlers.start.actions import BeginAgain, GoOn, OpenRegistration
from services.alerts.desk import DigestDesk
from services.occupations import Occupations
from services.packs import Pack
from services.people.desk import NAME_LIMIT, RegistrationDesk
from services.people.desk import Registration as Answers
from services.screen import Screen
from services.typed import one_line
from services.words import Translate
from storage.tables.people import Person
from storage.work import Work

router = Router(name="registration")

_ORDER = (Registration.name, Registration.region, Registration.occupation, Registration.summary)
_STEPS: dict[str, State] = {str(step.state).partition(":")[2]: step for step in _ORDER}


def show(step: str, form: dict[str, Any], _: Translate, *, pack: Pack, occupations: Occupations) -> Screen | None:
    """Show a step as it is now."""
    match step:
        case "name":
            return screens.ask_name(_)
        case "region":
            return screens.ask_region(_, pack)
        case "occupation":
            return screens.ask_occupation(_)
        case "summary":
            return screens.summary(_, form.get(DRAFT) or {}, pack, occupations)
    return None


async def _on(
    state: FSMContext, _: Translate, pack: Pack, occupations: Occupations, **answer: str | None
) -> Screen | None:
    """Keep an answer and go to the next question, or back to the summary when one was being corrected."""
    draft = await _draft(state) | answer
    following = "summary" if draft.pop("correcting", False) else _following(str(draft["step"]))
    form = await _stand(state, following, draft)
    return show(following, form, _, pack=pack, occupations=occupations)


async def _draft(state: FSMContext) -> dict[str, Any]:
    """Give the unfinished answers."""
    return dict((await state.get_data()).get(DRAFT) or {})


async def _stand(state: FSMContext, step: str, draft: dict[str, Any]) -> dict[str, Any]:
    """Move to a step and keep the answers with it. Gives the whole form."""
    await state.set_state(_STEPS[step])
    return await state.update_data({DRAFT: draft | {"step": step}})


def _following(step: str) -> str:
    names = list(_STEPS)
    return names[min(names.index(step) + 1, len(names) - 1)]


@router.message(Typed("register", "profile"))
async def registration_asked(
    message: Message, speaker: Person, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Begin; somebody registered sees what is stored and may correct it."""
    return await _begin(speaker, state, _, pack, occupations)


@router.callback_query(Tapped(OpenRegistration))
async def registration_opened(
    press: CallbackQuery, speaker: Person, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Begin, or go on with what was begun."""
    return await _begin(speaker, state, _, pack, occupations)


async def _begin(
    speaker: Person, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    draft = await _draft(state)
    if draft.get("step") not in _STEPS:
        draft = {
            "step": "name" if speaker.registered_at is None else "summary",
            "name": speaker.name,
            "region": speaker.region,
            "occupation": speaker.occupation,
            "occupation_words": speaker.occupation_words,
        }
    form = await _stand(state, draft["step"], draft)
    return show(draft["step"], form, _, pack=pack, occupations=occupations)


@router.callback_query(Tapped(GoOn))
async def went_on(
    press: CallbackQuery, speaker: Person, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Go on with the unfinished registration."""
    return await _begin(speaker, state, _, pack, occupations)


@router.callback_query(Tapped(BeginAgain))
async def began_again(
    press: CallbackQuery, speaker: Person, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Throw the unfinished answers away and begin."""
    await state.update_data({DRAFT: None})
    return await _begin(speaker, state, _, pack, occupations)


@router.message(Awaiting(Registration.name))
async def name_given(
    message: Message, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Keep the name."""
    if message.text is None:
        raise SkipHandler
    name = one_line(message.text, NAME_LIMIT)
    if not any(letter.isalpha() for letter in name):
        return screens.name_unclear(_)
    return await _on(state, _, pack, occupations, name=name)


@router.message(Awaiting(Registration.region))
async def region_typed(
    message: Message, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Find the region that was meant; ask when it may be several."""
    if message.text is None:
        raise SkipHandler
    found = pack.find_regions(one_line(message.text, NAME_LIMIT), _.language)
    if not found:
        return screens.region_unclear(_)
    if len(found) > 1:
        return screens.choose_region(_, pack, found)
    return await _on(state, _, pack, occupations, region=found[0].code)


@router.callback_query(Awaiting(Registration.region), Tapped(PickRegion))
async def region_picked(
    press: CallbackQuery, tap: PickRegion, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Keep the region."""
    if pack.region(tap.region) is None:
        raise SkipHandler
    return await _on(state, _, pack, occupations, region=tap.region)


@router.message(Awaiting(Registration.occupation))
async def occupation_typed(
    message: Message, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Find the occupations that were meant; the person's own words are kept as their label."""
    if message.text is None:
        raise SkipHandler
    words = one_line(message.text, 120)
    found = occupations.find(words, _.language)
    if not found:
        return screens.occupation_unclear(_)
    draft = await _draft(state)
    await _stand(state, "occupation", draft | {"occupation_words": words})
    return screens.choose_occupation(_, occupations, found)


@router.callback_query(Awaiting(Registration.occupation), Tapped(TurnOccupations))
async def occupations_turned(
    press: CallbackQuery, tap: TurnOccupations, _: Translate, occupations: Occupations
) -> Screen:
    """Show a page of the list."""
    return screens.list_occupations(_, occupations, tap.page)


@router.callback_query(Awaiting(Registration.occupation), Tapped(PickOccupation))
async def occupation_picked(
    press: CallbackQuery, tap: PickOccupation, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Keep the occupation, with the person's own words for it where they wrote some."""
    if tap.occupation not in occupations.codes:
        raise SkipHandler
    own_words = (await _draft(state)).get("occupation_words") or occupations.title(tap.occupation, _.language)
    return await _on(state, _, pack, occupations, occupation=tap.occupation, occupation_words=own_words)


@router.callback_query(Awaiting(Registration), Tapped(SkipQuestion))
async def question_skipped(
    press: CallbackQuery, tap: SkipQuestion, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Leave an answer out; a press under an older question skips nothing."""
    if await state.get_state() != str(_STEPS.get(tap.step, Registration.summary).state):
        raise SkipHandler
    answer: dict[str, str | None] = {tap.step: None}
    if tap.step == "occupation":
        answer["occupation_words"] = None
    return await _on(state, _, pack, occupations, **answer)


@router.callback_query(Awaiting(Registration), Tapped(GoBack))
async def went_back(
    press: CallbackQuery, tap: GoBack, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Show the question before."""
    names = list(_STEPS)
    if tap.step not in names or await state.get_state() != str(_STEPS[tap.step].state):
        raise SkipHandler
    before = names[max(0, names.index(tap.step) - 1)]
    form = await _stand(state, before, await _draft(state))
    return show(before, form, _, pack=pack, occupations=occupations)


@router.callback_query(Awaiting(Registration.summary), Tapped(Correct))
async def correction_asked(
    press: CallbackQuery, tap: Correct, state: FSMContext, _: Translate, pack: Pack, occupations: Occupations
) -> Screen | None:
    """Ask one question again and come back to the summary."""
    if tap.step not in {"name", "region", "occupation"}:
        raise SkipHandler
    form = await _stand(state, tap.step, await _draft(state) | {"correcting": True})
    return show(tap.step, form, _, pack=pack, occupations=occupations)


@router.callback_query(Awaiting(Registration.summary), Tapped(SaveRegistration))
async def registration_confirmed(
    press: CallbackQuery,
    speaker: Person,
    work: Work,
    registration: RegistrationDesk,
    digests: DigestDesk,
    state: FSMContext,
    _: Translate,
    pack: Pack,
) -> Screen:
    """Save what the person confirmed."""
    form = await _draft(state)
    region = pack.region(form["region"]) if form.get("region") else None
    answers = Answers(**{name: form.get(name) for name in ("name", "region", "occupation", "occupation_words")})
    registration.register(work, speaker, answers, region.zone if region else speaker.zone)
    digests.follow_zone(work, speaker)
    await state.clear()
    return screens.registered(_, speaker.name)


@router.message(Awaiting(Registration.summary))
async def typed_at_summary(message: Message, state: FSMContext, work: Work, _: Translate) -> Screen | None:
    """Remind once in a while that the summary waits for a press."""
    form = await _draft(state)
    now = work.now.timestamp()
    if now - float(form.get("reminded", 0)) < 10:
        return None
    await _stand(state, "summary", form | {"reminded": now})
    return screens.confirm_first(_)
