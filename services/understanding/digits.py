"""Digits of every script as the ten that programs reckon with."""

import unicodedata


def plain_digits(text: str) -> str:
    """Write Arabic-Indic, Persian, full-width and all other decimal digits as 0 to 9; the rest stays as it is."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
