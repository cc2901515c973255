"""The questions of the registration, and the summary before anything is saved."""

from typing import Any

from handlers.registration.actions import (
    Correct,
    GoBack,
    PickOccupation,
    PickRegion,
    SaveRegistration,
    SkipQuestion,
    TurnOccupations,
)
from handlers.start.actions import OpenAlerts, OpenVacancies
from handlers.start.screens import to_counsellor, to_menu
from services.occupations import Occupations
from services.packs import Pack, Region
from services.screen import Button, Screen, Text, bold, screen
from services.words import Translate

QUESTIONS = 3
PAGE = 8
"""Occupations listed on one page."""

Form = dict[str, Any]


def _progress(_: Translate, n: int) -> str:
    return _("Question {n} of {total}", n=n, total=QUESTIONS)


def _skip(_: Translate, step: str) -> Button:
    return Button(_.within("button", "Skip"), SkipQuestion(step))


def _back(_: Translate, step: str) -> Button:
    return Button(_.within("button", "Back"), GoBack(step))


def ask_name(_: Translate, guess: str = "") -> Screen:
    """Ask what to call the person."""
    return screen(
        _progress(_, 1),
        bold(_("What shall I call you?")),
        _("Write your first name, or any name you like. The counsellor uses it to address you."),
        buttons=[[_skip(_, "name")], [to_menu(_)]],
    )


def name_unclear(_: Translate) -> Screen:
    """Explain what a name may be, with an example."""
    return screen(
        _("I could not read a name in that. Write it in letters, for example: Aigul."),
        buttons=[[_skip(_, "name")], [to_counsellor(_)]],
    )


def ask_region(_: Translate, pack: Pack) -> Screen:
    """Offer the regions, two in a row; typing works too."""
    buttons = [Button(pack.region_name(one.code, _.language), PickRegion(one.code)) for one in pack.regions]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    return screen(
        _progress(_, 2),
        bold(_("Where do you look for work?")),
        _("Choose your region, or write the name of your town. We need it to show vacancies near you."),
        buttons=[*rows, [_skip(_, "region")], [_back(_, "region")]],
    )


def choose_region(_: Translate, pack: Pack, found: list[Region]) -> Screen:
    """Offer the regions that a typed name may mean."""
    rows = [[Button(pack.region_name(one.code, _.language), PickRegion(one.code))] for one in found]
    return screen(_("Which one do you mean?"), buttons=[*rows, [_skip(_, "region")], [_back(_, "region")]])


def region_unclear(_: Translate) -> Screen:
    """Explain what can be written, with an example."""
    return screen(
        _("I do not know this place. Write the nearest big town or the region, for example: Karaganda."),
        buttons=[[_skip(_, "region")], [to_counsellor(_)], [_back(_, "region")]],
    )


def ask_occupation(_: Translate) -> Screen:
    """Ask for the person's work in their own words."""
    return screen(
        _progress(_, 3),
        bold(_("What work do you do, or want to do?")),
        _(
            "Write it in your own words, for example: welder, cook, shop assistant. We need it to find vacancies that fit."
        ),
        buttons=[
            [Button(_.within("button", "Show the list"), TurnOccupations(0))],
            [_skip(_, "occupation")],
            [_back(_, "occupation")],
        ],
    )


def choose_occupation(_: Translate, occupations: Occupations, found: list[str]) -> Screen:
    """Offer the occupations that the words may mean."""
    rows = [[Button(occupations.title(code, _.language), PickOccupation(code))] for code in found]
    return screen(
        _("Which of these is nearest to your work?"),
        buttons=[
            *rows,
            [Button(_.within("button", "Show the list"), TurnOccupations(0))],
            [_skip(_, "occupation")],
            [_back(_, "occupation")],
        ],
    )


def list_occupations(_: Translate, occupations: Occupations, page: int) -> Screen:
    """Show one page of the occupations, in the order of this language's alphabet."""
    titles = sorted((occupations.title(code, _.language).casefold(), code) for code in occupations.codes)
    pages = -(-len(titles) // PAGE)
    page = max(0, min(page, pages - 1))
    shown = titles[page * PAGE : (page + 1) * PAGE]
    turning = []
    if page > 0:
        turning.append(Button(_.within("button", "Previous"), TurnOccupations(page - 1)))
    if page < pages - 1:
        turning.append(Button(_.within("button", "Next"), TurnOccupations(page + 1)))
    return screen(
        _("Page {page} of {pages}. Choose your work, or write it in your own words.", page=page + 1, pages=pages),
        buttons=[
            *([Button(occupations.title(code, _.language), PickOccupation(code))] for _title, code in shown),
            turning,
            [_skip(_, "occupation")],
            [_back(_, "occupation")],
        ],
    )


def occupation_unclear(_: Translate) -> Screen:
    """Explain what can be written, with an example."""
    return screen(
        _("I do not know this work yet. Write it in other words, for example: driver. Or choose from the list."),
        buttons=[
            [Button(_.within("button", "Show the list"), TurnOccupations(0))],
            [_skip(_, "occupation")],
            [to_counsellor(_)],
        ],
    )


def summary(_: Translate, form: Form, pack: Pack, occupations: Occupations) -> Screen:
    """Read everything back; nothing is saved before this is confirmed."""
    left_out = _("not said")
    region = pack.region_in_full(form["region"], _.language) if form.get("region") else left_out
    work = occupations.title(form["occupation"], _.language) if form.get("occupation") else left_out
    rows: list[Text | str] = [
        (_("Name:"), " ", form.get("name") or left_out),
        (_("Region:"), " ", region),
        (_("Work:"), " ", work),
    ]
    return screen(
        bold(_("Is this right?")),
        *rows,
        _("Nothing is saved until you press Save."),
        buttons=[
            [Button(_.within("button", "Save"), SaveRegistration())],
            [Button(_.within("button", "Correct the name"), Correct("name"))],
            [Button(_.within("button", "Correct the region"), Correct("region"))],
            [Button(_.within("button", "Correct the work"), Correct("occupation"))],
        ],
    )


def confirm_first(_: Translate) -> Screen:
    """Remind that the summary waits for a press."""
    return screen(_("Please press Save under your answers, or correct one of them."))


def registered(_: Translate, name: str | None) -> Screen:
    """Greet the registered person and offer the next steps."""
    greeting = _("You are registered, {name}.", name=name) if name else _("You are registered.")
    return screen(
        greeting,
        _("I can look for vacancies that fit you now, or send you new ones once a day."),
        buttons=[
            [Button(_.within("button", "Find work"), OpenVacancies())],
            [Button(_.within("button", "Daily vacancies"), OpenAlerts())],
            [to_menu(_)],
        ],
    )
