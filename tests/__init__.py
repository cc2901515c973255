"""Proves it: mirrors of the source, conversations, crashes, and the house rules."""
