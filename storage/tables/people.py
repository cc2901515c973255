"""Persons, what they agreed to, and where they stand in a conversation."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel

from storage.sealed import Sealed, SealedJson
from storage.tables.columns import identity, of_person, plain, points_to

_PRESENT = text("is_present")
_STANDING = text("withdrawn_at IS NULL")


class Person(SQLModel, table=True):
    """Somebody we know. `user_id` is the account they write from, and the private chat's id.

    Several people may share one account: exactly one of them is present, and what is written there is theirs. `helper_id`
    is the person who registered them with their permission, until they have a phone of their own. `profile` holds the
    answers of the registration that have no column, and since when each is stored (`services/people/profile.py`).
    """

    __tablename__ = "person"
    __table_args__: ClassVar[Any] = (
        Index("person_digest_due", "next_digest_at", postgresql_where="next_digest_at IS NOT NULL"),
        Index("person_account", "user_id"),
        Index("person_present", "user_id", unique=True, sqlite_where=_PRESENT, postgresql_where=_PRESENT),
        Index("person_erase_due", "erase_at", postgresql_where=text("erase_at IS NOT NULL")),
        of_person("id", numbered=True),
    )

    id: int | None = identity()
    user_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    is_present: bool = True
    helper_id: int | None = points_to("person.id", default=None)
    language: str | None = plain("a language code")
    zone: str = plain("a time zone name")
    name: str | None = Field(default=None, sa_column=Column(Sealed))
    region: str | None = plain("a region code: audiences are counted by it")
    occupation: str | None = plain("an ISCO-08 code: vacancies are matched by it")
    occupation_words: str | None = Field(default=None, sa_column=Column(Sealed))
    profile: dict[str, Any] | None = Field(default=None, sa_column=Column(SealedJson))
    digest_hour: int | None = None
    next_digest_at: datetime | None = None
    registered_at: datetime | None = None
    unreachable: str | None = plain("a reason code: blocked, deactivated, chat_not_found")
    unreachable_at: datetime | None = None
    stopped_at: datetime | None = None
    erase_at: datetime | None = None
    created_at: datetime


class Consent(SQLModel, table=True):
    """A separate, refusable agreement: the exact text, its version and the language it was given in. Giving anew adds a row."""

    __tablename__ = "consent"
    __table_args__: ClassVar[Any] = (
        Index("consent_one", "person_id", "purpose", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
        of_person("person_id", numbered=True),
    )

    id: int | None = identity()
    person_id: int = points_to("person.id")
    purpose: str = plain("the purpose's name")
    text_version: int
    language: str = plain("a language code")
    words: str | None = Field(default=None, sa_column=Column(Sealed))
    given_at: datetime
    withdrawn_at: datetime | None = None


class Conversation(SQLModel, table=True):
    """Where a person stands: the step we wait in, its version, and the unfinished form.

    `draft_at` is when the unfinished registration in the form last changed; None while there is none. `reminded_at` is
    when the person was reminded of it, which happens once.
    """

    __tablename__ = "conversation"
    __table_args__: ClassVar[Any] = (
        Index("conversation_draft", "draft_at", postgresql_where=text("draft_at IS NOT NULL")),
        of_person("person_id"),
    )

    person_id: int = points_to("person.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    step: str | None = plain("the name of the step we wait in")
    version: int = 1
    form: dict[str, Any] = Field(default_factory=dict, sa_column=Column(SealedJson, nullable=False))
    updated_at: datetime
    draft_at: datetime | None = None
    reminded_at: datetime | None = None


class Handover(SQLModel, table=True):
    """A one-time link by which a helped person takes their own record onto their own phone. Only its hash is kept."""

    __tablename__ = "handover"
    __table_args__: ClassVar[Any] = (of_person("person_id", numbered=True),)

    id: int | None = identity()
    person_id: int = points_to("person.id")
    digest: str = plain("the hash of a one-time word", unique=True)
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
