"""What the person's side and the control share: reading deeds, answering in JSON, letting only local pages in."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from channels.messenger.errors import BotApiError, DeedRefused
from channels.messenger.store import dumped
from channels.messenger.wire import BODY_LIMIT, Params, read_params
from channels.messenger.world import World

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]", "testserver")
Endpoint = Callable[[Request], Awaitable[Response]]
Deed = Callable[[World, Request, Params], Any]


class Answered(JSONResponse):
    """JSON that knows our records."""

    def render(self, content: Any) -> bytes:
        """Compact, dataclasses by their fields."""
        return dumped(content).encode()


class ChatIdConvertor(Convertor[int]):
    """A whole number that may be negative, as the ids of groups are."""

    regex = "-?[0-9]+"

    def convert(self, value: str) -> int:
        """From the path."""
        return int(value)

    def to_string(self, value: int) -> str:
        """To the path."""
        return str(value)


register_url_convertor("chat_id", ChatIdConvertor())


def world_of(request: Request) -> World:
    """The messenger's state, as the application keeps it."""
    world: World = request.app.state.world
    return world


def endpoint(deed: Deed) -> Endpoint:
    """An endpoint that reads parameters, does the deed (waiting for it if need be) and answers what it returns."""

    async def answer(request: Request) -> Response:
        try:
            _check_origin(request)
            result = deed(world_of(request), request, await _params(request))
            if isinstance(result, Awaitable):
                result = await result
        except DeedRefused as error:
            return Answered({"error": error.reason}, error.status)
        except BotApiError as error:
            return Answered({"error": error.description}, error.code)
        except (KeyError, TypeError, ValueError) as error:
            return Answered({"error": f"cannot understand this: {type(error).__name__}"}, 400)
        return result if isinstance(result, Response) else Answered(result)

    return answer


async def _params(request: Request) -> Params:
    if int(request.headers.get("content-length") or 0) > BODY_LIMIT:
        raise DeedRefused("too large", 413)
    content_type = request.headers.get("content-type", "application/json")
    return read_params(request.scope["query_string"], content_type, await request.body())


def _check_origin(request: Request) -> None:
    """Other web pages in the same browser must not act here, nor reach a loopback messenger under a foreign name."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    if origin and origin.partition("://")[2] != host:
        raise DeedRefused("another page may not act here", 403)
    if request.app.state.local_only and host.rpartition(":")[0] not in LOCAL_NAMES and host not in LOCAL_NAMES:
        raise DeedRefused("this messenger answers only under a local name", 403)
