"""Telegram's HTML: what it understands, and how it refuses."""

import pytest

from channels.messenger.errors import BotApiError
from channels.messenger.html_text import HtmlReader


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>bold</b>", "bold", [{"type": "bold", "offset": 0, "length": 4}]),
        ("<STRONG>x</strong>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("👋 <i>x</i>", "👋 x", [{"type": "italic", "offset": 3, "length": 1}]),
        ("a &lt; b &amp; c &quot;d&quot; &gt; &#65;&#x42;", 'a < b & c "d" > AB', []),
        ("&copy; &nbsp; &", "&copy; &nbsp; &", []),
        (
            '<a href="https://a.b/c?d=1&amp;e=2">l</a>',
            "l",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "https://a.b/c?d=1&e=2"}],
        ),
        ("<a href='javascript:x'>l</a>", "l", []),
        (
            "<a>https://a.b</a>",
            "https://a.b",
            [{"type": "text_link", "offset": 0, "length": 11, "url": "https://a.b/"}],
        ),
        ('<span class="tg-spoiler">s</span>', "s", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("<tg-spoiler>s</tg-spoiler>", "s", [{"type": "spoiler", "offset": 0, "length": 1}]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [{"type": "pre", "offset": 0, "length": 1, "language": "python"}],
        ),
        ("<blockquote expandable>q</blockquote>", "q", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ("<blockquote>q</blockquote>", "q", [{"type": "blockquote", "offset": 0, "length": 1}]),
        (
            '<tg-emoji emoji-id="123">👍</tg-emoji>',
            "👍",
            [{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "123"}],
        ),
        ("<b></b>x", "x", []),
        ("<b>x</>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        (
            "<b>a<i>b</i></b>",
            "ab",
            [{"type": "italic", "offset": 1, "length": 1}, {"type": "bold", "offset": 0, "length": 2}],
        ),
        ("<u>1</u><ins>2</ins><s>3</s><del>4</del><strike>5</strike>", "12345", None),
    ],
)
def test_understood(source: str, text: str, entities: list[dict[str, object]] | None) -> None:
    read = HtmlReader(source).read()
    assert read.text == text
    if entities is not None:
        assert read.entities == entities


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<x>1</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é < b", 'Unsupported start tag "" at byte offset 3'),
        ("<b>1", 'Can\'t find end tag corresponding to start tag "b"'),
        ("1</b>", "Unexpected end tag at byte offset 1"),
        ("ы<b>1</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<b>1</b", "Unclosed end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a ", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x,>1</a>", "Unexpected end of name token at byte offset 8"),
        ('<a ="x">1</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>1</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>1</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_refused(source: str, reason: str) -> None:
    with pytest.raises(BotApiError) as refused:
        HtmlReader(source).read()
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"
