"""Words that end the choosing of several answers: "done", "дальше", "ничего", "ما عندي"."""

from enum import StrEnum
from itertools import chain

from services.understanding import shelf
from services.understanding.meanings import Kind
from services.understanding.spelling import pieces
from services.understanding.vocabulary import Vocabulary
from services.understanding.yes_no import NO_SIGNS


class Picking(StrEnum):
    """How somebody ends the choosing. `ONWARD` says so only once something is chosen; before, it is another command."""

    DONE = "done"
    ONWARD = "onward"
    NOTHING = "nothing"


def read_picking(text: str, language: str) -> Picking | None:
    """How a message that is nothing but such words ends the choosing; None for any other message."""
    for meanings in shelf.readings(pieces(text), shelf.books(_filling, language, glued=False)):
        names = {meaning.name for meaning in meanings if meaning.kind is Kind.COMMAND}
        if len(names) == 1:
            return Picking(names.pop())
    return None


def _filling(words: Vocabulary, _language: str) -> shelf.Entries:
    picking = words.picking
    return chain(
        shelf.punctuation(".,;:!~"),
        shelf.meaning(Kind.COMMAND, NO_SIGNS, name=Picking.NOTHING),
        shelf.meaning(Kind.ASIDE, words.answers.aside),
        shelf.meaning(Kind.COMMAND, words.answers.no, name=Picking.NOTHING),
        shelf.meaning(Kind.COMMAND, picking.onward, name=Picking.ONWARD),
        shelf.meaning(Kind.COMMAND, picking.done, name=Picking.DONE),
        shelf.meaning(Kind.COMMAND, picking.nothing, name=Picking.NOTHING),
    )
