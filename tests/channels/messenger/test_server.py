"""Restart, a process of its own, the stream of changes, the page's files."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from channels.messenger.flood import FloodRules
from channels.messenger.server import running
from tests.channels.messenger.conftest import ANNA, PEOPLE, STAFF, STAFF_GROUP, TOKEN, World

ROOT = Path(__file__).resolve().parents[3]


async def test_a_restart_keeps_everything(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    file = tmp_path / "deep" / "messenger.db"
    async with running(file, bots=[TOKEN]) as first:
        first.seed({"people": PEOPLE, "groups": [STAFF_GROUP]})
        world = World(first, session)
        document = {"content": "eA==", "name": "cv.txt"}
        await world.send(document=document)
        thread = (await world.call("createForumTopic", chat_id=STAFF, name="Case")).result["message_thread_id"]
        pressed = await world.ui(f"people/{ANNA}/press", message_id=1, data="x")
        await world.call("setMyCommands", commands=[{"command": "menu", "description": "x"}])
        before = (await world.call("getUpdates")).result
        last = (await world.calls())[-1]["seq"]
    async with running(file) as second:
        world = World(second, session)
        assert (await world.call("getUpdates")).result == before
        file_id = (await world.said())[0]["message"]["document"]["file_id"]
        assert (await world.call("copyMessage", chat_id=ANNA, from_chat_id=ANNA, message_id=1)).result == {
            "message_id": 2
        }
        assert second.world.store.content(file_id) == b"x"
        assert (await world.call("sendMessage", chat_id=STAFF, message_thread_id=thread, text="x")).status == 200
        assert (await world.call("answerCallbackQuery", callback_query_id=pressed["callback_id"])).status == 200
        assert len((await world.call("getMyCommands")).result) == 1
        assert [call["seq"] for call in await world.calls(after=last)] == list(range(last + 1, last + 6))
        sent = (await world.ui(f"people/{ANNA}/send", text="y"))["update_ids"]
        assert sent == [before[-1]["update_id"] + 1]


async def test_seeding_again_changes_nothing(world: World) -> None:
    again = {"people": PEOPLE, "groups": [STAFF_GROUP]}
    assert (await world.control("seed", **again))["groups"] == [STAFF]
    assert await world.updates() == []


async def test_long_chats_are_read_from_disk(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    async with running(tmp_path / "m.db", bots=[TOKEN], flood=FloodRules(mode="off")) as messenger:
        messenger.seed({"people": PEOPLE})
        world = World(messenger, session)
        for number in range(700):
            await world.send(text=str(number))
        await messenger.world.store.flush()
        history = messenger.world.history(messenger.world.chats[f"4242:{ANNA}"])
        assert len(history._recent) == 300
        await world.ui(f"people/{ANNA}/edit", message_id=5, text="changed")
        assert [view["text"] for view in await world.said(after=3, limit=3)] == ["3", "changed", "5"]
        assert [view["message_id"] for view in await world.said(before=102, limit=2)] == [100, 101]
        assert [view["message_id"] for view in await world.said(after=399, limit=1000)] == list(range(400, 701))
        assert [view["message_id"] for view in await world.said(limit=650)] == list(range(51, 701))


async def test_a_process_of_its_own(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    arguments = ["-m", "channels.messenger", "--file", str(tmp_path / "m.db"), "--token", TOKEN, "--flood", "off"]
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(60):
        url = (await process.stdout.readline()).decode().split()[-1]
        async with session.post(f"{url}/bot{TOKEN}/getMe") as response:
            assert (await response.json())["result"]["id"] == 4242
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


class Stream:
    """A reader of server-sent events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._lines = response.content

    async def next(self) -> tuple[str, dict[str, Any]]:
        """The next event's id and content."""
        number = ""
        async with asyncio.timeout(20):
            async for raw in self._lines:
                name, _, value = raw.decode().rstrip("\r\n").partition(": ")
                if name == "id":
                    number = value
                elif name == "data":
                    return number, json.loads(value)
        raise AssertionError("the stream ended")


async def test_changes_are_told_and_can_be_resumed(started: World) -> None:
    async with started.session.get(f"{started.url}/ui/events") as response:
        stream = Stream(response)
        sent = (await started.call("sendMessage", chat_id=ANNA, text="hello")).result["message_id"]
        number, told = await stream.next()
    assert (told["kind"], told["chat_id"], told["message"]["text"]) == ("message", ANNA, "hello")
    await started.call("editMessageText", chat_id=ANNA, message_id=sent, text="changed")
    await started.call("sendChatAction", chat_id=ANNA, action="typing")
    await started.call("deleteMessage", chat_id=ANNA, message_id=sent)
    async with started.session.get(f"{started.url}/ui/events", headers={"Last-Event-ID": number}) as response:
        stream = Stream(response)
        kinds = [(await stream.next())[1]["kind"] for _ in range(3)]
    assert kinds == ["edited", "action", "deleted"]


async def test_a_stream_from_another_life_is_told_to_begin_anew(started: World) -> None:
    async with started.session.get(f"{started.url}/ui/events?after=12") as response:
        assert (await Stream(response).next())[1]["kind"] == "reset"


async def test_waiting_for_words(started: World) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(started.said(after=1, wait=20))
        await started.call("sendMessage", chat_id=ANNA, text="at last")
    assert [view["text"] for view in waiting.result()] == ["at last"]
    assert await started.said(after=2, wait=0.01) == []


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("", "text/html"), ("page/app.js", "text/javascript"), ("page/style.css", "text/css")],
)
async def test_the_page_is_served_and_closed_in(world: World, path: str, content_type: str) -> None:
    async with world.session.get(f"{world.url}/{path}") as response:
        assert (response.status, response.content_type) == (200, content_type)
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "http://" not in (await response.text()).replace("http://www.w3.org", "")
    for wrong in ("page/server.py", "page/..%2fserver.py", "page/nothing.js"):
        async with world.session.get(f"{world.url}/{wrong}") as response:
            assert response.status == 404


async def test_files_are_shown_or_handed_down_safely(started: World) -> None:
    content = {"content": "PHNjcmlwdD4=", "name": "x.html", "mime": "text/html"}
    sent = await started.ui(f"people/{ANNA}/send", document=content)
    file_id = sent["messages"][0]["message"]["document"]["file_id"]
    async with started.session.get(f"{started.url}/ui/files/{file_id}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
