"""Taps around what a person may agree to."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class OpenChoices(Action, prefix="co"):
    """Show what I agreed to."""


@dataclass(frozen=True)
class Agree(Action, prefix="ca"):
    """I agree to this text: the purpose, the edition of its text that was shown, and the language it was shown in."""

    purpose: str
    edition: int
    language: str


@dataclass(frozen=True)
class TakeBack(Action, prefix="cb"):
    """I agree to this no more."""

    purpose: str
