"""Income support: reviewed answers by menu or by own words."""
