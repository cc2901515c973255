"""Is a pack's content fit to show? Each check looks at one thing and says how to mend it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from services.pack_models import SHORT_ANSWER_LIMIT, Answer, AnswerText, Pack, PackFault
from services.samples import FILE, SampleVacancy

REVIEW_EVERY = timedelta(days=365)
WARN_BEFORE_EXPIRY = timedelta(days=14)
LONGEST_SENTENCE = 15
LONGEST_NAME = 3
"""A text of more words than this is no mere name: the same in two languages, it was most likely left untranslated."""

SCRIPTS = {"en": "LATIN", "es": "LATIN", "fr": "LATIN", "ru": "CYRILLIC", "kk": "CYRILLIC", "ar": "ARABIC"}
"""The script of each language, as Unicode names it; a language that is not here is not checked for its letters."""

_FOREIGN_NAME = re.compile(r"\([^()]*\)|«[^«»]*»|\S+\.\S+")
"""What may stand in another script: a word in brackets, a name in quotation marks, an address."""

_ENDS = (".", "!", "?", ":", "…", "؟", "۔", "。", "！", "？", "।")
_CLOSING = "»”“\"’')"
_PARTS = ("question", "short", "amount", "steps", "documents", "where", "deadline")


def content_faults(pack: Pack, today: date) -> list[PackFault]:
    """Faults of the pack itself, its regions, calendar and answers."""
    return [
        *_language_faults(pack),
        *_region_faults(pack),
        *_holiday_faults(pack, today),
        *(fault for answer in pack.answers for fault in _answer_faults(pack, answer, today)),
    ]


def sample_faults(pack: Pack, samples: Sequence[SampleVacancy], codes: Collection[str] | None) -> list[PackFault]:
    """Faults of the sample vacancies; occupation codes are checked where a catalogue is known."""
    shown = f"{pack.folder.parent.name}/{pack.folder.name}/{FILE}"
    regions = {region.code for region in pack.regions}
    faults = [_twice(shown, "id", doubled) for doubled in _doubled(sample.id for sample in samples)]
    for sample in samples:
        if sample.region not in regions:
            faults.append(_sample_fault(shown, sample, f"unknown region {sample.region}", "use a code of regions.yaml"))
        if codes is not None and sample.occupation not in codes:
            what = f"unknown occupation {sample.occupation}"
            faults.append(_sample_fault(shown, sample, what, "use a code of locales/occupations"))
    return faults


def _sample_fault(shown: str, sample: SampleVacancy, what: str, mend: str) -> PackFault:
    return PackFault(shown, None, f"{sample.id}: {what}", mend)


def _language_faults(pack: Pack) -> Iterator[PackFault]:
    shown = _shown(pack, "pack.yaml")
    yield from _names_faults(pack, shown, "names", pack.names)
    yield from _names_faults(pack, shown, "language_names", pack.language_names)
    yield from _names_faults(pack, shown, "office.names", pack.office.names)
    yield from _names_faults(pack, shown, "office.introduction", pack.office.introduction)
    yield from _names_faults(pack, shown, "privacy.stored", pack.privacy.stored)
    yield from _names_faults(pack, shown, "privacy.stop", pack.privacy.stop)
    for purpose in pack.purposes:
        yield from _names_faults(pack, shown, f"purpose {purpose.key}.names", purpose.names)
        yield from _names_faults(pack, shown, f"purpose {purpose.key}.texts", purpose.texts)
        if purpose.law is not None:
            yield from _names_faults(pack, shown, f"purpose {purpose.key}.law", purpose.law.names)
    for hotline in pack.hotlines:
        yield from _names_faults(pack, shown, f"hotline {hotline.number}", hotline.names)
    for link in pack.links:
        yield from _names_faults(pack, shown, f"link {link.key}", link.names)
    for key, names in pack.categories.items():
        yield from _names_faults(pack, shown, f"category {key}", names)


def _region_faults(pack: Pack) -> Iterator[PackFault]:
    shown = _shown(pack, "regions.yaml")
    yield from (_twice(shown, "region code", code) for code in _doubled(region.code for region in pack.regions))
    for region in pack.regions:
        for part in ("names", "short", "town"):
            yield from _names_faults(pack, shown, f"{region.code}.{part}", getattr(region, part))


def _holiday_faults(pack: Pack, today: date) -> Iterator[PackFault]:
    shown = _shown(pack, "holidays.yaml")
    yield from _names_faults(pack, shown, "source", pack.holiday_source.names)
    yield from (_twice(shown, "day", day) for day in _doubled(str(holiday.on) for holiday in pack.holidays))
    for holiday in pack.holidays:
        yield from _names_faults(pack, shown, f"holiday {holiday.on}", holiday.names)
        if holiday.on.year not in pack.holiday_years:
            yield PackFault(shown, None, f"{holiday.on} lies outside the years entered", "add the year to `years`")
    if not pack.calendar_covers(today):
        yield PackFault(shown, None, f"no calendar for {today.year}", "enter the year's holidays", "warning")


def _answer_faults(pack: Pack, answer: Answer, today: date) -> Iterator[PackFault]:
    shown = _shown(pack, f"answers/{answer.slug}/answer.yaml")
    if answer.category not in pack.categories:
        what = f"unknown category '{answer.category}'"
        yield PackFault(shown, None, what, "use one of pack.yaml's categories: " + ", ".join(pack.categories))
    for language in pack.languages:
        if language not in answer.texts:
            yield PackFault(shown, None, f"no text in '{language}'", f"write {language}.md beside this file")
    yield from _names_faults(pack, shown, "law", answer.law.names)
    if answer.law.paragraph is not None:
        yield from _names_faults(pack, shown, "law.paragraph", answer.law.paragraph)
    yield from _names_faults(pack, shown, "source", answer.source.names)
    yield from _date_faults(shown, answer, today)
    for part in _PARTS:
        yield from _twin_faults(pack, shown, part, {name: _part(text, part) for name, text in answer.texts.items()})
    for language in answer.texts:
        yield from _text_faults(pack, answer, language)


def _date_faults(shown: str, answer: Answer, today: date) -> Iterator[PackFault]:
    if answer.valid_to is not None and answer.valid_to < today:
        yield PackFault(shown, None, f"expired on {answer.valid_to}; it is not shown", "review it or remove it")
    elif answer.valid_to is not None and answer.valid_to - today <= WARN_BEFORE_EXPIRY:
        what = f"expires on {answer.valid_to}; its owner is {answer.owner}"
        yield PackFault(shown, None, what, "review it and move valid_to", "warning")
    if today - answer.last_reviewed > REVIEW_EVERY:
        what = f"last reviewed on {answer.last_reviewed}; its owner is {answer.owner}"
        yield PackFault(shown, None, what, "compare it with its source and move last_reviewed", "warning")
    for name, day in (("last_reviewed", answer.last_reviewed), ("source.dated", answer.source.dated)):
        if day > today:
            yield PackFault(shown, None, f"{name} lies in the future: {day}", "correct the date")


def _text_faults(pack: Pack, answer: Answer, language: str) -> Iterator[PackFault]:
    shown, text = _shown(pack, f"answers/{answer.slug}/{language}.md"), answer.texts[language]
    if language not in pack.languages:
        yield PackFault(shown, None, f"'{language}' is not offered by this pack", "add it to languages or remove it")
    if len(text.short) > SHORT_ANSWER_LIMIT:
        what = f"the short answer has {len(text.short)} characters"
        yield PackFault(shown, None, what, f"shorten it to {SHORT_ANSWER_LIMIT}, or move parts into sections")
    if len(text.variants) < 3:
        yield PackFault(shown, None, "fewer than three variants", "add ways in which people really ask", "warning")
    for part in _PARTS:
        yield from _script_faults(shown, part, _part(text, part), language)
    for sentence in sentences(text.short):
        if _length(sentence) > LONGEST_SENTENCE:
            yield PackFault(shown, None, f"a long sentence: {sentence[:40]}…", "split it in two", "warning")


def sentences(text: str) -> list[str]:
    """The sentences of a plain text in any language; a full stop inside a web address ends none."""
    parts: list[str] = [""]
    for word in text.split():
        parts[-1] = f"{parts[-1]} {word}".strip()
        if word.rstrip(_CLOSING).endswith(_ENDS):
            parts.append("")
    return [part for part in parts if part]


def _shown(pack: Pack, name: str) -> str:
    return f"{pack.folder.parent.name}/{pack.folder.name}/{name}"


def _length(text: str) -> int:
    """How many words a text has; a dash or a French question mark between spaces is none."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def _part(text: AnswerText, part: str) -> str:
    """A part of an answer as one text. The variants are none of them: people may type them in any script."""
    content: str | tuple[str, ...] = getattr(text, part)
    return content if isinstance(content, str) else "\n".join(content)


def _names_faults(pack: Pack, shown: str, what: str, names: Mapping[str, str]) -> Iterator[PackFault]:
    """Look at a text in every language: it is there, in its own letters, and not merely copied from another one."""
    for language in pack.languages:
        if language not in names:
            yield PackFault(shown, None, f"{what}: no text in '{language}'", f"add the line `{language}: …`")
        else:
            yield from _script_faults(shown, what, names[language], language)
    yield from _twin_faults(pack, shown, what, names)


def _script_faults(shown: str, what: str, text: str, language: str) -> Iterator[PackFault]:
    script = SCRIPTS.get(language)
    letters = [letter for letter in _FOREIGN_NAME.sub(" ", text) if letter.isalpha()]
    if script is None or not letters:
        return
    own = sum(unicodedata.name(letter, "").startswith(script) for letter in letters)
    if own * 2 <= len(letters):
        told = f"{what}: the text in '{language}' is not in {script.capitalize()} letters"
        yield PackFault(shown, None, told, "write it in this language; put foreign names into brackets or «»")


def _twin_faults(pack: Pack, shown: str, what: str, names: Mapping[str, str]) -> Iterator[PackFault]:
    offered = [language for language in pack.languages if language in names]
    for one, other in combinations(offered, 2):
        if names[one] == names[other] and _length(names[one]) > LONGEST_NAME:
            told = f"{what}: the texts in '{one}' and '{other}' are the same"
            yield PackFault(shown, None, told, "translate one of them", "warning")


def _doubled(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _twice(shown: str, kind: str, key: str) -> PackFault:
    return PackFault(shown, None, f"the {kind} {key} appears twice", "remove or rename one of them")
