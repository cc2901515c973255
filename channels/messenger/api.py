"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`, with flood, faults and the record."""

import asyncio
import inspect
import time
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.types import Receive, Scope, Send

from channels.messenger.errors import BotApiError, bad_request, not_found, unauthorized
from channels.messenger.faults import PAGES, Fault
from channels.messenger.methods.call import Call, chat_id_of
from channels.messenger.methods.registry import METHODS
from channels.messenger.model import JSON, Bot
from channels.messenger.store import dumped
from channels.messenger.wire import BODY_LIMIT, Params, read_params
from channels.messenger.world import World

HTML = b"text/html"
JSON_TYPE = b"application/json"


@dataclass(slots=True)
class Answer:
    """What goes back over the wire; `reset` cuts the connection instead."""

    status: int
    body: bytes
    content_type: bytes = JSON_TYPE
    reset: bool = False


def failure(error: BotApiError) -> Answer:
    """A refusal as Telegram writes it."""
    return Answer(error.code, dumped(error.body()).encode())


def web_page(kind: str) -> Answer:
    """What a proxy in front of Telegram answers on bad days."""
    page = f"<html><head><title>{kind} {PAGES[kind]}</title></head><body><h1>{PAGES[kind]}</h1></body></html>"
    return Answer(int(kind), page.encode(), HTML)


class BotApi:
    """The ASGI endpoint of all bots."""

    def __init__(self, world: World) -> None:
        self._world = world
        world.webhooks.answered = self.webhook_answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            answer = await self._answer(scope, receive)
        except BotApiError as error:
            answer = failure(error)
        if answer.reset:
            await cut(scope, receive)
        else:
            await respond(send, answer)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        token, _, method = scope["path"].removeprefix("/bot").partition("/")
        bot = self._world.tokens.get(unquote(token))
        if bot is None:
            raise unauthorized()
        body = await read_body(receive)
        params = read_params(scope["query_string"], content_type(scope), body)
        return await self.perform(bot, method, params)

    async def perform(self, bot: Bot, method: str, params: Params) -> Answer:
        """One call from its name to its answer."""
        name, _ = METHODS.get(method.lower(), ("", None))
        if not name:
            raise not_found()
        call = Call(self._world, bot, name, params, _noted(bot, name, params))
        fault = self._world.faults.strike(name, call.noted.get("chat_id"), call.noted.get("text", ""))
        answer = await self._faulted_before(call, fault) if fault else None
        if answer is None:
            answer = await self._done(call)
            if fault is not None and fault.kind == "reset_after":
                answer.reset = True
        if latency := self._world.flood.rules.latency_ms:
            await asyncio.sleep(latency / 1000)
        return answer

    async def _faulted_before(self, call: Call, fault: Fault) -> Answer | None:
        """The answer of a fault that keeps the call from taking effect; None when it still takes effect."""
        call.noted["fault"] = fault.kind
        if fault.seconds:
            await asyncio.sleep(fault.seconds)
        if fault.kind == "duplicate_updates":
            call.noted["replay"] = True
        if fault.kind in PAGES:
            return self._recorded(call, web_page(fault.kind))
        if fault.kind == "reset_before":
            return self._recorded(call, Answer(0, b"", reset=True))
        refusal = fault.refusal()
        return self._recorded(call, failure(refusal), refusal) if refusal else None

    async def _done(self, call: Call) -> Answer:
        """Let the method take effect and record it in the same step."""
        _, method = METHODS[call.method.lower()]
        try:
            result = method(call)
            if inspect.isawaitable(result):
                body = f'{{"ok":true,"result":{await result}}}'
            else:
                body = f'{{"ok":true,"result":{dumped(result)}}}'
        except BotApiError as error:
            return self._recorded(call, failure(error), error)
        return self._recorded(call, Answer(200, body.encode()))

    def _recorded(self, call: Call, answer: Answer, error: BotApiError | None = None) -> Answer:
        call.noted |= {"time": self._world.clock.now(), "ok": answer.status == 200, "code": answer.status}
        if error is not None:
            call.noted["description"] = error.description
        self._world.calls.record(call.noted)
        return answer

    async def webhook_answered(self, bot: Bot, content_type: str, body: bytes) -> None:
        """The answer to a webhook may carry one call, whose own answer nobody sees."""
        if not body:
            return
        try:
            params = read_params(b"", content_type, body)
            method = params.text("method")
            if method:
                await self.perform(bot, method, params)
        except BotApiError:
            return

    async def download(self, scope: Scope, receive: Receive, send: Send) -> None:
        """`/file/bot<token>/<path>`: the bytes of a file."""
        token, _, path = scope["path"].removeprefix("/file/bot").partition("/")
        found = next((file for file in self._world.files.values() if file.path == path), None)
        if unquote(token) not in self._world.tokens:
            answer = failure(unauthorized())
        elif found is None:
            answer = failure(not_found())
        else:
            content = self._world.store.content(found.file_id)
            answer = Answer(200, content, quote(found.mime, safe="/;=+.- ").encode())
        await respond(send, answer)


def _noted(bot: Bot, name: str, params: Params) -> JSON:
    """The line of the record, begun when the call arrives."""
    noted: JSON = {"bot_id": bot.id, "method": name, "arrived": time.time()}
    if (chat_id := chat_id_of(params)) is not None:
        noted["chat_id"] = chat_id
    if thread_id := params.integer("message_thread_id"):
        noted["thread_id"] = thread_id
    for field in ("message_id", "callback_query_id"):
        if field in params.values:
            noted[field] = params.integer(field) if field == "message_id" else params.text(field)
    if text := params.text("text") or params.text("caption"):
        noted["text"] = text
    return noted


def content_type(scope: Scope) -> str:
    """The request's content type."""
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"content-type"), "")


async def read_body(receive: Receive) -> bytes:
    """The whole body, refused when it is larger than Telegram takes."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BODY_LIMIT:
            raise BotApiError(413, "Request Entity Too Large")
        if message["type"] == "http.disconnect":
            raise bad_request("the request is not complete")
        if not message.get("more_body"):
            return bytes(body)


async def respond(send: Send, answer: Answer) -> None:
    """Send the answer."""
    length = str(len(answer.body)).encode()
    headers = [(b"content-type", answer.content_type), (b"content-length", length)]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def cut(scope: Scope, receive: Receive) -> None:
    """Reset the connection in the middle of everything."""
    transport = scope.get("state", {}).get("transport")
    if transport is None:
        raise ConnectionAbortedError
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        continue
