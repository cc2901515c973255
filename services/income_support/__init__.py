"""Income support: reviewed answers with their source."""
