"""Taps about who this is for."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class AskForWhom(Action, prefix="sw"):
    """This is not for me."""


@dataclass(frozen=True)
class ShowPeople(Action, prefix="sl"):
    """Show who uses this phone."""


@dataclass(frozen=True)
class AddSharer(Action, prefix="sa"):
    """Somebody who shares this phone wants to register."""


@dataclass(frozen=True)
class AskPermission(Action, prefix="sp"):
    """I help somebody who has no phone."""


@dataclass(frozen=True)
class AddHelped(Action, prefix="sh", version=2):
    """The person I help said yes to the words on the screen: which edition of them, and in which language."""

    edition: int
    language: str


@dataclass(frozen=True)
class SwitchPerson(Action, prefix="sc"):
    """Speak for this person now. Only somebody of the same account can be chosen, checked when it is pressed."""

    number: int


@dataclass(frozen=True)
class MakeLink(Action, prefix="sm"):
    """The person I help has a phone now: give them their record."""


@dataclass(frozen=True)
class TakeOver(Action, prefix="st"):
    """Yes, this is me. The word grants it once, as the link does that carried it here."""

    word: str
