"""Shows staff and machines: webhook, health, metrics, calendar files."""
