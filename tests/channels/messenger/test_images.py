"""Sizes of pictures from their first bytes."""

import pytest

from channels.messenger.images import image_size

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0001108012c019003012200021101031101")


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (bytes.fromhex("89504e470d0a1a0a0000000d49484452000000020000000308060000"), (2, 3)),
        (b"GIF89a\x05\x00\x07\x00", (5, 7)),
        (JPEG, (400, 300)),
        (b"\xff\xd8\xff", None),
        (b"\xff\xd8" + b"\xff\xe0\x00\x10" * 3, None),
        (b"plain text", None),
        (b"", None),
    ],
)
def test_size(content: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(content) == size
