"""Who is acting, decided from the account that acts and from nothing else."""

from dataclasses import dataclass
from typing import Any

from services.people.desk import NAME_LIMIT
from services.typed import one_line
from storage.queries import cases, places
from storage.tables.counselling import Staff
from storage.tables.traffic import Place
from storage.work import Work

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


def enter(work: Work, event: Any, message: Any, chat_id: int) -> Room:
    """Look up where in a staff group something happened and who did it. `message` is the one said or pressed.

    An admin who is known by the settings only takes the first name of their account, by which jobseekers know them.
    """
    thread_id = getattr(message, "message_thread_id", None) if getattr(message, "is_topic_message", None) else None
    place = places.of_thread(work, chat_id, thread_id) if thread_id else None
    if is_nobody(event):
        return Room(chat_id, place, None, is_nobody=True)
    staff = cases.staff_by_account(work, event.from_user.id)
    if staff is not None and not staff.name:
        staff.name = one_line(event.from_user.first_name, NAME_LIMIT)
    return Room(chat_id, place, staff, is_nobody=False)
