"""What happened when: scheduled occurrences, runs of the jobs, and the audit."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import identity, of_nobody, of_person, plain, points_to


class Occurrence(SQLModel, table=True):
    """One thing that was due for one person on one local day. Who inserts it writes the letter, so it happens once."""

    __tablename__ = "occurrence"
    __table_args__: ClassVar[Any] = (
        Index("occurrence_once", "job", "person_id", "local_on", unique=True),
        of_person("person_id"),
    )

    id: int | None = identity()
    job: str = plain("the job's name")
    person_id: int = points_to("person.id")
    local_on: date
    due_at: datetime
    made_at: datetime
    outcome: str = plain("sent, late, nothing_new, too_late or held back with its reason")


class Run(SQLModel, table=True):
    """What one run of a job saw and did: the self-report, and the proof that it ran."""

    __tablename__ = "run"
    __table_args__: ClassVar[Any] = (Index("run_latest", "job", "started_at"), of_nobody("counts"))

    id: int | None = identity()
    job: str = plain("the job's name")
    started_at: datetime
    ended_at: datetime | None = None
    seen: int = 0
    sent: int = 0
    skipped: dict[str, int] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False, info={"plain": "counts"})
    )
    failed: int = 0


class Audit(SQLModel, table=True):
    """Who did what to which object, when, and what came of it. Never what was said."""

    __tablename__ = "audit"
    __table_args__: ClassVar[Any] = (Index("audit_when", "at"), of_nobody("acts by number, without words"))

    id: int | None = identity()
    at: datetime
    actor: str = plain("staff:<id>, person:<id>, chat:<id> or the service itself")
    act: str = plain("what was done, in the glossary's words")
    about: str | None = plain("case:<id>, place:<id> …")
    outcome: str = plain("done, or why not")
