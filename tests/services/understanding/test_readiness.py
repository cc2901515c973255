"""After getting ready, no answer in any language makes a word book."""

from datetime import date

from services.understanding import shelf
from services.understanding.amounts import read_amount
from services.understanding.choices import read_choice
from services.understanding.commands import read_command
from services.understanding.dates import read_date
from services.understanding.durations import read_months
from services.understanding.readiness import prepare
from services.understanding.vocabulary import vocabularies
from services.understanding.yes_no import read_yes_no


def test_everything_is_made_before_the_first_answer() -> None:
    shelf.books.cache_clear()
    shelf._book.cache_clear()
    prepare()
    made = shelf._book.cache_info().misses
    assert made
    for language in vocabularies():
        read_amount("25", language)
        read_months("25", language, date(2026, 11, 18))
        read_date("25", language, date(2026, 11, 18))
        read_yes_no("25", language)
        read_command("25", language)
        read_choice("25", ["25"], language)
    assert shelf._book.cache_info().misses == made
