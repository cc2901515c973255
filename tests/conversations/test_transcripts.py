"""Every transcript is what really happens, word by word, on both databases."""

from pathlib import Path

import pytest

from tests.conversations.chat import Replay, Unreadable, read
from tests.phone import World

FOLDER = Path(__file__).parent / "transcripts"
TRANSCRIPTS = sorted(FOLDER.glob("*.chat"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_a_transcript_is_what_happens(path: Path, world: World, pytestconfig: pytest.Config) -> None:
    written = text_of(path)
    happened = await Replay(world).play(written)
    if pytestconfig.getoption("--rewrite"):
        rewrite(path, happened)
        return
    assert happened.splitlines() == written.splitlines(), f"{path.name}: look at the change, then run with --rewrite"


def text_of(path: Path) -> str:
    """Read a transcript."""
    return path.read_text("utf-8")


def rewrite(path: Path, happened: str) -> None:
    """Keep what really happens now."""
    path.write_text(happened, "utf-8")


def test_a_line_nobody_understands_is_refused() -> None:
    with pytest.raises(Unreadable):
        list(read("# A typo\nyuo: /start\n"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_begins_with_what_it_is_about(path: Path) -> None:
    assert text_of(path).startswith("# ")
