"""Taps of the registration."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class PickRegion(Action, prefix="rr"):
    """I live here."""

    region: str


@dataclass(frozen=True)
class PickOccupation(Action, prefix="ro"):
    """This is my work."""

    occupation: str


@dataclass(frozen=True)
class TurnOccupations(Action, prefix="rp"):
    """Show another page of occupations."""

    page: int


@dataclass(frozen=True)
class SkipQuestion(Action, prefix="rs"):
    """I do not want to say. `step` is the question that was skipped, so that a late press skips no other."""

    step: str


@dataclass(frozen=True)
class GoBack(Action, prefix="rb"):
    """Back to the question before."""

    step: str


@dataclass(frozen=True)
class Correct(Action, prefix="rc"):
    """Change this answer."""

    step: str


@dataclass(frozen=True)
class SaveRegistration(Action, prefix="rv"):
    """All is right: save it."""
