"""The search, its lists, and the card with the reason why."""

from datetime import date

from handlers.start.actions import OpenAlerts, OpenRegistration, OpenVacancies
from handlers.start.screens import to_counsellor, to_menu
from handlers.vacancies.actions import (
    BackToList,
    ExplainMatching,
    ForgetVacancy,
    OpenVacancy,
    SaveVacancy,
    ShowApply,
    ShowFitting,
    ShowSaved,
    TurnResults,
)
from services.packs import Pack
from services.screen import LABEL_LIMIT, Button, Screen, Text, bold, lines, screen
from services.vacancies.desk import PAGE, Card, Results
from services.vacancies.matching import WEIGHTS
from services.words import Translate
from storage.tables.vacancies import Vacancy


def clipped(label: str) -> str:
    """Cut a label to what a small phone shows."""
    return label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1].rstrip() + "…"


def ask_words(_: Translate, *, registered: bool) -> Screen:
    """Ask what to look for."""
    first = (
        [Button(_.within("button", "What fits me"), ShowFitting())]
        if registered
        else [Button(_.within("button", "Register"), OpenRegistration())]
    )
    return screen(
        bold(_("What work are you looking for?")),
        _("Write one or two words, for example: cook, driver, accountant."),
        None if registered else _("When you are registered, I can tell you which vacancies fit you."),
        buttons=[
            first,
            [Button(_.within("button", "My saved vacancies"), ShowSaved())],
            [to_menu(_)],
        ],
    )


def found(_: Translate, results: Results, words: str, *, registered: bool) -> Screen:
    """List what was found by words."""
    if not results.total:
        return nothing_found(_, registered=registered)
    return listed(_, results, _("Vacancies: {words}", words=words))


def fitting(_: Translate, results: Results) -> Screen:
    """List what fits the profile."""
    return listed(_, results, _("What fits you")) if results.total else nothing_fits(_)


def saved(_: Translate, results: Results) -> Screen:
    """List what the person keeps."""
    return listed(_, results, _("My saved vacancies")) if results.total else nothing_saved(_)


def listed(_: Translate, results: Results, title: str) -> Screen:
    """List one page, with the honest total and a button for each vacancy."""
    first = results.page * PAGE + 1
    last = first + len(results.vacancies) - 1
    numbered = list(enumerate(results.vacancies, start=first))
    turning = []
    if results.page > 0:
        turning.append(Button(_.within("button", "Previous"), TurnResults(results.page - 1)))
    if results.page < results.pages - 1:
        turning.append(Button(_.within("button", "Next"), TurnResults(results.page + 1)))
    return screen(
        bold(title),
        _("{first}–{last} of {total}", first=first, last=last, total=_.number(results.total)),
        *(_row(_, number, vacancy) for number, vacancy in numbered),
        "",
        _("Press a vacancy to read it. Or write other words to search again."),
        buttons=[
            *(
                [Button(clipped(f"{number}. {vacancy.title}"), OpenVacancy(vacancy.id or 0))]
                for number, vacancy in numbered
            ),
            turning,
            [Button(_.within("button", "New ones once a day"), OpenAlerts())],
            [to_menu(_)],
        ],
    )


def _row(_: Translate, number: int, vacancy: Vacancy) -> Text:
    offered = pay(_, vacancy.pay_min, vacancy.pay_max, vacancy.currency, vacancy.pay_period)
    return lines("", (f"{number}. ", bold(vacancy.title)), f"{vacancy.employer}, {vacancy.place}", offered)


def nothing_found(_: Translate, *, registered: bool) -> Screen:
    """Say that nothing was found, and what may help."""
    fitting_too = [[Button(_.within("button", "What fits me"), ShowFitting())]] if registered else []
    return screen(
        _("I found no vacancy for these words."),
        _("Try one shorter or more usual word, for example: cook instead of chef de partie."),
        buttons=[*fitting_too, [to_counsellor(_)], [to_menu(_)]],
    )


def nothing_fits(_: Translate) -> Screen:
    """Say that nothing fits the profile now, and what may help."""
    return screen(
        _("Nothing fits your answers right now."),
        _("Search by a word, or change your answers."),
        buttons=[
            [Button(_.within("button", "Search"), OpenVacancies())],
            [Button(_.within("button", "Change my answers"), OpenRegistration())],
            [to_counsellor(_)],
            [to_menu(_)],
        ],
    )


def nothing_saved(_: Translate) -> Screen:
    """Say that nothing is kept yet."""
    return screen(
        _("You have saved no vacancy yet. Press Save under a vacancy to find it here."),
        buttons=[[Button(_.within("button", "Find work"), OpenVacancies())], [to_menu(_)]],
    )


def card(_: Translate, shown: Card, pack: Pack, occupation: str) -> Screen:
    """Show a vacancy with why it fits. Every line says what the source said, or that it said nothing."""
    vacancy = shown.vacancy
    terms = [part for part in (hours(_, vacancy.hours), contract(_, vacancy.contract)) if part]
    keep = (
        Button(_.within("button", "Saved: remove"), ForgetVacancy(vacancy.id or 0))
        if shown.saved
        else Button(_.within("button", "Save"), SaveVacancy(vacancy.id or 0))
    )
    return screen(
        bold(vacancy.title),
        vacancy.employer,
        _place(_, vacancy, pack),
        pay(_, vacancy.pay_min, vacancy.pay_max, vacancy.currency, vacancy.pay_period),
        _.row(terms) or None,
        _("Open to people with disabilities") if vacancy.disability_friendly else None,
        _closing(_, vacancy, shown.today),
        "",
        vacancy.description,
        "",
        *why(_, shown, pack, occupation),
        "",
        _("Source: {source}, number {number}", source=_source(_, vacancy), number=vacancy.source_id),
        buttons=[
            [Button(_.within("button", "How to apply"), ShowApply(vacancy.id or 0)), keep],
            [Button(_.within("button", "Back to the list"), BackToList())],
            [Button(_.within("button", "How matching works"), ExplainMatching())],
            [to_counsellor(_, f"v{vacancy.id}")],
            [to_menu(_)],
        ],
    )


def _place(_: Translate, vacancy: Vacancy, pack: Pack) -> str:
    if vacancy.region is None:
        return vacancy.place
    return f"{vacancy.place}, {pack.region_in_full(vacancy.region, _.language)}"


def _source(_: Translate, vacancy: Vacancy) -> str:
    return _("sample vacancies") if vacancy.source == "sample" else vacancy.source


def _closing(_: Translate, vacancy: Vacancy, today: date) -> str | None:
    if vacancy.closed_at is not None or (vacancy.closes_on is not None and vacancy.closes_on < today):
        on = vacancy.closed_at.date() if vacancy.closed_at else vacancy.closes_on or today
        return _("This vacancy closed on {day}.", day=_.day(on))
    if vacancy.closes_on is None:
        return None
    left = (vacancy.closes_on - today).days
    if left == 0:
        return _("Closes today.")
    days = _.many("{n} day left", "{n} days left", left)
    return _("Closes on {day}: {days}.", day=_.day(vacancy.closes_on), days=days)


def why(_: Translate, shown: Card, pack: Pack, occupation: str) -> list[str]:
    """Give the reason why: what fits, what is missing, what we cannot tell."""
    region = pack.region_in_full(shown.vacancy.region, _.language) if shown.vacancy.region else shown.vacancy.place

    def worded(codes: tuple[str, ...]) -> str:
        return _.listed([point(_, code, occupation, region) for code in codes])

    rows = []
    if shown.fit.fits:
        rows.append(_("Fits: {points}.", points=worded(shown.fit.fits)))
    if shown.fit.missing:
        rows.append(_("Missing: {points}.", points=worded(shown.fit.missing)))
    if shown.fit.unknown:
        rows.append(_("Unknown: {points}.", points=worded(shown.fit.unknown)))
    return rows


def apply(_: Translate, vacancy: Vacancy) -> Screen:
    """Tell how to apply, and warn against those who ask for money."""
    return screen(
        bold(vacancy.title),
        vacancy.apply,
        "",
        _("Nobody may ask you for money for a job. If somebody does, tell a counsellor."),
        buttons=[
            [Button(_.within("button", "Back to the vacancy"), OpenVacancy(vacancy.id or 0))],
            [to_counsellor(_, f"v{vacancy.id}")],
            [to_menu(_)],
        ],
    )


def gone(_: Translate) -> Screen:
    """Say that a vacancy does not exist any more."""
    return screen(
        _("This vacancy is no longer here."),
        buttons=[[Button(_.within("button", "Find work"), OpenVacancies())], [to_menu(_)]],
    )


def explain_matching(_: Translate) -> Screen:
    """Show the rules and their weights, so that anybody can reckon an order again."""
    names = {
        "occupation": _("your work"),
        "near_occupation": _("work close to yours"),
        "same_field": _("the same field of work"),
        "region": _("in your region"),
        "remote": _("work from home"),
        "no_experience": _("no experience needed"),
    }
    return screen(
        bold(_("How matching works")),
        _("Each point that fits adds this much. The vacancy with the most comes first."),
        *(f"{names[code]}: {_.number(weight)}" for code, weight in WEIGHTS.items()),
        "",
        _("Age, sex, nationality and origin are never looked at. What we did not ask you is shown as unknown."),
        buttons=[[Button(_.within("button", "Find work"), OpenVacancies())], [to_counsellor(_)], [to_menu(_)]],
    )


def point(_: Translate, code: str, occupation: str, region: str) -> str:
    """Word one point of a fit; `occupation` and `region` are the vacancy's own."""
    if code.startswith("need:"):
        return need(_, code.removeprefix("need:"))
    words = {
        "occupation": _("your work"),
        "near_occupation": _("work close to yours"),
        "same_field": _("the same field of work"),
        "other_occupation": _("it is other work: {occupation}", occupation=occupation),
        "occupation_unknown": _("whether it is your work"),
        "region": _("in your region"),
        "other_region": _("it is in another region: {region}", region=region),
        "region_unknown": _("how far it is for you"),
        "remote": _("work from home"),
        "no_experience": _("no experience needed"),
        "pay": _("pay"),
    }
    return words[code]


def need(_: Translate, code: str) -> str:
    """Word something a vacancy asks for."""
    words = {
        "certificate_accounting": _("accounting certificate"),
        "certificate_childcare": _("childcare certificate"),
        "certificate_electrician": _("electrician's certificate"),
        "certificate_guard": _("guard's certificate"),
        "certificate_medical": _("medical diploma"),
        "certificate_teaching": _("teaching diploma"),
        "certificate_welding": _("welding certificate"),
        "computer": _("computer skills"),
        "driving_licence_b": _("driving licence B"),
        "driving_licence_c": _("driving licence C"),
        "driving_licence_d": _("driving licence D"),
        "driving_licence_tractor": _("tractor licence"),
        "english": _("English"),
        "kazakh": _("Kazakh"),
        "medical_book": _("medical record book"),
        "physical_work": _("heavy physical work"),
        "russian": _("Russian"),
        "shift_work": _("shift work"),
        "own_phone": _("own phone"),
    }
    return words[code]


def hours(_: Translate, code: str | None) -> str | None:
    """Word the working hours."""
    words = {
        "full": _("full time"),
        "part": _("part time"),
        "shift": _("shifts"),
        "flexible": _("flexible hours"),
    }
    return words.get(code or "")


def contract(_: Translate, code: str | None) -> str | None:
    """Word the kind of contract."""
    words = {"permanent": _("permanent"), "temporary": _("temporary"), "seasonal": _("seasonal")}
    return words.get(code or "")


def pay(_: Translate, low: int | None, high: int | None, currency: str | None, period: str | None) -> str:
    """Word the pay as offered; what was not stated is said to be so."""
    if (low is None and high is None) or currency is None:
        return _("pay not stated")
    if low is not None and high is not None and low != high:
        amount = _("{low} to {high}", low=_.number(low), high=_.money(high, currency))
    elif high is None:
        amount = _("from {amount}", amount=_.money(low or 0, currency))
    elif low is None:
        amount = _("up to {amount}", amount=_.money(high, currency))
    else:
        amount = _.money(high, currency)
    return _("{amount} an hour", amount=amount) if period == "hour" else _("{amount} a month", amount=amount)
