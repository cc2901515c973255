"""Columns that hold a person's data are sealed: AES-GCM under the service's key, so a stolen dump says nothing.

Several keys may be readable at once (newest first); writing always uses the newest. A sealed value is one byte of
format, four bytes naming the key, twelve of nonce, then the ciphertext.
"""

import base64
import binascii
import hashlib
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

_FORMAT = b"\x01"
_KEY_BYTES = 32
_NAME_BYTES = 4
_NONCE_BYTES = 12
NAMED = len(_FORMAT) + _NAME_BYTES
"""How many bytes of a sealed value name its key."""


class Unreadable(Exception):
    """A sealed value cannot be opened: its key is not among the configured ones, or it was changed."""


class KeyRing:
    """The service's keys by name; the first one seals."""

    def __init__(self, keys: list[bytes]) -> None:
        self._sealer_name = _name(keys[0])
        self._ciphers = {_name(key): AESGCM(key) for key in keys}

    def seal(self, opened: bytes) -> bytes:
        """Encrypt with the newest key."""
        nonce = os.urandom(_NONCE_BYTES)
        cipher = self._ciphers[self._sealer_name]
        return _FORMAT + self._sealer_name + nonce + cipher.encrypt(nonce, opened, None)

    def open(self, sealed: bytes) -> bytes:
        """Decrypt. Raises `Unreadable`, which never carries the value."""
        name, nonce = sealed[1:NAMED], sealed[NAMED : NAMED + _NONCE_BYTES]
        cipher = self._ciphers.get(name)
        if cipher is None or sealed[:1] != _FORMAT:
            message = "a sealed value was written under a key that is not configured"
            raise Unreadable(message)
        try:
            return cipher.decrypt(nonce, sealed[NAMED + _NONCE_BYTES :], None)
        except InvalidTag:
            message = "a sealed value was changed after it was written"
            raise Unreadable(message) from None

    def knows(self, sealed: bytes) -> bool:
        """Tell whether the key that sealed a value is here; the first five bytes are enough to tell."""
        return sealed[:1] == _FORMAT and sealed[1:NAMED] in self._ciphers


def _name(key: bytes) -> bytes:
    return hashlib.sha256(b"jobline key name" + key).digest()[:_NAME_BYTES]


def read_keys(written: str) -> list[bytes]:
    """Read `JOBLINE_KEY`: URL-safe base64 of 32 bytes each, comma-separated. Raises ValueError, never showing a key."""
    keys = []
    for part in filter(None, (piece.strip() for piece in written.split(","))):
        try:
            key = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != _KEY_BYTES:
            message = "JOBLINE_KEY: each key must be 32 bytes in URL-safe base64."
            raise ValueError(message)
        keys.append(key)
    return keys


_ring: KeyRing | None = None


def unlock(keys: list[bytes]) -> None:
    """Give this process the keys. Column types are made when modules are read, so the ring is the process's own."""
    global _ring
    _ring = KeyRing(keys)


def ring() -> KeyRing:
    """Give the process's keys. Raises `Unreadable` before `unlock`."""
    if _ring is None:
        message = "no key was given to this process"
        raise Unreadable(message)
    return _ring


class Sealed(TypeDecorator[Any]):
    """A text column that is encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else ring().seal(self.to_bytes(value))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Open on the way out."""
        return None if value is None else self.to_value(ring().open(value))

    @staticmethod
    def to_bytes(value: Any) -> bytes:
        """Write the value as bytes."""
        return str(value).encode("utf-8", "surrogatepass")

    @staticmethod
    def to_value(opened: bytes) -> Any:
        """Read the value back."""
        return opened.decode("utf-8", "surrogatepass")


_COMPACT = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


class SealedJson(Sealed):
    """A JSON column that is encrypted at rest."""

    cache_ok = True

    @staticmethod
    def to_bytes(value: Any) -> bytes:
        """Write the value as compact JSON."""
        return _COMPACT.encode(value).encode()

    @staticmethod
    def to_value(opened: bytes) -> Any:
        """Read the JSON back."""
        return json.loads(opened)
