"""Who is acting, decided from the account that acts and from nothing else."""

from dataclasses import dataclass
from typing import Any

from storage.tables.counselling import Staff
from storage.tables.traffic import Place

GROUP_ANONYMOUS, CHANNEL_LINK = 1087968824, 777000
"""Accounts that many people share: whoever speaks through them is nobody."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where in a staff group something happened, and which employee did it.

    Attributes:
        chat_id: the staff group.
        place: the case's topic by its stored numbers; None in General or in a topic that is not ours.
        staff: who works here under the acting account, looked up now; None for everybody else.
        is_nobody: an anonymous admin, a channel or another bot, who cannot be told apart.
    """

    chat_id: int
    place: Place | None
    staff: Staff | None
    is_nobody: bool


def is_nobody(event: Any) -> bool:
    """Tell whether the acting account is shared by many or is no person."""
    sender = getattr(event, "from_user", None)
    speaks_as_chat = getattr(event, "sender_chat", None) is not None
    return speaks_as_chat or sender is None or sender.is_bot or sender.id in {GROUP_ANONYMOUS, CHANNEL_LINK}
