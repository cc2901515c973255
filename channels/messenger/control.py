"""The control side, under `/control/`: what tests switch, move, inject and count. Only for a messenger of one's own."""

from dataclasses import fields, replace

from starlette.requests import Request
from starlette.routing import Route

from channels.messenger.errors import DeedRefused
from channels.messenger.faults import fault_from
from channels.messenger.flood import FloodRules
from channels.messenger.local_http import endpoint
from channels.messenger.model import JSON
from channels.messenger.people import bot_of
from channels.messenger.phone_views import bot_view
from channels.messenger.seed import seed
from channels.messenger.wire import Params
from channels.messenger.world import World


def _add_bot(world: World, request: Request, params: Params) -> JSON:
    bot = world.add_bot(params.text("token"), params.text("username"), params.text("first_name"))
    return bot_view(bot)


def _add_fault(world: World, request: Request, params: Params) -> JSON:
    """One rule, or several as `faults`; they add to those in force."""
    many = params.structure("faults") or [params.values]
    return {"faults": [vars(world.faults.add(fault_from(given))) for given in many]}


def _show_faults(world: World, request: Request, params: Params) -> JSON:
    return {"faults": [vars(fault) for fault in world.faults.rules]}


def _clear_faults(world: World, request: Request, params: Params) -> JSON:
    world.faults.clear()
    return {"faults": []}


def _calls(world: World, request: Request, params: Params) -> JSON:
    """Recorded calls after a number, of one `method` or `chat_id` when asked."""
    limit = params.integer("limit", 10_000)
    found = world.calls.after(params.integer("after"), limit)
    last = found[-1]["seq"] if found else world.calls.last
    if method := params.text("method"):
        found = [call for call in found if call["method"] == method]
    if chat_id := params.integer("chat_id"):
        found = [call for call in found if call.get("chat_id") == chat_id]
    return {"calls": found, "last": last}


def _clock(world: World, request: Request, params: Params) -> JSON:
    """Move the messenger's time: `offset` seconds from real time, `scale` times as fast."""
    given = {name: params.number(name) if name in params.values else None for name in ("offset", "scale")}
    world.clock.move(given["offset"], given["scale"])
    return {"now": world.clock.now()}


def _flood(world: World, request: Request, params: Params) -> JSON:
    """Change the flood rules: only what is named; counting starts anew."""
    known = {field.name for field in fields(FloodRules)}
    if unknown := set(params.values) - known:
        raise DeedRefused(f"unknown flood rules: {', '.join(sorted(unknown))}")
    world.flood.rules = replace(world.flood.rules, **params.values)
    world.flood.forget()
    return vars(world.flood.rules)


def _inject(world: World, request: Request, params: Params) -> JSON:
    """Queue any JSON as an update, as it is (`update`, or many as `updates`); a number is given if it has none."""
    queue = world.queues[bot_of(world, params).id]
    ids = []
    for update in params.structure("updates") or [params.structure("update")]:
        number = update.get("update_id")
        number = number if isinstance(number, int) else queue.bot.next_update_id
        kind = next((key for key in update if key != "update_id"), "unknown")
        queue.put_raw(number, kind, {"update_id": number, **update}, params.text("lane", "injected"))
        ids.append(number)
    return {"update_ids": ids}


def _jump(world: World, request: Request, params: Params) -> JSON:
    """Let the next update number be another one, as Telegram does after a quiet week."""
    bot = bot_of(world, params)
    bot.next_update_id = params.integer("next")
    world.save_bot(bot)
    return {"next": bot.next_update_id}


def _pending(world: World, request: Request, params: Params) -> JSON:
    queue = world.queues[bot_of(world, params).id]
    waiting = [{"update_id": update.id, "kind": update.kind, "lane": update.lane} for update in queue.pending.values()]
    return {"count": len(waiting), "next": queue.bot.next_update_id, "pending": waiting[:1000]}


def _webhooks(world: World, request: Request, params: Params) -> JSON:
    """Shorten the pauses between webhook repeats: `pause_scale` 0.01 makes seconds of minutes."""
    world.webhooks.pause_scale = params.number("pause_scale")
    return {"pause_scale": world.webhooks.pause_scale}


def _seed(world: World, request: Request, params: Params) -> JSON:
    return seed(world, params.values)


routes = [
    Route("/control/bots", endpoint(_add_bot), methods=["POST"]),
    Route("/control/faults", endpoint(_add_fault), methods=["POST"]),
    Route("/control/faults", endpoint(_show_faults), methods=["GET"]),
    Route("/control/faults", endpoint(_clear_faults), methods=["DELETE"]),
    Route("/control/calls", endpoint(_calls)),
    Route("/control/clock", endpoint(_clock), methods=["POST"]),
    Route("/control/flood", endpoint(_flood), methods=["POST"]),
    Route("/control/updates", endpoint(_inject), methods=["POST"]),
    Route("/control/update_ids", endpoint(_jump), methods=["POST"]),
    Route("/control/pending", endpoint(_pending)),
    Route("/control/webhooks", endpoint(_webhooks), methods=["POST"]),
    Route("/control/seed", endpoint(_seed), methods=["POST"]),
]
