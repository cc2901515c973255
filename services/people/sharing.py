"""Several people on one phone: who is present, who helps whom, and how a helped person gets their record onto their own phone."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, get_args

from services import letter_box
from services.letters import HandedOver
from services.pack_models import PurposeKey
from services.people.desk import RegistrationDesk
from services.people.drafts import DRAFT, Draft
from services.people.purposes import PurposeDesk
from storage import outbox
from storage.queries import cases, handovers, people
from storage.tables.people import Conversation, Handover, Person
from storage.tables.records import Audit
from storage.work import Work

MOST = 30
"""People one account may speak for: a family, or a helper's village."""

LINK_LIVES = timedelta(days=7)
LINK = "h-"
"""Begins the word of a handover link, so that it can be told from other links."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something about sharing a phone did not happen."""

    why: Literal["too_many", "not_helped", "link_over", "own_link", "gone"]


@dataclass(frozen=True, slots=True)
class Sharer:
    """Somebody on a phone: their number, what they want to be called (also in an unfinished registration), whether present."""

    id: int
    name: str | None
    is_present: bool


@dataclass(frozen=True, slots=True)
class SharingDesk:
    """Keeps who shares an account."""

    purposes: PurposeDesk
    registration: RegistrationDesk

    def here(self, work: Work, person: Person) -> list[Sharer]:
        """Give everybody on the person's account who said or asked anything, who helps somebody, and who is present."""
        every = people.at_account(work, person.user_id)
        begun = people.forms_at(work, person.user_id) if len(every) > 1 else {}
        kept = {*begun, *cases.of_persons(work, [one.id or 0 for one in every])}
        kept |= {one.helper_id for one in every if one.helper_id}
        return [
            Sharer(one.id or 0, one.name or _name_in(begun.get(one.id or 0)), one.is_present)
            for one in every
            if one.is_present or one.registered_at or one.helper_id or one.id in kept
        ]

    def add(self, work: Work, person: Person, *, helping: bool, language: str) -> tuple[Person, Conversation] | Refusal:
        """Make another person on this account, present from now on. Helping somebody records their permission in words."""
        blank = self._untouched(work, person, helping=helping)
        if blank is not None:
            return blank
        if len(people.at_account(work, person.user_id)) >= MOST:
            return Refusal("too_many")
        added, talk = people.add_beside(work, person, helper_id=self._helper(person) if helping else None)
        if helping:
            self.purposes.give(work, added, "helper", language)
        self._audit(work, person, "help" if helping else "share", added)
        return added, talk

    @staticmethod
    def _untouched(work: Work, person: Person, *, helping: bool) -> tuple[Person, Conversation] | None:
        """Give who was added just now and has answered nothing yet: pressing twice makes nobody more."""
        known = people.by_id(work, person.id or 0)
        draft = Draft.of(known[1].form.get(DRAFT)) if known else None
        added = draft is not None and draft.added and not draft.answers
        return known if added and person.registered_at is None and helping == (person.helper_id is not None) else None

    @staticmethod
    def _helper(person: Person) -> int:
        """Give who really helps: the owner of the phone, also while they speak for somebody else they help."""
        return person.helper_id or person.id or 0

    def switch(self, work: Work, person: Person, number: int) -> tuple[Person, Conversation] | Refusal:
        """Let another person of the same account be present."""
        chosen = next((one for one in people.at_account(work, person.user_id) if one.id == number), None)
        if chosen is None:
            return Refusal("gone")
        found = people.make_present(work, person, chosen)
        self._audit(work, person, "switch", chosen)
        return found

    def make_link(self, work: Work, person: Person) -> str | Refusal:
        """Make the one-time word of a link by which the helped person takes over; earlier words stop working."""
        if not self.registration.is_helped(work, person):
            return Refusal("not_helped")
        for former in handovers.open_of(work, person.id or 0):
            former.expires_at = work.now
        word = secrets.token_urlsafe(18)
        work.add(
            Handover(person_id=person.id or 0, digest=_digest(word), made_at=work.now, expires_at=work.now + LINK_LIVES)
        )
        self._audit(work, person, "hand_over", person)
        return LINK + word

    def offered(self, work: Work, opener: Person, link: str) -> Person | Refusal:
        """Give whose record a link hands over."""
        found = handovers.by_digest(work, _digest(link.removeprefix(LINK)))
        if found is None or found.used_at is not None or found.expires_at <= work.now:
            return Refusal("link_over")
        known = people.by_id(work, found.person_id)
        if known is None or not self.registration.is_helped(work, known[0]):
            return Refusal("link_over")
        return Refusal("own_link") if known[0].user_id == opener.user_id else known[0]

    def take_over(self, work: Work, opener: Person, link: str, language: str) -> tuple[Person, Conversation] | Refusal:
        """Move the record to the opener's account: letters that wait go there too, and the helper reads nothing any more.

        `language` is the one the opener was asked in. What the helper agreed to for them stands no more: they are asked themselves.
        """
        taken = self.offered(work, opener, link)
        if isinstance(taken, Refusal):
            return taken
        found = handovers.by_digest(work, _digest(link.removeprefix(LINK)))
        helper = people.recipients(work, {taken.helper_id or 0}).get(taken.helper_id or 0)
        was_present, taken.is_present = taken.is_present, False
        work.session.flush()
        left = [one for one in people.at_account(work, taken.user_id) if one.id != taken.id] if was_present else []
        if left:
            next((one for one in left if helper is not None and one.id == helper.id), left[0]).is_present = True
        taken.user_id, taken.helper_id = opener.user_id, None
        work.session.flush()
        outbox.readdress(work, taken.id or 0, opener.user_id)
        taken.language = language
        for purpose in get_args(PurposeKey):
            self.purposes.withdraw(work, taken, purpose)
        taken.digest_hour = taken.next_digest_at = None
        if found is not None:
            found.used_at = work.now
        if helper is not None:
            letter_box.to_person(work, helper, HandedOver(taken.name or ""), f"handed-over:{taken.id}:{work.now}")
        self._audit(work, opener, "take_over", taken)
        return people.make_present(work, opener, taken)

    @staticmethod
    def _audit(work: Work, actor: Person, act: str, about: Person) -> None:
        work.add(Audit(at=work.now, actor=f"person:{actor.id}", act=act, about=f"person:{about.id}", outcome="done"))


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def _name_in(form: dict[str, Any] | None) -> str | None:
    draft = Draft.of((form or {}).get(DRAFT))
    return draft.answers.get("name") if draft else None
