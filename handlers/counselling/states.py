"""Where a person stands while a human is with them."""

from aiogram.fsm.state import State, StatesGroup


class Counselling(StatesGroup):
    """Everything goes to the counsellor; the bot is silent."""

    talking = State()
