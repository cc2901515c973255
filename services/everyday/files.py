"""What `locales/everyday/` holds: what people do every day, which work it speaks for, and the words of each language.

`work.yaml` names places, the activities done there, and weighed ISCO-08 unit groups. Every other file is a language. The
models refuse what makes no sense with file and line, as they do for packs.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, RootModel, StringConstraints

from services.folding import fold
from services.pack_files import PackFile, mapping, open_file, validate
from services.pack_models import PackError, PackFault, PackValue, Text

WORK = "work.yaml"
LABEL = 34
"""Characters of a label: with "10. " before and " ✓" behind it fits a button on a small phone."""

_COMMAS = frozenset(",،;؛")

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$", max_length=24)]
Code = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
Weight = Annotated[int, Field(ge=1, le=3)]
Weights = Annotated[Mapping[Code, Weight], Field(min_length=3)]
"""At least three occupations each, so that one activity alone is enough for three suggestions."""


class WorkFile(RootModel[Mapping[Key, Annotated[Mapping[Key, Weights], Field(min_length=1, max_length=9)]]]):
    """Places in the order they are shown, the activities of each, and the weights of what they speak for."""

    model_config = ConfigDict(frozen=True)


class Wording(PackValue):
    """A place or an activity in one language: what stands on the button, and what people type besides."""

    label: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LABEL)]
    words: Annotated[tuple[Text, ...], Field(min_length=2, max_length=12)]


class WordsFile(PackValue):
    """The words of one language, by key.

    Attributes:
        ends: what people write when they have nothing more to tell.
    """

    ends: Annotated[tuple[Text, ...], Field(min_length=2)]
    places: Mapping[Key, Wording]
    activities: Mapping[Key, Wording]


@dataclass(frozen=True, slots=True)
class EverydayFiles:
    """Everything read: the work, and the words by language."""

    work: Mapping[str, Mapping[str, Mapping[str, int]]]
    words: Mapping[str, WordsFile]


def read_everyday(folder: Path, codes: Collection[str]) -> EverydayFiles:
    """Read all files of the folder; `codes` are the occupations there are. Raises PackError with every fault found."""
    file = open_file(folder, WORK)
    work = validate(WorkFile, mapping(file), file).root
    faults = list(_work_faults(work, codes, file))
    words: dict[str, WordsFile] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name != WORK:
            named = open_file(folder, path.name)
            words[path.stem] = validate(WordsFile, mapping(named), named)
            faults += _word_faults(words[path.stem], work, named)
    if "en" not in words:
        faults.append(file.fault("English is not beside it", "add en.yaml, to which others fall back"))
    if faults:
        raise PackError(tuple(faults))
    return EverydayFiles(work, words)


def _work_faults(
    work: Mapping[str, Mapping[str, Mapping[str, int]]], codes: Collection[str], file: PackFile
) -> Iterator[PackFault]:
    seen: set[str] = set()
    for place, activities in work.items():
        for activity, weights in activities.items():
            line = file.line_of([place, activity])
            if activity in seen:
                yield file.fault(f"{activity} stands in two places", "leave it in one", line)
            seen.add(activity)
            for code in sorted(set(weights) - set(codes)):
                yield file.fault(f"{activity}: no occupation {code}", "use a unit group of ISCO-08", line)


def _word_faults(
    words: WordsFile, work: Mapping[str, Mapping[str, Mapping[str, int]]], file: PackFile
) -> Iterator[PackFault]:
    activities = {activity for of_place in work.values() for activity in of_place}
    if activities & set(work):
        yield file.fault("a place and an activity have one key", "rename one of them in every file")
    for section, given, wanted in (
        ("places", words.places, set(work)),
        ("activities", words.activities, activities),
    ):
        for key in sorted(set(given) ^ wanted):
            line = file.line_of([section, key])
            yield file.fault(f"{section}: {key} is not in every file", "add it here, or remove it everywhere", line)
        yield from _twice_said(section, given, file)
    for key, wording in words.activities.items():
        if set(wording.label) & _COMMAS:
            line = file.line_of(["activities", key])
            yield file.fault(f"{key}: a comma in the label", "name one thing; labels are listed in sentences", line)


def _twice_said(section: str, given: Mapping[str, Wording], file: PackFile) -> Iterator[PackFault]:
    """Two keys with the same words could not be told apart when typed."""
    owners: dict[str, str] = {}
    for key, wording in given.items():
        for said in {fold(words) for words in (wording.label, *wording.words)}:
            owner = owners.setdefault(said, key)
            if owner != key:
                line = file.line_of([section, key])
                yield file.fault(f"{key}: “{said}” is said of {owner} too", "keep it where it fits best", line)
