"""One spelling for typed answers and for the vocabulary they are compared with, and their cutting into pieces.

Accents, vowel signs, Kazakh and look-alike letters, digits of other scripts and the many dashes are levelled, because a
tired person with one thumb writes none of them carefully. Word order and punctuation that may matter are kept.
"""

import re
import unicodedata
from decimal import Decimal

from services.folding import fold
from services.typed import clean
from services.understanding.digits import plain_digits
from services.understanding.meanings import Kind, Meaning

LONGEST = 200
"""An answer to a question of ours is shorter; a letter is not searched for numbers."""
MOST_PIECES = 50

Piece = str | Meaning

_LEVELLED = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("’‘`´ʼʻ", "'"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\u066c", "_"),
        "ـ": "",
        "\u200c": "",
        "\u200d": "",
        "\u066b": ".",
        "،": ",",
        "؛": ";",
        "؟": "?",
        "٪": "%",
        "№": "#",
        "½": ".5",
        "ى": "ي",
        "ة": "ه",
        "ی": "ي",
        "ک": "ك",
        "œ": "oe",
        "ı": "i",
    }
)
_NOT_GROUPING = re.compile(r"_(?!\d{3}(?!\d))|(?<!\d)_")
_GROUPING_TICK = re.compile(r"(?<=\d)'(?=\d{3}(?!\d))")
_DOTS = re.compile(r"(?<=\d)\s*\.{2,}\s*(?=\d)")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_DECIMALS = r"(?:[.,]\d{1,2}(?![\d.,]*\d))?"
_WRITTEN = (
    rf"\d{{1,3}}(?:_\d{{3}})+(?!\d){_DECIMALS}"
    rf"|\d{{1,3}}(?: \d{{3}})+(?!\d){_DECIMALS}"
    r"|\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d{1,2}(?!\d))?"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d{1,2}(?!\d))?"
    r"|\d*[.,]\d+|\d+"
)
_PIECE = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_PIECE_WITH_NUMBERS = re.compile(rf"(?<![\d])(?:{_WRITTEN})|[^\W\d_]+|[^\w\s]|_")
_LONE_SEPARATOR = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_SILENT = frozenset("'\"«»“”„()[]{}!?*|")
_TOO_LONG_UNGROUPED = 10
_GROUPS_IN_ONE_BREATH = 3


def spelled(text: str | None) -> str:
    """Level one typed text; empty when nothing readable is left or when it is too long to be an answer."""
    stripped = (text or "").strip()
    readable = clean(stripped) if len(stripped) <= LONGEST else ""
    levelled = plain_digits(readable).translate(_LEVELLED)
    levelled = unicodedata.normalize("NFKD", levelled.casefold()).translate(_LEVELLED)
    bare = "".join(sign for sign in levelled if not _is_mark(sign))
    grouped = _NOT_GROUPING.sub(" ", _GROUPING_TICK.sub("_", bare))
    return _STRETCHED.sub(r"\1", _DOTS.sub("-", grouped))


def pieces(text: str | None) -> list[Piece]:
    """Cut into folded words, signs and whole numbers, every run of digits on its own."""
    return [_piece(found) for found in _PIECE.findall(spelled(text)) if found not in _SILENT][: MOST_PIECES + 1]


def pieces_with_numbers(text: str | None) -> list[Piece]:
    """Cut as `pieces` does, but read numbers as people write them: 250 000, 250.000, 1,5."""
    found = [piece for piece in _PIECE_WITH_NUMBERS.findall(spelled(text)) if piece not in _SILENT]
    return [_piece(piece) for piece in found][: MOST_PIECES + 1]


def phrase(text: str) -> str:
    """Write a phrase as the pieces that a person's words are cut into."""
    return " ".join(str(piece.value) if isinstance(piece, Meaning) else piece for piece in pieces(text))


def _is_mark(sign: str) -> bool:
    """Tell an accent, a vowel sign, a keycap frame or the skin colour of an emoji."""
    return unicodedata.category(sign) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= sign <= "\U0001f3ff"


def _piece(found: str) -> Piece:
    if any(sign.isdecimal() for sign in found):
        return _number(found)
    return fold(found) or found


def _number(written: str) -> Meaning:
    """The value of digits with their separators; something unknown when they look like a phone number."""
    tight = written.replace(" ", "").replace("_", "")
    if (tight.isdecimal() and tight == written and len(tight) >= _TOO_LONG_UNGROUPED) or _breathless(written):
        return Meaning(Kind.UNKNOWN)
    if lone := _LONE_SEPARATOR.fullmatch(tight):
        whole, rest = lone.groups()
        return Meaning(Kind.DIGITS, Decimal(whole + rest), fraction=Decimal(f"{whole}.{rest}"))
    return Meaning(Kind.DIGITS, _with_one_point(tight))


def _breathless(written: str) -> bool:
    """Tell four and more groups with mere spaces between them: rather two numbers than one, unless it is all noughts."""
    groups = written.split(" ")
    return len(groups) > _GROUPS_IN_ONE_BREATH and any(group.strip("0") for group in groups[1:])


def _with_one_point(tight: str) -> Decimal:
    last = max(tight.rfind("."), tight.rfind(","))
    grouped = last >= 0 and len(tight) - last == 4 and tight[:last].strip("0") and len(tight[:last]) != 0
    if last < 0 or (grouped and re.fullmatch(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", tight)):
        return Decimal(re.sub(r"[.,]", "", tight))
    return Decimal(re.sub(r"[.,]", "", tight[:last]) + "." + tight[last + 1 :])
