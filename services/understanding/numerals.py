"""Numbers out of digits and number words: "двадцать пять тысяч", "25к", "quatre-vingt-dix", "خمسة وعشرون ألف"."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.understanding.meanings import Kind, Meaning

HUNDRED, THOUSAND, MILLION = Decimal(100), Decimal(1000), Decimal(10**6)
LONG_FOR_A_COUNT = 10_000
"""People who write 250 000 тысяч mean something else than two hundred and fifty million; which, nobody knows."""

COUNTED = "counted"
"""The name of a scale that says nothing without a count before it."""

_ROOM_AFTER_VIGESIMAL = Decimal(20)
_VIGESIMAL = (60, 80)


class _NotANumber(Exception):
    """The words do not add up to one number."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that was read, and the last scale said with it: 1 when it was a mere number."""

    value: Decimal
    scale: Decimal = Decimal(1)


def read_number(meanings: Sequence[Meaning]) -> Quantity | None:
    """The one number that all these words make, or None."""
    reckoning = _Reckoning()
    try:
        for meaning in meanings:
            reckoning.take(meaning)
        return reckoning.quantity()
    except _NotANumber:
        return None


class _Reckoning:
    """Adding up, word by word: groups of up to three figures, each closed by its scale."""

    def __init__(self) -> None:
        self._closed: list[tuple[Decimal, Decimal]] = []
        self._group: Decimal | None = None
        self._digits: Meaning | None = None
        self._room = Decimal(0)
        self._joined = False
        self._uncounted = False

    def take(self, meaning: Meaning) -> None:
        """Take one more word into account."""
        match meaning.kind:
            case Kind.AND:
                self._join()
                return
            case Kind.DIGITS:
                self._take_digits(meaning)
            case Kind.CARDINAL | Kind.ORDINAL:
                self._add(meaning.value)
            case Kind.SCALE if meaning.value == HUNDRED:
                self._hundred()
            case Kind.SCALE:
                self._close(meaning.value, needs_count=meaning.name == COUNTED)
            case _:
                raise _NotANumber
        self._joined = False

    def quantity(self) -> Quantity:
        """What it came to."""
        if self._joined or (self._group is None and not self._closed):
            raise _NotANumber
        last = self._closed[-1][0] if self._closed else Decimal(1)
        if self._closed and self._group is not None and self._group >= last:
            raise _NotANumber
        scale = Decimal(1) if self._group is not None and self._closed else last
        return Quantity(sum((value for _, value in self._closed), self._group or Decimal(0)), scale)

    def _join(self) -> None:
        if self._joined or (self._group is None and not self._closed):
            raise _NotANumber
        self._joined = True

    def _take_digits(self, meaning: Meaning) -> None:
        if self._group is not None or self._uncounted:
            raise _NotANumber
        self._group, self._digits, self._room = meaning.value, meaning, Decimal(0)

    def _add(self, value: Decimal) -> None:
        if value < 1 and value and (self._group is not None or self._closed):
            self._add_part(value)
        elif value >= THOUSAND:
            self._add_closed(value)
        elif self._group is None:
            self._group, self._room = value, _room_after(value)
        elif value < self._room and value:
            self._group, self._room = self._group + value, min(self._room, _room_after(value))
        elif self._joined and self._takes_tens(value):
            self._group, self._room = self._group + value, Decimal(0)
        else:
            raise _NotANumber

    def _takes_tens(self, value: Decimal) -> bool:
        """Tell whether tens may follow the ones, as Arabic says them: five and twenty."""
        ones = 0 < (self._group or 0) % 100 < 10 and self._digits is None
        return ones and 20 <= value < 100 and value % 10 == 0

    def _add_part(self, part: Decimal) -> None:
        """A half after a number is half of one, after a scale half of that: a million and a half."""
        if self._group is None:
            scale, value = self._closed[-1]
            self._closed[-1] = scale, value + part * scale
        elif self._group % 1 == 0:
            self._group, self._room = self._group + part, Decimal(0)
        else:
            raise _NotANumber

    def _add_closed(self, value: Decimal) -> None:
        """A word that is a number of thousands at once, as the Arabic word for two thousand."""
        if self._group is not None or (self._closed and self._closed[-1][0] <= value):
            raise _NotANumber
        self._closed.append((THOUSAND if value < MILLION else MILLION, value))

    def _hundred(self) -> None:
        """Two hundred, or a thousand two hundred, or a mere hundred."""
        count = Decimal(1) if self._group is None else self._counted(HUNDRED)
        if not 0 < count < HUNDRED:
            raise _NotANumber
        self._group, self._room, self._digits = count * HUNDRED, HUNDRED, None

    def _close(self, scale: Decimal, needs_count: bool) -> None:
        """Multiply what was said since the last higher scale, or one; a thousand may be a count of millions itself."""
        higher = [pair for pair in self._closed if pair[0] > scale]
        lower = self._closed[len(higher) :]
        if any(closed >= scale for closed, _ in lower) or (needs_count and self._group is None):
            raise _NotANumber
        count = sum((value for _, value in lower), Decimal(0))
        if lower and self._group is not None and (self._digits or count >= LONG_FOR_A_COUNT):
            raise _NotANumber
        count += self._counted(scale) if self._group is not None else Decimal(not lower)
        self._uncounted = self._group is None and not lower
        self._closed = [*higher, (scale, count * scale)]
        self._group, self._digits, self._room = None, None, Decimal(0)

    def _counted(self, scale: Decimal) -> Decimal:
        """The group as a count of a scale: here the point of 1.500 is a decimal one, unless thousands are counted."""
        group = self._group or Decimal(0)
        fraction = self._digits.fraction if self._digits else None
        if fraction is not None and (scale >= MILLION or fraction % 1 == 0):
            return fraction
        if self._digits and group >= LONG_FOR_A_COUNT:
            raise _NotANumber
        return group


def _room_after(value: Decimal) -> Decimal:
    """How small the next word must be to be added: nothing after ones, ones after tens, teens after sixty in French."""
    if value % 1 or value < 10:
        return Decimal(0)
    if value in _VIGESIMAL:
        return _ROOM_AFTER_VIGESIMAL
    if value % HUNDRED == 0:
        return HUNDRED
    return Decimal(10) if value % 10 == 0 else Decimal(0)
