"""The profile: every answer of the registration, shown and changed one by one."""
