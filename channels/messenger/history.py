"""A chat's messages: the recent ones in memory, the older ones read from the store when somebody scrolls back."""

from collections.abc import Callable

from channels.messenger.model import JSON, Message
from channels.messenger.store import PUT_MESSAGE, Store, dumped

KEPT = 300


class History:
    """Looks complete from outside, whatever has been let go from memory."""

    def __init__(self, store: Store, chat_key: str, last_id: int = 0) -> None:
        self._store = store
        self._chat_key = chat_key
        self._recent: dict[int, Message] = {}
        self._floor = last_id + 1
        self.last_id = last_id

    def add(self, message: Message) -> None:
        """A new message, with an id above all others."""
        self.last_id = message.id
        self.save(message)

    def save(self, message: Message) -> None:
        """Keep a new or changed message."""
        self._recent[message.id] = message
        self._store.note(PUT_MESSAGE, (self._chat_key, message.id, dumped(message)))

    def get(self, message_id: int) -> Message | None:
        """A message that exists and was not deleted."""
        message = self._recent.get(message_id)
        if message is None and message_id < self._floor:
            body = self._store.message(self._chat_key, message_id)
            message = Message(**body) if body else None
        return None if message is None or message.deleted else message

    def page(self, *, after: int | None = None, before: int | None = None, limit: int = 100) -> list[Message]:
        """Messages in order, deleted ones included: upwards from an id, or the last ones (before an id)."""
        if after is not None:
            if after >= self.last_id:
                return []
            written = self._store.messages_after(self._chat_key, after, limit) if after + 1 < self._floor else []
            found = self._overlaid(written, lambda id_: id_ > after)
            return found[:limit]
        top = before if before is not None else self.last_id + 1
        written = []
        if sum(1 for id_ in self._recent if self._floor <= id_ < top) < limit:
            written = self._store.messages_before(self._chat_key, top, limit)
        return self._overlaid(written, lambda id_: id_ < top)[-limit:]

    def _overlaid(self, written: list[JSON], wanted: Callable[[int], bool]) -> list[Message]:
        found = {body["id"]: Message(**body) for body in written}
        found.update((id_, message) for id_, message in self._recent.items() if wanted(id_))
        return [found[id_] for id_ in sorted(found)]

    def trim(self) -> None:
        """Let go of the oldest once everything is written; a chat's tail stays at hand."""
        surplus = len(self._recent) - KEPT
        if surplus > 0:
            for message_id in sorted(self._recent)[:surplus]:
                del self._recent[message_id]
            self._floor = max(self._floor, min(self._recent))
