"""The house rules that no linter knows, as data: each with a sentence, lines it must accept and lines it must refuse.

A rule is a function from a file to the line numbers that break it. `test_house.py` holds every rule against its own examples first,
and then against the whole project.
"""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple, TypeGuard

PRODUCT = ("bot", "handlers", "services", "storage", "channels", "feeds", "web")
LONGEST_MODULE = 350
LONGEST_FUNCTION = 60


class File(NamedTuple):
    """One file of the project: its path from the root, and its text."""

    path: PurePosixPath
    text: str

    def under(self, *folders: str) -> bool:
        """Tell whether the file lies in one of these folders."""
        return any(self.path.is_relative_to(folder) for folder in folders)

    @property
    def is_python(self) -> bool:
        """Tell whether it is a module or the script."""
        return self.path.suffix == ".py" or self.path == PurePosixPath("jobline")


class Example(NamedTuple):
    """A piece of a file that a rule is tried on."""

    path: str
    text: str


class Rule(NamedTuple):
    """One rule: what it asks, where it looks, and what it thinks of two kinds of example."""

    name: str
    asks: str
    concerns: Callable[[File], bool]
    broken: Callable[[File], Iterator[int]]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]


# ----------------------------------------------------------------------------------------------------------- names

VAGUE = frozenset(
    ["util", "utils", "helper", "helpers", "manager", "managers", "base", "core", "misc", "data", "handle"]
)
VAGUE_FUNCTION = re.compile(r"(process|handle)_|(utils?|helpers?|manager|misc|handle)$")
VAGUE_CLASS = re.compile(r".+(Manager|Helpers?|Utils?)$")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def vague_paths(file: File) -> Iterator[int]:
    """A folder or module is named after what it is about."""
    if VAGUE & {*file.path.parts[:-1], file.path.stem}:
        yield 1


def vague_definitions(file: File) -> Iterator[int]:
    """A class or function too; only a method that a library asked for keeps the library's name."""
    tree = ast.parse(file.text)
    asked_for = {
        id(method) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.bases for method in node.body
    }
    for node in ast.walk(tree):
        if isinstance(node, Function) and id(node) not in asked_for and VAGUE_FUNCTION.match(node.name):
            yield node.lineno
        if isinstance(node, ast.ClassDef) and VAGUE_CLASS.match(node.name):
            yield node.lineno


# ---------------------------------------------------------------------------------------------------------- shapes


def more_than_a_docstring(file: File) -> Iterator[int]:
    """The face of a package says what it is for; importing it does nothing."""
    body = ast.parse(file.text).body
    if not body:
        yield 1
    for position, node in enumerate(body):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and position == 0
        if not docstring:
            yield node.lineno


def too_long_a_module(file: File) -> Iterator[int]:
    """A module can be read in one sitting."""
    if file.text.count("\n") > LONGEST_MODULE:
        yield LONGEST_MODULE + 1


def too_long_a_function(file: File) -> Iterator[int]:
    """A function fits a screen. This is the hard bound; most are a tenth of it."""
    for node in ast.walk(ast.parse(file.text)):
        if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION:
            yield node.lineno


# ---------------------------------------------------------------------------------------------------- suppressions

SUPPRESSION = re.compile(r"#\s*(type:\s*ignore|noqa|pragma:|pyright:|mypy:|ruff:)", re.IGNORECASE)
EXPLAINED = re.compile(
    r"#\s*(type:\s*ignore\[[\w-]+(,\s*[\w-]+)*\]|noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|pragma:\s*no (cover|branch))"
    r"(?P<reason>.*)",
    re.IGNORECASE,
)
WORDS_ENOUGH = 2


def unexplained_suppressions(file: File) -> Iterator[int]:
    """Whoever silences a tool names what is silenced and says why. Layout kept by hand silences nothing."""
    for token in tokenize.generate_tokens(io.StringIO(file.text).readline):
        if token.type == tokenize.COMMENT and SUPPRESSION.search(token.string):
            reasoned = EXPLAINED.search(token.string)
            if not reasoned or len(re.findall(r"[^\W\d_]{2,}", reasoned["reason"])) < WORDS_ENOUGH:
                yield token.start[0]


# ------------------------------------------------------------------------------------------------------- addresses

# Written with a gap, so that the rule does not find itself.
REGISTRIES = "pypi .org|python hosted .org|npmjs .(org|com)|deb.debian .org|security.debian .org|(extra-)?index -url|--find -links"
MACHINES = "/ro ot/|/ho me/\\w|/Us ers/\\w|C:\\\\ Users"
FOREIGN = re.compile(f"{REGISTRIES}|{MACHINES}".replace(" ", "").replace(".", r"\."), re.IGNORECASE)


def foreign_addresses(file: File) -> Iterator[int]:
    """No address of a package registry, no path of one person's machine."""
    for number, line in enumerate(file.text.splitlines(), 1):
        if FOREIGN.search(line):
            yield number


# ----------------------------------------------------------------------------------------------------------- words

TRANSLATE = frozenset(["_", "gettext", "ngettext", "pgettext", "npgettext", "translate"])
FOR_PROGRAMMERS = frozenset(["compile", "debug", "info", "warning", "error", "exception", "critical"])
TWO_WORDS = re.compile(r"[^\W\d_]{2,}[,;:]?\s+[^\W\d_]{2,}")
ONE_SENTENCE = re.compile(r"^[A-Z][a-z]+[.!?…]$")
SENTENCE, VALUE = "\ue000", "\ue001"  # stand for what an f-string is filled with
FOREIGN_LETTERS = re.compile(r"[^\W\d_a-zA-Z]")


def words_for_people(file: File) -> Iterator[int]:
    """A handler says nothing itself: its words live in screens and letters. What it raises or logs is for programmers."""
    tree = ast.parse(file.text)
    unread = {id(inner) for outer in ast.walk(tree) if not_for_people(outer) for inner in ast.walk(outer)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unread:
            if any(pattern.search(node.value) for pattern in (TWO_WORDS, ONE_SENTENCE, FOREIGN_LETTERS)):
                yield node.lineno
        elif translation(node):
            yield node.lineno


def not_for_people(node: ast.AST) -> bool:
    """Tell whether only programmers read what stands in here: docstrings, failures, log lines, patterns."""
    if isinstance(node, ast.Raise | ast.Assert):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FOR_PROGRAMMERS


def translation(node: ast.AST) -> TypeGuard[ast.Call]:
    """Tell whether this is a call of the translate function with a sentence."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATE


def glued_translations(file: File) -> Iterator[int]:
    """A sentence is translated whole: word order differs between languages. Paragraphs are joined with newlines."""
    for node in ast.walk(ast.parse(file.text)):
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Add)
            and any(map(translation, (node.left, node.right)))
        ):
            yield node.lineno
        if isinstance(node, ast.JoinedStr) and glues(node):
            yield node.lineno
        if translation(node) and any(not_one_literal(word) for word in node.args):
            yield node.lineno


def glues(node: ast.JoinedStr) -> bool:
    """Tell whether an f-string sets a translation beside other words on the same line; markup around it is fine."""
    line: list[str] = [""]
    for part in node.values:
        if isinstance(part, ast.Constant):
            pieces = re.sub(r"</?[a-z][^>]*>", "", str(part.value)).split("\n")
            line[-1] += pieces[0]
            line.extend(pieces[1:])
        elif isinstance(part, ast.FormattedValue):
            line[-1] += SENTENCE if translation(part.value) else VALUE
    glued = re.compile(f"[^\\W\\d_]|{SENTENCE}.*{SENTENCE}|{VALUE}")
    return any(SENTENCE in piece and glued.search(piece) for piece in line)


def not_one_literal(word: ast.expr) -> bool:
    """Tell whether a message id is put together from pieces, so that no catalogue can hold it."""
    return isinstance(word, ast.JoinedStr | ast.BinOp) and any(
        isinstance(inner, ast.Constant) and isinstance(inner.value, str) for inner in ast.walk(word)
    )
