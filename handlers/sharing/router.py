"""Who is spoken for on this phone: adding somebody, helping somebody, switching, handing over."""

from dataclasses import asdict

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.paths import Paths
from handlers.common.taps import Tapped, Typed
from handlers.consents.screens import choices
from handlers.registration.form import show
from handlers.registration.states import Registration
from handlers.sharing import screens
from handlers.sharing.actions import (
    AddHelped,
    AddSharer,
    AskForWhom,
    AskPermission,
    MakeLink,
    ShowPeople,
    SwitchPerson,
    TakeOver,
)
from handlers.start.screens import ask_language, home
from services.counselling.desk import TALKING
from services.occupations import Occupations
from services.packs import Pack
from services.people.drafts import DRAFT, PURPOSES, Draft
from services.people.purposes import PurposeDesk
from services.people.sharing import LINK, Refusal, SharingDesk
from services.screen import Screen
from services.words import Languages, Translate
from storage.tables.people import Conversation, Person
from storage.work import Work

router = Router(name="sharing")


@router.callback_query(Tapped(AskForWhom))
async def whom_asked(press: CallbackQuery, speaker: Person, state: FSMContext, _: Translate) -> Screen:
    """Ask who is to be registered."""
    explained = await state.get_state() == Registration.purposes.state
    return screens.for_whom(_, explained=explained, helper_id=speaker.helper_id)


@router.callback_query(Tapped(AskPermission))
async def permission_asked(press: CallbackQuery, pack: Pack, _: Translate) -> Screen:
    """Give the words the helped person has to agree to."""
    return screens.ask_permission(_, pack)


@router.callback_query(Tapped(AddSharer))
async def sharer_added(
    press: CallbackQuery,
    speaker: Person,
    work: Work,
    sharing: SharingDesk,
    languages: Languages,
    _: Translate,
) -> Screen:
    """Register somebody who shares this phone: first in which language, then what it is for."""
    added = sharing.add(work, speaker, helping=False, language=_.language)
    if isinstance(added, Refusal):
        return screens.refused(_, added)
    added[0].language = None
    _begin(work, added[1], Draft(PURPOSES, added=True))
    return ask_language(languages, _.language)


@router.callback_query(Tapped(AddHelped))
async def helped_added(
    press: CallbackQuery,
    tap: AddHelped,
    speaker: Person,
    work: Work,
    sharing: SharingDesk,
    pack: Pack,
    occupations: Occupations,
    _: Translate,
) -> Screen | None:
    """Register somebody who gave permission, to the very words that were shown."""
    purpose = pack.purpose("helper")
    if tap.edition != purpose.version or tap.language not in purpose.texts:
        return screens.ask_permission(_, pack)
    added = sharing.add(work, speaker, helping=True, language=tap.language)
    if isinstance(added, Refusal):
        return screens.refused(_, added)
    draft = Draft(pack.registration.questions[0], helping=True, added=True)
    _begin(work, added[1], draft)
    return show(draft.step, added[1].form, _, pack=pack, occupations=occupations)


def _begin(work: Work, talk: Conversation, draft: Draft) -> None:
    """Let a new person stand at the beginning, in their own conversation."""
    talk.step, talk.form = f"Registration:{draft.step}", {DRAFT: asdict(draft)}
    talk.draft_at = talk.updated_at = work.now


@router.message(Typed("people"))
async def people_asked(message: Message, speaker: Person, work: Work, sharing: SharingDesk, _: Translate) -> Screen:
    """Show who uses this phone."""
    return screens.people_here(_, sharing.here(work, speaker))


@router.callback_query(Tapped(ShowPeople))
async def people_shown(press: CallbackQuery, speaker: Person, work: Work, sharing: SharingDesk, _: Translate) -> Screen:
    """Show who uses this phone."""
    return screens.people_here(_, sharing.here(work, speaker))


@router.callback_query(Tapped(SwitchPerson))
async def person_switched(
    press: CallbackQuery,
    tap: SwitchPerson,
    speaker: Person,
    work: Work,
    sharing: SharingDesk,
    languages: Languages,
    paths: Paths,
    _: Translate,
) -> list[Screen] | Screen:
    """Speak for somebody else of this account, in their language, where they stand."""
    chosen = sharing.switch(work, speaker, tap.number) if tap.number != speaker.id else Refusal("gone")
    if isinstance(chosen, Refusal):
        return screens.people_here(_, sharing.here(work, speaker))
    person, talk = chosen
    theirs = languages[person.language or _.language]
    here = enumerate(sharing.here(work, person), start=1)
    name = next(screens.called(theirs, one, number) for number, one in here if one.is_present)
    if talk.step == TALKING:
        return screens.switched(theirs, name)
    return [screens.switched(theirs, name), paths.at(talk.step, talk.form, theirs) or home(theirs, person, shared=True)]


@router.callback_query(Tapped(MakeLink))
async def link_wanted(
    press: CallbackQuery, speaker: Person, work: Work, sharing: SharingDesk, bot_name: str, _: Translate
) -> Screen:
    """Make the link by which the helped person takes over."""
    made = sharing.make_link(work, speaker)
    if isinstance(made, Refusal):
        return screens.refused(_, made)
    return screens.link_made(_, f"https://t.me/{bot_name}?start={made}", speaker.name or "")


@router.message(Typed("start"))
async def link_opened(
    message: Message, argument: str, speaker: Person, work: Work, sharing: SharingDesk, _: Translate
) -> Screen:
    """Somebody opened a handover link: ask whether it is them."""
    if not argument.startswith(LINK):
        raise SkipHandler
    offered = sharing.offered(work, speaker, argument)
    if isinstance(offered, Refusal):
        return screens.refused(_, offered)
    return screens.ask_to_take_over(_, offered, argument)


@router.callback_query(Tapped(TakeOver))
async def record_taken_over(
    press: CallbackQuery,
    tap: TakeOver,
    speaker: Person,
    work: Work,
    sharing: SharingDesk,
    purposes: PurposeDesk,
    pack: Pack,
    _: Translate,
) -> list[Screen] | Screen:
    """Move the record to this account; what its owner agrees to is asked anew."""
    taken = sharing.take_over(work, speaker, tap.word, _.language)
    if isinstance(taken, Refusal):
        return screens.refused(_, taken)
    person, _talk = taken
    return [screens.taken_over(_, person.name), choices(_, purposes.standing(work, person), pack)]
