"""Posting letters: the one way a service makes something be said later or elsewhere."""

from datetime import datetime
from typing import Any

from services.letters import Letter
from storage import outbox
from storage.outbox import Saying
from storage.tables.people import Person
from storage.tables.traffic import Place
from storage.work import Work

DELETE_TOPIC = "delete_topic"
"""The kind of a row that is no letter: a topic of a staff group that has to go, with everything in it."""


def to_person(work: Work, person: Person, letter: Letter, key: str, due_at: datetime | None = None) -> bool:
    """Write to a person's private chat. Gives False when this key was promised before."""
    saying = Saying(
        key=key,
        lane=f"u:{person.id}",
        chat_id=person.user_id,
        person_id=person.id,
        kind=type(letter).__name__,
        body=letter.facts(),
        priority=letter.priority,
        due_at=due_at,
    )
    return outbox.promise(work, saying)


def to_place(work: Work, place: Place, letter: Letter, key: str) -> bool:
    """Write into a staff group or a case's topic. Gives False when this key was promised before."""
    saying = Saying(
        key=key,
        lane=f"p:{place.id}",
        chat_id=place.chat_id,
        place_id=place.id,
        kind=type(letter).__name__,
        body=letter.facts(),
        priority=letter.priority,
    )
    return outbox.promise(work, saying)


def to_account(work: Work, user_id: int, letter: Letter, key: str) -> bool:
    """Write to a messenger account that may never have spoken to us: an admin named in the settings."""
    saying = Saying(
        key=key,
        lane=f"a:{user_id}",
        chat_id=user_id,
        kind=type(letter).__name__,
        body=letter.facts(),
        priority=letter.priority,
    )
    return outbox.promise(work, saying)


def to_room(work: Work, chat_id: int, letter: Letter, key: str, thread_id: int | None = None) -> bool:
    """Write into a staff group by its numbers alone: what has to be said there points to nobody."""
    return outbox.promise(
        work, _in_room(chat_id, thread_id, type(letter).__name__, letter.facts(), letter.priority, key)
    )


def delete_topic(work: Work, chat_id: int, thread_id: int) -> bool:
    """Have a topic deleted. Gives False when that was promised before."""
    return outbox.promise(
        work, _in_room(chat_id, thread_id, DELETE_TOPIC, {}, outbox.TIMELY, f"topic-gone:{chat_id}:{thread_id}")
    )


def _in_room(chat_id: int, thread_id: int | None, kind: str, body: dict[str, Any], priority: int, key: str) -> Saying:
    """Address a row by numbers, in a lane of its own: nothing waits for it, and it waits for nothing."""
    lane = f"t:{chat_id}:{thread_id or 0}"
    return Saying(key, lane, chat_id, kind, body, priority, thread_id=thread_id)
