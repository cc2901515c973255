"""What came in, what must go out, and where to."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from storage.sealed import Sealed, SealedJson
from storage.tables.columns import identity, of_nobody, of_person, plain, points_to


class Inbox(SQLModel, table=True):
    """One update, stored before it is acknowledged. Ends as done, ignored (with reason) or dead (with reason).

    Internal rows (`update_id` is null) tell a turn what became of a letter; `key` keeps them from being told twice.
    The payload goes once the row has ended and a short period has passed; the number stays to recognise repeats.
    """

    __tablename__ = "inbox"
    __table_args__: ClassVar[Any] = (
        Index("inbox_once", "bot_id", "update_id", unique=True),
        Index("inbox_open", "state", "lane", "id"),
        Index("inbox_ended", "ended_at"),
        of_person("lane"),
    )

    id: int | None = identity()
    bot_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    update_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    key: str | None = plain("an internal row's own number", unique=True)
    lane: str = plain("u:<user id> or g:<chat>:<thread>: the order is kept within it")
    kind: str = plain("the update's kind")
    payload: dict[str, Any] | None = Field(default=None, sa_column=Column(SealedJson))
    state: str = plain("open, done, ignored or dead")
    reason: str | None = plain("a reason code")
    attempts: int = 0
    received_at: datetime
    ended_at: datetime | None = None


class Outbox(SQLModel, table=True):
    """One message that must be said, with everything that became of it.

    States: pending, claimed, sent, unknown, failed, skipped. `token` fences: only who holds the newest claim settles.
    `repeating` is written before a second copy is sent, so that nobody ever sends a third. `due_at` orders, `not_before` holds back after a refusal; `body` is a packed screen or a letter's facts.
    """

    __tablename__ = "outbox"
    __table_args__: ClassVar[Any] = (
        Index("outbox_open", "state", "lane", "priority", "id"),
        Index("outbox_due", "state", "priority", "due_at", "id"),
        Index("outbox_ended", "ended_at"),
        Index("outbox_person", "person_id"),
        of_person("person_id"),
    )

    id: int | None = identity()
    key: str = plain("what makes promising it twice harmless", unique=True)
    lane: str = plain("u:<person> or p:<place>: the order is kept within it")
    person_id: int | None = points_to("person.id", default=None)
    place_id: int | None = points_to("place.id", default=None)
    chat_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    thread_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    edit_of: int | None = Field(default=None, sa_column=Column(BigInteger))
    kind: str = plain("screen, or the letter's name")
    body: dict[str, Any] | None = Field(default=None, sa_column=Column(SealedJson))
    priority: int
    state: str = plain("pending, claimed, sent, unknown, failed or skipped")
    reason: str | None = plain("a reason code")
    attempts: int = 0
    possibly_twice: bool = False
    repeating: bool = False
    token: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    lease_until: datetime | None = None
    due_at: datetime
    not_before: datetime | None = None
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    created_at: datetime
    ended_at: datetime | None = None


class Place(SQLModel, table=True):
    """Where letters for staff go: a staff group, or a case's topic in it (created when its first letter is sent)."""

    __tablename__ = "place"
    __table_args__: ClassVar[Any] = (
        Index("place_thread", "chat_id", "thread_id", unique=True),
        of_person("person_id", numbered=True),
    )

    id: int | None = identity()
    kind: str = plain("group or topic")
    chat_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    thread_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    title: str | None = Field(default=None, sa_column=Column(Sealed))
    person_id: int | None = points_to("person.id", default=None)
    generation: int = 1


class Gate(SQLModel, table=True):
    """A shut sending gate: no call to the scope before `until`. `next_slot` shares the pace between processes."""

    __tablename__ = "gate"
    __table_args__: ClassVar[Any] = (of_nobody("sending limits"),)

    scope: str = plain("bot, or chat:<id>", primary_key=True)
    until: datetime | None = None
    next_slot: datetime | None = None


class Line(SQLModel, table=True):
    """One bot account: how far its updates were read by polling, and whether its token was refused."""

    __tablename__ = "line"
    __table_args__: ClassVar[Any] = (of_nobody("the bot's own account"),)

    bot_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    username: str | None = plain("the bot's own name")
    next_update: int | None = Field(default=None, sa_column=Column(BigInteger))
