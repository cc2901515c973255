"""What the list of choices waits for."""

from aiogram.fsm.state import State, StatesGroup


class Consents(StatesGroup):
    """The list is open: a number or a name means a line of it."""

    choosing = State()
