"""My data: what is stored about a person, and why."""
