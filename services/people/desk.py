"""The registration desk: who somebody is to us, in as few facts as the next step needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.packs import Pack
from services.people import profile
from services.people.profile import Answers
from storage.queries import people
from storage.tables.people import Person
from storage.work import Work

NAME_LIMIT = 64
"""Characters of a name; longer ones are cut, never refused."""


@dataclass(frozen=True, slots=True)
class RegistrationDesk:
    """Keeps persons."""

    pack: Pack

    @staticmethod
    def is_helped(work: Work, person: Person) -> bool:
        """Tell whether a helper registered somebody, whose permission stands even after the helper's own data are gone."""
        return people.consent(work, person.id or 0, "helper") is not None

    def choose_language(self, person: Person, language: str) -> None:
        """The person's own choice; the phone's language is only a guess until then."""
        person.language = language

    def register(self, work: Work, person: Person, answers: Answers) -> None:
        """Save the answers the person confirmed to every question the pack asks."""
        self.change(work, person, self.pack.registration.questions, answers)
        person.registered_at = person.registered_at or work.now

    def change(self, work: Work, person: Person, questions: Iterable[str], answers: Answers) -> None:
        """Save the answers to some questions. The person's zone follows the region."""
        for question in questions:
            profile.keep(person, question, answers, work.now)
        region = self.pack.region(person.region) if person.region else None
        person.zone = region.zone if region else person.zone

    def stop_proactive(self, work: Work, person: Person) -> bool:
        """Nothing comes to this phone of our own accord any more; the data stay. What already waits is held at its claim.

        It holds for everybody who shares the phone; gives True when there is anybody else.
        """
        here = people.at_account(work, person.user_id)
        for one in here:
            one.stopped_at = one.stopped_at or work.now
        return len(here) > 1

    def reachable(self, work: Work, person: Person) -> None:
        """Somebody wrote from this account, so the messenger lets us through again."""
        if person.unreachable is not None:
            person.unreachable = person.unreachable_at = None
            people.mark_reachable(work, person.user_id)

    def unreachable(self, work: Work, person: Person, reason: str) -> None:
        """The account blocked the bot, and with it everybody who shares it."""
        person.unreachable, person.unreachable_at = reason, work.now
        people.mark_unreachable(work, person.id or 0, reason)
