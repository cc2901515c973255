"""What is stored about a person, in plain words."""

from handlers.alerts.screens import hour_name
from handlers.start.actions import OpenRegistration
from handlers.start.screens import to_counsellor, to_menu
from services.occupations import Occupations
from services.packs import Pack
from services.people.desk import Stored
from services.screen import Button, Screen, Text, bold, screen
from services.words import Translate


def stored(_: Translate, shown: Stored, pack: Pack, occupations: Occupations) -> Screen:
    """Show everything that is kept, since when, and how to change or delete it."""
    unsaid = _("not said")
    person = shown.person
    rows: list[Text | str | None] = [
        (_("Name:"), " ", person.name or unsaid),
        (_("Region:"), " ", pack.region_in_full(person.region, _.language) if person.region else unsaid),
        (_("Work:"), " ", occupations.title(person.occupation, _.language) if person.occupation else unsaid),
        (_("Your words for it:"), " ", person.occupation_words) if person.occupation_words else None,
        (_("Language:"), " ", _.language_name(person.language) if person.language else unsaid),
        (_("Registered on:"), " ", _.day(person.registered_at.date()) if person.registered_at else unsaid),
        (_("Daily vacancies:"), " ", hour_name(person.digest_hour) if person.digest_hour is not None else _("off")),
        (_("Messages unasked:"), " ", _("stopped by you") if person.stopped_at else _("allowed")),
        (_("Saved vacancies:"), " ", _.number(shown.saved)),
        (_("Talks with a counsellor:"), " ", _.number(shown.cases)),
        (_("Messages kept from them:"), " ", _.number(shown.lines)),
    ]
    return screen(
        bold(_("What is stored about you")),
        *rows,
        "",
        _("We use it to find vacancies that fit and to let a counsellor help you. It is stored encrypted."),
        _("Your number here is {number}. Say it when you call us.", number=person.id),
        _("To have everything deleted, ask a counsellor. This does not end your registration with the office."),
        buttons=[
            [Button(_.within("button", "Change my answers"), OpenRegistration())],
            [to_counsellor(_)],
            [to_menu(_)],
        ],
    )
