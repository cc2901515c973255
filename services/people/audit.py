"""Who did what with a person's record: by number, without a word. A helper's acts are the helper's."""

from storage.tables.people import Person
from storage.tables.records import Audit
from storage.work import Work


def note(work: Work, person: Person, act: str) -> None:
    """Record an act of whoever speaks for this person."""
    actor = person.id if person.helper_id is None else person.helper_id
    work.add(Audit(at=work.now, actor=f"person:{actor}", act=act, about=named(person), outcome="done"))


def named(person: Person) -> str:
    """Name a person as the audit does."""
    return f"person:{person.id}"
