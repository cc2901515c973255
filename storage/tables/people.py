"""Persons, what they agreed to, and where they stand in a conversation."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from storage.sealed import Sealed, SealedJson
from storage.tables.columns import identity, of_person, plain, points_to


class Person(SQLModel, table=True):
    """Somebody who ever spoke to the bot. One row a messenger account; `user_id` is also the private chat's id."""

    __tablename__ = "person"
    __table_args__: ClassVar[Any] = (
        Index("person_digest_due", "next_digest_at", postgresql_where="next_digest_at IS NOT NULL"),
        of_person("id"),
    )

    id: int | None = identity()
    user_id: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    language: str | None = plain("a language code")
    zone: str = plain("a time zone name")
    name: str | None = Field(default=None, sa_column=Column(Sealed))
    region: str | None = plain("a region code: audiences are counted by it")
    occupation: str | None = plain("an ISCO-08 code: vacancies are matched by it")
    occupation_words: str | None = Field(default=None, sa_column=Column(Sealed))
    digest_hour: int | None = None
    next_digest_at: datetime | None = None
    registered_at: datetime | None = None
    unreachable: str | None = plain("a reason code: blocked, deactivated, chat_not_found")
    unreachable_at: datetime | None = None
    stopped_at: datetime | None = None
    created_at: datetime


class Consent(SQLModel, table=True):
    """A separate, refusable agreement with the exact text version and language it was given in."""

    __tablename__ = "consent"
    __table_args__: ClassVar[Any] = (Index("consent_one", "person_id", "purpose", unique=True), of_person("person_id"))

    id: int | None = identity()
    person_id: int = points_to("person.id")
    purpose: str = plain("the purpose's name")
    text_version: int
    language: str = plain("a language code")
    given_at: datetime
    withdrawn_at: datetime | None = None


class Conversation(SQLModel, table=True):
    """Where a person stands: the step we wait in, its version, and the unfinished form."""

    __tablename__ = "conversation"
    __table_args__: ClassVar[Any] = (of_person("person_id"),)

    person_id: int = points_to("person.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    step: str | None = plain("the name of the step we wait in")
    version: int = 1
    form: dict[str, Any] = Field(default_factory=dict, sa_column=Column(SealedJson, nullable=False))
    updated_at: datetime
