"""Updates as no messenger should send them: valid ones of every kind, damaged with a seeded die."""

import copy
import random
from collections.abc import Iterator
from typing import Any

from services import actions
from tests.phone import SHARED, STAFF_GROUP, Phone, World

STRANGE: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    float("inf"),
    2**31,
    2**53 + 1,
    2**63 - 1,
    2**63,
    -(2**63) - 1,
    10**40,
    "",
    "x",
    "\0",
    "\ud800",
    "7",
    "\u202e\u200d",
    "😀" * 4096,
    [],
    [[]],
    {},
    {"id": 1},
    {"id": 2**70, "type": "private"},
    {"id": "1", "type": "private"},
    {"id": -7, "type": "starship"},
)
EXTRA: dict[str, Any] = {
    "future_field": {"deep": [{"er": 1}]},
    "guest_message": {"id": 1},
    "message_thread_id": 2**40,
    "is_topic_message": True,
    "sender_chat": {"id": -5, "type": "channel", "title": "t"},
    "via_bot": {"id": 5, "is_bot": True, "first_name": "b"},
    "migrate_to_chat_id": -100500,
    "forum_topic_created": {"name": "t", "icon_color": 1},
    "new_chat_members": [{"id": 5, "is_bot": True, "first_name": "b"}],
    "entities": [{"type": "bold", "offset": -5, "length": 10**12}],
    "date": 0,
    "text": "/start",
    "data": "try1:1",
    "caption": "words",
}
WORDS = ("/start", "/register", "Aigul", "/counsellor", "/end", "driver", "/vacancies", "/take", "/close", "/note x")


def corpus(world: World) -> list[dict[str, Any]]:
    """Give valid updates of every kind: private, group, edited, pressed, joined, and kinds we do not ask for."""
    people = [world.phone(6000 + number, "Mutant") for number in range(40)]
    desk = world.desk(thread_id=7)
    events: list[tuple[str, dict[str, Any]]] = []
    for person in people:
        events += [("message", person.message(text=words)) for words in WORDS]
        events += [("message", person.message(**content)) for content in SHARED.values()]
        events += [("edited_message", person.message(text="edited") | {"edit_date": 5})]
        events += [("channel_post", _post(person)), ("edited_channel_post", _post(person))]
        events += [("my_chat_member", _member(person, status)) for status in ("kicked", "member", "left")]
    events += [("message", desk.message(text=words)) for words in WORDS]
    events += [("edited_message", desk.message(text=words)) for words in WORDS]
    events += [(kind, {"id": "1"}) for kind in ("poll", "inline_query", "chat_boost", "business_message")]
    payloads = [f"{head}:7:name"[: len(head) + 2] for head in actions.known()] + list(actions.known())
    presses = [person.pressing(payload) for person in (*people, desk) for payload in payloads]
    return [world.update(kind, event) for kind, event in events] + presses


def _post(person: Phone) -> dict[str, Any]:
    channel = {"id": -1007, "type": "channel", "title": "News"}
    post = person.message(text="news") | {"chat": channel, "sender_chat": channel}
    del post["from"]
    return post


def _member(person: Phone, status: str) -> dict[str, Any]:
    bot = {"id": 7000099, "is_bot": True, "first_name": "Jobline"}
    chat = {"id": STAFF_GROUP if status == "left" else person.chat_id, "type": "private"}
    changed = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    return {"chat": chat, "from": person.person, "date": 1, "old_chat_member": changed, "new_chat_member": changed}


def mutants(world: World, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Give damaged copies, each with a number of its own."""
    dice = random.Random(seed)
    valid = corpus(world)
    for number in range(count):
        mutant = copy.deepcopy(dice.choice(valid))
        for _ in range(dice.choice((1, 1, 1, 2, 4))):
            _damage(mutant, dice)
        mutant["update_id"] = 1_000_000 + number
        yield mutant


def _damage(update: dict[str, Any], dice: random.Random) -> None:
    """Take a place anywhere in the update and spoil it."""
    places = list(_places(update)) or [(update, "message")]
    holder, key = dice.choice(places)
    match dice.randrange(4):
        case 0:
            if isinstance(holder, list) or key in holder:
                del holder[key]
        case 1:
            holder[key] = copy.deepcopy(dice.choice(STRANGE))
        case 2:
            name = dice.choice(list(EXTRA))
            (holder if isinstance(holder, dict) else update)[name] = copy.deepcopy(EXTRA[name])
        case _:
            other, from_key = dice.choice(places)
            holder[key] = copy.deepcopy(other[from_key]) if from_key in other or isinstance(other, list) else None


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Give every place in a nested value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in list(inner):
        yield value, key
        yield from _places(one)
