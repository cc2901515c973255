"""A process that stands still longer than its lease is taken over, and does no harm when it goes on (OUT-17)."""
