"""What belongs to a person, read from the marks on the tables: whatever table is added, nobody has to remember it here.

Each table names the column that leads to the person (`of_person`). It is the person's number everywhere but in the inbox,
whose rows belong to an account and may be of anybody who shares it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import col, func
from sqlmodel import select as choose

from storage.queries import people
from storage.tables.all import METADATA
from storage.tables.counselling import Case, CaseMessage, Staff
from storage.tables.people import Conversation, Person
from storage.tables.records import Audit
from storage.tables.traffic import Inbox
from storage.tables.vacancies import SavedVacancy, Told, Vacancy
from storage.work import Work

INTERNAL = {
    "handover": frozenset({"digest"}),
    "inbox": frozenset({"bot_id", "key"}),
    "outbox": frozenset({"key", "lane", "token", "lease_until", "repeating", "chat_id", "edit_of"}),
}
"""Columns that say nothing about anybody: one-time words, and what keeps traffic in order."""

COPY = "DataCopy"
"""The kind of a row that holds an earlier copy of everything: a copy of a copy is of no use."""


def personal_tables() -> list[Table]:
    """Give every table with rows of persons; each stands behind those it points to."""
    return [table for table in METADATA.sorted_tables if "person" in table.info]


def account_lane(user_id: int) -> str:
    """Name the inbox lane of an account."""
    return f"u:{user_id}"


def is_of_account(table: Table) -> bool:
    """Tell whether a table's rows belong to an account, not to one of the people who share it."""
    return table.name == Inbox.__tablename__


def others_at(work: Work, person: Person) -> tuple[list[Person], list[Person]]:
    """Give who else is on a person's account: those with something of their own, and empty rows that nobody would miss."""
    others = [one for one in people.at_account(work, person.user_id) if one.id != person.id]
    full = [one for one in others if _has_something(work, one)]
    return full, [one for one in others if one not in full]


def _has_something(work: Work, person: Person) -> bool:
    said = person.is_present or person.registered_at or person.name or person.helper_id
    return bool(said) or bool(cases_of(work, person.id or 0))


def rows_of(work: Work, person: Person, *, alone: bool) -> dict[str, list[dict[str, Any]]]:
    """Give every row a person has in every table, opened, without what is internal. `alone`: nobody shares the account."""
    return {table.name: list(_rows(work, table, person, alone=alone)) for table in personal_tables()}


def _rows(work: Work, table: Table, person: Person, *, alone: bool) -> Iterator[dict[str, Any]]:
    if is_of_account(table) and not alone:
        return
    leads = table.c[table.info["person"]]
    owner = account_lane(person.user_id) if is_of_account(table) else person.id
    shown = [column for column in table.c if column.name not in INTERNAL.get(table.name, ())]
    theirs = select(*shown).where(leads == owner).order_by(*table.primary_key)
    for row in work.session.execute(theirs).mappings():
        told = dict(row)
        if told.get("kind") == COPY:
            told.pop("body", None)
        yield told


def cases_of(work: Work, person_id: int) -> list[tuple[Case, str]]:
    """Give a person's cases, the oldest first, each with the name of who took it; empty when nobody did."""
    statement = (
        choose(Case, col(Staff.name))
        .join(Staff, col(Staff.id) == col(Case.assignee_id), isouter=True)
        .where(Case.person_id == person_id)
        .order_by(col(Case.id))
    )
    return [(case, name or "") for case, name in work.session.exec(statement).all()]


def lines_of(work: Work, person_id: int) -> list[CaseMessage]:
    """Give every kept line of a person's cases, in order."""
    statement = choose(CaseMessage).where(CaseMessage.person_id == person_id).order_by(col(CaseMessage.id))
    return list(work.session.exec(statement).all())


def count_lines(work: Work, person_id: int) -> int:
    """Count the kept lines of a person's cases."""
    statement = choose(func.count()).select_from(CaseMessage).where(CaseMessage.person_id == person_id)
    return work.session.exec(statement).one()


def saved_of(work: Work, person_id: int) -> list[tuple[SavedVacancy, Vacancy]]:
    """Give the vacancies a person keeps, the first saved one first."""
    statement = (
        choose(SavedVacancy, Vacancy)
        .join(Vacancy, col(Vacancy.id) == col(SavedVacancy.vacancy_id))
        .where(SavedVacancy.person_id == person_id)
        .order_by(col(SavedVacancy.saved_at), col(SavedVacancy.vacancy_id))
    )
    return list(work.session.exec(statement).all())


def count_told(work: Work, person_id: int) -> int:
    """Count the vacancies a person was told about."""
    return work.session.exec(choose(func.count()).select_from(Told).where(Told.person_id == person_id)).one()


def draft_since(work: Work, person_id: int) -> datetime | None:
    """Give when a person's unfinished registration last changed; None while there is none."""
    return work.session.exec(choose(Conversation.draft_at).where(Conversation.person_id == person_id)).first()


def acted_since(work: Work, act: str, about: str, since: datetime) -> bool:
    """Tell whether the audit knows of an act about something since an instant."""
    found = choose(Audit.id).where(Audit.at > since, Audit.act == act, Audit.about == about).limit(1)
    return work.session.exec(found).first() is not None
