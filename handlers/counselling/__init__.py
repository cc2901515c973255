"""Counselling: asking for a human, and the staff side of the talk."""
