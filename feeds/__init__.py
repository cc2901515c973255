"""Gathers vacancies: one file a source behind one Protocol."""
