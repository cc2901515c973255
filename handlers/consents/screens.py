"""What a person may agree to: every text in full, what stands for it now, and one button for each. Nothing is pre-ticked."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.consents.actions import Agree, OpenChoices, TakeBack
from handlers.start.actions import OpenAlerts, OpenMyData
from handlers.start.screens import to_counsellor, to_menu
from services.packs import Pack
from services.people.purposes import Standing
from services.screen import Button, Screen, Text, bold, lines, screen
from services.words import Translate

ALERTS = "alerts"
"""The purpose that needs an hour besides a yes."""


def choices(_: Translate, standings: Sequence[Standing], pack: Pack) -> Screen:
    """List every purpose with its text in full and a button of its own."""
    return _listed(_, standings, pack, None)


def agreed(_: Translate, standings: Sequence[Standing], pack: Pack, purpose: str) -> Screen:
    """Confirm a yes over the list; new vacancies also need an hour."""
    hour = [[Button(_.within("button", "Choose the hour"), OpenAlerts())]] if purpose == ALERTS else []
    return _listed(_, standings, pack, _("Done. Your yes is written down."), hour)


def taken_back(_: Translate, standings: Sequence[Standing], pack: Pack) -> Screen:
    """Confirm over the list that a yes stands no more."""
    return _listed(_, standings, pack, _("Done. You have taken it back. It ends now."))


def one(_: Translate, standing: Standing, pack: Pack) -> Screen:
    """Show one purpose and ask; leaving it as it is comes as easily as changing it."""
    if standing.consent is None or standing.outdated:
        asked = _("Do you agree?")
        deeds = [[Button(_.within("button", "I agree"), _agreeing(_, standing, pack))]]
        deeds.append([Button(_.within("button", "Not now"), OpenChoices())])
    else:
        asked = _("Do you want to take it back?")
        deeds = [[Button(_.within("button", "Take it back"), TakeBack(standing.purpose.key))]]
        deeds.append([Button(_.within("button", "Keep it"), OpenChoices())])
    return screen(
        bold(pack.wording(standing.purpose.names, _.language)),
        pack.wording(standing.purpose.texts, _.language),
        stands(_, standing, pack),
        "",
        asked,
        buttons=[*deeds, [to_counsellor(_)]],
    )


def stands(_: Translate, standing: Standing, pack: Pack) -> str:
    """Say in words what stands for a purpose."""
    if standing.consent is None:
        return _("You have not agreed.")
    day = day_at(_, standing.consent.given_at, pack)
    if standing.outdated:
        return _("You agreed on {day} to an earlier text. It has changed since.", day=day)
    return _("You agreed on {day}.", day=day)


def day_at(_: Translate, at: datetime, pack: Pack) -> str:
    """Write the day of an instant as the office's calendar shows it."""
    return _.day(at.astimezone(ZoneInfo(pack.zone)).date())


def _listed(
    _: Translate,
    standings: Sequence[Standing],
    pack: Pack,
    news: str | None,
    more: Sequence[Sequence[Button]] = (),
) -> Screen:
    return screen(
        news,
        bold(_("What you may agree to")),
        _("Each yes or no is your own choice. Saying no changes nothing else."),
        *(_item(_, n, standing, pack) for n, standing in enumerate(standings, start=1)),
        "",
        _("Press a button, or write a number."),
        buttons=[
            *more,
            *(list(_buttons(_, n, standing, pack)) for n, standing in enumerate(standings, start=1)),
            [Button(_.within("button", "My data"), OpenMyData())],
            [to_menu(_)],
        ],
    )


def _item(_: Translate, n: int, standing: Standing, pack: Pack) -> Text:
    name = pack.wording(standing.purpose.names, _.language)
    return lines("", bold(f"{n}. {name}"), pack.wording(standing.purpose.texts, _.language), stands(_, standing, pack))


def _buttons(_: Translate, n: int, standing: Standing, pack: Pack) -> Iterator[Button]:
    if standing.consent is None or standing.outdated:
        yield Button(_.within("button", "{n}. I agree", n=n), _agreeing(_, standing, pack))
    if standing.consent is not None:
        yield Button(_.within("button", "{n}. Take it back", n=n), TakeBack(standing.purpose.key))


def _agreeing(_: Translate, standing: Standing, pack: Pack) -> Agree:
    """Carry which text was read, so that a yes under an older one is not taken for today's."""
    purpose = standing.purpose
    return Agree(purpose.key, purpose.version, pack.language_shown(purpose.texts, _.language))
