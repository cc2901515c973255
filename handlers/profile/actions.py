"""Taps of the profile."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class ChangeAnswer(Action, prefix="pc"):
    """Answer this question anew."""

    question: str
