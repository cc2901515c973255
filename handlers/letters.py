"""The words for every letter, found when the courier sends it. One function a letter; a test fails when one is missing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from handlers.common.actions import TryAgain
from handlers.counselling.actions import CloseCase, LeaveCase, TakeCase
from handlers.profile.screens import is_question, topic
from handlers.sharing.actions import SwitchPerson
from handlers.start.actions import BeginAgain, GoOn, OpenAlerts
from handlers.start.screens import to_counsellor, to_menu
from handlers.vacancies.actions import OpenVacancy, ShowFitting
from handlers.vacancies.screens import clipped, pay
from services import letters
from services.letters import Letter
from services.screen import Button, Screen, Text, bold, lines, screen
from services.words import Languages, Translate
from storage.tables.people import Person


def phrase(letter: Letter, _: Translate) -> Screen:
    """Give the words of a letter. Raises KeyError for a letter without words."""
    return _WORDS[type(letter)](letter, _)


def in_languages(languages: Languages) -> Callable[[Letter, Person | None], Screen]:
    """Give what the courier calls: a letter and its reader, in whose language it is worded; None is the staff.

    A letter for somebody whose phone speaks for another person now says so first, and lets them switch before they answer.
    """

    def phrased(letter: Letter, reader: Person | None) -> Screen:
        _ = languages[(reader.language if reader else None) or languages.offered[0]]
        shown = phrase(letter, _)
        return shown if reader is None or reader.is_present else for_another(shown, reader, _)

    return phrased


def for_another(shown: Screen, reader: Person, _: Translate) -> Screen:
    """Say whom a letter is for, when somebody else is spoken for on this phone; its own buttons would be theirs."""
    name = reader.name or _("Person {number}", number=reader.id)
    switching = Button(_.within("button", "Switch to this person"), SwitchPerson(reader.id or 0))
    return replace(shown, text=lines(bold(_("For {name}:", name=name)), shown.text), rows=((switching,),))


def not_understood(letter: letters.NotUnderstood, _: Translate) -> Screen:
    """Apologise, with a code that support can look up."""
    return screen(
        _("Something went wrong on our side with your last message. We are looking at it."),
        _("Please try again, or talk to a counsellor. If you call us, say this code: {code}", code=letter.code),
        buttons=[[to_counsellor(_)], [to_menu(_)]],
    )


def trouble_report(letter: letters.TroubleReport, _: Translate) -> Screen:
    """Tell an admin what needs looking at."""
    return screen(
        bold(_("Needs looking at: {code}", code=letter.code)),
        _("A message could not be worked on after five tries ({error}).", error=letter.error),
        _("When it is mended, press Try again. The person's message is kept until then."),
        buttons=[[Button(_.within("button", "Try again"), TryAgain(letter.row))]],
    )


def case_opened(letter: letters.CaseOpened, _: Translate) -> Screen:
    """Show the card of a case."""
    unsaid = _("not said")
    return screen(
        bold(_("New case {number}", number=letter.case_id)),
        (_("Name:"), " ", letter.name or unsaid),
        _.fact(_("Written by a helper"), letter.helper) if letter.helper else None,
        (_("Language:"), " ", _.language_name(letter.language) if letter.language else unsaid),
        (_("Region:"), " ", letter.region or unsaid),
        (_("Work:"), " ", letter.occupation or unsaid),
        "",
        letter.question or _("No question written yet."),
        "",
        _("Take the case, then write here: your words go to the jobseeker. /note keeps words that are not sent."),
        buttons=[[Button(_.within("button", "Take"), TakeCase())]],
    )


def jobseeker_said(letter: letters.JobseekerSaid, _: Translate) -> Screen:
    """Show a jobseeker's words."""
    mark = _("(edited)") if letter.edited else None
    return screen((bold(letter.name or _("Jobseeker")), ":"), letter.words, mark)


def counsellor_said(letter: letters.CounsellorSaid, _: Translate) -> Screen:
    """Show a counsellor's words."""
    mark = _("(edited)") if letter.edited else None
    return screen((bold(letter.name), ":"), letter.words, mark)


def counsellor_joined(letter: letters.CounsellorJoined, _: Translate) -> Screen:
    """Say that a human is here."""
    return screen(
        _("{name} is here now. You are writing with a human.", name=letter.name),
        _("/end ends the talk."),
        buttons=[[Button(_.within("button", "End the talk"), LeaveCase())]],
    )


def case_taken(letter: letters.CaseTaken, _: Translate) -> Screen:
    """Tell the topic who has the case."""
    return screen(
        _("{name} has this case. What {name} writes here goes to the jobseeker.", name=letter.name),
        buttons=[[Button(_.within("button", "Close the case"), CloseCase())]],
    )


def case_ended(letter: letters.CaseEnded, _: Translate) -> Screen:
    """Tell the other side that the talk is over."""
    if letter.for_staff:
        return screen(_("The jobseeker has ended the talk. The case is closed."))
    going_on = [[Button(_.within("button", "Go on with the form"), GoOn())]] if letter.kept_step else []
    return screen(
        _("The counsellor has ended the talk. You can ask again at any time. I am back."),
        buttons=[*going_on, [to_counsellor(_)], [to_menu(_)]],
    )


def not_delivered(letter: letters.NotDelivered, _: Translate) -> Screen:
    """Tell the topic that words did not arrive."""
    why = {
        "blocked": _("the jobseeker has blocked us"),
        "deactivated": _("the jobseeker's account is closed"),
    }
    reason = why.get(letter.reason) or _("the messenger does not find the jobseeker")
    return screen(_("Not delivered: {reason}.", reason=reason))


def digest(letter: letters.Digest, _: Translate) -> Screen:
    """Show the day's new vacancies."""
    heading = _.many("{n} new vacancy for you", "{n} new vacancies for you", letter.total)
    shown = list(enumerate(letter.vacancies, start=1))
    more = letter.total - len(shown)
    return screen(
        bold(heading),
        _("This comes later than usual: we were not running at your hour.") if letter.late else None,
        *(_vacancy(_, number, facts) for number, facts in shown),
        "",
        _("You get this because you asked for new vacancies once a day. Turn it off under Daily vacancies."),
        buttons=[
            *(
                [Button(clipped(f"{number}. {facts['title']}"), OpenVacancy(int(facts["id"])))]
                for number, facts in shown
            ),
            [Button(_.many("Show {n} more", "Show {n} more", more), ShowFitting())] if more > 0 else [],
            [Button(_.within("button", "Daily vacancies"), OpenAlerts())],
        ],
    )


def _vacancy(_: Translate, number: int, facts: dict[str, Any]) -> Text:
    offered = pay(_, facts["pay_min"], facts["pay_max"], facts["currency"], facts["pay_period"])
    return lines("", (f"{number}. ", bold(facts["title"])), f"{facts['employer']}, {facts['place']}", offered)


def draft_waiting(letter: letters.DraftWaiting, _: Translate) -> Screen:
    """Ask once whether somebody wants to go on with their registration."""
    at = _("You stopped at: {topic}.", topic=topic(_, letter.step)) if is_question(letter.step) else None
    return screen(
        bold(_("Your registration is not finished.")),
        at,
        _("Your answers wait here. Do you want to go on? I ask this only once."),
        buttons=[
            [Button(_.within("button", "Go on"), GoOn())],
            [Button(_.within("button", "Delete and begin again"), BeginAgain())],
            [to_counsellor(_)],
            [to_menu(_)],
        ],
    )


def handed_over(letter: letters.HandedOver, _: Translate) -> Screen:
    """Tell the helper that their help is over, with thanks."""
    name = letter.name or _("The person you helped")
    return screen(
        _("{name} now has the answers on their own phone. You no longer see them. Thank you for helping.", name=name),
        buttons=[[to_menu(_)]],
    )


def data_copy(letter: letters.DataCopy, _: Translate) -> Screen:
    """Say under a file what it is for."""
    if letter.readable:
        return screen(_("Everything stored about you. Open it to read it."))
    return screen(_("The same for computer programs."))


def erased(letter: letters.Erased, _: Translate) -> Screen:
    """Say goodbye: what goes now, what stays, and that the office's own register is another matter."""
    what = _("The data of {name} is deleted now.", name=letter.name) if letter.name else _("Your data is deleted now.")
    return screen(
        bold(what),
        _("Within a minute only figures without names are left here."),
        _("This does not end your registration with the office."),
        _("Messages on your phone stay until you delete this chat yourself."),
        _("To begin again, send /start."),
    )


def case_erased(letter: letters.CaseErased, _: Translate) -> Screen:
    """Tell the staff group why a case and its topic go."""
    return screen(
        _("Case {number} is closed: the person had their data deleted. Its topic goes too.", number=letter.case_id)
    )


def delete_by_hand(letter: letters.DeleteByHand, _: Translate) -> Screen:
    """Ask staff for what the bot may not do."""
    return screen(
        bold(_("Please delete this topic.")),
        _("The person had their data deleted, and I may not delete messages in this group."),
        _("If you give me that right, I delete it within an hour."),
    )


_WORDS: dict[type[Letter], Callable[[Any, Translate], Screen]] = {
    letters.NotUnderstood: not_understood,
    letters.TroubleReport: trouble_report,
    letters.CaseOpened: case_opened,
    letters.JobseekerSaid: jobseeker_said,
    letters.CounsellorSaid: counsellor_said,
    letters.CounsellorJoined: counsellor_joined,
    letters.CaseTaken: case_taken,
    letters.CaseEnded: case_ended,
    letters.NotDelivered: not_delivered,
    letters.Digest: digest,
    letters.DraftWaiting: draft_waiting,
    letters.HandedOver: handed_over,
    letters.DataCopy: data_copy,
    letters.Erased: erased,
    letters.CaseErased: case_erased,
    letters.DeleteByHand: delete_by_hand,
}
