"""Hello: language, who we are, the menu, stopping."""
