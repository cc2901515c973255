"""What the vacancy search waits for."""

from aiogram.fsm.state import State, StatesGroup


class Vacancies(StatesGroup):
    """Words to search by; any text here is a new search."""

    words = State()
