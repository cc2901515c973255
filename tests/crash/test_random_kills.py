"""The bot is killed at random moments while people write to it. The full number is run by `python -m tests.crash.full`."""

from pathlib import Path

import pytest

from tests.crash.kills import Size, killed_at_random
from tests.crash.office import opened_office

SEED = 20261122
SIZE = Size(kills=8, talkers=22, askers=18, lines=10)
"""About 600 updates."""

READY_WITHIN_S = 30
"""Three times what is promised; seconds on the processor, so that a busy machine fails no test."""


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_kills_under_load_lose_nothing_double_nothing_and_keep_every_order(
    fresh_sqlite_url: str, tmp_path: Path, webhook: bool
) -> None:
    async with opened_office(tmp_path, fresh_sqlite_url, webhook=webhook) as office:
        counts = await killed_at_random(office, SIZE, SEED)
    assert counts.spotless, counts
    assert counts.updates >= 500, counts
    assert counts.kills == SIZE.kills
    assert counts.at_work >= SIZE.kills // 2, counts
    assert counts.start_effort < READY_WITHIN_S, "a start costs too much, whatever else the machine does"
