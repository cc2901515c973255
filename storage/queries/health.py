"""Questions an operator asks: how much waits, and since when."""

from sqlalchemy import func
from sqlmodel import col, select

from storage.tables.traffic import Inbox, Outbox
from storage.work import Work

COUNTS = {
    "inbox_open": "updates that wait for a turn",
    "inbox_dead": "updates that were given up",
    "inbox_oldest_seconds": "age of the oldest waiting update",
    "outbox_open": "messages that wait to be sent",
    "outbox_unknown": "messages nobody knows the outcome of",
    "outbox_failed": "messages that were refused for good",
}
"""Every figure that health and metrics show, with what it counts."""


def counts(work: Work) -> dict[str, float]:
    """Give the figures."""
    inbox = dict(work.session.exec(select(Inbox.state, func.count()).group_by(Inbox.state)).all())
    outbox = dict(work.session.exec(select(Outbox.state, func.count()).group_by(Outbox.state)).all())
    oldest = work.session.exec(select(func.min(col(Inbox.received_at))).where(Inbox.state == "open")).first()
    return {
        "inbox_open": inbox.get("open", 0),
        "inbox_dead": inbox.get("dead", 0),
        "inbox_oldest_seconds": (work.now - oldest).total_seconds() if oldest else 0.0,
        "outbox_open": outbox.get("pending", 0) + outbox.get("claimed", 0),
        "outbox_unknown": outbox.get("unknown", 0),
        "outbox_failed": outbox.get("failed", 0),
    }
