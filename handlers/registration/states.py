"""What the registration waits for."""

from aiogram.fsm.state import State, StatesGroup


class Registration(StatesGroup):
    """The explanation, every question there is, and the summary. A pack decides which questions are asked, in which order."""

    purposes = State()
    name = State()
    place = State()
    occupation = State()
    skills = State()
    experience = State()
    education = State()
    languages = State()
    hours = State()
    pay = State()
    under_18 = State()
    adaptation = State()
    summary = State()


class Profile(StatesGroup):
    """The profile is open: a number means a line of it."""

    shown = State()
