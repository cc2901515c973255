"""Listens: one folder per conversation; says what happened, asks a desk, returns screens."""
