"""Decides: plain Python, one folder an area, no framework and no network."""
