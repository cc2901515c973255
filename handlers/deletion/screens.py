"""Having one's data deleted: what it means, the word that confirms it, and how it is undone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.deletion.actions import DeleteNow, KeepMyData, UndoDeletion
from handlers.mydata.actions import GetCopy
from handlers.start.actions import OpenMyData
from handlers.start.screens import to_counsellor, to_menu
from services.screen import Button, Rows, Screen, bold, screen
from services.words import Translate
from storage.tables.people import Person

ENGLISH_WORD = "DELETE"
"""Confirms a deletion in every language."""


def word(_: Translate) -> str:
    """Give the word that confirms a deletion."""
    return _.within("word to type", "DELETE")


def explain_deletion(_: Translate, helped: Sequence[str] = ()) -> Screen:
    """Say what goes and what stays, and ask for the word. `helped`: whom the person helps, whose data stay."""
    return screen(
        bold(_("Delete my data")),
        _("You help: {names}. Their data stay. Give it to their own phones first.", names=_.row(helped))
        if helped
        else None,
        _("What goes: your answers, your yes and no, saved vacancies, talks with counsellors."),
        _("What waits to be sent to you goes too."),
        _("What stays by law: figures without names, and what staff did, with numbers instead of names."),
        _("Messages on your phone stay until you delete this chat yourself."),
        _("This does not end your registration with the office."),
        _("You have seven days to undo it. In these days nothing comes unasked."),
        "",
        _("To go on, write this word:"),
        bold(word(_)),
        buttons=_instead(_),
    )


def ask_word_again(_: Translate) -> Screen:
    """Say that this was not the word, and show it once more."""
    return screen(
        _("That was not the word. Nothing is deleted yet."),
        _("To delete your data, write:"),
        bold(word(_)),
        buttons=_instead(_),
    )


def _instead(_: Translate) -> Rows:
    return (
        (Button(_.within("button", "Keep my data"), KeepMyData()),),
        (Button(_.within("button", "Get a copy first"), GetCopy()),),
        (to_counsellor(_),),
    )


def nothing_deleted(_: Translate) -> Screen:
    """Confirm that everything stays as it was."""
    return screen(_("Nothing is deleted. Your data is kept."), buttons=[_back(_), [to_counsellor(_)]])


def being_deleted(_: Translate, person: Person, now: datetime) -> Screen:
    """Say when the deletion becomes final and what can still be done: after the word, and at each /start until then."""
    return screen(
        *deletion_lines(_, person, now),
        _("This does not end your registration with the office."),
        buttons=[*undoing(_, person, now), [Button(_.within("button", "Get a copy first"), GetCopy())], [to_menu(_)]],
    )


def deletion_lines(_: Translate, person: Person, now: datetime) -> list[str]:
    """Give what everybody who asked for a deletion reads until it is done; nothing for everybody else."""
    if person.erase_at is None:
        return []
    if person.erase_at <= now:
        return [_("Your data is being deleted now. It takes a minute at most.")]
    days = -(-(person.erase_at - now) // timedelta(days=1))
    day = _.day(person.erase_at.astimezone(ZoneInfo(person.zone)).date())
    return [
        _("Your data will be deleted on {day}. Until then nothing comes unasked.", day=day),
        _.many("You have {n} day to undo this.", "You have {n} days to undo this.", days),
    ]


def undoing(_: Translate, person: Person, now: datetime) -> Rows:
    """Give what somebody may press while a deletion is not final: nothing for everybody else."""
    if person.erase_at is None or person.erase_at <= now:
        return ()
    number = person.id or 0
    return (
        (Button(_.within("button", "Undo, keep my data"), UndoDeletion(number)),),
        (Button(_.within("button", "Delete now"), DeleteNow(number)),),
    )


def undone(_: Translate) -> Screen:
    """Confirm that the deletion was taken back."""
    return screen(
        _("The deletion is undone. Everything is as it was, also what you get unasked."),
        buttons=[_back(_)],
    )


def deleting(_: Translate) -> Screen:
    """Say that the deletion has begun for good."""
    return screen(
        _("Your data is being deleted now. It takes a minute at most."),
        _("You get one last message. After that we know nothing about you."),
    )


def _back(_: Translate) -> list[Button]:
    return [Button(_.within("button", "My data"), OpenMyData()), to_menu(_)]
