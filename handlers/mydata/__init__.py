"""My data: what is stored about a person, why, since when, and a copy of it."""
