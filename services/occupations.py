"""Occupations (ISCO-08 unit groups): their titles in each language, found by the words people really use, or by browsing."""

from collections.abc import Mapping
from pathlib import Path

from services.occupation_files import OccupationFile, OccupationLine, read_catalogue
from services.occupation_search import OccupationSearch

_ARMED_FORCES = "0"


class Occupations:
    """The catalogue of occupations in all languages. Codes keep the order of the classification."""

    def __init__(self, files: Mapping[str, OccupationFile]) -> None:
        self._lines = {language: file.lines for language, file in files.items()}
        first = next(iter(self._lines.values()))
        self.languages = tuple(self._lines)
        self.codes = tuple(sorted(code for code, line in first.items() if not line.is_group))
        self._below = _tree(self.codes)
        self._search = OccupationSearch({language: _phrases(lines) for language, lines in self._lines.items()})

    def title(self, code: str, language: str) -> str:
        """The title of an occupation or a group in this language, else in any; an unknown code is shown as it is."""
        order = (language, *self.languages)
        found = (self._lines[choice].get(code) for choice in order if choice in self._lines)
        return next((line.title for line in found if line), code)

    def groups(self) -> tuple[str, ...]:
        """The major groups, one digit each, where browsing begins; the armed forces come last, as few look for them."""
        return self._below[""]

    def within(self, group: str) -> tuple[str, ...]:
        """What stands in a group: the groups of two digits in a major one, the occupations in those; else nothing."""
        return self._below.get(group, ())

    def find(self, text: str, language: str, limit: int = 5) -> list[str]:
        """Codes meant by what was typed, best first: own language a little ahead, typos and endings forgiven."""
        return self._search.find(text, language, limit)


def load_occupations(root: Path) -> Occupations:
    """Read every `<language>.txt` of the folder; raises PackError, also where languages differ in their codes."""
    return Occupations(read_catalogue(root))


def _phrases(lines: Mapping[str, OccupationLine]) -> dict[str, str]:
    """What each occupation is found by, separated by commas, the title first."""
    return {code: f"{line.title},{line.words}" for code, line in lines.items() if not line.is_group}


def _tree(codes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """What stands below each group, and below nothing the major groups."""
    below: dict[str, dict[str, None]] = {}
    for code in sorted(codes, key=lambda code: (code[0] == _ARMED_FORCES, code)):
        for group, part in (("", code[:1]), (code[:1], code[:2]), (code[:2], code)):
            below.setdefault(group, {})[part] = None
    return {group: tuple(parts) for group, parts in below.items()}
