"""The talk for people who do not know what to call their work: lists to choose from, and three suggestions with reasons."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from handlers.everyday.actions import (
    BackInTalk,
    DoneWithList,
    TalkAgain,
    ToggleActivity,
    TogglePlace,
    ToggleWish,
    TurnWishes,
)
from handlers.registration.actions import OpenGroup, PickOccupation, SkipQuestion, StopForNow
from handlers.start.screens import to_counsellor
from services.actions import Action
from services.everyday.talk import ACTIVITIES, PAGE, PLACES, WISHES, Talk
from services.everyday.work import EverydayWork, Suggestion, inside
from services.occupations import Occupations
from services.screen import TEXT_LIMIT, Button, Screen, Text, Toast, bold, screen
from services.words import Translate

READ_BACK = 4
"""What was chosen last is read back; more would fill the phone."""

REASONS = 3
"""Activities named as the reason for a suggestion."""


class Talking(NamedTuple):
    """Everything a list of the talk is shown with. `changing`: a registered person changes their occupation."""

    translate: Translate
    everyday: EverydayWork
    occupations: Occupations
    talk: Talk
    changing: bool = False


def open_talk(talking: Talking) -> Screen:
    """Ask where somebody was busy last month."""
    _ = talking.translate
    return screen(
        bold(_("What did you do last month?")),
        _("Paid or not, all of it counts."),
        _("Press up to three places where you did something, then Done. Or write what you did, in your own words."),
        _read_back(talking),
        buttons=[*_list(talking), *_moving(talking)],
    )


def ask_activities(talking: Talking) -> Screen:
    """Ask what somebody did in one of the places."""
    _, talk = talking.translate, talking.talk
    return screen(
        _("Place {n} of {total}", n=talk.at + 1, total=len(talk.places)) if len(talk.places) > 1 else None,
        bold(talking.everyday.label(talk.shown, _.language)),
        _("What did you do there? Press all of it, then Done. Or write it."),
        _read_back(talking),
        buttons=[*_list(talking), *_moving(talking)],
    )


def ask_wishes(talking: Talking) -> Screen:
    """Ask which of many activities somebody would like to do as work."""
    _, talk = talking.translate, talking.talk
    pages = _pages(talk)
    turning = [Button(_.within("button", "Previous"), TurnWishes(talk.at - 1))] if talk.at else []
    turning += [Button(_.within("button", "Next"), TurnWishes(talk.at + 1))] if talk.at < pages - 1 else []
    return screen(
        _("Page {page} of {pages}", page=talk.at + 1, pages=pages) if pages > 1 else None,
        bold(_("Which of these would you like to do as work?")),
        _("Press them, then Done. Or write their numbers."),
        buttons=[*_list(talking), turning, *_moving(talking)],
    )


def offer_suggestions(talking: Talking) -> Screen:
    """Offer three occupations, each with the reason; where nothing was chosen, the list and a person."""
    _, talk = talking.translate, talking.talk
    suggested = talking.everyday.suggest(talk.chosen, talk.liked)
    if not suggested:
        return _nothing_chosen(talking)
    rows: list[Text | str] = []
    for n, one in enumerate(suggested, start=1):
        rows += [(bold(f"{n}. {_title(talking, one)}"),), _reason(talking, one)]
    return screen(
        _("What you do is real work. It may be called:"),
        *rows,
        _("Press the one that fits best. You can change it later."),
        buttons=[
            *([Button(_title(talking, one), PickOccupation(one.code))] for one in suggested),
            *_other_ways(talking),
        ],
    )


def _nothing_chosen(talking: Talking) -> Screen:
    _ = talking.translate
    return screen(
        _("That is all right. Everybody can do something. Sometimes it is easier to find out together."),
        _("A counsellor can help you. You can also look through the list of occupations."),
        buttons=_other_ways(talking),
    )


def unclear(talking: Talking) -> Screen:
    """Explain with an example what can be written; after the second time in a row offer to leave it, or a person."""
    _, talk = talking.translate, talking.talk
    again = talk.misses > 1
    asks_numbers = talk.step not in (PLACES, ACTIVITIES)
    return screen(
        _("I did not understand that. Write a number from the list, for example: 3.")
        if asks_numbers
        else _("I did not understand that. Write it simply, for example: I cooked and sewed. Or press what is true."),
        _("You can leave this question out, or ask a counsellor to help.") if again else None,
        buttons=[*_list(talking), *([[to_counsellor(_)]] if again else []), *_moving(talking)],
    )


def enough_places(_: Translate) -> Toast:
    """Tell why a fourth place is not taken."""
    return Toast(_("Three places are enough. To change one, press it again first."))


def done_label(_: Translate) -> str:
    """Give the word on the button that ends a list: typing it does the same."""
    return _.within("button", "Done")


def listed(talking: Talking) -> list[str]:
    """Give what the open list holds, all pages of it, in the order of its numbers."""
    talk, everyday = talking.talk, talking.everyday
    match talk.step:
        case "places":
            return list(everyday.places)
        case "activities":
            return list(everyday.activities(talk.shown))
        case "wishes":
            return list(talk.chosen)
    return [one.code for one in everyday.suggest(talk.chosen, talk.liked)]


def labels(talking: Talking) -> list[str]:
    """Give the words for what the open list holds."""
    _ = talking.translate
    if talking.talk.step == "suggestions":
        return [talking.occupations.title(code, _.language) for code in listed(talking)]
    return [talking.everyday.label(key, _.language) for key in listed(talking)]


def _title(talking: Talking, suggestion: Suggestion) -> str:
    return talking.occupations.title(suggestion.code, talking.translate.language)


def _reason(talking: Talking, suggestion: Suggestion) -> str:
    _ = talking.translate
    said = [inside(talking.everyday.label(one, _.language)) for one in suggestion.because[:REASONS]]
    return _("You can {activities}.", activities=_.listed(said))


def _read_back(talking: Talking) -> Text | None:
    """Read back what was chosen last, so that whoever typed sees what was understood."""
    _, chosen = talking.translate, talking.talk.chosen
    if not chosen:
        return None
    last = talking.everyday.own_words(chosen[-READ_BACK:], _.language, TEXT_LIMIT)
    return _.fact(_("Chosen"), last if len(chosen) <= READ_BACK else f"… {last}")


def _list(talking: Talking) -> Iterable[Sequence[Button]]:
    """Give the buttons of the open list, numbered, with a mark on what is chosen; below them the one that ends it."""
    _, talk = talking.translate, talking.talk
    if talk.step == "suggestions":
        return [
            [Button(label, PickOccupation(code))] for code, label in zip(listed(talking), labels(talking), strict=True)
        ]
    marked = {PLACES: talk.places, ACTIVITIES: talk.chosen, WISHES: talk.liked}[talk.step]
    rows = [
        [Button(f"{n}. {label}{' ✓' if key in marked else ''}", _toggle(talk, key))]
        for n, (key, label) in enumerate(zip(listed(talking), labels(talking), strict=True), start=1)
    ]
    if talk.step == WISHES:
        rows = rows[talk.at * PAGE : (talk.at + 1) * PAGE]
    return [*rows, [Button(done_label(_), DoneWithList(talk.shown))]]


def _toggle(talk: Talk, key: str) -> Action:
    kinds = {PLACES: TogglePlace, ACTIVITIES: ToggleActivity, WISHES: ToggleWish}
    return kinds[talk.step](key)


def _pages(talk: Talk) -> int:
    return max(1, -(-len(talk.chosen) // PAGE))


def _other_ways(talking: Talking) -> Iterable[Sequence[Button]]:
    """Give the ways on for whom no suggestion fits."""
    _ = talking.translate
    return [
        [Button(_.within("button", "Show the list"), OpenGroup(""))],
        [Button(_.within("button", "Start over"), TalkAgain())],
        [to_counsellor(_)],
        *_moving(talking),
    ]


def _moving(talking: Talking) -> Iterable[Sequence[Button]]:
    """Give the ways back and out that every list has; somebody registered goes back to what they had."""
    _ = talking.translate
    back = Button(_.within("button", "Back"), BackInTalk(talking.talk.shown))
    if talking.changing:
        return [[back]]
    return [
        [back, Button(_.within("button", "Skip"), SkipQuestion("occupation"))],
        [Button(_.within("button", "Stop for now"), StopForNow())],
    ]
