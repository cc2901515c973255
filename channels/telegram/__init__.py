"""Telegram, spoken through python-telegram-bot: the only package that knows that library."""
