"""Makes the files of a copy: a page that any phone shows without a network, and the rows themselves for programs."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handlers.mydata.copy.screens import page
from handlers.mydata.screens import Content
from services.letters import DataCopy
from services.people.export import CopyDesk
from services.words import Translate
from storage.tables.people import Person
from storage.work import Work

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def copies_of(_: Translate, work: Work, person: Person, desk: CopyDesk, content: Content) -> list[DataCopy]:
    """Make both files. Their names say nothing about anybody."""
    shown = page(_, desk.kept(work, person), desk.lines(work, person), content, work.now)
    readable = _templates.get_template("page.html.j2").render(page=shown, language=_.language, direction=_.written)
    on = work.now.astimezone(ZoneInfo(person.zone)).date()
    return [
        DataCopy(_name(on, "html"), readable, readable=True),
        DataCopy(_name(on, "json"), desk.for_programs(work, person), readable=False),
    ]


def _name(on: date, ending: str) -> str:
    return f"my-data-{on}.{ending}"
