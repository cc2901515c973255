"""How python-telegram-bot's calls travel: on aiohttp, with one deadline, and without ever naming the token.

The library's own HTTP client carries 450 calls a second and logs each address, token included. This one carries several
times as many, raises nothing but `Failed`, which holds an `Outcome` and no address, and knows the difference between a
call that surely never left and one whose fate is unknown.
"""

import io
import json
from typing import Any

import aiohttp
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from channels.outcomes import SERVER_PAUSE, Later, Outcome, Unknown, classify

CALL_TIMEOUT = 10.0
"""Seconds for one call, all in all."""

UPLOAD_SHARE = 1.8
"""How much longer a call that carries a file may take: still less than what a claim leaves for a call."""

CONNECT_SHARE = 0.5
"""The part of the deadline in which a connection must be had. What fails in it surely did not reach the server."""

JSON_HEADERS = {"Content-Type": "application/json"}

_not_sent = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class Failed(TelegramError):
    """A call that did not succeed, already classified. Its text is the outcome's name alone."""

    def __init__(self, outcome: Outcome) -> None:
        """Keep the outcome for the sender."""
        super().__init__(type(outcome).__name__)
        self.outcome = outcome


class AiohttpRequest(BaseRequest):
    """The library's way out. Timeouts given to single calls are ignored: one deadline holds for the whole call, a longer one for a file."""

    __slots__ = ("_connections", "_session", "_timeout")

    def __init__(self, *, connections: int = 256, timeout: float = CALL_TIMEOUT) -> None:
        """Set the limits. Opens nothing: connections are made by the calls."""
        self._connections = connections
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Give the deadline, which is the longest that any answer is waited for."""
        return self._timeout

    async def initialize(self) -> None:
        """Make the connection pool. Needs a running loop, not a reachable server."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300),
                timeout=self._limit(),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "jobline"},
            )

    def _limit(self, share: float = 1.0) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=self._timeout * share, connect=self._timeout * CONNECT_SHARE)

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more_timeouts: Any
    ) -> tuple[int, bytes]:
        """Make the call. Raises `Failed` unless the server accepted it."""
        code, payload, failure = await self._exchange(method, url, request_data)
        if failure is None and not 200 <= code < 300:
            failure = _classified(code, payload)
        if failure is not None:  # raised outside any except block, so no context holds the address
            raise Failed(failure)
        return code, payload

    async def _exchange(self, method: str, url: str, given: RequestData | None) -> tuple[int, bytes, Outcome | None]:
        if self._session is None:  # not started yet, or stopped already: surely not sent
            return 0, b"", Later(SERVER_PAUSE, "server")
        body, headers = _body(given)
        limit = self._limit(UPLOAD_SHARE if given is not None and given.contains_files else 1.0)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=limit, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read(), None
        except _not_sent:
            return 0, b"", Later(SERVER_PAUSE, "server")
        except TimeoutError:
            return 0, b"", Unknown("timeout")
        except (aiohttp.ClientError, OSError):
            return 0, b"", Unknown("connection_lost")

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an accepted call's answer without logging it, as the library would."""
        answer = _read(payload)
        if "result" in answer:
            return answer
        if answer.get("ok") is False:
            raise Failed(_classified(int(answer.get("error_code", 500)), payload))
        raise Failed(Unknown("unreadable_answer"))


def _body(given: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """JSON where it is possible, a form where a file goes along."""
    if given is None:
        return None, None
    if not given.contains_files:
        return json.dumps(given.parameters, separators=(",", ":")).encode(), JSON_HEADERS
    form = aiohttp.FormData()
    for name, value in given.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in given.multipart_data.items():
        readable = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, readable, filename=filename, content_type=kind)
    return form, None


def _read(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _classified(code: int, payload: bytes) -> Outcome:
    answer = _read(payload)
    parameters = answer.get("parameters")
    return classify(code, str(answer.get("description", "")), parameters if isinstance(parameters, dict) else None)
