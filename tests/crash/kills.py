"""Random kills under inbound load: start, let live for a moment, kill; again and again; then let it finish and count."""

import asyncio
import random
from dataclasses import dataclass

from tests.crash.counting import Count, Counts
from tests.crash.crowd import Crowd
from tests.crash.office import Office

LIFE_S = (0.5, 3.0)
"""How long the bot lives after it is ready, as in the runs the frameworks were measured by."""

LAST_WORDS_S = (0.02, 0.2)
"""How long before the kill the last of a life's work comes, so that a fast machine is caught at work too."""

WHILE_STARTING = 0.15
"""The share of kills that hit a bot which is not ready yet."""


@dataclass(frozen=True)
class Size:
    """How many people, how much each of them says, and how often the bot is killed."""

    kills: int
    talkers: int
    askers: int
    lines: int

    @property
    def deeds(self) -> int:
        """Give about how many updates that makes."""
        return self.talkers * (10 + self.lines) + self.talkers * self.lines // 4 + self.askers * self.lines


@dataclass
class Killer:
    """Kills one bot at moments that a recorded seed decides, while people go on writing."""

    office: Office
    crowd: Crowd
    chance: random.Random
    share: int
    kills: int = 0
    at_work: int = 0

    async def once(self) -> None:
        """One life: half of its work waits before it starts, half comes while it lives, some of it at the last moment."""
        self.crowd.pace.release(self.share // 2)
        if self.chance.random() < WHILE_STARTING:
            self.office.begin()
            await asyncio.sleep(self.chance.uniform(0.1, max(self.office.restarts, default=2.0)))
        else:
            await self.office.open()
            late = self.share // 4
            self.crowd.pace.release(self.share - self.share // 2 - late)
            await asyncio.sleep(self.chance.uniform(*LIFE_S))
            self.crowd.pace.release(late)
            await asyncio.sleep(self.chance.uniform(*LAST_WORDS_S))
        self.office.bot.kill()
        self.kills += 1
        await self._note()

    async def _note(self) -> None:
        """Remember whether anything was left to do, and give free what a dead process claimed."""
        waiting = (await self.office.street.get("/control/pending"))["count"]
        self.at_work += bool(waiting or await self.office.ledger.open_work())
        if self.office.shared:
            await self.office.ledger.age_leases()


async def killed_at_random(office: Office, size: Size, seed: int, rest: float = 120.0) -> Counts:
    """Run the whole load through so many kills, and count what they cost."""
    chance = random.Random(seed)
    crowd = await Crowd.gathered(office, talkers=size.talkers, askers=size.askers)
    living = asyncio.create_task(crowd.live(size.lines, random.Random(seed)))
    killer = Killer(office, crowd, chance, size.deeds // size.kills)
    try:
        while killer.kills < size.kills:
            assert not living.done() or not living.exception(), living.exception()
            await killer.once()
        crowd.pace.open()
        await office.open()
        await living
        await office.at_rest(rest)
    finally:
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)
    counts = await Count(office, crowd).taken(killer.kills)
    counts.at_work = killer.at_work
    return counts
