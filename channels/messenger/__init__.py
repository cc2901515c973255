"""The embedded messenger: a server that speaks the Telegram Bot API, and a page to chat on, for demos and tests."""
