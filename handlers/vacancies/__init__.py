"""Vacancies: search, cards with the reason why, saving."""
