"""The bot dies at each named point in turn, with work open, and every time goes on where it was."""

import signal
from pathlib import Path

import pytest

from storage.faults import POINTS
from tests.crash.counting import Count
from tests.crash.crowd import Crowd
from tests.crash.office import Office, opened_office

OF_THE_BOT = [point for point in POINTS if point not in {"occurrence.inserted", "erasure.decided"}]
"""The remaining ones are passed by `tick`; see test_digests.py and tests/services/people/test_erasure.py."""

NINTH = 9
"""Some work lies behind the bot when it dies, and some before it."""


def passes(point: str, *, webhook: bool) -> int:
    """Say at which pass to die: polling stores a whole batch at once, so its first is enough."""
    return 1 if point == "intake.stored" and not webhook else NINTH


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_at_every_named_point_a_killed_bot_loses_and_doubles_nothing(
    migrated_url: str, tmp_path: Path, webhook: bool
) -> None:
    async with opened_office(tmp_path, migrated_url, webhook=webhook) as office:
        crowd = await Crowd.gathered(office, talkers=12, askers=6)
        points = [point for point in OF_THE_BOT if not (webhook and office.shared) or point.startswith("intake.")]
        for point in points:
            await crowd.speak_up(2)
            await die_at(office, f"{point}:kill:{passes(point, webhook=webhook)}")
        await office.open()
        await office.at_rest()
        counts = await Count(office, crowd).taken(kills=len(points))
    assert counts.spotless, counts
    assert counts.updates == len(points) * 18 * 2 + 12
    assert counts.possibly_twice >= len(points) // 2, "the deaths between a claim and its end left no trace"


async def die_at(office: Office, fault: str) -> None:
    """Start the bot with an armed fault, and see it end there as by `kill -9`, with work open."""
    office.begin(fault)
    assert await office.bot.died() == -signal.SIGKILL, fault
    assert await office.ledger.open_work(), f"nothing was left to do at {fault}"
    if office.shared:
        await office.ledger.age_leases()
