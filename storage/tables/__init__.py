"""SQLModel rows, a file per area: the records the services work on."""
