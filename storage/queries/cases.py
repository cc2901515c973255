"""Questions about cases: whose, where, and what was said."""

from collections.abc import Iterable

from sqlmodel import col, select

from storage.tables.counselling import Case, CaseMessage, Staff
from storage.work import Work


def open_case(work: Work, person_id: int) -> Case | None:
    """Give a person's open case; there is at most one."""
    statement = select(Case).where(Case.person_id == person_id, Case.state != "closed")
    return work.session.exec(statement).first()


def case_at(work: Work, place_id: int) -> Case | None:
    """Give the newest case of a topic."""
    statement = select(Case).where(Case.place_id == place_id).order_by(col(Case.id).desc())
    return work.session.exec(statement).first()


def locked(work: Work, case_id: int) -> Case | None:
    """Give a case as it is now, locked until the turn ends."""
    statement = select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    return work.session.exec(statement).first()


def of_persons(work: Work, person_ids: Iterable[int]) -> set[int]:
    """Give those of these people who have an open case."""
    statement = select(Case.person_id).where(col(Case.person_id).in_(list(person_ids)), Case.state != "closed")
    return set(work.session.exec(statement).all())


def with_human(work: Work, person_ids: Iterable[int]) -> set[int]:
    """Give those of these people who are talking with a counsellor now."""
    statement = select(Case.person_id).where(col(Case.person_id).in_(list(person_ids)), Case.state == "human")
    return set(work.session.exec(statement).all())


def staff_by_account(work: Work, user_id: int) -> Staff | None:
    """Give who works here under this messenger account, at this moment."""
    statement = select(Staff).where(Staff.user_id == user_id, col(Staff.left_at).is_(None))
    return work.session.exec(statement).first()


def ever_staff(work: Work, user_id: int) -> Staff | None:
    """Give who works or worked here under this account."""
    return work.session.exec(select(Staff).where(Staff.user_id == user_id)).first()


def admins_except(work: Work, user_ids: Iterable[int]) -> list[Staff]:
    """Give the admins who work here and are not among these accounts."""
    statement = select(Staff).where(
        Staff.role == "admin", col(Staff.left_at).is_(None), col(Staff.user_id).not_in(list(user_ids))
    )
    return list(work.session.exec(statement).all())


def said(work: Work, case_id: int, limit: int = 10) -> list[CaseMessage]:
    """Give the last lines of a case, the oldest of them first."""
    statement = select(CaseMessage).where(CaseMessage.case_id == case_id).order_by(col(CaseMessage.id).desc())
    return list(reversed(work.session.exec(statement.limit(limit)).all()))
