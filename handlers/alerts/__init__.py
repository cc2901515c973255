"""The daily digest: its hour, on and off."""
