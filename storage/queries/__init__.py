"""Questions in SQL, a file per area."""
