"""Vacancies: intake, search, fit."""
