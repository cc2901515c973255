"""What Telegram tells about the bot itself, without the library's types: for `doctor` and for the start."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Myself:
    """The bot as the server knows it. `hears_all` is False while privacy mode hides plain group messages."""

    id: int
    username: str
    name: str
    hears_all: bool


@dataclass(frozen=True, slots=True)
class Hook:
    """The webhook in force; an empty address means polling. The server's own words about failures stay with the server."""

    url: str
    pending: int
    connections: int
    failing: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What the bot is and may do in a group: what a staff group needs before cases can have topics."""

    forum: bool
    administrator: bool
    manages_topics: bool
    deletes_messages: bool
