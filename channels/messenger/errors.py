"""Refusals in Telegram's own words, so that clients meet here what they will meet there."""

from typing import Any


class BotApiError(Exception):
    """A refusal of one Bot API call; becomes the JSON error body with the same code."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def body(self) -> dict[str, Any]:
        """The error as Telegram writes it."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class DeedRefused(Exception):
    """A person did something the messenger's client would not let them do; the interface answers 4xx."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


def bad_request(reason: str) -> BotApiError:
    """400 with Telegram's prefix."""
    return BotApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> BotApiError:
    """403 with Telegram's prefix."""
    return BotApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> BotApiError:
    """409: two consumers want the same updates."""
    return BotApiError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> BotApiError:
    """429, with the pause the caller must keep."""
    return BotApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def upgraded(new_id: int) -> BotApiError:
    """The group lives on under another id."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return BotApiError(400, reason, {"migrate_to_chat_id": new_id})


def unauthorized() -> BotApiError:
    """No such token."""
    return BotApiError(401, "Unauthorized")


def not_found() -> BotApiError:
    """No such method or file."""
    return BotApiError(404, "Not Found")


QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"
POLLING_WITH_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
