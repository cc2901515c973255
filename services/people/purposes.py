"""What a person agrees to, one purpose at a time: given with the exact words read, withdrawn at any moment."""

from dataclasses import dataclass
from typing import get_args

from services.pack_models import Purpose, PurposeKey
from services.packs import Pack
from storage.queries import people
from storage.tables.people import Consent, Person
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Standing:
    """A purpose that rests on consent, and the consent that stands for it. `outdated`: it was given to an earlier text."""

    purpose: Purpose
    consent: Consent | None

    @property
    def outdated(self) -> bool:
        """Tell whether the text has changed since it was agreed to."""
        return self.consent is not None and self.consent.text_version != self.purpose.version


@dataclass(frozen=True, slots=True)
class PurposeDesk:
    """Keeps consents."""

    pack: Pack

    def give(self, work: Work, person: Person, key: PurposeKey, language: str) -> None:
        """Record an agreement: the words, their version and language, and when. Agreeing to the same text again changes nothing."""
        purpose = self.pack.purpose(key)
        standing = people.consent(work, person.id or 0, key)
        if standing is not None:
            if standing.text_version == purpose.version:
                return
            standing.withdrawn_at = work.now
            work.session.flush()
        work.add(
            Consent(
                person_id=person.id or 0,
                purpose=key,
                text_version=purpose.version,
                language=self.pack.language_shown(purpose.texts, language),
                words=self.pack.wording(purpose.texts, language),
                given_at=work.now,
            )
        )

    def withdraw(self, work: Work, person: Person, key: PurposeKey) -> bool:
        """Take an agreement back. What already waits under it is not sent. Gives False when there was none."""
        standing = people.consent(work, person.id or 0, key)
        if standing is None:
            return False
        standing.withdrawn_at = work.now
        return True

    def standing(self, work: Work, person: Person) -> list[Standing]:
        """Give each purpose a person may agree to, with what stands for it now."""
        return [Standing(one, people.consent(work, person.id or 0, one.key)) for one in self.pack.consents()]


def is_purpose(key: str) -> bool:
    """Tell whether there is a purpose of this name: it may come from a phone."""
    return key in get_args(PurposeKey)
