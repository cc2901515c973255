"""The registration: what it is for, its questions, and the summary before anything is saved."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from handlers.everyday.actions import BeginEveryday
from handlers.profile.screens import Answers, facts, in_rows, option, topic, value
from handlers.questions.screens import wording
from handlers.registration.actions import (
    BeginQuestions,
    Correct,
    DonePicking,
    GoBack,
    KeepAnswer,
    OpenGroup,
    PickOccupation,
    PickOption,
    PickRegion,
    SaveRegistration,
    ShowAnswers,
    ShowRegions,
    SkipQuestion,
    StopForNow,
    UseAccountName,
)
from handlers.sharing.actions import AskForWhom
from handlers.start.actions import BeginAgain, GoOn, OpenAlerts, OpenVacancies
from handlers.start.screens import to_counsellor, to_menu
from services.occupations import Occupations
from services.packs import Pack
from services.people.drafts import Draft
from services.people.profile import SENSITIVE
from services.screen import LABEL_LIMIT, Button, Rows, Screen, Text, bold, screen
from services.words import Translate

PAGE = 8
"""Occupations listed on one page."""

SEVERAL = frozenset({"skills", "languages", "hours", "adaptation"})
"""Questions with more than one answer."""

NUMBERED = frozenset({"skills", "education", "languages", "hours", "adaptation"})
"""Questions whose answers have numbers that may be typed. (A number typed for experience means years.)"""


class Asked(NamedTuple):
    """Everything a question is shown with: its words, content, the draft it stands in, its options."""

    translate: Translate
    pack: Pack
    occupations: Occupations
    draft: Draft
    options: tuple[str, ...] = ()


def purposes(_: Translate, pack: Pack, *, draft_deleted: bool = False) -> Screen:
    """Say what the answers are for, on which law that rests, and what comes."""
    purpose = pack.purpose("registration")
    law = pack.wording(purpose.law.names, _.language) if purpose.law else ""
    count = len(pack.registration.questions)
    return screen(
        _("You did not come back for a long time. Your unfinished answers were deleted.") if draft_deleted else None,
        bold(pack.wording(purpose.names, _.language)),
        pack.wording(purpose.texts, _.language),
        _.fact(_("Law"), law),
        _.many("I ask {n} question. You can skip it.", "I ask {n} questions. You can skip each one.", count),
        _("Your answers wait here for up to 60 days. The office uses them only after you press Save at the end."),
        buttons=[
            [Button(begin_label(_), BeginQuestions())],
            [Button(_.within("button", "It is for somebody else"), AskForWhom())],
            [to_menu(_)],
        ],
    )


def ask(asked: Asked) -> Screen:
    """Ask the draft's question; an answer given before can be kept."""
    _, draft = asked.translate, asked.draft
    asks = wording(_, draft.step, asked.pack)
    before = value(_, draft.step, draft.answers, asked.pack, asked.occupations) if draft.said(draft.step) else None
    return screen(
        _noted(asked),
        _progress(asked),
        _("You answer for the person you help.") if draft.helping else None,
        bold(asks.question),
        asks.how,
        asks.why,
        _("Sensitive: answer only if you want to.") if draft.step in SENSITIVE else None,
        _.fact(_("Your answer now"), before) if before else None,
        _chosen(asked),
        buttons=[*_answers(asked), *_keeping(asked, before), *_moving(asked)],
    )


def unclear(asked: Asked) -> Screen:
    """Explain with an example what can be answered; after the second time in a row offer to leave it, or a person."""
    _, draft = asked.translate, asked.draft
    again = draft.misses > 1
    return screen(
        wording(_, draft.step, asked.pack).unclear,
        _("You can leave this question out, or ask a counsellor to help.") if again else None,
        _chosen(asked),
        buttons=[*_answers(asked, brief=True), *([[to_counsellor(_)]] if again else []), *_moving(asked)],
    )


def choose(asked: Asked) -> Screen:
    """Offer what the typed words may mean."""
    _, draft = asked.translate, asked.draft
    if draft.step == "place":
        heading = _("Which one do you mean?")
        found = [Button(asked.pack.region_name(code, _.language), PickRegion(code)) for code in draft.found]
        more = [[_show_regions(_)]]
    else:
        heading = _("Which of these is nearest to your work?")
        found = [_work(asked, code) for code in draft.found]
        more = [[_show_list(_)], [_not_sure(_)]]
    return screen(
        _.fact(_("You wrote"), draft.words),
        bold(heading),
        _("If none fits, write it in other words."),
        buttons=[*([_numbered(n, one)] for n, one in enumerate(found, start=1)), *more, *_moving(asked)],
    )


def _numbered(n: int, button: Button) -> Button:
    """Put a number before a button's words, so that typing it presses the button."""
    return replace(button, label=_fitting(f"{n}. {button.label}"))


def groups(asked: Asked, group: str, page: int) -> Screen:
    """Show the groups of occupations, or one group's occupations, page by page."""
    _, occupations = asked.translate, asked.occupations
    codes = occupations.within(group)
    pages = max(1, -(-len(codes) // PAGE))
    page = min(page, pages - 1)
    turning = [Button(_.within("button", "Previous"), OpenGroup(group, page - 1))] if page else []
    turning += [Button(_.within("button", "Next"), OpenGroup(group, page + 1))] if page < pages - 1 else []
    shown = codes[page * PAGE : (page + 1) * PAGE]
    heading = occupations.title(group, _.language) if group else _("Which area of work?")
    up = [[Button(_.within("button", "Back to the areas"), OpenGroup(group[:-1], 0))]] if group else []
    return screen(
        bold(heading),
        _("Page {page} of {pages}", page=page + 1, pages=pages) if pages > 1 else None,
        _("Choose, or write your work in your own words."),
        buttons=[*([_in_list(asked, code)] for code in shown), turning, *up, *_moving(asked)],
    )


def _in_list(asked: Asked, code: str) -> Button:
    if len(code) == 4:
        return _work(asked, code)
    return Button(asked.occupations.title(code, asked.translate.language), OpenGroup(code, 0))


def _work(asked: Asked, code: str) -> Button:
    return Button(asked.occupations.title(code, asked.translate.language), PickOccupation(code))


def summary(_: Translate, answers: Answers, pack: Pack, occupations: Occupations, *, complete: bool) -> Screen:
    """Read everything back. `complete`: no question is left open; a number that is typed then means a line, not an answer."""
    questions = pack.registration.questions
    on = Button(save_label(_), SaveRegistration())
    return screen(
        bold(_("Is this right?")) if complete else bold(_("Your answers so far")),
        *facts(_, answers, pack, occupations),
        _("To correct one, press it or write its number.") if complete else _("To correct one, press it."),
        _("The office uses your answers only after you press Save.") if complete else None,
        buttons=[
            [on if complete else Button(_.within("button", "Go on"), GoOn())],
            *in_rows(Button(f"{n}. {topic(_, one)}", Correct(one)) for n, one in enumerate(questions, start=1)),
            [to_menu(_)],
        ],
    )


def save_label(_: Translate) -> str:
    """Give the word on the button that saves: typing it does the same."""
    return _.within("button", "Save")


def confirm_first(_: Translate) -> Screen:
    """Remind that the summary waits for a press."""
    return screen(_("Please press Save under your answers, or write the number of one to correct it."))


def registered(_: Translate, name: str | None) -> Screen:
    """Greet the registered person and offer the next steps."""
    greeting = _("You are registered, {name}.", name=name) if name else _("You are registered.")
    return screen(
        greeting,
        _("I can look for vacancies that fit you now, or send you new ones once a day."),
        buttons=[
            [Button(_.within("button", "Find work"), OpenVacancies())],
            [Button(_.within("button", "Daily vacancies"), OpenAlerts())],
            [to_menu(_)],
        ],
    )


def stopped_for_now(_: Translate) -> Screen:
    """Confirm that the answers wait, and for how long."""
    return screen(
        _("Your answers wait here for 60 days. You can go on at any time: send /register."),
        buttons=[
            [Button(_.within("button", "Go on"), GoOn())],
            [Button(_.within("button", "Delete and begin again"), BeginAgain())],
            [to_menu(_)],
        ],
    )


def offer_counsellor(_: Translate) -> Screen:
    """Offer the human who was asked for in the middle of a question."""
    return screen(
        _("A counsellor can help you with this form. Your answers stay."),
        buttons=[[to_counsellor(_)], [Button(_.within("button", "Go on"), GoOn())]],
    )


def stopped_at(_: Translate, pack: Pack, step: str) -> str:
    """Say at which question somebody stopped."""
    questions = pack.registration.questions
    if step not in questions:
        return _("You stopped before the end of your registration.")
    return _(
        "You stopped at question {n} of {total}: {topic}.",
        n=questions.index(step) + 1,
        total=len(questions),
        topic=topic(_, step),
    )


def called_label(_: Translate, name: str) -> str:
    """Give the words on the button that takes the account's name."""
    return _.within("button", "Call me {name}", name=name)


def begin_label(_: Translate) -> str:
    """Give the words on the button that begins the questions: typing them does the same."""
    return _.within("button", "Begin, it is for me")


def not_sure_label(_: Translate) -> str:
    """Give the words on the button for who has no name for their work."""
    return _.within("button", "I am not sure")


def spoken(_: Translate) -> dict[str, str]:
    """Give what the words on the buttons of every question mean when they are typed."""
    return {
        _.within("button", "Skip"): "skip",
        _.within("button", "Back"): "back",
        _.within("button", "Stop for now"): "stop",
        not_sure_label(_): "not_sure",
        _.within("button", "Show the list"): "list",
        _.within("button", "My answers"): "answers",
        _.within("button", "Keep this answer"): "keep",
        _.within("button", "Delete this answer"): "skip",
        _.within("button", "Show the regions"): "regions",
        _.within("button", "Done"): "done",
        begin_label(_): "again",
    }


def _noted(asked: Asked) -> Text | None:
    """Read back what was understood just now, so that a wrong reading is seen at once."""
    _, draft = asked.translate, asked.draft
    if not draft.noted or not draft.said(draft.noted):
        return None
    said = value(_, draft.noted, draft.answers, asked.pack, asked.occupations) or ""
    return ("✓ ", *_.fact(topic(_, draft.noted), said))


def _progress(asked: Asked) -> str | None:
    _, questions = asked.translate, asked.pack.registration.questions
    if asked.draft.changing:
        return None
    return _("Question {n} of {total}", n=questions.index(asked.draft.step) + 1, total=len(questions))


def _chosen(asked: Asked) -> Text | None:
    """Read back what is chosen so far where several may be."""
    _, picked = asked.translate, asked.draft.picked
    return _.fact(_("Chosen"), _.row([option(_, code) for code in picked])) if picked else None


def _answers(asked: Asked, *, brief: bool = False) -> Rows:
    """Give the buttons that answer the question."""
    _, draft, pack = asked.translate, asked.draft, asked.pack
    match draft.step:
        case "name":
            return ((_called(_, draft.account_name),),) if draft.account_name and not brief else ()
        case "place":
            regions = (Button(pack.region_name(one.code, _.language), PickRegion(one.code)) for one in pack.regions)
            return in_rows(regions) if not brief else ((_show_regions(_),),)
        case "occupation":
            return ((_show_list(_),), (_not_sure(_),))
        case "pay":
            return ()
    labels = [_label(asked, n, code) for n, code in enumerate(asked.options, start=1)]
    buttons = [Button(text, PickOption(draft.step, code)) for text, code in zip(labels, asked.options, strict=True)]
    done = ((Button(_.within("button", "Done"), DonePicking(draft.step)),),) if draft.step in SEVERAL else ()
    return (*(in_rows(buttons) if max(map(len, labels)) <= 18 else ((one,) for one in buttons)), *done)


def _label(asked: Asked, n: int, code: str) -> str:
    name = option(asked.translate, code)
    chosen = " ✓" if code in (asked.draft.picked or ()) else ""
    return (f"{n}. {name}" if asked.draft.step in NUMBERED else name) + chosen


def _called(_: Translate, name: str) -> Button:
    return Button(_fitting(called_label(_, name)), UseAccountName())


def _fitting(label: str) -> str:
    return label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1] + "…"


def _show_list(_: Translate) -> Button:
    return Button(_.within("button", "Show the list"), OpenGroup(""))


def _show_regions(_: Translate) -> Button:
    return Button(_.within("button", "Show the regions"), ShowRegions())


def _not_sure(_: Translate) -> Button:
    return Button(not_sure_label(_), BeginEveryday())


def _keeping(asked: Asked, before: str | None) -> Iterable[Sequence[Button]]:
    _ = asked.translate
    return [[Button(_.within("button", "Keep this answer"), KeepAnswer(asked.draft.step))]] if before else []


def _moving(asked: Asked) -> Iterable[Sequence[Button]]:
    """Give the ways on, back and out that every question has."""
    _, step = asked.translate, asked.draft.step
    back = Button(_.within("button", "Back"), GoBack(step))
    if asked.draft.changing:
        return [[Button(_.within("button", "Delete this answer"), SkipQuestion(step))], [back]]
    return [
        [Button(_.within("button", "Skip"), SkipQuestion(step))],
        [back, Button(_.within("button", "My answers"), ShowAnswers())],
        [Button(_.within("button", "Stop for now"), StopForNow())],
    ]
