"""Carries: everything that leaves for a person goes through here."""
