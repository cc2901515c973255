"""What the everyday-skills talk waits for."""

from aiogram.fsm.state import State, StatesGroup


class Everyday(StatesGroup):
    """Where somebody was busy, what they did there, what they would do as work, and which work that may be."""

    places = State()
    activities = State()
    wishes = State()
    suggestions = State()
