"""Logs that can be shown to anybody: event names, codes and numbers, never words, names, phones or tokens.

Person numbers appear as a rotating keyed pseudonym. A filter redacts what looks like a token or a phone even when a
library writes it, and libraries that log whole updates or addresses are capped at WARNING.
"""

import hashlib
import hmac
import logging
import re
import secrets
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
_PHONE = re.compile(r"(?<![\w.:-])\+?\d[\d ()-]{8,}\d(?![\w.:-])")
_LONGEST = 300
_CAPPED = (
    "aiogram",
    "aiohttp",
    "alembic",
    "apscheduler",
    "asyncio",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "sse_starlette",
    "telegram",
    "uvicorn",
)

_salt = secrets.token_bytes(16)


def pseudonym(number: int) -> str:
    """Name a person for one process's life: the same lines belong together, the number cannot be found from it."""
    return hmac.new(_salt, str(number).encode(), hashlib.sha256).hexdigest()[:8]


def redact(text: str) -> str:
    """Take out what looks like a token or a phone, and cut what is long enough to be somebody's words."""
    text = _PHONE.sub("[number]", _TOKEN.sub("[token]", text))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _redacted(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        event[name] = redact(value) if isinstance(value, str) else value
    return event


def _without_locals(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Reduce an exception to its type and the place it was raised: its text may hold somebody's words."""
    failure = event.pop("failure", None)
    if isinstance(failure, BaseException):
        event["error"] = type(failure).__name__
        event["at"] = _place_of(failure)
    return event


def _place_of(failure: BaseException) -> str:
    """Give the innermost lines of a traceback as file:line, without any text."""
    places = []
    trace = failure.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-4:]))


class _Redacting(logging.Formatter):
    """Formats what libraries write through the same redaction, without tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        error = f" error={record.exc_info[0].__name__}" if record.exc_info and record.exc_info[0] else ""
        return f"{record.levelname.lower()} {record.name} {redact(record.getMessage())}{error}"


def configure(level: str) -> None:
    """Set up logging for this process: one line an event on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _CAPPED:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("aiogram.event", "apscheduler.executors"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_locals,
            _redacted,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
