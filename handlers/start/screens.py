"""What the bot says first, and the menu everything is reached from."""

from collections.abc import Sequence

from handlers.sharing.actions import ShowPeople
from handlers.start.actions import (
    AskCounsellor,
    BeginAgain,
    GoOn,
    OpenAlerts,
    OpenBenefits,
    OpenLanguages,
    OpenMyData,
    OpenRegistration,
    OpenVacancies,
    PickLanguage,
    SurelyBeginAgain,
)
from services.actions import GoHome
from services.packs import Pack
from services.screen import Button, Rows, Screen, bold, screen
from services.words import Languages, Translate
from storage.tables.people import Person


def ask_language(languages: Languages, guess: str) -> Screen:
    """Offer every language in its own words, the phone's one first."""
    ordered = sorted(languages.offered, key=lambda code: code != guess)
    return screen(
        *(language_question(languages[code]) for code in ordered),
        buttons=[[Button(languages.own_name(code), PickLanguage(code))] for code in ordered],
    )


def language_question(_: Translate) -> str:
    """Ask for the language in one language."""
    return _("Which language do you speak?")


def welcome(_: Translate, pack: Pack) -> Screen:
    """Say who runs this, what is stored and how to stop, then what can be done here."""
    language = _.language
    return screen(
        bold(pack.wording(pack.office.names, language)),
        pack.wording(pack.office.introduction, language),
        "",
        pack.wording(pack.privacy.stored, language),
        "",
        pack.wording(pack.privacy.stop, language),
        "",
        _("You can look around without registering. What do you need?"),
        buttons=menu(_, registered=False),
    )


def home(_: Translate, person: Person, *, with_case: bool = False, shared: bool = False) -> Screen:
    """Show the menu."""
    greeting = _("{name}, what do you need?", name=person.name) if person.name else _("What do you need?")
    return screen(
        greeting,
        _("A counsellor has your question and will write here.") if with_case else None,
        buttons=[*menu(_, registered=person.registered_at is not None), *([_switching(_)] if shared else [])],
    )


def menu(_: Translate, *, registered: bool) -> Rows:
    """Give the buttons to everything."""
    first = (
        Button(_.within("button", "My profile"), OpenRegistration())
        if registered
        else Button(_.within("button", "Register"), OpenRegistration())
    )
    return (
        (Button(_.within("button", "Find work"), OpenVacancies()),),
        (Button(_.within("button", "Money while out of work"), OpenBenefits()),),
        (Button(_.within("button", "Talk to a counsellor"), AskCounsellor()),),
        (first,),
        (Button(_.within("button", "Daily vacancies"), OpenAlerts()),),
        (Button(_.within("button", "Language"), OpenLanguages()), Button(_.within("button", "My data"), OpenMyData())),
    )


def _switching(_: Translate) -> Sequence[Button]:
    return [Button(_.within("button", "Who is this for?"), ShowPeople())]


def to_menu(_: Translate) -> Button:
    """Give the way home that every screen has."""
    return Button(_.within("button", "Menu"), GoHome())


def to_counsellor(_: Translate, about: str = "") -> Button:
    """Give the way to a human that every screen has."""
    return Button(_.within("button", "Talk to a counsellor"), AskCounsellor(about))


def offer_to_go_on(_: Translate, stopped_at: str) -> Screen:
    """Ask what becomes of an unfinished form."""
    return screen(
        stopped_at,
        _("Your answers wait here."),
        buttons=[
            [Button(_.within("button", "Go on"), GoOn())],
            [Button(_.within("button", "Begin again"), BeginAgain())],
            [to_menu(_)],
        ],
    )


def surely_begin_again(_: Translate) -> Screen:
    """Ask before answers are thrown away."""
    return screen(
        _("Your answers so far would be deleted. Do you want that?"),
        buttons=[
            [Button(_.within("button", "No, go on"), GoOn())],
            [Button(_.within("button", "Yes, delete them and begin again"), SurelyBeginAgain())],
            [to_menu(_)],
        ],
    )


def left_form(_: Translate, person: Person) -> Screen:
    """Say that the form was left and nothing of it is kept."""
    return screen(
        _("I have left the form. Your answers in it are deleted."),
        buttons=menu(_, registered=person.registered_at is not None),
    )


def explain(_: Translate, pack: Pack) -> Screen:
    """Say what can be done here, by which commands, and which number to call."""
    lines = [f"{pack.wording(line.names, _.language)}: {line.number}" for line in pack.hotlines]
    return screen(
        bold(_("What you can do here")),
        _("/vacancies – find work"),
        _("/benefits – money while out of work"),
        _("/counsellor – talk to a human"),
        _("/register – register, or change your answers"),
        _("/people – choose who this is for, or help somebody"),
        _("/alerts – new vacancies once a day"),
        _("/language – choose another language"),
        _("/mydata – see what is stored about you"),
        _("/stop – no more messages unasked"),
        _("/cancel – leave a form"),
        "",
        _("You can also write your question in your own words."),
        _("If you delete a message here, the counsellor still has it. Ask the counsellor to remove it."),
        *lines,
        buttons=[[to_counsellor(_)], [to_menu(_)]],
    )


def stopped(_: Translate, *, shared: bool) -> Screen:
    """Confirm that nothing comes unasked any more, to nobody on this phone."""
    return screen(
        _("Done. No message comes unasked any more. Your data is kept, and I still answer when you write."),
        _("This holds for everybody on this phone.") if shared else None,
        _("To get daily vacancies again, open Daily vacancies."),
        buttons=[[Button(_.within("button", "Daily vacancies"), OpenAlerts())], [to_menu(_)]],
    )


def menu_commands(_: Translate) -> list[tuple[str, str]]:
    """Give every command a person may type, with what it does."""
    return [
        ("menu", _.within("command", "Menu")),
        ("vacancies", _.within("command", "Find work")),
        ("benefits", _.within("command", "Money while out of work")),
        ("counsellor", _.within("command", "Talk to a counsellor")),
        ("register", _.within("command", "Register or change your answers")),
        ("profile", _.within("command", "Your answers")),
        ("people", _.within("command", "Who is this for?")),
        ("alerts", _.within("command", "New vacancies once a day")),
        ("language", _.within("command", "Another language")),
        ("mydata", _.within("command", "What is stored about you")),
        ("stop", _.within("command", "No more messages unasked")),
        ("help", _.within("command", "What you can do here")),
    ]
