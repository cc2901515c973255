"""Reading the files of a pack so that every error names its file, its line and what to do about it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from services.pack_models import PackError, PackFault

Value = TypeVar("Value", bound=BaseModel)
Content = dict[str, Any]

SECTIONS = ("amount", "steps", "documents", "where", "deadline")

_PLAIN_BOOLEAN = re.compile("^(?:true|false)$")
_MENDS = {
    "missing": "add this key",
    "extra_forbidden": "remove the key or correct its spelling",
    "date_from_datetime_parsing": "write the date as 2026-11-22",
    "date_parsing": "write the date as 2026-11-22",
    "string_pattern_mismatch": "write it in the form the pattern asks for",
    "literal_error": "use one of the values named",
}


class PackLoader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]  # chosen at run time
    """Safe YAML in which only true and false are booleans, so that `on:` and Norwegian `no:` stay what they say."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, form) for tag, form in known if tag != "tag:yaml.org,2002:bool"]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


PackLoader.add_implicit_resolver("tag:yaml.org,2002:bool", _PLAIN_BOOLEAN, list("tf"))


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: its text, the name shown in errors, and the line where its YAML begins."""

    shown: str
    text: str
    first_line: int = 0

    def fault(self, what: str, mend: str, line: int | None = None) -> PackFault:
        """A fault in this file."""
        return PackFault(self.shown, None if line is None else line + self.first_line, what, mend)

    def line_of(self, path: Iterable[Any]) -> int | None:
        """The line of a key or list item; the nearest parent's where the key itself is missing."""
        node = yaml.compose(self.text, Loader=PackLoader)
        for step in path:
            deeper = _child(node, step)
            if deeper is None:
                break
            node = deeper
        return None if node is None else int(node.start_mark.line) + 1


def open_file(folder: Path, name: str) -> PackFile:
    """Read a file of the pack; a missing or unreadable one is a fault, not a traceback."""
    path = folder / name
    shown = f"{folder.parent.name}/{folder.name}/{name}"
    try:
        return PackFile(shown, path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise PackError((PackFault(shown, None, "the file is missing", "add it"),)) from missing
    except UnicodeDecodeError as unreadable:
        raise PackError((PackFault(shown, None, "not UTF-8 text", "save it as UTF-8"),)) from unreadable


def parse(file: PackFile) -> Any:
    """The file's YAML, read safely."""
    try:
        return _safely_built(file.text)
    except yaml.MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else None
        what = f"broken YAML: {broken.problem or broken.context}"
        raise PackError((file.fault(what, "check indentation, quotes and colons here", line),)) from broken


def _safely_built(text: str) -> Any:
    loader = PackLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def mapping(file: PackFile) -> Content:
    """The file's YAML, which must be keys with values."""
    content = parse(file)
    if not isinstance(content, dict):
        raise PackError((file.fault("keys with values expected", "write the file as `key: value` lines", 1),))
    return content


def validate(model: type[Value], content: Mapping[str, Any], file: PackFile) -> Value:
    """Content as a value of this model, or every fault with its line."""
    try:
        return model.model_validate(content)
    except ValidationError as refused:
        raise PackError(tuple(_faults(refused, file))) from refused


def read_page(file: PackFile) -> tuple[PackFile, Content]:
    """A Markdown page: its front matter as a file of its own, and the page's whole content."""
    front, body = _split_page(file)
    return front, mapping(front) | _sections(file, body)


def _split_page(file: PackFile) -> tuple[PackFile, str]:
    parts = file.text.split("---\n", 2)
    if len(parts) < 3 or parts[0].strip():
        mend = "begin the page with a line of three dashes, the question and variants, and three dashes again"
        raise PackError((file.fault("no front matter", mend, 1),))
    return PackFile(file.shown, parts[1], first_line=1), parts[2]


def _sections(file: PackFile, body: str) -> Content:
    found: dict[str, list[str]] = {"short": []}
    current = "short"
    offset = file.text[: len(file.text) - len(body)].count("\n")
    for number, line in enumerate(body.splitlines(), start=offset + 1):
        if line.startswith("#"):
            current = _section_key(file, line, number)
            found[current] = []
        elif line.strip():
            found[current].append(line.strip())
    short = " ".join(found.pop("short"))
    return {"short": short, **{key: [_without_bullet(line) for line in lines] for key, lines in found.items()}}


def _section_key(file: PackFile, line: str, number: int) -> str:
    key = line.lstrip("#").strip()
    if key not in SECTIONS:
        mend = "use one of the section keys " + ", ".join(SECTIONS) + "; the words shown come from the program"
        raise PackError((PackFault(file.shown, number, f"unknown section '{key}'", mend),))
    return key


def _without_bullet(line: str) -> str:
    bullet, _, rest = line.partition(" ")
    return rest.strip() if bullet in {"-", "*"} or bullet.rstrip(".").isdigit() else line


def _faults(refused: ValidationError, file: PackFile) -> Iterator[PackFault]:
    for error in refused.errors():
        where = ".".join(str(step) for step in error["loc"]) or "file"
        what = f"{where}: {error['msg'][0].lower()}{error['msg'][1:]}"
        yield file.fault(what, _MENDS.get(error["type"], "correct the value"), file.line_of(error["loc"]))


def _child(node: Any, step: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None
