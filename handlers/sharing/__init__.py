"""Several people on one phone, and helping somebody who has none."""
