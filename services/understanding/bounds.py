"""What lies between a lowest and a highest value: "от 200 до 300", "up to 300", "2-3"."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from services.understanding.meanings import Kind, Meaning

Value = TypeVar("Value")
Reader = Callable[[Sequence[Meaning]], Value | None]
Pair = tuple[Value | None, Value | None]

_OPENING = (Kind.LOW, Kind.HIGH, Kind.BETWEEN)
_CLOSING = (Kind.LOW, Kind.LOW_AFTER, Kind.FROM_AFTER, Kind.HIGH)
_SEPARATORS = frozenset({Kind.TO, Kind.DASH, Kind.HIGH, Kind.FROM_AFTER})


def read_bounds(meanings: Sequence[Meaning], read: Reader[Value]) -> Pair[Value] | None:
    """The lowest and the highest value meant; both are the same when one value was said plainly.

    `read` reads one whole value. None when the words are neither one value nor two with something between them.
    """
    body = [meaning for meaning in meanings if meaning.kind is not Kind.ASIDE]
    opening = _opening(body)
    body, closing = _without_closing(body)
    if opening is not Kind.BETWEEN:
        one = read(_unhyphenated(body))
        if one is not None:
            return _one_sided(one, opening, closing)
    if opening is Kind.HIGH or closing is Kind.LOW:
        return None
    return _two(body, read, _SEPARATORS | {Kind.AND} if opening is Kind.BETWEEN else _SEPARATORS)


def _opening(body: list[Meaning]) -> Kind | None:
    """Take off what opens the bounds; Kazakh says "between" after them."""
    if body and body[-1].kind is Kind.BETWEEN:
        return body.pop().kind
    return body.pop(0).kind if body and body[0].kind in _OPENING else None


def _without_closing(body: list[Meaning]) -> tuple[list[Meaning], Kind | None]:
    """Take off what stands after the value; the last word decides which bound it is."""
    closing: Kind | None = None
    while body and body[-1].kind in _CLOSING:
        kind = body.pop().kind
        closing = closing or (Kind.HIGH if kind is Kind.HIGH else Kind.LOW)
    return body, closing


def _one_sided(value: Value, opening: Kind | None, closing: Kind | None) -> Pair[Value] | None:
    sides = {opening, closing} - {None}
    if not sides:
        return value, value
    if len(sides) > 1:
        return None
    return (value, None) if Kind.LOW in sides else (None, value)


def _two(body: Sequence[Meaning], read: Reader[Value], separators: frozenset[Kind]) -> Pair[Value] | None:
    for at, meaning in enumerate(body):
        if meaning.kind in separators:
            low, high = read(_unhyphenated(body[:at])), read(_unhyphenated(body[at + 1 :]))
            if low is not None and high is not None:
                return low, high
    return None


def _unhyphenated(body: Sequence[Meaning]) -> list[Meaning]:
    """Without the dashes inside words like vingt-cinq; one at the beginning or the end stays, it is no such dash."""
    inner = range(1, len(body) - 1)
    return [meaning for at, meaning in enumerate(body) if meaning.kind is not Kind.DASH or at not in inner]
