"""The messenger dies instead of the bot: the bot stays, and nothing that was said is lost."""

from pathlib import Path

from tests.crash.counting import Count
from tests.crash.crowd import Crowd
from tests.crash.ledger import Ledger
from tests.crash.office import Office, opened_office
from tests.crash.programs import until


async def test_a_killed_messenger_comes_back_to_a_bot_that_waited_for_it(fresh_sqlite_url: str, tmp_path: Path) -> None:
    async with opened_office(tmp_path, fresh_sqlite_url) as office:
        crowd = await Crowd.gathered(office, talkers=12, askers=6)
        await office.open()
        office.bot.freeze()
        await crowd.speak_up(6)
        await written_down(tmp_path / "messenger.db", len(crowd.said))
        office.bot.thaw()

        async def speaking() -> bool:
            return len((await office.street.get("/control/calls?method=sendMessage"))["calls"]) > 10

        await until(speaking, 30, "the bot answers")
        office.messenger.kill()
        await until(lambda: noticed(office), 30, "the bot notices the outage")
        await office.open_messenger()
        await office.at_rest()
        counts = await Count(office, crowd).taken()
        assert office.bot.alive
    inbound = (counts.lost, counts.twice, counts.given_up, counts.refused, counts.still_open, counts.logged)
    assert not any(inbound), counts


async def written_down(file: Path, updates: int) -> None:
    """Wait until everything that was said is on the messenger's disk: its own memory is not what is tried here."""
    messenger = Ledger(f"sqlite:///{file}")

    async def kept() -> bool:
        return int(await messenger.one("SELECT count(*) FROM updates")) >= updates

    await until(kept, 30, "the messenger has written its updates")


async def noticed(office: Office) -> bool:
    """Tell whether the bot has asked for updates in vain."""
    return "poll_failed" in office.logged()
