"""The way out: what surely did not happen is told apart from what may have happened, and the token is never named."""

import asyncio
import logging
import socket
import traceback
from typing import Any

import aiohttp
import pytest
from telegram import InputFile
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from channels.courier import PATIENCE
from channels.outcomes import Later, Outcome, Refused, Unknown
from channels.telegram import request as request_module
from channels.telegram.request import CALL_TIMEOUT, UPLOAD_SHARE, AiohttpRequest, Failed
from storage.outbox import LEASE
from tests.channels.telegram.conftest import TOKEN, Answer, Server

WORDS = "canary-text"


def data(**parameters: object) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in parameters.items()])


async def failure(url: str, timeout: float = 5) -> Failed:
    async with AiohttpRequest(timeout=timeout) as request:
        with pytest.raises(Failed) as caught:
            await request.post(f"{url}/bot{TOKEN}/sendMessage", data(chat_id=1, text=WORDS))
    return caught.value


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_parameters_travel_as_json_with_their_types(server: Server) -> None:
    async with AiohttpRequest() as request:
        await request.post(f"{server.url}/bot{TOKEN}/sendMessage", data(chat_id=-5, reply_markup={"a": [1]}))

    assert server.calls[0].kind == "application/json"
    assert server.calls[0].given == {"chat_id": -5, "reply_markup": {"a": [1]}}


async def test_a_file_travels_in_a_form(server: Server) -> None:
    big = b"x" * 2_000_000
    async with AiohttpRequest() as request:
        await request.post(f"{server.url}/x/sendDocument", data(chat_id=5, document=InputFile(big, filename="cv.pdf")))

    assert server.calls[0].kind == "multipart/form-data"
    assert server.calls[0].given == {"chat_id": "5", "document": big}


async def test_a_refused_connection_surely_did_nothing() -> None:
    assert (await failure(f"http://127.0.0.1:{free_port()}")).outcome == Later(1.0, "server")


async def test_an_address_that_is_none_surely_did_nothing() -> None:
    assert (await failure("http://")).outcome == Later(1.0, "server")


@pytest.mark.parametrize(
    "kind", ["ClientConnectorDNSError", "ClientConnectorCertificateError", "ClientConnectorSSLError"]
)
def test_no_name_and_no_trust_count_as_no_connection(kind: str) -> None:
    assert issubclass(getattr(aiohttp, kind), request_module._not_sent)


async def test_a_connection_nobody_accepts_surely_did_nothing() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        filling = [socket.socket() for _ in range(4)]
        for one in filling:
            one.setblocking(False)
            one.connect_ex(deaf.getsockname())
        try:
            outcome = (await failure(f"http://127.0.0.1:{deaf.getsockname()[1]}", timeout=0.4)).outcome
        finally:
            for one in filling:
                one.close()

    assert outcome == Later(1.0, "server")


async def test_waiting_for_a_free_connection_surely_did_nothing(server: Server) -> None:
    server.will(Answer(deed="silence"))
    async with AiohttpRequest(connections=1, timeout=0.6) as request:
        calls = [request.post(f"{server.url}/x/sendMessage", data(chat_id=chat)) for chat in (1, 2)]
        failures = await asyncio.gather(*calls, return_exceptions=True)

    outcomes = [failed.outcome for failed in failures if isinstance(failed, Failed)]
    assert outcomes == [Unknown("timeout"), Later(1.0, "server")]
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        (Answer(deed="silence"), Unknown("timeout")),
        (Answer(deed="reset"), Unknown("connection_lost")),
        (Answer(code=502, body=b"<html>Bad Gateway</html>"), Unknown("server_502")),
        (Answer(code=500, description="Internal Server Error"), Unknown("server_500")),
        (Answer(body=b"<html>hello</html>"), Unknown("unreadable_answer")),
        (Answer(body=b"[1, 2]"), Unknown("unreadable_answer")),
        (Answer(body=b'{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}'),
         Refused("too_long")),
        (Answer(code=302, body=b""), Later(1.0, "server")),
        (Answer(code=429, description="Too Many Requests", parameters={"retry_after": 3}), Later(3.0, "chat")),
    ],
    ids=repr,
)  # fmt: skip
async def test_each_way_of_failing(server: Server, answer: Answer, means: Outcome) -> None:
    server.will(answer)

    assert (await failure(server.url, timeout=0.6 if answer.deed == "silence" else 5)).outcome == means
    assert len(server.calls) == 1


async def test_a_failure_names_neither_token_nor_text(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.will(Answer(deed="reset"), Answer(body=b"canary-answer"), Answer(code=400, description="canary-words"))
    for url in (server.url, server.url, server.url, f"http://127.0.0.1:{free_port()}"):
        failed = await failure(url)
        told = "".join(traceback.format_exception(failed)) + repr(failed) + caplog.text
        assert failed.__context__ is None
        assert TOKEN not in told
        assert "canary-" not in told


async def test_a_success_outside_the_ordinary_is_still_one(server: Server) -> None:
    server.will(Answer(body=b'{"ok":true,"result":[]}'))
    async with AiohttpRequest() as request:
        assert await request.post(f"{server.url}/x/getUpdates") == []


async def test_it_may_be_started_and_stopped_twice(server: Server) -> None:
    request = AiohttpRequest(timeout=3)
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()

    with pytest.raises(Failed) as caught:
        await request.post(f"{server.url}/x/getMe")
    assert caught.value.outcome == Later(1.0, "server")
    assert request.read_timeout == 3


async def test_a_file_is_given_longer_and_still_less_than_a_claim_lasts(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float | None] = []
    ask = aiohttp.ClientSession.request

    def noting(session: aiohttp.ClientSession, method: str, url: str, **more: Any) -> Any:
        given.append(more["timeout"].total)
        return ask(session, method, url, **more)

    monkeypatch.setattr(aiohttp.ClientSession, "request", noting)
    async with AiohttpRequest() as request:
        await request.post(f"{server.url}/x/sendMessage", data(chat_id=5, text="x"))
        await request.post(f"{server.url}/x/sendDocument", data(chat_id=5, document=InputFile(b"x", filename="a.json")))

    assert given == [CALL_TIMEOUT, CALL_TIMEOUT * UPLOAD_SHARE]
    assert LEASE.total_seconds() > PATIENCE + CALL_TIMEOUT * UPLOAD_SHARE
