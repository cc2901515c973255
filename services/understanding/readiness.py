"""Getting ready before the first person answers."""

from datetime import date

from services.understanding.amounts import read_amount
from services.understanding.choices import read_choices
from services.understanding.commands import read_command
from services.understanding.dates import read_date
from services.understanding.durations import read_months
from services.understanding.phones import read_phone
from services.understanding.picking import read_picking
from services.understanding.yes_no import read_yes_no

_SOME_DAY = date(2026, 1, 1)


def prepare() -> None:
    """Read the vocabularies and make every word book, half a second of work, so that no answer waits for it.

    Raises PackError, which names the file and line, when a vocabulary is wrong.
    """
    read_amount("1", "en")
    read_months("1", "en", _SOME_DAY)
    read_date("1", "en", _SOME_DAY)
    read_yes_no("1", "en")
    read_command("1", "en")
    read_picking("1", "en")
    read_choices("1", ("1",), "en")
    read_phone("1", "KZ")
