"""Taps around what is stored about somebody."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class OpenPart(Action, prefix="mp"):
    """Show one part of it, line by line."""

    number: int


@dataclass(frozen=True)
class GetCopy(Action, prefix="mc"):
    """Send me a copy of everything."""
