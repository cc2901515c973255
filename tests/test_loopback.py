"""The wall around the tests itself."""

import asyncio
import socket

import pytest

from tests.loopback import Beyond, leaves


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        (("127.0.0.1", 80), False),
        (("127.8.0.1", 80), False),
        (("::1", 80, 0, 0), False),
        (("localhost", 80), False),
        ((b"localhost", 80), False),
        (("0.0.0.0", 80), False),
        ((None, 80), False),
        ("/tmp/a-socket", False),
        (("192.0.2.1", 80), True),
        (("2001:db8::1", 80, 0, 0), True),
        (("fe80::1%eth0", 80, 0, 2), True),
        (("a-server.example", 80), True),
    ],
)
def test_what_lies_outside(address: object, outside: bool) -> None:
    assert leaves(address) is outside


def test_a_plain_connection_stays_here() -> None:
    with socket.socket() as caller, pytest.raises(Beyond):
        caller.connect(("192.0.2.1", 9))


async def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(Beyond):
        await asyncio.open_connection("a-server.example", 9)


async def test_a_server_of_our_own_is_reached() -> None:
    async with await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
