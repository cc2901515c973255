"""The Bot API methods, a module per kind of act; `registry.py` says which exist."""
