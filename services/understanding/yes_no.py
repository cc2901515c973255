"""Yes and no in everyday words: "ага", "иә", "nan", "أيوه", a thumb."""

from itertools import chain

from services.understanding import shelf
from services.understanding.meanings import Kind
from services.understanding.spelling import pieces
from services.understanding.vocabulary import Vocabulary

_THUMB_UP = "👍👌✅✔☑🆗+"
NO_SIGNS = "👎❌✖🚫⛔-"
"""Signs that say no alone."""


def read_yes_no(text: str, language: str) -> bool | None:
    """Whether the whole message says yes or no; None when it says both, neither, or more than that."""
    for meanings in shelf.readings(pieces(text), shelf.books(_filling, language, glued=False)):
        kinds = {meaning.kind for meaning in meanings} - {Kind.ASIDE}
        if kinds in ({Kind.YES}, {Kind.SURELY}, {Kind.YES, Kind.SURELY}):
            return True
        if kinds in ({Kind.NO}, {Kind.NO, Kind.SURELY}):
            return False
    return None


def _filling(words: Vocabulary, _language: str) -> shelf.Entries:
    return chain(
        shelf.punctuation(".,;:~"),
        shelf.punctuation(_THUMB_UP, Kind.YES),
        shelf.punctuation(NO_SIGNS, Kind.NO),
        shelf.meaning(Kind.ASIDE, words.answers.aside),
        shelf.meaning(Kind.SURELY, words.answers.surely),
        shelf.meaning(Kind.YES, words.answers.yes),
        shelf.meaning(Kind.NO, words.answers.no),
    )
