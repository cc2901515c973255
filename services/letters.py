"""Letters: facts that somebody must hear of later or elsewhere.

A service writes a letter in its transaction; the courier finds the words when it sends, in the language the person uses
at that moment. `key` makes promising it twice harmless.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, ClassVar, Self

from services.pack_models import PurposeKey
from storage.outbox import ALERT, LIVE_TALK, REPLY, TIMELY

_kinds: dict[str, type["Letter"]] = {}


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes along with a letter's words."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """Base of all letters. Fields are JSON values: text, numbers, lists, dictionaries.

    Attributes:
        priority: how urgent it is among everything waiting.
        useful_for: how long after it was written it is still worth sending; None is for ever.
        proactive: True when nobody asked for it just now: quiet hours and `/stop` hold it back.
        purpose: what the person must agree to at the moment it is sent; None for what needs no agreement.
    """

    priority: ClassVar[int] = ALERT
    proactive: ClassVar[bool] = False
    purpose: ClassVar[PurposeKey | None] = None
    useful_for: ClassVar[timedelta | None] = None

    def __init_subclass__(cls, **more: Any) -> None:
        """Register the letter by its name, under which it lies in the outbox."""
        super().__init_subclass__(**more)
        _kinds[cls.__name__] = cls

    def facts(self) -> dict[str, Any]:
        """Give what is sealed into the outbox row."""
        return asdict(self)

    def enclosed(self) -> Enclosed | None:
        """Give the file that goes along; most letters have none."""
        return None

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Self:
        """Read the letter back."""
        return cls(**facts)


def kinds() -> dict[str, type[Letter]]:
    """Give every letter by its name."""
    return dict(_kinds)


def read(kind: str, facts: dict[str, Any]) -> Letter:
    """Read a letter from an outbox row. Raises KeyError for a name this release does not know."""
    return _kinds[kind].of(facts)


@dataclass(frozen=True)
class NotUnderstood(Letter):
    """We failed to work on what somebody said, after trying: says so, with a code that support can look up."""

    priority: ClassVar[int] = REPLY

    code: str


@dataclass(frozen=True)
class TroubleReport(Letter):
    """An update was given up: an admin may try it again after a mend. Codes only, never anybody's words."""

    priority: ClassVar[int] = TIMELY

    row: int
    code: str
    error: str


@dataclass(frozen=True)
class CaseOpened(Letter):
    """The card a counsellor reads first: who asks, in which language, what about, and who writes for them."""

    priority: ClassVar[int] = LIVE_TALK

    case_id: int
    name: str
    language: str
    region: str
    occupation: str
    question: str
    step: str
    helper: str = ""


@dataclass(frozen=True)
class JobseekerSaid(Letter):
    """A jobseeker's words, shown in their case's topic."""

    priority: ClassVar[int] = LIVE_TALK

    name: str
    words: str
    edited: bool = False


@dataclass(frozen=True)
class CounsellorSaid(Letter):
    """A counsellor's words, for the jobseeker."""

    priority: ClassVar[int] = LIVE_TALK

    name: str
    words: str
    edited: bool = False


@dataclass(frozen=True)
class CounsellorJoined(Letter):
    """A human has taken the case: from now on the bot is silent."""

    priority: ClassVar[int] = LIVE_TALK

    name: str


@dataclass(frozen=True)
class CaseTaken(Letter):
    """Told in the topic: who has the case now."""

    priority: ClassVar[int] = LIVE_TALK

    name: str


@dataclass(frozen=True)
class CaseEnded(Letter):
    """Told to the side that did not end the talk."""

    priority: ClassVar[int] = LIVE_TALK

    by: str
    for_staff: bool
    kept_step: bool = False


@dataclass(frozen=True)
class NotDelivered(Letter):
    """Told in the topic: the jobseeker did not get the counsellor's words, and why."""

    priority: ClassVar[int] = LIVE_TALK

    reason: str


@dataclass(frozen=True)
class Digest(Letter):
    """The day's joined message: new vacancies that fit, at the hour the person chose.

    `vacancies` holds at most five cards' facts; `total` counts all new ones; `late` says that we were down when it was due.
    """

    priority: ClassVar[int] = ALERT
    proactive: ClassVar[bool] = True
    purpose: ClassVar[PurposeKey | None] = "alerts"
    useful_for: ClassVar[timedelta | None] = timedelta(hours=4)

    person_id: int
    vacancies: list[dict[str, Any]]
    total: int
    late: bool
    local_on: str


@dataclass(frozen=True)
class DraftWaiting(Letter):
    """Told once, a day after somebody stopped in the middle of the registration: go on? `step` is the question it stopped at."""

    priority: ClassVar[int] = ALERT
    proactive: ClassVar[bool] = True
    useful_for: ClassVar[timedelta | None] = timedelta(days=7)

    step: str


@dataclass(frozen=True)
class HandedOver(Letter):
    """Told to a helper: the person they helped has taken their record onto their own phone."""

    priority: ClassVar[int] = TIMELY

    name: str


@dataclass(frozen=True)
class DataCopy(Letter):
    """A copy of everything stored about a person, as a file they asked for. `readable`: made for people, not for programs."""

    priority: ClassVar[int] = LIVE_TALK

    filename: str
    text: str
    readable: bool

    def enclosed(self) -> Enclosed:
        """Give the file."""
        return Enclosed(self.filename, self.text.encode("utf-8", "replace"))


@dataclass(frozen=True)
class Erased(Letter):
    """The last thing a person hears: what was stored about them goes now. `name` is set where others share the phone."""

    priority: ClassVar[int] = LIVE_TALK

    name: str


@dataclass(frozen=True)
class CaseErased(Letter):
    """Told in the staff group: an open case ended because the person had their data deleted. Its topic goes with it."""

    priority: ClassVar[int] = LIVE_TALK

    case_id: int


@dataclass(frozen=True)
class DeleteByHand(Letter):
    """Told in a topic the bot may not delete: somebody has to do it, or give the right."""

    priority: ClassVar[int] = LIVE_TALK
