"""What a tap carries: a packed `Action` of at most 64 bytes.

The payload comes back from somebody's phone, so it is untrusted: it grants nothing. A desk finds the record only within
what the presser may touch now. An unknown or outdated payload unpacks to None, which is answered like any old button.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

PAYLOAD_LIMIT = 64
"""Bytes of callback data (Telegram)."""

_known: dict[str, type["Action"]] = {}


class Action:
    """Base of all taps. A subclass is a frozen dataclass with `str` and `int` fields and names its prefix.

    The prefix (two or three letters) and the version stand first in the payload; raise the version when the
    meaning of the fields changes, so that keyboards of an older release are recognised as old.
    """

    prefix: ClassVar[str]
    version: ClassVar[int] = 1

    def __init_subclass__(cls, prefix: str, version: int = 1, **more: Any) -> None:
        """Register the tap by its prefix. Raises ValueError when two taps claim the same one."""
        super().__init_subclass__(**more)
        cls.prefix, cls.version = prefix, version
        if cls.head() in _known:
            message = f"The prefix {prefix!r} is taken by {_known[cls.head()].__name__}."
            raise ValueError(message)
        _known[cls.head()] = cls

    @classmethod
    def head(cls) -> str:
        """Give prefix and version as they stand in the payload."""
        return f"{cls.prefix}{cls.version}"

    def pack(self) -> str:
        """Give the payload. Raises ValueError when it exceeds 64 bytes or a text holds a colon."""
        values = [str(getattr(self, f.name)) for f in fields(self)]  # type: ignore[arg-type]  # subclasses are dataclasses
        if any(":" in value for value in values):
            message = f"{type(self).__name__} cannot carry a colon."
            raise ValueError(message)
        payload = ":".join([self.head(), *values])
        if len(payload.encode()) > PAYLOAD_LIMIT:
            message = f"{type(self).__name__} does not fit into {PAYLOAD_LIMIT} bytes."
            raise ValueError(message)
        return payload

    @classmethod
    def read(cls, values: list[str]) -> Self | None:
        """Give the typed action, or None when the values do not fit its fields."""
        wanted = fields(cls)  # type: ignore[arg-type]  # subclasses are dataclasses
        if len(wanted) != len(values):
            return None
        typed: dict[str, Any] = {}
        for field, value in zip(wanted, values, strict=True):
            if field.type is int or field.type == "int":
                if not (value.isascii() and value.isdigit() and len(value) < 19):
                    return None
                typed[field.name] = int(value)
            else:
                typed[field.name] = value
        return cls(**typed)


def head_of(payload: object) -> str:
    """Give the part of a payload that routes it; empty for anything that is not one."""
    if not isinstance(payload, str) or len(payload) > PAYLOAD_LIMIT:
        return ""
    return payload.partition(":")[0]


def unpack(payload: object) -> Action | None:
    """Read a payload that came from a phone. None for everything unknown, foreign, outdated or malformed."""
    kind = _known.get(head_of(payload))
    if kind is None or not isinstance(payload, str):
        return None
    return kind.read(payload.split(":")[1:])


def known() -> dict[str, type[Action]]:
    """Give all registered taps by their head."""
    return dict(_known)


@dataclass(frozen=True)
class GoHome(Action, prefix="home"):
    """Open the main menu."""
