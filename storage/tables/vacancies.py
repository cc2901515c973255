"""Vacancies, the words they are found by, and what was kept for or told to whom."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import identity, of_nobody, of_person, plain, points_to


class Vacancy(SQLModel, table=True):
    """An open or closed job advert, as its source gave it. Pay that was not stated is null, never 0."""

    __tablename__ = "vacancy"
    __table_args__: ClassVar[Any] = (
        Index("vacancy_source", "source", "source_id", unique=True),
        Index("vacancy_offer", "occupation", "region"),
        of_nobody("adverts"),
    )

    id: int | None = identity()
    source: str = plain("the feed's name")
    source_id: str = plain("the source's own number")
    content_key: str = plain("who, what and where: reposts share it", index=True)
    title: str = plain("an advert's words")
    employer: str = plain("an employer's name")
    region: str | None = plain("a region code")
    place: str = plain("a town's name")
    occupation: str | None = plain("an ISCO-08 code")
    pay_min: int | None = None
    pay_max: int | None = None
    currency: str | None = plain("a currency code")
    pay_period: str | None = plain("month or hour")
    hours: str | None = plain("full, part, shift or flexible")
    contract: str | None = plain("permanent, temporary or seasonal")
    remote: bool = False
    no_experience: bool = False
    disability_friendly: bool = False
    needs: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, info={"plain": "requirements"})
    )
    description: str = plain("an advert's words")
    apply: str = plain("an advert's words")
    language: str | None = plain("a language code")
    published_on: date
    closes_on: date | None = None
    closed_at: datetime | None = None
    first_seen_at: datetime
    checked_at: datetime


class VacancyToken(SQLModel, table=True):
    """A stem a vacancy can be found by; the same on both databases, because we make it."""

    __tablename__ = "vacancy_token"
    __table_args__: ClassVar[Any] = (of_nobody("adverts"),)

    token: str = plain("a word's stem", primary_key=True)
    vacancy_id: int = points_to("vacancy.id", primary_key=True, ondelete="CASCADE")
    weight: int = 1


class SavedVacancy(SQLModel, table=True):
    """A vacancy a person keeps."""

    __tablename__ = "saved_vacancy"
    __table_args__: ClassVar[Any] = (of_person("person_id"),)

    person_id: int = points_to("person.id", primary_key=True)
    vacancy_id: int = points_to("vacancy.id", primary_key=True)
    saved_at: datetime


class Told(SQLModel, table=True):
    """The ledger: which vacancy a person was already told about, by content, so that a repost is not news."""

    __tablename__ = "told"
    __table_args__: ClassVar[Any] = (of_person("person_id"),)

    person_id: int = points_to("person.id", primary_key=True)
    content_key: str = plain("the vacancy's content key", primary_key=True)
    because: str = plain("new or again_open", primary_key=True)
    told_at: datetime
