"""Settings: what is unsafe or unreadable is refused before anything starts, in a line that shows no value."""

import base64
import re
from pathlib import Path

import pytest

from bot.settings import ROOT, Refused, Settings, read_settings

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
TOKEN = "42:a-token-of-nobody"
SECRET = "s" * 32


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"JOBLINE_{name.upper()}", raising=False)


def test_the_defaults_can_be_read_and_need_nothing() -> None:
    settings = read_settings()
    assert settings.database_url.startswith("sqlite:///")
    assert settings.languages == ("en", "ru", "kk", "es", "fr", "ar")
    assert settings.bot_id == 0


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBLINE_ADMINS", "1, 2,,3")
    monkeypatch.setenv("JOBLINE_STAFF_GROUPS", "-1001")
    monkeypatch.setenv("JOBLINE_LANGUAGES", "kk,en")
    settings = read_settings()
    assert settings.admins == (1, 2, 3)
    assert settings.staff_groups == (-1001,)
    assert settings.languages == ("kk", "en")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"webhook_url": "https://example.org", "web": "0.0.0.0:80"}, "WEBHOOK_SECRET"),
        ({"webhook_url": "https://example.org", "web": "0.0.0.0:80", "webhook_secret": "shorty"}, "WEBHOOK_SECRET"),
        ({"webhook_url": "https://example.org", "web": "0.0.0.0:80", "webhook_secret": "s" * 31}, "WEBHOOK_SECRET"),
        ({"webhook_url": "https://example.org", "web": "0.0.0.0:80", "webhook_secret": "s" * 257}, "WEBHOOK_SECRET"),
        ({"webhook_secret": "with spaces and more than 32 characters"}, "WEBHOOK_SECRET"),
        ({"webhook_url": "https://example.org", "webhook_secret": SECRET}, "WEB"),
        ({"api_url": "https://api.telegram.org/"}, "API_URL"),
        ({"api_url": "api.telegram.org"}, "API_URL"),
        ({"database_url": "mysql://x"}, "DATABASE_URL"),
        ({"timezone": "Almaty"}, "TIMEZONE"),
        ({"web": "8080"}, "WEB"),
        ({"rate": 0}, "RATE"),
        ({"rate": 1001}, "RATE"),
        ({"log_level": "LOUD"}, "LOG_LEVEL"),
        ({"key": "not-32-bytes"}, "KEY"),
        ({"fault": "somewhere:explode"}, "FAULT"),
        ({"admins": "me"}, "ADMINS"),
    ],
)
def test_it_is_refused_and_named(given: dict[str, object], named: str) -> None:
    with pytest.raises(Refused) as refused:
        read_settings(**given)
    said = str(refused.value)
    assert f"JOBLINE_{named}" in said
    assert all(str(given[name]) not in said for name in ("webhook_secret", "key", "token") if name in given)


@pytest.mark.parametrize("secret", [SECRET, "s" * 256])
def test_a_good_webhook_is_accepted(secret: str) -> None:
    settings = read_settings(webhook_url="https://example.org", webhook_secret=secret, web="127.0.0.1:8080")
    assert settings.webhook_secret.get_secret_value() == secret


def test_a_service_needs_a_token_and_a_key() -> None:
    with pytest.raises(Refused, match="JOBLINE_TOKEN"):
        read_settings(key=KEY).for_service()
    with pytest.raises(Refused, match="JOBLINE_KEY"):
        read_settings(token=TOKEN).for_service()
    assert read_settings(token=TOKEN, key=KEY).for_service().bot_id == 42


def test_secrets_are_not_shown() -> None:
    settings = read_settings(token=TOKEN, key=KEY, webhook_secret=SECRET)
    assert all(secret not in repr(settings) for secret in (TOKEN, KEY, SECRET))


def test_several_keys_may_be_readable() -> None:
    other = base64.urlsafe_b64encode(b"o" * 32).decode().rstrip("=")
    assert read_settings(token=TOKEN, key=f"{KEY}, {other}").for_service().key.get_secret_value().startswith(KEY)


def test_every_setting_says_what_it_is_and_stands_in_the_example() -> None:
    written = Path(ROOT / ".env.example").read_text("utf-8")
    shown = set(re.findall(r"JOBLINE_([A-Z_]+)=", written))
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert name.upper() in shown or "tests only" in field.description, name
    assert shown <= {name.upper() for name in Settings.model_fields}
