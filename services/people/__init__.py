"""Persons: language, registration, what they agreed to, what is stored."""
