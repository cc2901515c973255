"""Reading `locales/occupations/<language>.txt`, a line an occupation, so that every error names its line.

    7 | Craft and trade work
    7212 | Welder | welder, gas welder, pipe welder

Plain lines instead of YAML: an editor sees an occupation at a glance, and six languages are read in milliseconds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from services.pack_files import PackFile, open_file
from services.pack_models import PackError, PackFault

ENDING = ".txt"
LABEL = 40
"""What a button shows of a title on a small phone."""
FEWEST_WORDS = 3

_UNIT = 4
_FIELDS = {1: 0, 2: 0, _UNIT: 1}
"""Fields after the title, by the length of the code."""
_FORM = "write `7212 | Welder | welder, gas welder, pipe welder`, or `72 | Metal work` for a group"


class OccupationLine(NamedTuple):
    """A line: the code, the title shown, and the words people type, as they stand; none for a group."""

    number: int
    code: str
    title: str
    words: str

    @property
    def is_group(self) -> bool:
        """Tell whether this is a heading of the browsable tree."""
        return len(self.code) < _UNIT


@dataclass(frozen=True, slots=True)
class OccupationFile:
    """One language's lines by code, groups and occupations."""

    file: PackFile
    lines: Mapping[str, OccupationLine]


def read_catalogue(root: Path) -> dict[str, OccupationFile]:
    """Every language of the folder; raises PackError with all faults, also where languages differ in their codes."""
    faults: list[PackFault] = []
    read = {path.stem: _read(root, path.name, faults) for path in sorted(root.glob("*" + ENDING))}
    if not read:
        raise PackError((PackFault(root.name, None, "no occupation files", f"add at least en{ENDING}"),))
    faults.extend(_differences(list(read.values())))
    if faults:
        raise PackError(tuple(faults))
    return read


def _read(root: Path, name: str, faults: list[PackFault]) -> OccupationFile:
    file = open_file(root, name)
    lines: dict[str, OccupationLine] = {}
    titles: set[tuple[bool, str]] = set()
    for number, text in enumerate(file.text.split("\n"), start=1):
        if text.startswith("#") or not text.strip():
            continue
        line = _parsed(number, text)
        if line is None:
            faults.append(file.fault("not a line of the catalogue", _FORM, number))
            continue
        title = (not line.words, line.title.casefold())
        if wrong := _wrong(line, again=line.code in lines, title_again=title in titles):
            faults += [file.fault(what, mend, number) for what, mend in wrong]
        lines[line.code] = line
        titles.add(title)
    if all(line.is_group for line in lines.values()):
        faults.append(file.fault("no occupations in it", _FORM))
    return OccupationFile(file, lines)


def _parsed(number: int, text: str) -> OccupationLine | None:
    code, title, *words = map(str.strip, text.split("|")) if "|" in text else (text, "")
    expected = _FIELDS.get(len(code)) if code.isascii() and code.isdigit() else None
    return OccupationLine(number, code, title, words[0] if words else "") if len(words) == expected else None


def _wrong(line: OccupationLine, *, again: bool, title_again: bool) -> list[tuple[str, str]]:
    wrong = []
    if again:
        wrong.append((f"{line.code} stands here twice", "keep one of the lines"))
    if not line.title:
        wrong.append((f"{line.code} has no title", "write what the button shall say"))
    elif title_again:
        wrong.append((f"the title of {line.code} is used twice", "tell the two apart"))
    if len(line.title) > LABEL:
        mend = "shorten it: it stands on a button"
        wrong.append((f"the title of {line.code} has more than {LABEL} characters", mend))
    if not line.is_group and len(list(filter(str.strip, line.words.split(",")))) < FEWEST_WORDS:
        wrong.append((f"{line.code} has fewer than {FEWEST_WORDS} words", "add words that people type for it"))
    return wrong


def _differences(files: Iterable[OccupationFile]) -> Iterator[PackFault]:
    """Codes that not every language has, at the lines of those that have them."""
    everywhere = set.intersection(*(set(one.lines) for one in files))
    for one in files:
        for code in one.lines.keys() - everywhere:
            what = f"{code} is not in every language"
            yield one.file.fault(what, "add it to the other files or remove it here", one.lines[code].number)
