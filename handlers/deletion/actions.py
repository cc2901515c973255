"""Taps around having one's data deleted."""

from dataclasses import dataclass

from services.actions import Action


@dataclass(frozen=True)
class DeleteMyData(Action, prefix="md"):
    """I want everything deleted: explain it, and ask for the word."""


@dataclass(frozen=True)
class KeepMyData(Action, prefix="mk"):
    """I do not want it deleted after all."""


@dataclass(frozen=True)
class UndoDeletion(Action, prefix="mu"):
    """Take the deletion back. Names the person, because several may share a phone."""

    person: int


@dataclass(frozen=True)
class DeleteNow(Action, prefix="mn"):
    """Do not wait seven days. Names the person, because several may share a phone."""

    person: int
