"""The registration desk: who somebody is to us, in as few facts as the next step needs."""

from dataclasses import dataclass

from storage.queries import people
from storage.tables.people import Person
from storage.work import Work

NAME_LIMIT = 64
"""Characters of a name; longer ones are cut, never refused."""


@dataclass(frozen=True, slots=True)
class Registration:
    """The answers of the registration talk; each may be left out by the person."""

    name: str | None = None
    region: str | None = None
    occupation: str | None = None
    occupation_words: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept about a person, for their own eyes."""

    person: Person
    saved: int
    cases: int
    lines: int


@dataclass(frozen=True, slots=True)
class RegistrationDesk:
    """Keeps persons."""

    def choose_language(self, person: Person, language: str) -> None:
        """The person's own choice; the phone's language is only a guess until then."""
        person.language = language

    def register(self, work: Work, person: Person, answers: Registration, zone: str) -> Person:
        """Save the answers the person confirmed. Registering again replaces them."""
        person.name, person.region = answers.name, answers.region
        person.occupation, person.occupation_words = answers.occupation, answers.occupation_words
        person.zone = zone
        person.registered_at = person.registered_at or work.now
        return work.add(person)

    def stop_proactive(self, work: Work, person: Person) -> None:
        """Nothing comes of our own accord any more; the data stay. What already waits is held at its claim."""
        person.stopped_at = person.stopped_at or work.now

    def reachable(self, person: Person) -> None:
        """The person spoke to us, so the messenger lets us through again."""
        if person.unreachable is not None:
            person.unreachable = person.unreachable_at = None

    def unreachable(self, work: Work, person: Person, reason: str) -> None:
        """The person blocked the bot."""
        person.unreachable, person.unreachable_at = reason, work.now

    def stored(self, work: Work, person: Person) -> Stored:
        """Count what is kept about a person."""
        return Stored(person, *people.kept_of(work, person.id or 0))
