"""What a typed word can mean to a reader of answers."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The part a word plays. A word has one part for each reader and language."""

    UNKNOWN = "unknown"
    ASIDE = "aside"
    DIGITS = "digits"
    CARDINAL = "cardinal"
    SCALE = "scale"
    ORDINAL = "ordinal"
    ORDINAL_ENDING = "ordinal ending"
    AND = "and"
    COMMA = "comma"
    DASH = "dash"
    BETWEEN = "between"
    LOW = "low"
    LOW_AFTER = "low after"
    FROM_AFTER = "from after"
    HIGH = "high"
    TO = "to"
    UNIT = "unit"
    SPAN = "span"
    NOTHING = "nothing"
    AGAINST = "against"
    SINCE = "since"
    YES = "yes"
    NO = "no"
    SURELY = "surely"
    EVERY = "every"
    BOTH = "both"
    LAST = "last"
    FROM_TODAY = "from today"
    WEEKDAY = "weekday"
    MONTH = "month"
    NEXT_WEEK = "next week"
    COMING = "coming"
    AHEAD = "ahead"
    DAY_BEFORE = "day before"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A part with what it carries: a value, or the name of a unit or command.

    `fraction` is the other reading of digits like 1.500, where the point may be a decimal one.
    """

    kind: Kind
    value: Decimal = Decimal(0)
    name: str = ""
    fraction: Decimal | None = None


NUMBERS = frozenset({Kind.DIGITS, Kind.CARDINAL, Kind.SCALE, Kind.ORDINAL})
