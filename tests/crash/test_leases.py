"""A process that stands still longer than its lease is taken over, and does no harm when it goes on (OUT-17, small)."""

from pathlib import Path

from tests.crash.counting import Count
from tests.crash.crowd import Asker, Crowd
from tests.crash.office import READY, Office, opened_office
from tests.crash.programs import Program, until


async def test_a_frozen_process_is_taken_over_and_its_late_word_counts_no_more(
    copied_postgres_url: str, tmp_path: Path
) -> None:
    async with opened_office(tmp_path, copied_postgres_url) as office:
        crowd = await Crowd.gathered(office, talkers=0, askers=1)
        (asker,) = crowd.askers
        await office.open()
        await crowd.speak_up(1)
        await office.at_rest()
        await frozen_in_a_call(office, asker)
        other = Program("other", tmp_path, "-m", "bot", "deliver")
        try:
            await office.ledger.age_leases()
            await other.start(READY, office.environment)
            await until(lambda: settled(office), 30, "the other process has said it once more")
        finally:
            other.stop()
        taken_over = (await office.ledger.rows("SELECT token, message_id FROM outbox ORDER BY id DESC LIMIT 1"))[0]
        office.bot.thaw()
        await crowd.speak_up(1)
        await office.at_rest()
        counts = await Count(office, crowd).taken()
        rows = await office.ledger.rows(
            "SELECT state, possibly_twice, attempts, token, message_id FROM outbox ORDER BY id"
        )
    assert counts.spotless, counts
    assert (counts.repeats, counts.possibly_twice, counts.unknown) == (1, 1, 0), counts
    assert [(row["state"], row["possibly_twice"], row["attempts"]) for row in rows] == [
        ("sent", False, 1),
        ("sent", True, 2),
        ("sent", False, 1),
    ]
    assert {name: rows[1][name] for name in taken_over} == taken_over, "the late word of the frozen process counted"


async def frozen_in_a_call(office: Office, asker: Asker) -> None:
    """Stop the bot between the moment its message stands in the chat and the moment it hears so."""
    before = await said(office)
    await office.street.post("/control/flood", latency_ms=4000)
    await asker.talk(1)

    async def stands() -> bool:
        return await said(office) > before

    await until(stands, 30, "the message stands in the chat")
    office.bot.freeze()
    await office.street.post("/control/flood", latency_ms=0)


async def said(office: Office) -> int:
    """Count what the bot has said."""
    return len((await office.street.get("/control/calls?method=sendMessage"))["calls"])


async def settled(office: Office) -> bool:
    """Tell whether no message waits."""
    return await office.ledger.open_work() == 0
