"""What the bot shows: plain values that know no messenger library.

Screens hold *plain* text. Styles are marks around it and escaping happens at the last step, in the channel
(`channels/telegram/markup.py`), so a name made of `<` and `&` can break nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from services.actions import Action

TEXT_LIMIT = 4096
"""Characters of one message after parsing (Telegram)."""

LABEL_LIMIT = 40
"""Characters of a button label that a small phone still shows in one line, one button a row."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A styled stretch of plain text. `url` is set for links only."""

    text: str
    style: Literal["bold", "italic", "link", "code"]
    url: str = ""


Piece = str | Mark
Text = tuple[Piece, ...]
"""A message's words: pieces set one after the other, line breaks included."""


def bold(text: str) -> Mark:
    """Give a heading or a key fact some weight."""
    return Mark(text, "bold")


def link(text: str, url: str) -> Mark:
    """Show words that open an address."""
    return Mark(text, "link", url)


def lines(*rows: Piece | Text | None) -> Text:
    """Set rows under each other, leaving out those that are None. An empty string makes a blank line."""
    pieces: list[Piece] = []
    for row in rows:
        if row is None:
            continue
        if pieces:
            pieces.append("\n")
        pieces.extend(row if isinstance(row, tuple) else (row,))
    return tuple(piece for piece in pieces if piece != "")


def plain(text: Text) -> str:
    """Read a text without its styles, as counted by the messenger's limits."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in text)


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. Pressing it sends the packed action back; `url` instead opens an address."""

    label: str
    action: Action | None = None
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """A button under the text field that shares something only the phone can share."""

    label: str
    what: Literal["contact", "location", "text"] = "text"


@dataclass(frozen=True, slots=True)
class Screen:
    """One message as it should look.

    Attributes:
        text: what it says; never empty.
        rows: buttons under it.
        asking: buttons in place of the keyboard; None leaves it as it is, an empty tuple takes it away.
        fresh: True sends a new message even when the person pressed a button (otherwise the pressed message changes).
        toast: a short line shown over the chat when a button was pressed. Never the only copy of anything.
    """

    text: Text
    rows: Rows = ()
    asking: tuple[tuple[Asking, ...], ...] | None = None
    fresh: bool = False
    toast: str = ""


@dataclass(frozen=True, slots=True)
class Toast:
    """An answer to a press that changes no message: one short line over the chat."""

    text: str


Said = Screen | Toast
"""What a handler may return, alone or several in a row."""


def screen(*rows: Piece | Text | None, buttons: Iterable[Sequence[Button]] = (), **more: Any) -> Screen:
    """Build a screen from its rows of text and its rows of buttons; empty rows of buttons are left out."""
    return Screen(lines(*rows), tuple(tuple(row) for row in buttons if row), **more)


@dataclass(frozen=True, slots=True)
class Packed:
    """A screen as it lies in the outbox: JSON-ready, actions already packed."""

    text: list[Any]
    rows: list[list[list[str]]] = field(default_factory=list)
    asking: list[list[list[str]]] | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the value that is sealed into the outbox row."""
        return {"text": self.text, "rows": self.rows, "asking": self.asking}


def pack(shown: Screen) -> Packed:
    """Turn a screen into what the outbox keeps. Raises ValueError when an action exceeds 64 bytes."""
    return Packed(
        text=[piece if isinstance(piece, str) else [piece.style, piece.text, piece.url] for piece in shown.text],
        rows=[[[b.label, b.action.pack() if b.action else "", b.url] for b in row] for row in shown.rows],
        asking=None if shown.asking is None else [[[a.label, a.what] for a in row] for row in shown.asking],
    )


def unpack(body: dict[str, Any]) -> Packed:
    """Read a screen back from an outbox row."""
    return Packed(text=body["text"], rows=body.get("rows", []), asking=body.get("asking"))
