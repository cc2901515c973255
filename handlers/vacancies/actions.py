"""Taps of the vacancy search."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class OpenVacancy(Action, prefix="vo"):
    """Show this vacancy."""

    vacancy: int


@dataclass(frozen=True)
class SaveVacancy(Action, prefix="vs"):
    """Keep this vacancy for me."""

    vacancy: int


@dataclass(frozen=True)
class ForgetVacancy(Action, prefix="vf"):
    """Keep it no longer."""

    vacancy: int


@dataclass(frozen=True)
class ShowApply(Action, prefix="va"):
    """Tell me how to apply."""

    vacancy: int


@dataclass(frozen=True)
class TurnResults(Action, prefix="vp"):
    """Show another page of the list."""

    page: int


@dataclass(frozen=True)
class BackToList(Action, prefix="vb"):
    """Show the list again where I left it."""


@dataclass(frozen=True)
class ShowFitting(Action, prefix="vm"):
    """Show what fits my profile."""


@dataclass(frozen=True)
class ShowSaved(Action, prefix="vk"):
    """Show what I keep."""


@dataclass(frozen=True)
class ExplainMatching(Action, prefix="vw"):
    """Tell me how matching works."""
