"""Twenty thousand damaged updates: none crashes anything, and every one ends."""

from collections import Counter

import pytest
from sqlmodel import select

from bot.lanes import Lanes
from storage.tables.traffic import Inbox
from storage.work import Work
from tests.bot.mutants import mutants
from tests.phone import World, open_world, settings_for

AT_ONCE = 500


def endings(work: Work) -> Counter[tuple[str, str | None]]:
    """Count how the updates ended."""
    return Counter(work.session.exec(select(Inbox.state, Inbox.reason)).all())


async def feed_mutants(world: World, count: int, seed: int) -> Counter[tuple[str, str | None]]:
    """Let damaged updates through intake and turns; nothing is sent, since only their ends matter here."""

    async def keep_silent(*_said: object) -> None:
        """Leave the replies where they are."""

    setattr(world.service.courier, "say", keep_silent)  # noqa: B010  # a method is replaced
    herd = list(mutants(world, count, seed))
    for start in range(0, count, AT_ONCE):
        await world.dialogue.intake.take_in(herd[start : start + AT_ONCE])
        await world.nursery.rest()
    counted: Counter[tuple[str, str | None]] = await world.run(endings)
    return counted


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turn.PAUSES", (0.0,) * 5)


@pytest.mark.parametrize("seed", [14, 15, 16, 17])
async def test_four_times_five_thousand_mutants_all_end(sqlite_url: str, seed: int) -> None:
    async with open_world(settings_for(sqlite_url)) as world:
        ended = await feed_mutants(world, 5_000, seed)
    assert {state for state, _ in ended} <= {"done", "ignored"}, ended
    assert ended["done", None] > 1_000, "many still mean something"
    assert min(ended["ignored", reason] for reason in ("malformed", "unknown_kind", "no_person")) > 10


@pytest.mark.postgres
async def test_fifteen_hundred_mutants_all_end_on_postgres(postgres_office_url: str) -> None:
    async with open_world(settings_for(postgres_office_url)) as world:
        ended = await feed_mutants(world, 1_500, seed=18)
    assert {state for state, _ in ended} <= {"done", "ignored"}, ended


async def test_no_lane_is_left_over(sqlite_world: World) -> None:
    await feed_mutants(sqlite_world, 300, seed=19)
    lanes: Lanes = sqlite_world.dialogue.lanes
    assert lanes._waiting == {}
