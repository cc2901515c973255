"""Taps that belong to no conversation."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class TryAgain(Action, prefix="try"):
    """Work on a given-up update again. For admins only, checked when it is pressed."""

    row: int
