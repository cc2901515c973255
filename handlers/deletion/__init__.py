"""Having one's data deleted: explained, confirmed with a typed word, undone or carried out at once."""
