"""Long polling: confirmation, waiting, conflicts, expiry."""

import asyncio

from channels.messenger.errors import POLLING_WITH_WEBHOOK, TWO_POLLERS
from tests.channels.messenger.conftest import ANNA, CLARA, STAFF, World


async def ids(world: World, **params: int) -> list[int]:
    return [update["update_id"] for update in (await world.call("getUpdates", **params)).result]


async def test_what_is_not_confirmed_comes_again(started: World) -> None:
    for text in "abc":
        await started.send(text=text)
    first = await ids(started)
    assert first == await ids(started)
    assert first == list(range(first[0], first[0] + 3))
    assert await ids(started, limit=2) == first[:2]
    assert await ids(started, offset=first[1]) == first[1:]
    assert await ids(started, offset=first[2] + 1) == []
    assert await ids(started) == []


async def test_a_negative_offset_forgets_earlier_ones(started: World) -> None:
    for text in "abc":
        await started.send(text=text)
    everything = await ids(started)
    assert await ids(started, offset=-1) == everything[-1:]
    assert await ids(started) == everything[-1:]


async def test_a_waiting_poll_wakes_at_once_and_a_second_ends_it(started: World) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(started.call("getUpdates", timeout=30))
        while started.messenger.world.queues[4242]._waiter is None:
            await started.call("getMe")
        second = group.create_task(started.call("getUpdates", timeout=30))
        assert (await first).description == f"Conflict: {TWO_POLLERS}"
        await started.send(text="wake")
    assert [update["message"]["text"] for update in second.result().result] == ["wake"]


async def test_updates_grow_old(started: World) -> None:
    await started.ui(f"people/{ANNA}/press", message_id=1, data="x")
    message = (await started.ui(f"people/{ANNA}/send", text="x"))["update_ids"]
    await started.control("clock", offset=151)
    assert await ids(started) == message
    await started.control("clock", offset=86_401)
    assert await ids(started) == []


async def test_only_the_kinds_that_were_asked_for(started: World) -> None:
    await started.call("getUpdates", offset=-1, allowed_updates=["callback_query"])
    await started.send(text="unheard")
    await started.ui(f"people/{ANNA}/press", message_id=1, data="x")
    assert [name for update in await started.updates() for name in update] == ["update_id", "callback_query"]
    await started.call("getUpdates", offset=-1, allowed_updates=["chat_member", "my_chat_member"])
    await started.updates()
    await started.ui(f"groups/{STAFF}/members", user_id=ANNA, status="administrator", by=CLARA)
    change = await started.update("chat_member")
    assert (change["new_chat_member"]["status"], change["from"]["id"]) == ("administrator", CLARA)


async def test_polling_and_webhook_exclude_each_other(started: World) -> None:
    await started.control("webhooks", pause_scale=0)
    assert (await started.call("setWebhook", url="http://127.0.0.1:9/x")).result is True
    assert await started.refused("getUpdates") == f"Conflict: {POLLING_WITH_WEBHOOK}"
    assert (await started.call("getWebhookInfo")).result["url"] == "http://127.0.0.1:9/x"
    await started.send(text="waits")
    assert (await started.call("deleteWebhook")).result is True
    assert [update["message"]["text"] for update in await started.updates()] == ["waits"]


async def test_dropping_what_waits(started: World) -> None:
    await started.send(text="dropped")
    await started.call("deleteWebhook", drop_pending_updates=True)
    assert await ids(started) == []


async def test_wrong_webhooks_are_refused(started: World) -> None:
    assert "bad webhook" in await started.refused("setWebhook", url="ftp://x")
    refused = await started.refused("setWebhook", url="https://a.b/", secret_token="not allowed!")
    assert refused == "Bad Request: secret token contains unallowed characters"
    assert (await started.call("setWebhook", url="")).result is True


async def test_a_lost_offset_repeats_the_batch(started: World) -> None:
    await started.send(text="once")
    first = await ids(started)
    await started.control("faults", kind="duplicate_updates", method="getUpdates", times=1)
    assert await ids(started, offset=first[-1] + 1) == first
    assert await ids(started, offset=first[-1] + 1) == []


async def test_numbers_may_jump(started: World) -> None:
    await started.control("update_ids", next=800_000_000)
    await started.send(text="x")
    assert await ids(started) == [800_000_000]
