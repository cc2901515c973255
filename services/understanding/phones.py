"""Telephone numbers as people type them, in the one form that can be called from anywhere."""

import phonenumbers

from services.typed import clean
from services.understanding.digits import plain_digits

LONGEST = 64
"""A number with a few words around it; nobody is asked to find one in a letter."""


def read_phone(text: str, country: str) -> str | None:
    """The one valid number in the message, as E.164; numbers without a country code are of this country."""
    written = plain_digits(clean(text[: LONGEST + 1]))
    if len(written) > LONGEST:
        return None
    found = {_e164(match.number) for match in _matches(written, country.upper())}
    return found.pop() if len(found) == 1 else None


def _matches(written: str, region: str) -> phonenumbers.PhoneNumberMatcher:
    """Numbers in the text; two noughts before a country code are read as the plus they stand for."""
    international = f"+{written[2:]}" if written.startswith("00") else written
    return phonenumbers.PhoneNumberMatcher(international, region, phonenumbers.Leniency.VALID)


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
