"""Telegram's HTML: the tags it knows, and the sentences with which it refuses the rest.

A re-telling of the rules of the real parser: byte offsets in the refusals, UTF-16 offsets in the entities, a `<` that
opens nothing is an error, unknown named references stay as they are.
"""

import re

from channels.messenger.entities import Marked, units
from channels.messenger.errors import BotApiError, bad_request
from channels.messenger.model import JSON

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(?P<dec>\d{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[a-z]+));?")
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"\s*(?P<name>[^\s=>]*)\s*(?P<equals>=?)\s*")
BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")
USER_LINK = re.compile(r"tg://user\?id=(\d+)$")


def _refusal(reason: str) -> BotApiError:
    return bad_request(f"can't parse entities: {reason}")


def unescaped(text: str) -> str:
    """The four named references Telegram knows, and numeric ones."""
    return REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match["name"]:
        return NAMED.get(match["name"], match.group())
    code = int(match["dec"]) if match["dec"] else int(match["hex"], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group()


class HtmlReader:
    """One pass over a text; tags wait on a stack until they close."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        self._length = 0
        self._open: list[tuple[str, str, int, int]] = []
        self._entities: list[JSON] = []

    def read(self) -> Marked:
        """The text without tags, and its entities."""
        while True:
            start = self._source.find("<", self._at)
            self._write(self._source[self._at : None if start < 0 else start])
            if start < 0:
                break
            self._at = start + 1
            if self._source.startswith("/", self._at):
                self._close_tag(start)
            else:
                self._open_tag(start)
        if self._open:
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        return Marked("".join(self._out), self._entities)

    def _write(self, raw: str) -> None:
        text = unescaped(raw)
        self._out.append(text)
        self._length += units(text)

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode())

    def _open_tag(self, start: int) -> None:
        match = TAG_NAME.match(self._source, self._at)
        name = match.group().lower() if match else ""
        self._at += len(name)
        if self._at >= len(self._source):
            raise _refusal(f"Unclosed start tag at byte offset {self._byte(start)}")
        if name not in KINDS:
            raise _refusal(f'Unsupported start tag "{name}" at byte offset {self._byte(start)}')
        argument = self._attributes(name, start)
        if name == "span" and argument != "tg-spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(start)}')
        if name == "tg-emoji" and not argument.isdigit():
            raise _refusal("Invalid custom emoji identifier specified")
        self._open.append((name, argument, self._length, len(self._out)))

    def _attributes(self, tag: str, start: int) -> str:
        argument = ""
        while True:
            match = ATTRIBUTE.match(self._source, self._at)
            assert match is not None  # every part of the pattern may be empty
            self._at = match.end()
            if self._at >= len(self._source):
                raise _refusal(f'Unclosed start tag "{tag}" at byte offset {self._byte(start)}')
            if not match["name"] and not match["equals"]:
                self._at += 1
                return argument
            if not match["name"]:
                raise _refusal(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(start)}')
            value = self._value(tag, start) if match["equals"] else ""
            argument = _argument(tag, match["name"].lower(), value) or argument

    def _value(self, tag: str, start: int) -> str:
        quote = self._source[self._at]
        if quote in "'\"":
            end = self._source.find(quote, self._at + 1)
            if end < 0 or end + 1 >= len(self._source):
                raise _refusal(f'Unclosed start tag "{tag}" at byte offset {self._byte(start)}')
            value = unescaped(self._source[self._at + 1 : end])
            self._at = end + 1
            return value
        match = BARE_VALUE.match(self._source, self._at)
        assert match is not None  # the pattern may be empty
        after = self._source[match.end() : match.end() + 1]
        if after and not after.isspace() and after != ">":
            raise _refusal(f"Unexpected end of name token at byte offset {self._byte(self._at)}")
        self._at = match.end()
        return match.group()

    def _close_tag(self, start: int) -> None:
        if not self._open:
            raise _refusal(f"Unexpected end tag at byte offset {self._byte(start)}")
        end = self._source.find(">", self._at)
        if end < 0:
            raise _refusal(f"Unclosed end tag at byte offset {self._byte(start)}")
        found = self._source[self._at + 1 : end].strip().lower()
        name, argument, offset, index = self._open.pop()
        if found and found != name:
            place = f"Unmatched end tag at byte offset {self._byte(start)}"
            raise _refusal(f'{place}, expected "</{name}>", found "</{found}>"')
        self._at = end + 1
        if self._length > offset:
            self._mark(name, argument, offset, "".join(self._out[index:]))

    def _mark(self, tag: str, argument: str, offset: int, covered: str) -> None:
        entity: JSON = {"type": KINDS[tag], "offset": offset, "length": self._length - offset}
        if tag == "a":
            link = _link(argument or covered)
            if link is None:
                return
            entity.update(link)
        elif tag == "tg-emoji":
            entity["custom_emoji_id"] = argument
        elif tag == "blockquote" and argument:
            entity["type"] = "expandable_blockquote"
        elif tag == "code" and argument and self._open and self._open[-1][0] == "pre":
            self._open[-1] = ("pre", argument, *self._open[-1][2:])
            return
        elif tag == "pre":
            entity.update({"language": argument} if argument else {})
            self._entities = [e for e in self._entities if not (e["type"] == "code" and e["offset"] >= offset)]
        self._entities.append(entity)


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in (("a", "href"), ("span", "class"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    return "expandable" if (tag, name) == ("blockquote", "expandable") else ""


def _link(target: str) -> JSON | None:
    """A link that leads somewhere; others are shown as plain text, as Telegram does."""
    user = USER_LINK.match(target)
    if user:
        return {"type": "text_mention", "user_id": int(user.group(1))}
    target = target.strip()
    if re.match(r"(https?|tg|ton|tonsite|mailto|tel)://?", target):
        return {"url": target + ("/" if re.fullmatch(r"https?://[^/?#]+", target) else "")}
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", target):
        return {"url": f"http://{target}" + ("" if "/" in target else "/")}
    return None
