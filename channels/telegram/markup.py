"""From a packed screen to what Telegram reads: HTML, message parts that fit, keyboards.

Escaping happens here and nowhere before, so whatever a person typed is shown as typed.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from services.screen import TEXT_LIMIT, Packed

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
Pieces = list[Any]

_TAGS = {"bold": "b", "italic": "i", "code": "code"}
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_GLUED_AT_MOST = 64
"""Characters that are kept together with the one before them, so that a hard cut ends even in a wall of accents."""


def html(packed: Packed) -> str:
    """Write the text as Telegram's HTML."""
    return "".join(_piece_html(piece) for piece in packed.text)


def words(packed: Packed) -> str:
    """Write the text without any styles; of a link the address stays readable."""
    return "".join(_piece_words(piece) for piece in packed.text)


def styled(packed: Packed) -> bool:
    """Tell whether anything but plain words has to be written."""
    return any(not isinstance(piece, str) for piece in packed.text)


def _piece_html(piece: Any) -> str:
    if isinstance(piece, str):
        return escape(speakable(piece), quote=False)
    style, text, url = piece
    shown = escape(speakable(text), quote=False)
    if style == "link":
        return f'<a href="{escape(speakable(url))}">{shown}</a>'
    tag = _TAGS[style]
    return f"<{tag}>{shown}</{tag}>"


def _piece_words(piece: Any) -> str:
    if isinstance(piece, str):
        return speakable(piece)
    style, text, url = piece
    return speakable(f"{text} ({url})" if style == "link" else text)


def speakable(text: str) -> str:
    """Replace what no UTF-8 can hold (halves of a surrogate pair) and drop the NUL."""
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def width(text: str) -> int:
    """Count as Telegram does: UTF-16 units, so most emoji count two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clipped(text: str, limit: int) -> str:
    """Keep what fits, ending in an ellipsis when something had to go."""
    text = speakable(text)
    if width(text) <= limit:
        return text
    return text[: _hard_cut(text, _fitting(text, limit - 1))] + "…"


def parts(packed: Packed, limit: int = TEXT_LIMIT) -> list[Packed]:
    """Split a screen into messages that fit, at the safest place within reach, the keyboard on the last one.

    A paragraph's end is safer than a line's, a line's than a word's. A styled stretch that must be cut goes on in
    the same style. Cutting once, when a message enters the outbox, lets each part be sent and settled by itself.
    """
    texts = list(_texts(packed.text, limit))
    if not texts:
        return [packed]
    return [replace(packed, text=text, rows=[], asking=None) for text in texts[:-1]] + [replace(packed, text=texts[-1])]


def _texts(pieces: Pieces, limit: int) -> Iterator[Pieces]:
    """Cut from the front until the rest fits; blank stretches between parts are dropped, as Telegram would."""
    flat = "".join(_said(piece) for piece in pieces)
    while width(flat) > limit:
        at = _cut(flat, _seams(pieces), _fitting(flat, limit))
        head = _slice(pieces, 0, len(flat[:at].rstrip()))
        after = len(flat) - len(flat[at:].lstrip())
        pieces, flat = _slice(pieces, after, len(flat)), flat[after:]
        if head:
            yield head
    if flat.strip():
        yield pieces


def _said(piece: Any) -> str:
    return piece if isinstance(piece, str) else str(piece[1])


def _fitting(text: str, limit: int) -> int:
    """Give the number of characters whose UTF-16 width stays within the limit."""
    if width(text[:limit]) <= limit:
        return min(limit, len(text))
    used = 0
    for index, character in enumerate(text):
        used += 1 if character < "\U00010000" else 2
        if used > limit:
            return index
    return len(text)


def _seams(pieces: Pieces) -> list[range]:
    """Give the insides of styled stretches, where a cut is the second choice."""
    inside, at = [], 0
    for piece in pieces:
        length = len(_said(piece))
        if not isinstance(piece, str):
            inside.append(range(at + 1, at + length))
        at += length
    return inside


def _cut(text: str, styled_insides: list[range], end: int) -> int:
    """Find where to cut at or before `end`: outside styles first, then inside; never leaving a tiny part for a better place."""
    for insides in (styled_insides, []):
        for mark, least in (("\n\n", end // 2), ("\n", end // 2), (" ", end // 4)):
            for at in _places(text, mark, least, end):
                if not any(at in inside for inside in insides):
                    return at
    return _hard_cut(text, end)


def _places(text: str, mark: str, least: int, end: int) -> Iterator[int]:
    """Give the places of a separator from the last to the first, none before `least`."""
    at = text.rfind(mark, least, end + len(mark))
    while at > 0:
        yield at
        at = text.rfind(mark, least, at)


def _hard_cut(text: str, end: int) -> int:
    """Step back so that no character is parted from its accents, skin tone or joined emoji."""
    for at in range(end, max(end - _GLUED_AT_MOST, 0), -1):
        if at >= len(text) or not _glued(text[at - 1], text[at]):
            return at
    return end


def _glued(before: str, after: str) -> bool:
    if before == "\u200d" or after in _JOINERS or unicodedata.combining(after):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    return all("\U0001f1e6" <= letter <= "\U0001f1ff" for letter in (before, after))


def _slice(pieces: Pieces, start: int, end: int) -> Pieces:
    """Take characters `start` to `end`, each in the style it had."""
    taken: Pieces = []
    at = 0
    for piece in pieces:
        said = _said(piece)
        inner = said[max(start - at, 0) : max(end - at, 0)]
        at += len(said)
        if inner:
            taken.append(inner if isinstance(piece, str) else [piece[0], inner, piece[2]])
    return taken


def keyboard(packed: Packed) -> Markup | None:
    """Give the buttons. Telegram allows one kind a message: those under it win over those in place of the keyboard."""
    if packed.rows:
        return inline(packed)
    if packed.asking is None:
        return None
    if not packed.asking:
        return ReplyKeyboardRemove()
    rows = [[_asking_button(label, what) for label, what in row] for row in packed.asking]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


def inline(packed: Packed) -> InlineKeyboardMarkup | None:
    """Give the buttons under the message alone, which is all that an edit can change. Empty rows take them away."""
    if not packed.rows:
        return None
    return InlineKeyboardMarkup([[_button(*button) for button in row] for row in packed.rows])


def _button(label: str, action: str, url: str) -> InlineKeyboardButton:
    if url:
        return InlineKeyboardButton(speakable(label), url=url)
    return InlineKeyboardButton(speakable(label), callback_data=action)


def _asking_button(label: str, what: str) -> KeyboardButton:
    return KeyboardButton(
        speakable(label), request_contact=what == "contact" or None, request_location=what == "location" or None
    )
