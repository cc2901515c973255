"""Remembers: tables, questions in SQL, one transaction at a time, on SQLite or PostgreSQL."""
