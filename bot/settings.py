"""Every setting once: type, default, reason. Unsafe or unreadable combinations are refused before anything starts."""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from storage import faults
from storage.sealed import read_keys

ROOT = Path(__file__).resolve().parent.parent
SECRET_LENGTH = 32


class Refused(Exception):
    """The settings cannot be started with; the text says which one, what is wrong and how to mend it."""


class Settings(BaseSettings):
    """Read from `JOBLINE_…` in the environment or `.env`."""

    model_config = SettingsConfigDict(env_prefix="JOBLINE_", env_file=ROOT / ".env", extra="ignore", frozen=True)

    token: SecretStr = Field(default=SecretStr(""), description="the bot's token from the messenger")
    api_url: str = Field(default="https://api.telegram.org", description="any server that speaks the Bot API")
    database_url: str = Field(
        default=f"sqlite:///{ROOT}/var/jobline.db", description="sqlite:///path or postgresql://…"
    )
    key: SecretStr = Field(default=SecretStr(""), description="keys that seal personal data, newest first")
    admins: Annotated[tuple[int, ...], NoDecode] = Field(default=(), description="user ids that may do everything")
    staff_groups: Annotated[tuple[int, ...], NoDecode] = Field(default=(), description="chat ids of staff forum groups")
    languages: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("en", "ru", "kk", "es", "fr", "ar"), description="offered languages"
    )
    country: str = Field(default="kz", description="the country pack")
    timezone: str = Field(default="", description="the office's zone; the pack's when empty")
    webhook_url: str = Field(default="", description="public https address; empty means polling")
    webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="shared with the messenger, 32 to 256 characters"
    )
    web: str = Field(default="", description="host:port for webhook, health and metrics; empty means none")
    rate: int = Field(default=25, ge=1, le=1000, description="messages a second over all chats")
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")
    clock: Path | None = Field(default=None, description="tests only: a file holding an offset in seconds")
    fault: str = Field(default="", description="tests only: a named point to die or fail at")

    @field_validator("admins", "staff_groups", "languages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, (part.strip() for part in value.split(",")))) if isinstance(value, str) else value

    @field_validator("clock", mode="before")
    @classmethod
    def _no_file(cls, value: object) -> object:
        return value or None

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            message = "write DEBUG, INFO, WARNING or ERROR"
            raise ValueError(message)
        return value.upper()

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value and value not in available_timezones():
            message = "not a zone name like Asia/Almaty"
            raise ValueError(message)
        return value

    @field_validator("api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc or value.endswith("/"):
            message = "write an http(s) address without /bot and without a slash at the end"
            raise ValueError(message)
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            message = "write sqlite:///path or postgresql://user:password@host/name"
            raise ValueError(message)
        return value

    @field_validator("web")
    @classmethod
    def _listener(cls, value: str) -> str:
        if value and not (":" in value and value.rpartition(":")[2].isdigit()):
            message = "write host:port, such as 127.0.0.1:8080"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _webhook_is_safe(self) -> Self:
        secret = self.webhook_secret.get_secret_value()
        if self.webhook_url and not SECRET_LENGTH <= len(secret) <= 256:
            message = (
                "JOBLINE_WEBHOOK_SECRET must have 32 to 256 characters when JOBLINE_WEBHOOK_URL is set; "
                "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
            raise ValueError(message)
        if secret and not set(secret) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"):
            message = "JOBLINE_WEBHOOK_SECRET may hold only letters A-Z, digits, _ and -"
            raise ValueError(message)
        if self.webhook_url and not self.web:
            message = "JOBLINE_WEB (host:port to listen on) is needed when JOBLINE_WEBHOOK_URL is set"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _readable(self) -> Self:
        read_keys(self.key.get_secret_value())
        if self.fault:
            faults.arm(self.fault)
            faults.arm("")
        return self

    @property
    def bot_id(self) -> int:
        """Give the bot's account number, which the token begins with."""
        head = self.token.get_secret_value().partition(":")[0]
        return int(head) if head.isdigit() else 0

    def zone(self, pack_zone: str) -> ZoneInfo:
        """Give the office's zone."""
        return ZoneInfo(self.timezone or pack_zone)

    def for_service(self) -> Self:
        """Check what a running service cannot do without. Raises Refused."""
        if not self.bot_id:
            message = "JOBLINE_TOKEN is missing or not a token; the messenger gives it when a bot is made."
            raise Refused(message)
        if not read_keys(self.key.get_secret_value()):
            message = (
                "JOBLINE_KEY is missing: personal data would lie unsealed. Make one and keep it safe: "
                "python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"
            )
            raise Refused(message)
        return self


def read_settings(**given: object) -> Settings:
    """Read the settings. Raises Refused with one line a person can act on; values never appear in it."""
    try:
        return Settings(**given)  # type: ignore[arg-type]  # given by name, checked by pydantic
    except ValidationError as wrong:
        raise Refused("\n".join(_sentence(error) for error in wrong.errors(include_input=False))) from None


def _sentence(error: object) -> str:
    """Write one pydantic error without its value."""
    found = dict(error)  # type: ignore[call-overload]  # a TypedDict of pydantic's
    place = ".".join(str(part) for part in found["loc"])
    said = str(found["msg"]).removeprefix("Value error, ")
    return f"JOBLINE_{place.upper()}: {said}" if place else said
