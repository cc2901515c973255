"""What each question is called, what its answers are called, and the profile made of them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from handlers.deletion.actions import DeleteMyData
from handlers.profile.actions import ChangeAnswer
from handlers.sharing.actions import AskForWhom, MakeLink
from handlers.start.actions import OpenMyData
from handlers.start.screens import to_counsellor, to_menu
from services.occupations import Occupations
from services.packs import Pack
from services.screen import Button, Rows, Screen, Text, bold, screen
from services.words import Translate

Answers = Mapping[str, Any]

_TOPICS: dict[str, Callable[[Translate], str]] = {
    "name": lambda _: _.within("answer", "Name"),
    "place": lambda _: _.within("answer", "Place"),
    "occupation": lambda _: _.within("answer", "Work"),
    "skills": lambda _: _.within("answer", "Skills and papers"),
    "experience": lambda _: _.within("answer", "Experience"),
    "education": lambda _: _.within("answer", "Education"),
    "languages": lambda _: _.within("answer", "Languages"),
    "hours": lambda _: _.within("answer", "Kind of work"),
    "pay": lambda _: _.within("answer", "Pay wish"),
    "under_18": lambda _: _.within("answer", "Under 18"),
    "adaptation": lambda _: _.within("answer", "What I need at work"),
}

_OPTIONS: dict[str, Callable[[Translate], str]] = {
    "primary": lambda _: _.within("education", "Primary school"),
    "basic": lambda _: _.within("education", "School, nine years"),
    "secondary": lambda _: _.within("education", "School, all years"),
    "vocational": lambda _: _.within("education", "College or trade school"),
    "higher": lambda _: _.within("education", "University"),
    "none": lambda _: _.within("experience", "None yet"),
    "under_1": lambda _: _.within("experience", "Less than 1 year"),
    "from_1": lambda _: _.within("experience", "1 to 3 years"),
    "from_3": lambda _: _.within("experience", "3 to 5 years"),
    "from_5": lambda _: _.within("experience", "5 to 10 years"),
    "from_10": lambda _: _.within("experience", "More than 10 years"),
    "full": lambda _: _.within("hours", "Full time"),
    "part": lambda _: _.within("hours", "Part time"),
    "shift": lambda _: _.within("hours", "Shifts"),
    "flexible": lambda _: _.within("hours", "Flexible hours"),
    "remote": lambda _: _.within("hours", "From home"),
    "temporary": lambda _: _.within("hours", "For a season or a short time"),
    "certificate_welding": lambda _: _.within("skill", "Welder's certificate"),
    "certificate_electrician": lambda _: _.within("skill", "Electrician's certificate"),
    "certificate_medical": lambda _: _.within("skill", "Medical diploma"),
    "certificate_teaching": lambda _: _.within("skill", "Teaching diploma"),
    "certificate_childcare": lambda _: _.within("skill", "Childcare certificate"),
    "certificate_accounting": lambda _: _.within("skill", "Accounting certificate"),
    "certificate_guard": lambda _: _.within("skill", "Guard's certificate"),
    "driving_licence_b": lambda _: _.within("skill", "Driving licence B (car)"),
    "driving_licence_c": lambda _: _.within("skill", "Driving licence C (lorry)"),
    "driving_licence_d": lambda _: _.within("skill", "Driving licence D (bus)"),
    "driving_licence_tractor": lambda _: _.within("skill", "Tractor licence"),
    "computer": lambda _: _.within("skill", "I work with a computer"),
    "medical_book": lambda _: _.within("skill", "Health book"),
    "physical_work": lambda _: _.within("skill", "I can do heavy work"),
    "own_phone": lambda _: _.within("skill", "I have a smartphone for work"),
    "yes": lambda _: _.within("answer", "Yes"),
    "no": lambda _: _.within("answer", "No"),
    "step_free": lambda _: _.within("adaptation", "No stairs"),
    "sitting": lambda _: _.within("adaptation", "Work while sitting"),
    "hearing": lambda _: _.within("adaptation", "Help with hearing"),
    "sight": lambda _: _.within("adaptation", "Help with sight"),
    "short_day": lambda _: _.within("adaptation", "A shorter day"),
    "quiet": lambda _: _.within("adaptation", "A quiet place"),
}


def topic(_: Translate, question: str) -> str:
    """Name a question in a word or two."""
    return _TOPICS[question](_)


def is_question(name: str) -> bool:
    """Tell whether there is a question of this name."""
    return name in _TOPICS


def option(_: Translate, code: str) -> str:
    """Name an answer that can be picked; a language is named in the reader's."""
    named = _OPTIONS.get(code)
    return named(_) if named else capital(_.language_name(code))


def capital(name: str) -> str:
    """Let a name begin a line."""
    return name[:1].upper() + name[1:]


def value(_: Translate, question: str, answers: Answers, pack: Pack, occupations: Occupations) -> str | None:
    """Read an answer back; None when it was not said."""
    told: dict[str, Callable[[], str | None]] = {
        "name": lambda: answers.get("name"),
        "place": lambda: _place(_, answers, pack),
        "occupation": lambda: _occupation(_, answers, occupations),
        "skills": lambda: _listed(_, answers.get("skills"), answers.get("skills_words")),
        "experience": lambda: _months(_, answers.get("experience")),
        "education": lambda: option(_, answers["education"]) if answers.get("education") else None,
        "languages": lambda: _listed(_, answers.get("languages")),
        "hours": lambda: _listed(_, answers.get("hours")),
        "pay": lambda: _pay(_, answers.get("pay"), pack),
        "under_18": lambda: None if answers.get("under_18") is None else option(_, _yes_no(answers["under_18"])),
        "adaptation": lambda: _listed(_, answers.get("adaptation")),
    }
    return told[question]()


def _yes_no(said: bool) -> str:
    return "yes" if said else "no"


def _place(_: Translate, answers: Answers, pack: Pack) -> str | None:
    if not answers.get("region"):
        return None
    region = pack.region_in_full(answers["region"], _.language)
    return f"{answers['place']}, {region}" if answers.get("place") else region


def _occupation(_: Translate, answers: Answers, occupations: Occupations) -> str | None:
    if not answers.get("occupation"):
        return None
    title, own = occupations.title(answers["occupation"], _.language), answers.get("occupation_words")
    return f"{title} ({own})" if own and own.casefold() != title.casefold() else title


def _listed(_: Translate, codes: Iterable[str] | None, own_words: str | None = None) -> str | None:
    if codes is None and own_words is None:
        return None
    named = [option(_, code) for code in codes or ()] + ([own_words] if own_words else [])
    return _.row(named) if named else _("none of these")


def _months(_: Translate, months: int | None) -> str | None:
    if months is None:
        return None
    if months == 0:
        return _OPTIONS["none"](_)
    years, rest = divmod(months, 12)
    said = [_.many("{n} year", "{n} years", years)] if years else []
    return " ".join([*said, _.many("{n} month", "{n} months", rest)] if rest else said)


def _pay(_: Translate, pay: int | None, pack: Pack) -> str | None:
    return None if pay is None else _("from {amount} a month", amount=_.money(pay, pack.currency))


def facts(_: Translate, answers: Answers, pack: Pack, occupations: Occupations) -> list[Text]:
    """Read every answer back, one line a question, numbered so that typing the number means the line."""
    unsaid = _("not said")
    return [
        _.fact(f"{n}. {topic(_, question)}", value(_, question, answers, pack, occupations) or unsaid)
        for n, question in enumerate(pack.registration.questions, start=1)
    ]


def in_rows(buttons: Iterable[Button]) -> Rows:
    """Set short buttons two in a row."""
    every = tuple(buttons)
    return tuple(every[start : start + 2] for start in range(0, len(every), 2))


def profile(
    _: Translate, answers: Answers, pack: Pack, occupations: Occupations, *, changed: bool, helped: bool
) -> Screen:
    """Show every answer and let each be changed. `helped`: it is the record of somebody whom the reader helps."""
    questions = pack.registration.questions
    return screen(
        _("Changed and saved.") if changed else None,
        bold(_("Your profile")),
        *facts(_, answers, pack, occupations),
        _("What do you want to change? Press it, or write its number."),
        buttons=[
            *in_rows(Button(f"{n}. {topic(_, one)}", ChangeAnswer(one)) for n, one in enumerate(questions, start=1)),
            *(_helping(_) if helped else []),
            [Button(_.within("button", "It is for somebody else"), AskForWhom())],
            [Button(_.within("button", "My data"), OpenMyData())],
            [to_counsellor(_)],
            [to_menu(_)],
        ],
    )


def _helping(_: Translate) -> list[list[Button]]:
    """Give the two ways in which helping ends."""
    return [
        [Button(_.within("button", "Give it to their own phone"), MakeLink())],
        [Button(_.within("button", "They want no help any more"), DeleteMyData())],
    ]
