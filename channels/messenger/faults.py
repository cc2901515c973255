"""Switchable faults: what networks and Telegram do on bad days, on request and countable."""

from dataclasses import dataclass, fields

from channels.messenger.errors import (
    NOT_MODIFIED,
    QUERY_TOO_OLD,
    BotApiError,
    DeedRefused,
    bad_request,
    forbidden,
    too_many_requests,
)
from channels.messenger.model import JSON

REFUSALS = {
    "blocked": forbidden("bot was blocked by the user"),
    "deactivated": forbidden("user is deactivated"),
    "kicked": forbidden("bot was kicked from the supergroup chat"),
    "chat_not_found": bad_request("chat not found"),
    "not_modified": bad_request(NOT_MODIFIED),
    "edit_not_found": bad_request("message to edit not found"),
    "cannot_edit": bad_request("message can't be edited"),
    "query_too_old": bad_request(QUERY_TOO_OLD),
    "thread_not_found": bad_request("message thread not found"),
}
PAGES = {"500": "Internal Server Error", "502": "Bad Gateway", "504": "Gateway Timeout"}
STAGED = ("delay", "reset_before", "reset_after", "duplicate_updates", "429", "error")
KINDS = (*REFUSALS, *PAGES, *STAGED)


@dataclass
class Fault:
    """One rule: which calls it meets, and what happens to them.

    Of the matching calls it takes all, or the `nth` alone, or `every` so many, or a `share` of them spread evenly;
    at most `times`.
    """

    kind: str
    method: str = "*"
    chat_id: int | None = None
    text: str = ""
    nth: int = 0
    every: int = 0
    share: float = 1.0
    times: int = 0
    seconds: float = 0.0
    retry_after: int = 1
    code: int = 400
    description: str = ""
    id: int = 0
    seen: int = 0
    used: int = 0

    def meets(self, method: str, chat_id: object, text: str) -> bool:
        """Whether the rule speaks of such a call at all."""
        named = self.method in ("*", method) or (self.method == "send*" and method.startswith("send"))
        return named and self.chat_id in (None, chat_id) and self.text in text

    def refusal(self) -> BotApiError | None:
        """The refusal in Telegram's words, when the fault is one."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        if self.kind == "error":
            return BotApiError(self.code, self.description)
        return REFUSALS.get(self.kind)


def fault_from(given: JSON) -> Fault:
    """A rule as tests write it; unknown words are refused, so that no test passes by a typing error."""
    known = {field.name for field in fields(Fault)} - {"id", "seen", "used"}
    if set(given) - known:
        raise DeedRefused(f"unknown fault fields: {', '.join(sorted(set(given) - known))}")
    fault = Fault(**{**given, "kind": str(given.get("kind", ""))})
    if fault.kind not in KINDS:
        raise DeedRefused(f"unknown fault kind; known are {', '.join(KINDS)}")
    return fault


class Faults:
    """The rules in force; the first that fires wins."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self._made = 0

    def add(self, fault: Fault) -> Fault:
        """Put a rule in force."""
        self._made += 1
        fault.id = self._made
        self.rules.append(fault)
        return fault

    def clear(self) -> None:
        """All is well again."""
        self.rules.clear()

    def strike(self, method: str, chat_id: object = None, text: str = "") -> Fault | None:
        """The fault that meets this call, counted; None on good days."""
        for fault in self.rules:
            if fault.meets(method, chat_id, text) and self._fires(fault):
                fault.used += 1
                return fault
        return None

    def _fires(self, fault: Fault) -> bool:
        fault.seen += 1
        if fault.times and fault.used >= fault.times:
            return False
        if fault.nth:
            return fault.seen == fault.nth
        if fault.every:
            return fault.seen % fault.every == 0
        return int(fault.seen * fault.share) > int((fault.seen - 1) * fault.share)
