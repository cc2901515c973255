"""Short typed words that mean a button: "пропустить", "артқа", "I am not sure"."""

from itertools import chain
from typing import cast

from services.understanding import shelf
from services.understanding.meanings import Kind
from services.understanding.spelling import pieces
from services.understanding.vocabulary import CommandName, Vocabulary


def read_command(text: str, language: str) -> CommandName | None:
    """The button meant by a message that is nothing but its word; None for any longer or other message."""
    for meanings in shelf.readings(pieces(text), shelf.books(_filling, language, glued=False)):
        names = {meaning.name for meaning in meanings if meaning.kind is Kind.COMMAND}
        if len(names) == 1:
            return cast(CommandName, names.pop())
    return None


def _filling(words: Vocabulary, _language: str) -> shelf.Entries:
    buttons = (shelf.meaning(Kind.COMMAND, forms, name=command) for command, forms in words.commands.words.items())
    return chain(
        shelf.punctuation(".,;:/~-"),
        shelf.meaning(Kind.ASIDE, words.commands.aside),
        chain.from_iterable(buttons),
    )
