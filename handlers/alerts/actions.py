"""Taps of the daily digest."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class PickHour(Action, prefix="dh"):
    """Send it at this hour."""

    hour: int


@dataclass(frozen=True)
class TurnOff(Action, prefix="do"):
    """Send no digest any more."""
