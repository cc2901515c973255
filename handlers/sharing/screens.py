"""Who uses this phone, helping somebody, and handing a record over to the helped person's own phone."""

from collections.abc import Sequence

from handlers.registration.actions import BeginQuestions
from handlers.sharing.actions import (
    AddHelped,
    AddSharer,
    AskForWhom,
    AskPermission,
    MakeLink,
    SwitchPerson,
    TakeOver,
)
from handlers.start.actions import GoOn
from handlers.start.screens import to_counsellor, to_menu
from services.packs import Pack
from services.people.sharing import Refusal, Sharer
from services.screen import LABEL_LIMIT, Button, Screen, bold, link, screen
from services.words import Translate
from storage.tables.people import Person


def for_whom(_: Translate, *, explained: bool, helper_id: int | None) -> Screen:
    """Ask who is to be registered.

    `explained`: the person just read what it is for, so their own questions may begin. `helper_id`: who helps the person
    that is spoken for now, and so is the one who says "me".
    """
    mine = SwitchPerson(helper_id) if helper_id else BeginQuestions() if explained else GoOn()
    return screen(
        bold(_("Who is this for?")),
        _("Each person has answers, vacancies and messages of their own, also on one phone."),
        buttons=[
            [Button(_.within("button", "For me"), mine)],
            [Button(_.within("button", "We share this phone"), AddSharer())],
            [Button(_.within("button", "I help somebody"), AskPermission())],
            [to_menu(_)],
        ],
    )


def ask_permission(_: Translate, pack: Pack) -> Screen:
    """Give the words the helped person has to agree to, to be read to them."""
    purpose = pack.purpose("helper")
    language = pack.language_shown(purpose.texts, _.language)
    return screen(
        bold(_("You help somebody")),
        _("Read these words to the person:"),
        _("“{words}”", words=pack.wording(purpose.texts, _.language)),
        _("Did the person say yes? We keep the words, the day and the language."),
        buttons=[
            [Button(_.within("button", "Yes, they said yes"), AddHelped(purpose.version, language))],
            [Button(_.within("button", "No"), AskForWhom())],
            [to_counsellor(_)],
        ],
    )


def people_here(_: Translate, here: Sequence[Sharer], stopped_at: str = "") -> Screen:
    """List who uses this phone; one of them is spoken for now. `stopped_at`: where their registration was left unfinished."""
    named = [(n, one, called(_, one, n)) for n, one in enumerate(here, start=1)]
    return screen(
        bold(_("Who is this for?")),
        *(_("Now: {name}", name=name) for _n, one, name in named if one.is_present),
        _("Everything you write or press is for this person until you switch."),
        stopped_at or None,
        buttons=[
            *([[Button(_.within("button", "Go on"), GoOn())]] if stopped_at else []),
            *([Button(_fitting(f"{n}. {name}"), SwitchPerson(one.id))] for n, one, name in named if not one.is_present),
            [Button(_.within("button", "Somebody else"), AskForWhom())],
            [to_menu(_)],
        ],
    )


def called(_: Translate, sharer: Sharer, number: int) -> str:
    """Name somebody on this phone, also without a name."""
    return sharer.name or _("Person {number}", number=number)


def _fitting(label: str) -> str:
    return label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1] + "…"


def switched(_: Translate, name: str) -> Screen:
    """Confirm who is spoken for now."""
    return screen(_("Now: {name}", name=name), buttons=[[to_menu(_)]], fresh=True)


def link_made(_: Translate, address: str, name: str) -> Screen:
    """Give the link, and say who should open it."""
    return screen(
        bold(_("For {name}", name=name)),
        _("Send this link only to this person. Whoever opens it first gets all the answers:"),
        link(address, address),
        _("It works once, within 7 days. When it is opened, you no longer see these answers."),
        buttons=[[Button(_.within("button", "Make a new link"), MakeLink())], [to_menu(_)]],
    )


def ask_to_take_over(_: Translate, helped: Person, word: str) -> Screen:
    """Ask the person who opened the link whether it is them."""
    name = helped.name or _("without a name")
    return screen(
        bold(_("Somebody registered you here")),
        _("The name in it is: {name}. Is this you?", name=name),
        _("If you say yes, the answers and messages come to this phone. The helper no longer sees them."),
        buttons=[
            [Button(_.within("button", "Yes, this is me"), TakeOver(word))],
            [Button(_.within("button", "No, this is not me"), GoOn())],
            [to_counsellor(_)],
        ],
    )


def taken_over(_: Translate, name: str | None) -> Screen:
    """Welcome the person to their own record."""
    greeting = _("{name}, this is yours now.", name=name) if name else _("This is yours now.")
    return screen(
        greeting,
        _("Please look at your profile: correct what is wrong."),
        buttons=[[Button(_.within("button", "My profile"), GoOn())], [to_menu(_)]],
    )


def refused(_: Translate, refusal: Refusal) -> Screen:
    """Say kindly why it did not happen."""
    words = {
        "too_many": _("This phone already has as many people as it may have. A counsellor can help."),
        "not_helped": _("Only the answers of a person you help can be given away."),
        "link_over": _("This link does not work any more. Ask your helper for a new one."),
        "own_link": _("This link is for the other person's phone. Send it to them."),
        "gone": _("This person is not on this phone any more."),
    }
    return screen(words[refusal.why], buttons=[[to_counsellor(_)], [to_menu(_)]])
