"""The documents, held against the program: what they list is what there is, and what they point at exists."""

import inspect
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast, get_args

import pytest
import typer
from pydantic import BaseModel

from bot.__main__ import app
from bot.schedule import Schedule
from bot.settings import Settings
from bot.turn import PAUSES, reference
from services import pack_models, packs, samples
from services.pack_files import SECTIONS
from services.pack_lint import LONGEST_SENTENCE, REVIEW_EVERY, WARN_BEFORE_EXPIRY
from storage import faults
from storage.queries.health import COUNTS
from storage.sealed import Sealed
from storage.tables.all import METADATA
from tests import docs_map
from tests.house import PRODUCT
from tests.test_house import written
from tests.test_jobline import loaded

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
PARTS = ["Summary", "Context", "Decision", "Consequences", "Deviations", "Open questions"]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def sections(text: str, level: int) -> dict[str, str]:
    """Every section under a heading of this level: its heading without backticks, and its text."""
    text = re.sub(r"```.*?```", lambda fence: fence[0].replace("\n#", "\n #"), text, flags=re.DOTALL)
    parts = re.split(rf"^#{{{level}}} (.+)$", text, flags=re.MULTILINE)[1:]
    bodies = [re.split(rf"^#{{1,{level}}} ", body, maxsplit=1, flags=re.MULTILINE)[0] for body in parts[1::2]]
    return dict(zip((one.strip("`") for one in parts[::2]), bodies, strict=True))


def rows(text: str) -> list[list[str]]:
    """The cells of every table in a text, without heads and without rules."""
    lines = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    heads = [text.splitlines()[at - 1] for at, line in enumerate(text.splitlines()) if line.startswith("|---")]
    return [[cell.strip(" |") for cell in one] for one in lines if "|" + " | ".join(one) + "|" not in heads]


def ticked(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def under(name: str, heading: str) -> str:
    return sections(read(name), 2)[heading]


# ------------------------------------------------------------------------------------------------- what is generated


def test_the_map_of_conversations_is_todays() -> None:
    assert docs_map.PAGE.read_text("utf-8") == docs_map.page(), "run: python -m tests.docs_map"


def test_the_transcript_in_the_readme_is_todays() -> None:
    readme = docs_map.README.read_text("utf-8")

    assert readme == docs_map.with_quote(readme), "run: python -m tests.docs_map"


def test_what_doctor_holds_the_data_against_is_todays() -> None:
    operating = docs_map.OPERATING.read_text("utf-8")

    assert operating == docs_map.with_invariants(operating), "run: python -m tests.docs_map"


def test_a_quotation_that_differs_is_noticed() -> None:
    readme = docs_map.README.read_text("utf-8")
    said = "you: /start\n"

    assert said in readme
    assert docs_map.with_quote(readme.replace(said, "you: /begin\n")) == readme


def test_a_text_without_a_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="quoted"):
        docs_map.with_quote("# Jobline\n")
    with pytest.raises(ValueError, match="listed"):
        docs_map.with_invariants("# Operating\n")


# -------------------------------------------------------------------------------------------------------- operating


def test_every_setting_is_explained_with_its_default() -> None:
    settings = sections(under("docs/operating.md", "Settings"), 3)

    assert settings.keys() == {f"JOBLINE_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = written(field.default)
        assert (f"Default: `{default}`" if default else "Default: none") in settings[f"JOBLINE_{name.upper()}"], name


def test_every_verb_is_explained_with_its_options() -> None:
    verbs = sections(under("docs/operating.md", "Verbs"), 3)
    commands = cast("Any", typer.main.get_command(app)).commands

    assert verbs.keys() == commands.keys() | loaded().own_verbs().keys()
    for name, command in commands.items():
        options = {spelt for one in command.params for spelt in one.opts if spelt.startswith("--")}
        named = {word for tick in ticked(verbs[name]) for word in re.findall(r"--[a-z-]+", tick)}
        assert named == options, name


def test_every_metric_is_explained() -> None:
    listed = [row[0].strip("`") for row in rows(under("docs/operating.md", "Health and metrics"))]

    assert listed == [f"jobline_{name}" for name in COUNTS]


def test_every_event_of_the_log_is_explained() -> None:
    listed = {(row[0].strip("`"), row[1]) for row in rows(under("docs/operating.md", "The log"))}
    code = "".join(path.read_text("utf-8") for name in PRODUCT for path in (ROOT / name).rglob("*.py"))
    logged = re.findall(r"\blog\.(\w+)\(\s*\"(\w+)\"", code)

    assert listed == {(event, level) for level, event in logged}


def test_every_job_is_listed_with_its_interval() -> None:
    nothing = cast("Any", None)
    jobs = Schedule(nothing, nothing, digests=nothing, unfinished=nothing, erasure=nothing).jobs()
    table = under("docs/operating.md", "The parts").split("| job |")[1]

    assert [(row[0].strip("`"), row[1]) for row in rows(table)] == [
        (name, f"{seconds} s") for name, (seconds, _) in jobs.items()
    ]


def test_codes_look_as_they_are_shown() -> None:
    assert f"`{reference(6)}`" in under("docs/operating.md", "Codes")


# ----------------------------------------------------------------------------------------------------- architecture


def test_every_table_says_whose_data_it_holds() -> None:
    expected = []
    for table in sorted(METADATA.tables.values(), key=lambda one: one.name):
        owner, nobody = table.info.get("person"), table.info.get("nobody")
        sealed = ", ".join(f"`{column.name}`" for column in table.columns if isinstance(column.type, Sealed))
        whose = ["a person's", f"`{owner}`"] if owner else [f"nobody's: {nobody}", ""]
        expected.append([f"`{table.name}`", *whose, sealed])

    assert rows(under("docs/architecture.md", "Personal data")) == expected


def test_every_fault_point_is_listed_in_order() -> None:
    listed = [row[0].strip("`") for row in rows(under("docs/architecture.md", "Fault points"))]

    assert tuple(listed) == faults.POINTS
    assert f"`{faults.TEXT_POINT}TEXT:raise`" in under("docs/architecture.md", "Fault points")


def test_every_import_contract_is_named() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = under("docs/architecture.md", "Layers")

    assert re.findall(r"^- (.+)$", layers, re.MULTILINE) == [one["name"] for one in contracts]
    assert "\n".join(contracts[0]["layers"]) in layers


def test_what_the_courier_tells_services_is_listed() -> None:
    kinds = re.search(r"internal=\{(.*?)\}", read("bot/wiring.py"), re.DOTALL)
    assert kinds is not None

    assert set(re.findall(r"\"([\w:]+)\":", kinds[1])) <= ticked(under("docs/architecture.md", "A letter"))


def test_the_pauses_between_tries_are_told() -> None:
    shown = [f"{pause:g}" for pause in PAUSES[1:]]

    assert f"{', '.join(shown[:-1])} and {shown[-1]} seconds" in read("docs/architecture.md")


# ---------------------------------------------------------------------------------------------------------- content


def keys_of(*models: type[BaseModel]) -> set[str]:
    return {name for model in models for name in model.model_fields}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (
            "pack.yaml",
            keys_of(pack_models.Pack, pack_models.Office, pack_models.Hotline, pack_models.Link, pack_models.Privacy)
            - {"folder", "regions", "holidays", "holiday_years", "holiday_source", "answers"}
            | keys_of(pack_models.Purpose, pack_models.RegistrationForm)
            | set(get_args(pack_models.PurposeKey))
            | set(get_args(pack_models.QuestionKey)),
        ),
        ("regions.yaml", keys_of(packs.RegionList, pack_models.Region)),
        ("holidays.yaml", keys_of(packs.HolidayCalendar, pack_models.Holiday, pack_models.Source)),
        (
            "answers/<name>/",
            keys_of(pack_models.Answer, pack_models.Law, pack_models.Source) - {"slug", "texts"}
            | {"question", "variants"}
            | {f"# {one}" for one in SECTIONS},
        ),
        ("sample-vacancies.yaml", keys_of(samples.SampleList, samples.SampleVacancy, samples.SamplePay)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_key_of_a_pack_is_explained(heading: str, expected: set[str]) -> None:
    explained = {word.partition(": ")[0] for word in ticked(sections(read("docs/content.md"), 2)[heading])}

    assert expected - explained == set()


def test_the_limits_of_the_lint_are_told() -> None:
    content = " ".join(read("docs/content.md").split())

    assert f"at most {pack_models.SHORT_ANSWER_LIMIT} characters, in sentences of at most {LONGEST_SENTENCE}" in content
    assert f"expires within {WARN_BEFORE_EXPIRY.days} days" in content
    assert f"more than {REVIEW_EVERY.days} days ago" in content


# --------------------------------------------------------------------------------------------------------- glossary


def glossary() -> list[list[str]]:
    return rows(read("docs/glossary.md"))


def test_a_word_stands_for_one_idea() -> None:
    said = [row[0] for row in glossary()]

    assert sorted(said) == sorted(set(said))


def test_what_the_glossary_calls_code_is_in_the_code() -> None:
    code = "".join(path.read_text("utf-8") for name in PRODUCT for path in (ROOT / name).rglob("*.py"))
    names = {name for row in glossary() for name in ticked(row[3])}

    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", code)} == set()


def test_every_table_has_its_word() -> None:
    classes = {mapper.__name__ for mapper in mapped()}
    named = {name for row in glossary() for name in ticked(row[3])}

    assert classes - named == {"CaseMessage"}, "only a case's lines go by the case's word"


def mapped() -> Iterable[type]:
    from storage.tables.all import AREAS

    for area in AREAS:
        yield from (one for one in vars(area).values() if inspect.isclass(one) and one.__module__ == area.__name__)


@pytest.mark.parametrize(("language", "column"), [("ru", 1), ("kk", 2)])
def test_the_glossary_speaks_as_people_are_spoken_to(language: str, column: int) -> None:
    pages = [*(ROOT / "locales" / language).rglob("*.po"), *(ROOT / "locales" / "packs").rglob("*.yaml")]
    said = "".join(path.read_text("utf-8") for path in pages).casefold()
    words = {word for row in glossary() for word in row[column].split(", ") if word != "–"}

    assert {word for word in words if word.casefold() not in said} == set()


# -------------------------------------------------------------------------------------------------------- decisions


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:5] for path in DECISIONS] == [f"{number:04}-" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem[:4])
def test_a_decision_has_its_parts(path: Path) -> None:
    text = path.read_text("utf-8")

    assert text.startswith(f"# {path.name[:4]}: ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    assert all(body.strip() for body in sections(text, 2).values())


def test_what_the_code_says_of_decisions_exists() -> None:
    code = {path: path.read_text("utf-8") for name in PRODUCT for path in (ROOT / name).rglob("*.py")}
    named = {(path.name, number) for path, text in code.items() for number in re.findall(r"decisions/(\d{4})", text)}

    assert {one for one in named if one[1] not in {path.name[:4] for path in DECISIONS}} == set()


# ------------------------------------------------------------------------------------------------------ every page


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as they are made where the page is shown."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        file, _, anchor = target.partition("#")
        there = path if not file else path.parent / file
        if not target.startswith("https://") and not (
            there.exists() and (not anchor or anchor in anchors(there.read_text("utf-8")))
        ):
            lost.append(target)

    assert lost == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_a_page_names_exists(path: Path) -> None:
    named = {
        name for name in ticked(path.read_text("utf-8")) if re.fullmatch(r"[a-z]+/[\w./-]+\.(py|md|yaml|toml)", name)
    }

    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_called_easy(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)

    assert re.findall(r"\b(?:easily|simply|just|obviously|of course)\b", text, re.IGNORECASE) == []
