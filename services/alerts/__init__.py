"""Alerts: the daily digest and when it is due."""
