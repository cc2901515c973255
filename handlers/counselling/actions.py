"""Taps around a case."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class LeaveCase(Action, prefix="cl"):
    """I do not want to wait or talk any more."""


@dataclass(frozen=True)
class TakeCase(Action, prefix="ct"):
    """I take this case. The topic it is pressed in says which one."""


@dataclass(frozen=True)
class CloseCase(Action, prefix="cc"):
    """This case is done."""
