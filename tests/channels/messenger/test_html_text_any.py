"""Whatever a bot sends as HTML is either understood, with entities inside the text, or refused in Telegram's words."""

import html

from hypothesis import example, given
from hypothesis import strategies as st

from channels.messenger.entities import Marked, completed, units
from channels.messenger.errors import BotApiError
from channels.messenger.html_text import HtmlReader

PIECES = [
    "<",
    ">",
    "</",
    "/>",
    "b",
    "i",
    "a",
    " href=",
    '"',
    "'",
    "=",
    "&lt;",
    "&#",
    ";",
    "x",
    "é",
    "👋",
    "\n",
    "code",
    "pre",
]


def answered(source: str) -> Marked | BotApiError:
    try:
        return completed(HtmlReader(source).read())
    except BotApiError as refused:
        return refused


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("<a href=''>x</a>")
def test_understood_or_refused(source: str) -> None:
    answer = answered(source)
    if isinstance(answer, BotApiError):
        assert answer.code == 400
        assert answer.description.startswith("Bad Request: can't parse entities: ")
        return
    size = units(answer.text)
    assert all(0 <= entity["offset"] < entity["offset"] + entity["length"] <= size for entity in answer.entities)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    assert HtmlReader(html.escape(text)).read().text == text
