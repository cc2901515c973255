"""Answers about income support: always with their source, its date, and the way to a human."""

from handlers.benefits.actions import OpenAnswer
from handlers.start.actions import AskCounsellor, OpenBenefits
from handlers.start.screens import to_counsellor, to_menu
from handlers.vacancies.screens import clipped
from services.packs import Answer, Pack
from services.screen import Button, Screen, Text, bold, lines, link, screen
from services.words import Translate

UNANSWERED = "q"
"""What a request for a counsellor is about when the typed question had no answer."""


def menu(_: Translate, answers: list[Answer], pack: Pack) -> Screen:
    """List every question."""
    numbered = list(enumerate((question(answer, pack, _) for answer in answers), start=1))
    return screen(
        bold(_("Money while you are out of work")),
        _("Choose a question, or write your own."),
        *(f"{number}. {text}" for number, text in numbered),
        buttons=[
            *(
                [Button(clipped(f"{number}. {text}"), OpenAnswer(answer.slug))]
                for (number, text), answer in zip(numbered, answers, strict=True)
            ),
            [to_counsellor(_)],
            [to_menu(_)],
        ],
    )


def question(answer: Answer, pack: Pack, _: Translate) -> str:
    """Give an answer's question in the person's language."""
    return answer.texts[pack.language_shown(answer.texts, _.language)].question


def answer(_: Translate, shown: Answer, pack: Pack) -> Screen:
    """Show an answer with everything it rests on."""
    text = shown.texts[pack.language_shown(shown.texts, _.language)]
    return screen(
        bold(text.question),
        text.short,
        _section(_("How much"), text.amount),
        _section(_("What to do"), text.steps),
        _section(_("Papers"), text.documents),
        _section(_("Where"), text.where),
        _section(_("Until when"), text.deadline),
        "",
        *_basis(_, shown, pack),
        buttons=[
            [Button(_.within("button", "Other questions"), OpenBenefits())],
            [to_counsellor(_, f"b{shown.slug}")],
            [to_menu(_)],
        ],
    )


def _section(heading: str, rows: tuple[str, ...]) -> Text | None:
    if not rows:
        return None
    return lines("", bold(heading), *(f"{number}. {row}" for number, row in enumerate(rows, start=1)))


def _basis(_: Translate, shown: Answer, pack: Pack) -> list[Text | str]:
    """Name the law, the source with its date, and how sure we are."""
    law = pack.wording(shown.law.names, _.language)
    paragraph = pack.wording(shown.law.paragraph, _.language) if shown.law.paragraph else ""
    source = pack.wording(shown.source.names, _.language)
    rows: list[Text | str] = [
        (_("Law:"), " ", link(f"{law}, {paragraph}" if paragraph else law, shown.law.address)),
        (_("Source:"), " ", link(source, shown.source.address), ", ", _.day(shown.source.dated)),
        _("Checked by us on {day}.", day=_.day(shown.last_reviewed)),
    ]
    if shown.reliability in {"N", "S"}:
        rows.append(
            _("This comes from a report, not from the law itself. Ask the career centre before you rely on it.")
        )
    return rows


def candidates(_: Translate, answers: list[Answer], pack: Pack) -> Screen:
    """Offer what the question may mean."""
    return screen(
        _("Is one of these your question?"),
        buttons=[
            *([Button(clipped(question(one, pack, _)), OpenAnswer(one.slug))] for one in answers),
            [Button(_.within("button", "None of these"), AskCounsellor(UNANSWERED))],
            [to_menu(_)],
        ],
    )


def no_answer(_: Translate) -> Screen:
    """Say honestly that we do not know, and offer a human who gets the question."""
    return screen(
        _("I have no checked answer to that. Shall a counsellor answer it?"),
        buttons=[
            [Button(_.within("button", "Send it to a counsellor"), AskCounsellor(UNANSWERED))],
            [Button(_.within("button", "Other questions"), OpenBenefits())],
            [to_menu(_)],
        ],
    )


def outdated(_: Translate) -> Screen:
    """Say that an answer is no longer valid."""
    return screen(
        _("The rule has changed. Please ask a counsellor."),
        buttons=[[to_counsellor(_)], [Button(_.within("button", "Other questions"), OpenBenefits())], [to_menu(_)]],
    )
