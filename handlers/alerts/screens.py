"""The daily digest: its hour, and what it will hold."""

from handlers.alerts.actions import PickHour, TurnOff
from handlers.start.actions import OpenRegistration
from handlers.start.screens import to_menu
from services.alerts.desk import HOURS
from services.packs import Pack
from services.screen import Button, Screen, bold, screen
from services.words import Translate
from storage.tables.people import Person


def hour_name(hour: int) -> str:
    """Write an hour as every offered language does."""
    return f"{hour:02}:00"


def ask_hour(_: Translate, person: Person, pack: Pack, work: str) -> Screen:
    """Say what would come, and ask at which hour. Picking one is the consent."""
    region = pack.region_in_full(person.region, _.language) if person.region else _("any region")
    buttons = [Button(hour_name(hour), PickHour(hour)) for hour in HOURS]
    rows = [buttons[start : start + 4] for start in range(0, len(buttons), 4)]
    hour = person.digest_hour if person.stopped_at is None else None
    off = [[Button(_.within("button", "Turn it off"), TurnOff())]] if hour is not None else []
    now = _("It comes at {hour} now.", hour=hour_name(hour)) if hour is not None else _("It is off now.")
    return screen(
        bold(_("New vacancies once a day")),
        _(
            "One message with new vacancies: {work}, {region}. Nothing comes on days without new ones.",
            work=work,
            region=region,
        ),
        now,
        _("By choosing an hour you agree to get this message. You can turn it off at any time."),
        _("At which hour shall it come?"),
        buttons=[*rows, *off, [to_menu(_)]],
    )


def register_first(_: Translate) -> Screen:
    """Say what has to be known before a digest makes sense."""
    return screen(
        _("To choose vacancies for you I need to know your work. Please register first; it takes a few minutes."),
        buttons=[[Button(_.within("button", "Register"), OpenRegistration())], [to_menu(_)]],
    )


def turned_on(_: Translate, hour: int) -> Screen:
    """Confirm the hour."""
    return screen(
        _("Done. New vacancies come at about {hour}, your local time.", hour=hour_name(hour)),
        _("Send /stop or turn it off here, and it ends at once."),
        buttons=[[Button(_.within("button", "Turn it off"), TurnOff())], [to_menu(_)]],
    )


def turned_off(_: Translate) -> Screen:
    """Confirm the end."""
    return screen(_("Done. No daily vacancies come any more."), buttons=[[to_menu(_)]])
