"""Taps of the first screens and the menu."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class PickLanguage(Action, prefix="lang"):
    """Speak with me in this language."""

    language: str


@dataclass(frozen=True)
class OpenLanguages(Action, prefix="langs"):
    """Show the languages."""


@dataclass(frozen=True)
class GoOn(Action, prefix="goon"):
    """Go on with the unfinished form."""


@dataclass(frozen=True)
class BeginAgain(Action, prefix="again"):
    """Throw the unfinished form away and begin."""


@dataclass(frozen=True)
class SurelyBeginAgain(Action, prefix="again2"):
    """Yes, throw my answers away."""


@dataclass(frozen=True)
class OpenRegistration(Action, prefix="reg"):
    """Register, or register anew."""


@dataclass(frozen=True)
class OpenVacancies(Action, prefix="vacs"):
    """Look for work."""


@dataclass(frozen=True)
class OpenBenefits(Action, prefix="bens"):
    """Ask about income support."""


@dataclass(frozen=True)
class AskCounsellor(Action, prefix="ask"):
    """Talk to a human. `about` names the answer or vacancy it starts from, or is empty."""

    about: str = ""


@dataclass(frozen=True)
class OpenAlerts(Action, prefix="alerts"):
    """Set the daily digest."""


@dataclass(frozen=True)
class OpenMyData(Action, prefix="mydata"):
    """Show what is stored about me."""
