"""Faults, flood, the clock, the record of calls: what tests rely on."""

from typing import Any

import aiohttp
import pytest

from tests.channels.messenger.conftest import ANNA, BORIS, STAFF, TOKEN, World


async def texts(world: World, person: int = ANNA) -> list[str]:
    return [view["text"] for view in await world.said(person)]


async def say(world: World, text: str, chat_id: int = ANNA) -> int:
    return (await world.call("sendMessage", chat_id=chat_id, text=text)).status


@pytest.mark.parametrize(
    ("kind", "code", "reason"),
    [
        ("blocked", 403, "Forbidden: bot was blocked by the user"),
        ("deactivated", 403, "Forbidden: user is deactivated"),
        ("kicked", 403, "Forbidden: bot was kicked from the supergroup chat"),
        ("chat_not_found", 400, "Bad Request: chat not found"),
        ("thread_not_found", 400, "Bad Request: message thread not found"),
    ],
)
async def test_refusals_on_request(started: World, kind: str, code: int, reason: str) -> None:
    await started.control("faults", kind=kind, method="send*", times=1)
    answer = await started.call("sendMessage", chat_id=ANNA, text="x")
    assert (answer.status, answer.description) == (code, reason)
    assert await say(started, "y") == 200
    assert await texts(started) == ["/start", "y"]


async def test_a_429_says_how_long(started: World) -> None:
    await started.control("faults", kind="429", retry_after=30, chat_id=ANNA)
    answer = await started.call("sendMessage", chat_id=ANNA, text="x")
    assert answer.body["parameters"] == {"retry_after": 30}
    assert answer.description == "Too Many Requests: retry after 30"


async def test_a_proxy_answers_in_html(started: World) -> None:
    await started.control("faults", kind="502", times=1)
    async with started.session.post(f"{started.url}/bot{TOKEN}/getMe") as response:
        assert (response.status, response.content_type) == (502, "text/html")
        assert "Bad Gateway" in await response.text()


@pytest.mark.parametrize(("kind", "applied"), [("reset_before", []), ("reset_after", ["lost answer"])])
async def test_resets(started: World, kind: str, applied: list[str]) -> None:
    await started.control("faults", kind=kind, method="sendMessage", times=1)
    with pytest.raises(aiohttp.ClientError):
        await started.call("sendMessage", chat_id=ANNA, text="lost answer")
    assert await texts(started) == ["/start", *applied]


@pytest.mark.parametrize(
    ("rule", "refused"),
    [
        ({"nth": 2}, [2]),
        ({"every": 3}, [3, 6]),
        ({"share": 0.5}, [2, 4, 6]),
        ({"times": 2}, [1, 2]),
        ({"text": "5"}, [5]),
    ],
)
async def test_which_calls_a_fault_meets(started: World, rule: dict[str, Any], refused: list[int]) -> None:
    await started.control("faults", kind="error", code=500, description="Oops", method="sendMessage", **rule)
    assert [number for number in range(1, 7) if await say(started, str(number)) == 500] == refused


async def test_unknown_faults_are_refused(world: World) -> None:
    await world.control("faults", 400, kind="earthquake")
    await world.control("faults", 400, kind="429", chatid=1)
    async with world.session.delete(f"{world.url}/control/faults") as response:
        assert await response.json() == {"faults": []}


async def test_the_record_is_in_order_and_complete(started: World) -> None:
    await say(started, "one")
    await say(started, "two", chat_id=999)
    one, two = await started.calls(method="sendMessage")
    assert one["seq"] < two["seq"]
    assert (one["ok"], one["chat_id"], one["text"], one["message_id"]) == (True, ANNA, "one", 2)
    assert (two["ok"], two["code"], two["description"]) == (False, 400, "Bad Request: chat not found")
    assert await started.calls(after=two["seq"]) == []
    assert [call["text"] for call in await started.calls(method="sendMessage", chat_id=999)] == ["two"]


async def test_flood_rules(started: World) -> None:
    await started.send(BORIS, text="/start")
    await started.control("flood", mode="telegram", private_burst=3, group_per_minute=2, per_second=6)
    assert [await say(started, "x") for _ in range(4)] == [200, 200, 200, 429]
    assert [await say(started, "x", STAFF) for _ in range(3)] == [200, 200, 429]
    assert [await say(started, "x", BORIS) for _ in range(2)] == [200, 429]
    waits = [call["description"] for call in await started.calls(method="sendMessage") if call["code"] == 429]
    assert waits == [f"Too Many Requests: retry after {seconds}" for seconds in (20, 60, 1)]


async def test_an_exact_rate_for_benchmarks(started: World) -> None:
    await started.control("flood", mode="exact", per_second=3, latency_ms=1)
    assert [await say(started, "x") for _ in range(4)] == [200, 200, 200, 429]
    await started.control("flood", 400, speed=3)


async def test_any_json_can_be_an_update(world: World) -> None:
    odd: list[dict[str, Any]] = [
        {"update_id": 710_000_000, "message": {"odd": [None]}},
        {"poll_answered_by_martians": 1},
        {},
    ]
    numbers = (await world.control("updates", updates=odd))["update_ids"]
    assert numbers == [710_000_000, 710_000_001, 710_000_002]
    async with world.session.get(f"{world.url}/bot{TOKEN}/getUpdates") as response:
        heard = (await response.json())["result"]
    assert heard == [odd[0], {"update_id": 710_000_001, **odd[1]}, {"update_id": 710_000_002}]


async def test_pending(started: World) -> None:
    await started.send(text="x")
    async with started.session.get(f"{started.url}/control/pending") as response:
        pending = await response.json()
    assert (pending["count"], pending["pending"][0]["kind"], pending["pending"][0]["lane"]) == (
        1,
        "message",
        f"chat:{ANNA}",
    )


async def test_the_clock_moves_and_runs(world: World) -> None:
    before = (await world.control("clock"))["now"]
    assert (await world.control("clock", offset=86_400))["now"] >= before + 86_400
    fast = (await world.control("clock", scale=1000))["now"]
    assert (await world.control("clock"))["now"] > fast
    back = (await world.control("clock", offset=0, scale=1))["now"]
    assert abs(back - before) < 60


async def test_other_pages_and_other_names_are_kept_out(world: World) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
        async with world.session.post(f"{world.url}/control/clock", json={}, headers=headers) as response:
            assert response.status == 403
    async with world.session.get(f"{world.url}/ui/state", headers={"Origin": world.url}) as response:
        assert response.status == 200
        assert TOKEN not in await response.text()


async def test_a_token_can_be_replaced(started: World) -> None:
    await started.control("bots", token="4242:new")
    async with started.session.post(f"{started.url}/bot{TOKEN}/getMe") as response:
        assert response.status == 401
    async with started.session.post(f"{started.url}/bot4242:new/getMe") as response:
        assert response.status == 200
    await started.control("bots", 400, token="nonsense")


async def test_a_seed_may_bring_everything(world: World) -> None:
    group = {"id": -1001000000777, "title": "Second", "forum": True, "admin": True, "members": [ANNA]}
    given = {"bots": [{"token": "99:x", "username": "second_bot"}], "people": [{"id": ANNA, "first_name": "Анна"}]}
    assert await world.control("seed", **given, groups=[group]) == {
        "bots": [99],
        "people": [ANNA],
        "groups": [group["id"]],
    }
    joined = {**group, "members": [ANNA, {"user_id": BORIS}]}
    await world.control("seed", groups=[joined])
    members = (await world.call("getChatMemberCount", chat_id=group["id"])).result
    assert members == 4
