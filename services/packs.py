"""A country's pack: load it from its folder, or be told everything that is wrong with it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from services.occupations import load_occupations
from services.pack_files import PackFile, mapping, open_file, read_page, validate
from services.pack_lint import content_faults, sample_faults
from services.pack_models import (
    Answer,
    AnswerText,
    Holiday,
    Pack,
    PackError,
    PackFault,
    PackValue,
    Region,
    Source,
)
from services.samples import load_samples

__all__ = ["Answer", "AnswerText", "Holiday", "Pack", "PackError", "PackFault", "Region", "lint_pack", "load_pack"]

Read = TypeVar("Read")
Model = TypeVar("Model", bound=PackValue)


class RegionList(PackValue):
    """The content of `regions.yaml`."""

    regions: tuple[Region, ...]


class HolidayCalendar(PackValue):
    """The content of `holidays.yaml`: the years entered, where they were read, the days."""

    years: frozenset[int]
    source: Source
    holidays: tuple[Holiday, ...]


def load_pack(root: Path, country: str) -> Pack:
    """Read the pack in `root/<country>`; raises PackError with the faults of all its files together."""
    folder = root / country.lower()
    faults: list[PackFault] = []
    main = _attempt(faults, partial(open_file, folder, "pack.yaml"))
    regions = _attempt(faults, partial(_read, RegionList, folder, "regions.yaml"))
    calendar = _attempt(faults, partial(_read, HolidayCalendar, folder, "holidays.yaml"))
    answers = [_attempt(faults, partial(_read_answer, folder, slug)) for slug in _slugs(folder)]
    if main is None or regions is None or calendar is None:
        raise PackError(tuple(faults))
    parts = {
        "folder": folder,
        "regions": regions.regions,
        "holidays": calendar.holidays,
        "holiday_years": calendar.years,
        "holiday_source": calendar.source,
        "answers": tuple(answer for answer in answers if answer is not None),
    }
    pack = _attempt(faults, lambda: validate(Pack, mapping(main) | parts, main))
    if faults or pack is None:
        raise PackError(tuple(faults))
    return pack


def lint_pack(pack: Pack | Path, today: date) -> list[PackFault]:
    """All that an editor should mend, today: broken files, gaps, stale or expired content, faulty samples.

    Takes a pack already loaded, or its folder. The occupation codes of samples are checked against
    `locales/occupations` beside the packs, where that folder exists.
    """
    try:
        loaded = pack if isinstance(pack, Pack) else load_pack(pack.parent, pack.name)
    except PackError as broken:
        return list(broken.faults)
    return content_faults(loaded, today) + _lint_samples(loaded)


def _lint_samples(pack: Pack) -> list[PackFault]:
    try:
        samples = load_samples(pack.folder)
    except PackError as broken:
        return list(broken.faults)
    catalogue = pack.folder.parent.parent / "occupations"
    codes = load_occupations(catalogue).codes if catalogue.is_dir() else None
    return sample_faults(pack, samples, codes)


def _slugs(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "answers").glob("*") if path.is_dir())


def _read(model: type[Model], folder: Path, name: str) -> Model:
    file = open_file(folder, name)
    return validate(model, mapping(file), file)


def _read_answer(folder: Path, slug: str) -> Answer:
    faults: list[PackFault] = []
    file = open_file(folder, f"answers/{slug}/answer.yaml")
    texts = {page.stem: _attempt(faults, partial(_read_text, folder, slug, page.name)) for page in _pages(folder, slug)}
    content = mapping(file) | {"slug": slug, "texts": texts}
    answer = None if faults else validate(Answer, content, file)
    if answer is None:
        raise PackError(tuple(faults))
    return answer


def _pages(folder: Path, slug: str) -> list[Path]:
    return sorted((folder / "answers" / slug).glob("*.md"))


def _read_text(folder: Path, slug: str, name: str) -> AnswerText:
    page: PackFile = open_file(folder, f"answers/{slug}/{name}")
    front, content = read_page(page)
    return validate(AnswerText, content, front)


def _attempt(faults: list[PackFault], read: Callable[[], Read]) -> Read | None:
    try:
        return read()
    except PackError as broken:
        faults.extend(broken.faults)
        return None
