"""The questions of the registration, in words."""
