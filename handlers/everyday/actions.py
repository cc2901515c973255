"""Taps of the everyday-skills talk. Each names the list it stands under, so that a late press changes no other one."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class BeginEveryday(Action, prefix="ev"):
    """I am not sure what to call my work."""


@dataclass(frozen=True)
class TogglePlace(Action, prefix="evp"):
    """I was busy here last month; pressed again, I was not."""

    place: str


@dataclass(frozen=True)
class ToggleActivity(Action, prefix="eva"):
    """I did this; pressed again, I did not."""

    activity: str


@dataclass(frozen=True)
class ToggleWish(Action, prefix="evw"):
    """I would like to do this as work; pressed again, I would not."""

    activity: str


@dataclass(frozen=True)
class TurnWishes(Action, prefix="evt"):
    """Show another part of what I did."""

    page: int


@dataclass(frozen=True)
class DoneWithList(Action, prefix="evd"):
    """I have chosen all that is true in this list."""

    shown: str


@dataclass(frozen=True)
class BackInTalk(Action, prefix="evb"):
    """Back to the list before this one."""

    shown: str


@dataclass(frozen=True)
class TalkAgain(Action, prefix="evn"):
    """Forget what I chose here and begin this talk again."""
