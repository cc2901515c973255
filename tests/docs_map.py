"""Writes what documents show of the program: `python -m tests.docs_map` rewrites it, `test_docs.py` compares it.

docs/conversations.md is made of the registered handlers and letters: what a handler hears is read from its filters,
what it does from its docstring. README.md quotes a transcript under a mark that names the file, and docs/operating.md
lists under a mark what `doctor` holds the data against.
"""

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject

from handlers.common.taps import Awaiting, Held, Otherwise, Tapped, Typed
from handlers.registration.form import WithForm
from handlers.routers import PRIVATE, STAFF
from services import letters
from services.letters import Letter
from storage import outbox
from storage.queries.invariants import INVARIANTS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "conversations.md"
README = ROOT / "README.md"
OPERATING = ROOT / "docs" / "operating.md"
LISTED = re.compile(r"(?P<mark><!-- written: invariants -->\n).*?(?P<end><!-- end -->\n)", re.DOTALL)
QUOTE = re.compile(r"(?P<mark><!-- quoted: (?P<file>\S+) -->\n```\n)(?P<said>.*?)(?P<end>```\n)", re.DOTALL)
BUTTONS = re.compile(r"(?:^ {5}\[.*\]\n){3,}", re.MULTILINE)
SHOWN_ROWS = 1
INTRODUCTION = """# Conversations

What is heard, by whom, and what follows. This page is written by `python -m tests.docs_map` from the filters and docstrings of the
registered handlers; change those, then write it again. How an update finds its handler is told in
[decision 0002](decisions/0002-an-index-in-front-of-the-handlers.md); the sentences themselves stand in the transcripts under
`tests/conversations/transcripts/`.

An update is offered in this order: a step that holds everything, the command or the button, the step that waits, and last whoever
hears the rest. Within each of these the conversations are asked in the order of this page; a handler may pass an update on.
"""
URGENCY = {
    outbox.REPLY: "reply",
    outbox.LIVE_TALK: "live talk",
    outbox.TIMELY: "time-critical",
    outbox.ALERT: "alert",
    outbox.ANNOUNCEMENT: "announcement",
}
SPOKEN = ("message", "edited_message", "callback_query", "my_chat_member")
ANYTHING = {
    "message": "writes what no command and no step takes",
    "edited_message": "changes an earlier message",
    "callback_query": "presses a button no conversation knows",
    "my_chat_member": "blocks the bot, or lets it in again",
}
HOLDS = {"message": "writes anything, commands included", "callback_query": "presses anything"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of the map."""

    what: str
    while_in: str
    handler: str
    follows: str


def page() -> str:
    """Write the whole page."""
    parts = [INTRODUCTION, "## With jobseekers, in private\n"]
    parts += [conversation(router) for router in PRIVATE]
    parts += ["## With staff, in the topics of a staff group\n"]
    parts += [conversation(router) for router in STAFF]
    return "\n".join([*parts, letter_list()])


def conversation(router: Router) -> str:
    """Write one conversation: what it is for, and everything it hears."""
    lines = [Heard("does", "while in", "handler", "what follows"), *heard_by(router)]
    rows = [f"| {one.what} | {one.while_in} | {one.handler} | {one.follows} |" for one in lines]
    module = module_of(router)
    where = module.__name__.replace(".", "/")
    return "\n".join(
        [f"### `{where}.py`\n", first_line(module), "", rows[0], "|---|---|---|---|", *rows[1:], *steps(router), ""]
    )


def module_of(router: Router) -> ModuleType:
    """Give the module a conversation's handlers stand in."""
    handler = next(handler for kind in SPOKEN for handler in router.observers[kind].handlers)
    return sys.modules[handler.callback.__module__]


def heard_by(router: Router) -> Iterator[Heard]:
    """Read every handler of a conversation, messages first."""
    for kind in SPOKEN:
        for handler in router.observers[kind].handlers:
            yield heard(kind, handler)


def heard(kind: str, handler: HandlerObject) -> Heard:
    """Read one handler. Raises KeyError for a filter this page has no words for."""
    what, while_in = "", ""
    for one in handler.filters or ():
        match one.callback:
            case Tapped() as tapped:
                what = f"presses `{tapped.action.__name__}`: {first_line(tapped.action)}"
            case WithForm():
                continue
            case Typed() as typed:
                what = ", ".join(f"`/{command}`" for command in typed.commands)
            case Held() as held:
                what, while_in = HOLDS[kind], names(held)
            case Awaiting() as awaiting:
                what, while_in = what or "writes", names(awaiting)
            case Otherwise():
                what = ANYTHING[kind]
            case unknown:
                raise KeyError(type(unknown).__name__)
    return Heard(what, while_in, f"`{handler.callback.__name__}`", first_line(handler.callback))


def names(awaiting: Awaiting) -> str:
    """Name the steps a filter waits for."""
    return ", ".join(f"`{step}`" for _, step in awaiting.keys)


def steps(router: Router) -> Iterator[str]:
    """Say which steps a conversation waits in."""
    filters = (
        one.callback for kind in SPOKEN for handler in router.observers[kind].handlers for one in handler.filters or ()
    )
    known = dict.fromkeys(step for one in filters if isinstance(one, Awaiting) for _, step in one.keys)
    if known:
        yield f"\nSteps: {', '.join(f'`{step}`' for step in known)}."


def letter_list() -> str:
    """Write every letter: who hears of what, how urgent it is, and whether the person's wishes hold it back."""
    rows = [
        f"| `{name}` | {URGENCY[kind.priority]} | {'yes' if kind.proactive else 'no'} | {first_line(kind)} |"
        for name, kind in letters.kinds().items()
        if kind.__module__ == Letter.__module__
    ]
    head = "| letter | urgency | held back by quiet hours, `/stop` and a talk with a human | what it tells |"
    about = "Said later or elsewhere. The facts are kept in the outbox; the courier finds the words when it sends."
    return "\n".join(["## Letters\n", about, "", head, "|---|---|---|---|", *rows, ""])


def first_line(described: object) -> str:
    """Give the sentence a docstring begins with."""
    return (inspect.getdoc(described) or "").partition("\n")[0].replace("|", "\\|")


def with_quote(text: str) -> str:
    """Put today's transcript under the mark of a text. Raises ValueError for a text without one."""
    if QUOTE.search(text) is None:
        message = "no transcript is quoted"
        raise ValueError(message)
    return QUOTE.sub(lambda found: found["mark"] + quoted(ROOT / found["file"]) + found["end"], text)


def quoted(transcript: Path) -> str:
    """Give a transcript as a text quotes it: whole, only of many rows of buttons the first and an ellipsis."""
    return BUTTONS.sub(_shortened, transcript.read_text("utf-8"))


def _shortened(rows: re.Match[str]) -> str:
    return "".join(rows[0].splitlines(keepends=True)[:SHOWN_ROWS]) + "     …\n"


def with_invariants(text: str) -> str:
    """Put what must always be true of the rows under the mark of a text. Raises ValueError for a text without one."""
    if LISTED.search(text) is None:
        message = "no invariants are listed"
        raise ValueError(message)
    rows = [f"| `data/{each.name}` | {each.holds} |" for each in INVARIANTS]
    table = "\n".join(["| where | what must be true |", "|---|---|", *rows, ""])
    return LISTED.sub(lambda found: found["mark"] + table + found["end"], text)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    README.write_text(with_quote(README.read_text("utf-8")), "utf-8")
    OPERATING.write_text(with_invariants(OPERATING.read_text("utf-8")), "utf-8")
    sys.stdout.write("docs/conversations.md, README.md's quotation and the list in docs/operating.md are written.\n")
