"""The page to chat on: three plain files, nothing loaded from anywhere else."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from channels.messenger.errors import DeedRefused
from channels.messenger.local_http import endpoint
from channels.messenger.wire import Params
from channels.messenger.world import World

FOLDER = Path(__file__).parent / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; media-src 'self'"
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}


def _served(name: str) -> Response:
    path = FOLDER / name
    if path.suffix not in TYPES or not path.is_file() or path.parent != FOLDER:
        raise DeedRefused("no such page", 404)
    return Response(path.read_bytes(), headers={**HEADERS, "Content-Type": f"{TYPES[path.suffix]}; charset=utf-8"})


def _front(world: World, request: Request, params: Params) -> Response:
    return _served("index.html")


def _part(world: World, request: Request, params: Params) -> Response:
    return _served(request.path_params["name"])


routes = [
    Route("/", endpoint(_front)),
    Route("/page/{name}", endpoint(_part)),
]
