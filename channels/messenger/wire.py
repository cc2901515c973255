"""How a Bot API call arrives: query, JSON, form or multipart, all turned into one kind of parameters."""

import json
from dataclasses import dataclass, field
from email.message import Message as Header
from typing import Any
from urllib.parse import parse_qsl

from channels.messenger.errors import BotApiError, bad_request
from channels.messenger.model import JSON

BODY_LIMIT = 52_000_000


@dataclass
class Upload:
    """A file that came with the call."""

    name: str
    mime: str
    content: bytes


@dataclass
class Params:
    """The parameters of one call; values may be text (forms) or already typed (JSON)."""

    values: JSON = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A text; numbers in JSON count as their digits."""
        value = self.values.get(name)
        return default if value is None else value if isinstance(value, str) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as the default, as in Telegram."""
        value = self.values.get(name)
        try:
            return default if value is None or value == "" else int(value)
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float:
        """A number that must be there."""
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError) as error:
            raise bad_request(f"{name} is empty") from error

    def flag(self, name: str) -> bool:
        """Yes or no in any of the spellings clients use."""
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def structure(self, name: str) -> Any:
        """A nested value, which forms carry as JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def structure_or_text(self, name: str) -> Any:
        """A nested value, or the plain text that stands in its place."""
        value = self.values.get(name)
        return self.structure(name) if isinstance(value, str) and value[:1] in "{[" else value

    def upload(self, name: str) -> Upload | None:
        """The file under a name, or the one its value points to by `attach://`."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)


def read_params(query: bytes, content_type: str, body: bytes) -> Params:
    """Everything the call carries; the body wins over the query."""
    params = Params(dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)) if query else {})
    if not body:
        return params
    if content_type.startswith("application/json"):
        params.values.update(_json_object(body))
    elif content_type.startswith("multipart/form-data"):
        _read_multipart(params, content_type, body)
    else:
        params.values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return params


def _json_object(body: bytes) -> JSON:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(value, dict):
        raise bad_request("can't parse JSON object: expected an Object")
    return value


def header_parts(line: str) -> tuple[str, dict[str, str]]:
    """A header's value and its parameters."""
    header = Header()
    header["content-type"] = line
    pairs = header.get_params() or [("", "")]
    return pairs[0][0], {name: str(value) for name, value in pairs[1:]}


def _read_multipart(params: Params, content_type: str, body: bytes) -> None:
    boundary = header_parts(content_type)[1].get("boundary")
    if not boundary:
        raise BotApiError(400, "Bad Request: boundary is missing")
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        _read_part(params, _headers(head), content.removesuffix(b"\r\n"))


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _read_part(params: Params, headers: dict[str, str], content: bytes) -> None:
    facts = header_parts(headers.get("content-disposition", ""))[1]
    name = facts.get("name", "")
    if "filename" in facts:
        mime = headers.get("content-type", "application/octet-stream")
        params.uploads[name] = Upload(facts["filename"] or "file", mime, content)
    else:
        params.values[name] = content.decode("utf-8", "replace")
