"""What listens for machines: the messenger's webhook, health and metrics."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

WEBHOOK = "/telegram"
HEADER = b"x-telegram-bot-api-secret-token"
LARGEST = 1024 * 1024
"""Bytes of an update; the messenger's are far smaller."""

LONGEST_NUMBER = 19
"""Digits of the largest number we can keep."""

TakeIn = Callable[[list[dict[str, Any]]], Awaitable[None]]
Health = Callable[[], Awaitable[dict[str, Any]]]


def create_app(
    take_in: TakeIn | None, secret: str, health: Health, metrics: Callable[[], Awaitable[bytes]]
) -> Starlette:
    """Make the application. Without `take_in` there is no webhook."""

    async def updated(request: Request) -> Response:
        """Store an update; 200 only once it is on disk, 503 when it cannot be."""
        given = [value for name, value in request.headers.raw if name == HEADER]
        if len(given) != 1 or not hmac.compare_digest(given[0], secret.encode()):
            return Response(status_code=403)
        body = await _body(request)
        update = _read(body) if body is not None else None
        if update is None or take_in is None:
            return Response(status_code=413 if body is None else 400)
        try:
            await take_in([update])
        except Exception:  # noqa: BLE001  # whatever the database raises: the messenger keeps the update and comes back
            return Response(status_code=503, headers={"Retry-After": "2"})
        return Response(status_code=200)

    async def healthy(request: Request) -> Response:
        found = await health()
        return JSONResponse(found, status_code=200 if found["ok"] else 503)

    async def measured(request: Request) -> Response:
        return PlainTextResponse(await metrics(), media_type="text/plain; version=0.0.4")

    routes = [Route("/health", healthy), Route("/metrics", measured)]
    if take_in is not None:
        routes.append(Route(WEBHOOK, updated, methods=["POST"]))
    return Starlette(routes=routes)


async def _body(request: Request) -> bytes | None:
    """Read the body up to the limit; None when it is larger, whatever its header says."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or len(declared) > LONGEST_NUMBER or int(declared) > LARGEST:
        return None
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > LARGEST:
                return None
            parts.append(part)
    except ClientDisconnect:
        return None
    return b"".join(parts)


def _read(body: bytes) -> dict[str, Any] | None:
    """Read an update; None for anything that is not one."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    usable = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63 - 1
    return update if usable else None
