"""The copy people take away: words, and the page they stand on."""
