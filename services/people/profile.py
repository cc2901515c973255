"""The answers of a registration: which fields each question fills, and where they are kept.

An answer that was skipped is None. Name, region and occupation have columns of their own, because audiences are counted
and vacancies matched by them; everything else lies sealed in the profile, with the moment each question was answered.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.tables.people import Person

Answers = Mapping[str, Any]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "place": ("region", "place"),
    "occupation": ("occupation", "occupation_words"),
    "skills": ("skills", "skills_words"),
    "experience": ("experience",),
    "education": ("education",),
    "languages": ("languages",),
    "hours": ("hours",),
    "pay": ("pay",),
    "under_18": ("under_18",),
    "adaptation": ("adaptation",),
}
"""The fields each question fills: text, codes, lists of codes, months (experience), whole currency units a month (pay)."""

SENSITIVE = frozenset({"under_18", "adaptation"})
"""Asked only where a pack turns them on."""

EXPERIENCE = {"none": 0, "under_1": 6, "from_1": 24, "from_3": 48, "from_5": 90, "from_10": 150}
"""What each button for experience means, in months."""

EDUCATION = ("primary", "basic", "secondary", "vocational", "higher")
HOURS = ("full", "part", "shift", "flexible", "remote", "temporary")
ADAPTATION = ("step_free", "sitting", "hearing", "sight", "short_day", "quiet")

SKILLS = (
    "driving_licence_b",
    "driving_licence_c",
    "driving_licence_d",
    "driving_licence_tractor",
    "computer",
    "medical_book",
    "physical_work",
    "own_phone",
)
_CERTIFICATES = (
    ("certificate_welding", ("7212",)),
    ("certificate_electrician", ("7411", "7412", "7413", "3113", "2151")),
    ("certificate_medical", ("22", "32", "532")),
    ("certificate_teaching", ("231", "232", "233", "234", "235")),
    ("certificate_childcare", ("2342", "531")),
    ("certificate_accounting", ("2411", "3313", "431")),
    ("certificate_guard", ("5414",)),
)
"""Papers that only some occupations ask for, by the beginning of the occupation's code."""


def skills_for(occupation: str | None) -> tuple[str, ...]:
    """Give the skills worth asking somebody of this occupation about, its own papers first."""
    own = tuple(paper for paper, codes in _CERTIFICATES if occupation is not None and occupation.startswith(codes))
    return (*own, *SKILLS)


def skills_known() -> tuple[str, ...]:
    """Give every skill there is a name for."""
    return (*(paper for paper, _ in _CERTIFICATES), *SKILLS)


def answers_of(person: Person) -> dict[str, Any]:
    """Give everything a person answered, by field; what was not said is None."""
    kept = (person.profile or {}).get("answers", {})
    columns = {name: getattr(person, name) for name in ("name", "region", "occupation", "occupation_words")}
    return {name: columns[name] if name in columns else kept.get(name) for names in FIELDS.values() for name in names}


def keep(person: Person, question: str, answers: Answers, now: datetime) -> None:
    """Keep a question's answer, and since when it stands."""
    profile = person.profile or {}
    kept, since = dict(profile.get("answers", {})), dict(profile.get("since", {}))
    before = answers_of(person)
    for name in FIELDS[question]:
        value = answers.get(name)
        if name in {"name", "region", "occupation", "occupation_words"}:
            setattr(person, name, value)
        elif value is None:
            kept.pop(name, None)
        else:
            kept[name] = value
    if any(before[name] != answers.get(name) for name in FIELDS[question]):
        since[question] = now.isoformat()
    person.profile = {"answers": kept, "since": since}


def since_when(person: Person, question: str) -> datetime | None:
    """Give the moment a question was last answered differently."""
    written = (person.profile or {}).get("since", {}).get(question)
    return datetime.fromisoformat(written) if written else person.registered_at
