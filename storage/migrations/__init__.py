"""The schema's history, numbered, and the commands that bring a database to it."""
