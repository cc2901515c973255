"""Staff, cases and what was said in them."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel

from storage.sealed import Sealed
from storage.tables.columns import identity, of_nobody, of_person, plain, points_to

_OPEN = text("state <> 'closed'")


class Staff(SQLModel, table=True):
    """Somebody who works here. Rights are looked up in this table at the moment of each act."""

    __tablename__ = "staff"
    __table_args__: ClassVar[Any] = (of_nobody("employees, by their own account"),)

    id: int | None = identity()
    user_id: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    role: str = plain("counsellor or admin")
    name: str = Field(sa_column=Column(Sealed, nullable=False))
    joined_at: datetime
    left_at: datetime | None = None


class Case(SQLModel, table=True):
    """A conversation with a human: waiting, human, closed. At most one open case a person."""

    __tablename__ = "counselling_case"
    __table_args__: ClassVar[Any] = (
        Index("case_one_open", "person_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("case_place", "place_id"),
        of_person("person_id", numbered=True),
    )

    id: int | None = identity()
    person_id: int = points_to("person.id")
    place_id: int = points_to("place.id")
    state: str = plain("waiting, human or closed")
    assignee_id: int | None = points_to("staff.id", default=None)
    question: str | None = Field(default=None, sa_column=Column(Sealed))
    kept_step: str | None = plain("the form step that waits for the end of the case")
    opened_at: datetime
    taken_at: datetime | None = None
    closed_at: datetime | None = None
    ended_by: str | None = plain("jobseeker or counsellor")


class CaseMessage(SQLModel, table=True):
    """One line of a case, as the counsellor's card and the person's own copy of their data show it."""

    __tablename__ = "case_message"
    __table_args__: ClassVar[Any] = (
        Index("case_message_of", "case_id", "id"),
        of_person("person_id", numbered=True),
    )

    id: int | None = identity()
    case_id: int = points_to("counselling_case.id")
    person_id: int = points_to("person.id")
    by: str = plain("jobseeker, counsellor or note")
    words: str = Field(sa_column=Column(Sealed, nullable=False))
    said_at: datetime
