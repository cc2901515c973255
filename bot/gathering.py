"""Bringing vacancies in once: from a feed by its name, or the samples of a pack."""

from services.packs import Pack
from services.samples import load_samples
from services.vacancies.intake import SAMPLES, Gathered, from_sample, publish
from storage.engine import Database
from storage.work import Work


async def publish_samples(database: Database, pack: Pack) -> Gathered:
    """Publish the pack's own sample vacancies, their dates counted from today."""
    samples = load_samples(pack.folder)

    def unit(work: Work) -> Gathered:
        today = work.now.date()
        return publish(work, SAMPLES, [from_sample(sample, today) for sample in samples])

    return await database.run(unit)
