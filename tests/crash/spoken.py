"""One chat, message by message, against the outbox rows that were to be said there."""

from collections import Counter
from typing import Any

from tests.crash.ledger import Row

Message = dict[str, Any]


class Spoken:
    """Compares the bot's messages in a chat with its rows.

    Attributes:
        missing: rows that say they were sent, and whose message does not stand there.
        repeats: messages that stand there twice.
        denied: of those, the ones no row admits.
        unheard: rows of unknown outcome whose message does not stand there even once.
    """

    def __init__(self, rows: list[Row], messages: list[Message]) -> None:
        spoken = {one["message_id"]: _words(one) for one in messages}
        sent = [row["message_id"] for row in rows if row["state"] == "sent"]
        self.missing = sum(number not in spoken for number in sent)
        self._admitted = Counter(spoken.get(row["message_id"], "") for row in rows if row["possibly_twice"])
        unknown = sum(row["state"] == "unknown" for row in rows)
        topics = [one for one in messages if one["kind"] == "forum_topic_created"]
        surplus = [one for one in messages if one["message_id"] not in set(sent) and one not in topics]
        unclaimed = sum(not self._admits(one) for one in surplus)
        second_topics = len(topics) - len({_title(one) for one in topics})
        first_copies = min(unclaimed, unknown)
        second_copies = min(unclaimed - first_copies, unknown)
        admits_topics = any(row["place_id"] is not None and row["possibly_twice"] for row in rows)
        self.repeats = len(surplus) - first_copies + second_topics
        explained = first_copies + second_copies + _changed_since(rows)
        self.denied = max(0, unclaimed - explained) + (0 if admits_topics else second_topics)
        self.unheard = unknown - first_copies

    def _admits(self, one: Message) -> bool:
        """Tell whether a row whose message says the same admits this one, and use that up."""
        found = self._admitted[_words(one)] > 0
        self._admitted[_words(one)] -= found
        return found


def _changed_since(rows: list[Row]) -> int:
    """Count rows that admit a repeat and whose message was edited afterwards: its other copy still shows the first words."""
    edited = {row["edit_of"] for row in rows}
    return sum(row["possibly_twice"] and row["edit_of"] is None and row["message_id"] in edited for row in rows)


def _words(one: Message) -> str:
    """Give what makes two messages the same to a reader: place and words."""
    return f"{one['thread_id']}:{one['text']}"


def _title(one: Message) -> str:
    title: str = one["message"]["forum_topic_created"]["name"]
    return title
