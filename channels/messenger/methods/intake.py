"""How a bot gets its updates: long polling, or a webhook."""

import re
from urllib.parse import urlsplit

from channels.messenger.errors import POLLING_WITH_WEBHOOK, bad_request, conflict
from channels.messenger.methods.call import Call
from channels.messenger.model import JSON

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(call: Call) -> str:
    """getUpdates; the answer is already JSON, because updates are kept that way."""
    if call.bot.webhook:
        raise conflict(POLLING_WITH_WEBHOOK)
    params = call.params
    _allow(call)
    limit = params.integer("limit", 100)
    limit = limit if 1 <= limit <= 100 else 100
    timeout = max(0, params.integer("timeout"))
    queue = call.world.queues[call.bot.id]
    replay = bool(call.noted.pop("replay", False))
    batch = await queue.poll(params.integer("offset"), limit, timeout, replay=replay)
    call.noted |= {"offset": params.integer("offset"), "count": len(batch)}
    return f"[{','.join(update.body for update in batch)}]"


def _allow(call: Call) -> None:
    """A list of allowed kinds stays in force until another one comes."""
    kinds = call.params.structure("allowed_updates")
    if not isinstance(kinds, list) or kinds == (call.bot.allowed_updates or []):
        return
    call.bot.allowed_updates = [str(kind) for kind in kinds] or None
    call.world.save_bot(call.bot)


def set_webhook(call: Call) -> bool:
    """setWebhook; an empty address takes it away."""
    params = call.params
    url = params.text("url")
    if not url:
        return delete_webhook(call)
    _check_webhook(url, params.values.get("secret_token"))
    connections = params.integer("max_connections", 40)
    webhook: JSON = {"url": url, "max_connections": min(100, max(1, connections))}
    webhook["secret_token"] = params.text("secret_token")
    _allow(call)
    queue = call.world.queues[call.bot.id]
    if params.flag("drop_pending_updates"):
        queue.clear()
    queue.interrupt("terminated by setWebhook request")
    call.bot.webhook = webhook
    call.world.save_bot(call.bot)
    call.world.webhooks.start(call.bot)
    return True


def _check_webhook(url: str, secret: object) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret is not None and secret != "" and not SECRET.fullmatch(str(secret)):
        raise bad_request("secret token contains unallowed characters")


def delete_webhook(call: Call) -> bool:
    """deleteWebhook."""
    if call.params.flag("drop_pending_updates"):
        call.world.queues[call.bot.id].clear()
    call.bot.webhook = None
    call.world.save_bot(call.bot)
    call.world.webhooks.stop(call.bot)
    return True


def webhook_info(call: Call) -> JSON:
    """getWebhookInfo."""
    webhook = call.bot.webhook or {}
    pending = len(call.world.queues[call.bot.id].pending)
    info: JSON = {"url": webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": pending}
    for name in ("max_connections", "last_error_date", "last_error_message"):
        if name in webhook:
            info[name] = webhook[name]
    if call.bot.allowed_updates:
        info["allowed_updates"] = call.bot.allowed_updates
    return info
