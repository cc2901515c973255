"""Webhook delivery: the secret, lanes, repeats, answers that carry a call."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from tests.botapi_schema import check_update
from tests.channels.messenger.conftest import ANNA, BORIS, World


class Receiver:
    """A bot's web server: keeps what comes, answers as told."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[web.Response] = []
        self.held: dict[str, asyncio.Event] = {}
        self._changed = asyncio.Event()

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        check_update(update)
        self.headers.append(dict(request.headers))
        self.heard.append(update)
        self._changed.set()
        text = update.get("message", {}).get("text", "")
        if text in self.held:
            await self.held[text].wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not true():
                self._changed.clear()
                await self._changed.wait()

    def texts(self) -> list[str]:
        return [
            one["message"]["text"] if "message" in one else next(k for k in one if k != "update_id")
            for one in self.heard
        ]


@pytest.fixture
async def receiver(started: World) -> AsyncIterator[Receiver]:
    here = Receiver()
    app = web.Application()
    app.router.add_post("/hook", here.receive)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await started.control("webhooks", pause_scale=0.001)
    yield here
    await started.call("deleteWebhook")
    await runner.cleanup()


async def test_what_waited_and_what_comes_is_delivered_with_the_secret(started: World, receiver: Receiver) -> None:
    await started.send(text="before")
    await started.call("setWebhook", url=receiver.url, secret_token="a-secret_1")
    await started.send(text="after")
    await receiver.until(lambda: receiver.texts() == ["before", "after"])
    assert {headers["X-Telegram-Bot-Api-Secret-Token"] for headers in receiver.headers} == {"a-secret_1"}


async def test_a_failure_is_repeated_in_order_and_reported(started: World, receiver: Receiver) -> None:
    receiver.answers = [
        web.Response(status=503, headers={"Retry-After": "0"}),
        web.Response(status=302),
        web.Response(status=500),
    ]
    await started.call("setWebhook", url=receiver.url)
    for text in ("one", "two"):
        await started.send(text=text)
    await receiver.until(lambda: len(receiver.heard) == 5)
    assert receiver.texts() == ["one"] * 4 + ["two"]
    info = (await started.call("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_stuck_chat_holds_only_itself(started: World, receiver: Receiver) -> None:
    receiver.held["stuck"] = asyncio.Event()
    await started.call("setWebhook", url=receiver.url)
    await started.send(text="stuck")
    await receiver.until(lambda: receiver.texts() == ["stuck"])
    await started.send(text="behind")
    await started.send(BORIS, text="free")
    await started.ui(f"people/{ANNA}/press", message_id=1, data="x")
    await receiver.until(lambda: sorted(receiver.texts()) == ["callback_query", "free", "stuck"])
    receiver.held["stuck"].set()
    await receiver.until(lambda: receiver.texts()[-1] == "behind")


async def test_the_answer_may_carry_a_call(started: World, receiver: Receiver) -> None:
    call = {"method": "sendMessage", "chat_id": ANNA, "text": "by webhook"}
    receiver.answers = [web.Response(text=json.dumps(call), content_type="application/json")]
    await started.call("setWebhook", url=receiver.url)
    said = await started.send(text="x")
    (answer,) = await started.said(after=said, wait=10)
    assert answer["text"] == "by webhook"


async def test_a_doubled_delivery(started: World, receiver: Receiver) -> None:
    await started.control("faults", kind="duplicate_updates", method="webhook", times=1)
    await started.call("setWebhook", url=receiver.url)
    await started.send(text="twice")
    await started.send(text="once")
    await receiver.until(lambda: receiver.texts() == ["twice", "twice", "once"])


async def test_nobody_listens(started: World, receiver: Receiver) -> None:
    await started.call("setWebhook", url="http://127.0.0.1:9/hook")
    await started.send(text="kept")
    async with asyncio.timeout(20):
        info = (await started.call("getWebhookInfo")).result
        while "last_error_message" not in info:
            info = (await started.call("getWebhookInfo")).result
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)
