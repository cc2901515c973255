"""Taps of the registration. Each names its question, so that a late press under an older one changes no other."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class BeginQuestions(Action, prefix="rg"):
    """I have read what this is for: ask me."""


@dataclass(frozen=True)
class UseAccountName(Action, prefix="rn"):
    """Call me as my account does. The name is read from the account when this is pressed."""


@dataclass(frozen=True)
class PickRegion(Action, prefix="rr"):
    """I live here."""

    region: str


@dataclass(frozen=True)
class ShowRegions(Action, prefix="rw"):
    """Show the regions again, so that one can be pressed."""


@dataclass(frozen=True)
class PickOccupation(Action, prefix="ro"):
    """This is my work."""

    occupation: str


@dataclass(frozen=True)
class OpenGroup(Action, prefix="rp", version=2):
    """Show the occupations of a group; an empty one shows the largest groups."""

    group: str
    page: int = 0


@dataclass(frozen=True)
class PickOption(Action, prefix="rq"):
    """This is my answer; where several may be chosen, add it or take it out."""

    question: str
    option: str


@dataclass(frozen=True)
class DonePicking(Action, prefix="rd"):
    """I have chosen all that is true."""

    question: str


@dataclass(frozen=True)
class KeepAnswer(Action, prefix="rk"):
    """What I said before still holds."""

    question: str


@dataclass(frozen=True)
class SkipQuestion(Action, prefix="rs"):
    """I do not want to say."""

    step: str


@dataclass(frozen=True)
class GoBack(Action, prefix="rb"):
    """Back to the question before."""

    step: str


@dataclass(frozen=True)
class ShowAnswers(Action, prefix="ra"):
    """Show what I have said so far; any of it can be corrected."""


@dataclass(frozen=True)
class StopForNow(Action, prefix="rx"):
    """Enough for now; keep my answers."""


@dataclass(frozen=True)
class Correct(Action, prefix="rc"):
    """Change this answer."""

    step: str


@dataclass(frozen=True)
class SaveRegistration(Action, prefix="rv"):
    """All is right: save it."""
