"""Text with entities: offsets in UTF-16 units, what Telegram finds by itself, and trimming that keeps them true."""

import re
from dataclasses import dataclass, field

from channels.messenger.errors import bad_request
from channels.messenger.model import JSON

FOUND = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"'»]*[^\s<>\"'».,;:!?)\]])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[a-zA-Z]{2,}\b)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w)(?!/))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<!\w)#(?!\d+\b)\w{1,256})"
    r"|(?P<bare>\b(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|kz|ru|info|gov|io|eu)\b(?:/[^\s<>\"']*[^\s<>\"'.,;:!?)])?)",
)
HINTS = frozenset("/@#.")
UNMARKED = ("pre", "code", "text_link", "text_mention")
SIMPLE = frozenset(
    "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler "
    "blockquote expandable_blockquote code".split()
)
WITH_FACTS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "pre": ""}
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2060]")


@dataclass
class Marked:
    """A text and its entities."""

    text: str
    entities: list[JSON] = field(default_factory=list)


def units(text: str) -> int:
    """Length in UTF-16 units, in which the Bot API counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """A slice given in UTF-16 units."""
    raw = text.encode("utf-16-le")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def found_in(text: str) -> list[JSON]:
    """Commands, links, mentions and the like that Telegram marks by itself."""
    if HINTS.isdisjoint(text):
        return []
    return [_entity(text, match) for match in FOUND.finditer(text)]


def _entity(text: str, match: re.Match[str]) -> JSON:
    kind = "url" if match.lastgroup == "bare" else str(match.lastgroup)
    return {"type": kind, "offset": units(text[: match.start()]), "length": units(match.group())}


def completed(marked: Marked) -> Marked:
    """Trim as Telegram does and add what it finds by itself; entities sorted, outer before inner."""
    trimmed = _trimmed(marked)
    taken = [e for e in trimmed.entities if e["type"] in UNMARKED]
    extra = [e for e in found_in(trimmed.text) if not any(_overlap(e, other) for other in taken)]
    entities = trimmed.entities + extra
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return Marked(trimmed.text, entities)


def _overlap(one: JSON, other: JSON) -> bool:
    starts = max(one["offset"], other["offset"])
    ends = min(one["offset"] + one["length"], other["offset"] + other["length"])
    return bool(starts < ends)


def _trimmed(marked: Marked) -> Marked:
    clean = INVISIBLE.sub(" ", marked.text) if INVISIBLE.search(marked.text) else marked.text
    text = clean.strip()
    if text == clean:
        return Marked(text, list(marked.entities))
    lead, end = units(clean[: len(clean) - len(clean.lstrip())]), units(text)
    kept = []
    for entity in marked.entities:
        start = max(0, entity["offset"] - lead)
        stop = min(end, entity["offset"] + entity["length"] - lead)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return Marked(text, kept)


def explicit(text: str, given: object) -> Marked:
    """Entities that the caller lists itself, checked as Telegram checks them."""
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    size = units(text)
    return Marked(text, [_checked(entity, size) for entity in given])


def _checked(entity: object, size: int) -> JSON:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
    if kind not in SIMPLE and kind not in WITH_FACTS:
        raise bad_request("can't parse MessageEntity: unsupported type specified")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request('can\'t parse MessageEntity: field "offset" and "length" must be of type Number')
    if offset < 0 or length <= 0 or offset + length > size:
        raise bad_request(f"entity beginning at UTF-16 offset {offset} ends after the end of the text")
    kept: JSON = {"type": kind, "offset": offset, "length": length}
    fact = WITH_FACTS.get(str(kind), "")
    if fact:
        kept[fact] = entity.get(fact)
    if kind == "pre" and entity.get("language"):
        kept["language"] = entity["language"]
    return kept
