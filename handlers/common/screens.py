"""Words for what went wrong or cannot be read."""

from handlers.start.screens import to_counsellor, to_menu
from services.screen import Screen, Toast, screen
from services.words import Translate


def outdated(_: Translate) -> Toast:
    """Tell that the pressed list is old; a fresh one follows."""
    return Toast(_("This list is old. Here is a fresh one."))


def tried_again(_: Translate, outcome: str) -> Toast:
    """Tell an admin what became of pressing Try again."""
    words = {
        "done": _("It is being tried again."),
        "not_dead": _("It was already tried again."),
        "not_allowed": _("Only an admin may do this."),
    }
    return Toast(words[outcome])


def only_text(_: Translate) -> Screen:
    """Tell that only written words are read here."""
    return screen(
        _("Thank you. I can only read written words here. Please write it."),
        buttons=[[to_counsellor(_)], [to_menu(_)]],
    )


def edit_not_taken(_: Translate) -> Screen:
    """Tell that editing a message changes no answer."""
    return screen(
        _("You changed an earlier message. Your answer in the form stays as it was; you can correct it at the end.")
    )


def not_here(_: Translate) -> Screen:
    """Tell a group we do not belong to that we are leaving."""
    return screen(_("I only talk with people in private. I am leaving this group. Please write to me directly."))
