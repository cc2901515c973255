"""What the registration waits for."""

from aiogram.fsm.state import State, StatesGroup


class Registration(StatesGroup):
    """Three answers and a confirmation."""

    name = State()
    region = State()
    occupation = State()
    summary = State()
