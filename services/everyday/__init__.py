"""Everyday skills: what people do at home, in the field, in a shop, and which occupations it speaks for."""
