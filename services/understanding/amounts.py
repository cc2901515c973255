"""Amounts of money as people type them: "25к", "двадцать пять тысяч", "от 200 до 300 тыс"."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain

from services.understanding import shelf
from services.understanding.bounds import Pair, read_bounds
from services.understanding.meanings import Kind, Meaning
from services.understanding.numerals import THOUSAND, Quantity, read_number
from services.understanding.spelling import pieces_with_numbers
from services.understanding.vocabulary import Vocabulary

HIGHEST = 10**12


@dataclass(frozen=True, slots=True)
class Amount:
    """A wish or an offer: at least `low`, at most `high`; both are the same for one plain amount."""

    low: int | None
    high: int | None


def read_amount(text: str, language: str) -> Amount | None:
    """The amount meant. A small bare number stays small: whoever asked knows whether thousands were meant."""
    pieces = pieces_with_numbers(text)
    for meanings in shelf.readings(pieces, shelf.books(_filling, language)):
        if (amount := _amount(meanings)) is not None:
            return amount
    return None


def _filling(words: Vocabulary, language: str) -> shelf.Entries:
    return chain(
        shelf.punctuation(".,;:=~/₸$€£₽¥₺₹₴₾₼₪﷼"),
        shelf.meaning(Kind.ASIDE, words.money),
        shelf.bounds(words, language),
        shelf.cardinals(words, language),
        shelf.scales(words, language),
    )


def _amount(meanings: Sequence[Meaning]) -> Amount | None:
    pair = read_bounds(meanings, read_number)
    if pair is None:
        return None
    low, high = _on_one_scale(pair)
    if not (_plausible(low) and _plausible(high)) or (low is not None and high is not None and low > high):
        return None
    return Amount(_whole(low), _whole(high))


def _on_one_scale(pair: Pair[Quantity]) -> tuple[Decimal | None, Decimal | None]:
    """The values of both bounds; in "200-300 тысяч" the scale of the second one counts for the first one too."""
    low, high = pair
    if low is None or high is None or low.scale != 1:
        return (low.value if low else None), (high.value if high else None)
    scale = _said_scale(high)
    while scale >= THOUSAND and low.value * scale > high.value:
        scale /= THOUSAND
    return (low.value * scale if low.value < THOUSAND else low.value), high.value


def _said_scale(high: Quantity) -> Decimal:
    in_full_thousands = high.value >= THOUSAND and high.value % THOUSAND == 0
    return max(high.scale, THOUSAND) if in_full_thousands else high.scale


def _plausible(value: Decimal | None) -> bool:
    """Tell an amount from a number with a forgotten scale, as 1.5 is, and from one too large for anybody."""
    return value is None or (value <= HIGHEST and (value % 1 == 0 or value >= THOUSAND))


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value.to_integral_value(ROUND_HALF_UP))
