"""Counselling: cases between a jobseeker and a human."""
