"""Words around a case, for the jobseeker and for staff."""

from handlers.counselling.actions import LeaveCase
from handlers.start.actions import GoOn
from handlers.start.screens import to_menu
from services.counselling.desk import Refusal
from services.packs import Pack
from services.screen import Button, Screen, Toast, screen
from services.words import Translate


def passed_on(_: Translate, *, with_question: bool) -> Screen:
    """Say what happens now and what can still be done."""
    return screen(
        _("I have passed this to a counsellor."),
        _("Your question goes with it.") if with_question else _("Please write your question here now."),
        _("Everything you write reaches the counsellor. The buttons still work while you wait."),
        _("/end stops waiting."),
        buttons=[[Button(_.within("button", "Stop waiting"), LeaveCase())], [to_menu(_)]],
        fresh=True,
    )


def already_waiting(_: Translate) -> Screen:
    """Say that the question is already with a counsellor."""
    return screen(
        _("A counsellor already has your question. You can add to it: write it here."),
        buttons=[[Button(_.within("button", "Stop waiting"), LeaveCase())], [to_menu(_)]],
        fresh=True,
    )


def no_desk(_: Translate, pack: Pack) -> Screen:
    """Say honestly that no counsellor can be reached here, and which number to call."""
    lines = [f"{pack.wording(line.names, _.language)}: {line.number}" for line in pack.hotlines if not line.emergency]
    return screen(_("No counsellor can be reached here yet. Please call:"), *lines, buttons=[[to_menu(_)]], fresh=True)


def added(_: Translate) -> Screen:
    """Confirm that a message went to the waiting case."""
    return screen(_("Added to your question for the counsellor."))


def still_with(_: Translate, name: str) -> Toast:
    """Answer a press while a human is there."""
    return Toast(_("{name} is with you. Send /end to leave.", name=name))


def only_text_to_counsellor(_: Translate) -> Screen:
    """Say that only text reaches the counsellor."""
    return screen(_("This did not reach the counsellor: only text does so far. Please write it in words."))


def edit_not_carried(_: Translate) -> Screen:
    """Say that a changed message stays here, because several people write from this phone."""
    return screen(_("Several people share this phone. I do not know whose message you changed. Please write it again."))


def left_case(_: Translate, *, kept_step: bool) -> Screen:
    """Confirm the end of the talk; offer the form that was left for it."""
    going_on = [[Button(_.within("button", "Go on with the form"), GoOn())]] if kept_step else []
    return screen(
        _("You have ended the talk with the counsellor. You can ask again at any time."),
        buttons=[*going_on, [to_menu(_)]],
        fresh=True,
    )


def nothing_to_end(_: Translate) -> Screen:
    """Say that no talk is open."""
    return screen(_("You are not waiting for a counsellor."), buttons=[[to_menu(_)]])


def refused(_: Translate, why: Refusal) -> str:
    """Tell staff why an act did not happen."""
    words = {
        "not_staff": _("You are not registered as staff here. Nothing was sent."),
        "no_case": _("There is no case in this topic. Nothing was sent."),
        "closed": _("This case is closed. Nothing was sent."),
        "taken": _("Already taken by {name}.", name=why.name),
        "not_yours": _(
            "{name} has this case. Nothing was sent. Write /note and your words to leave a note.", name=why.name
        ),
        "not_taken": _("Take the case first: press Take or send /take. Nothing was sent."),
        "already_yours": _("You already have this case."),
        "empty": _("Only text can be sent so far. Nothing was sent."),
    }
    return words[why.why]


def note_kept(_: Translate) -> Screen:
    """Confirm a note."""
    return screen(_("Noted for staff. It is part of the copy of their data a jobseeker may ask for."))


def closed(_: Translate) -> Screen:
    """Confirm to staff that the case is closed."""
    return screen(_("The case is closed. The jobseeker has been told."))


def only_in_topics(_: Translate) -> Screen:
    """Tell staff where commands work."""
    return screen(_("This works in the topic of a case."))


def nobody(_: Translate) -> Screen:
    """Ask anonymous senders to write as themselves."""
    return screen(
        _("I cannot tell who you are. Nothing was sent. Please write as yourself, not as the group or a channel.")
    )
