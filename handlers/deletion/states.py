"""What the deletion waits for."""

from aiogram.fsm.state import State, StatesGroup


class Deletion(StatesGroup):
    """The word that confirms the deletion: asked for, and asked for once more."""

    word = State()
    word_again = State()
