"""Taps of income support."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class OpenAnswer(Action, prefix="bo"):
    """Show this answer."""

    slug: str
