"""The house rules, held against their own examples and then against the whole project; and the files that must agree."""

import os
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from tests import house
from tests.house import Example, File, Rule

ROOT = Path(__file__).resolve().parent.parent
REGISTRY = "py" + "pi.org"
HOME = "/ho" + "me/aigul/jobline"

RULES = (
    Rule(
        name="paths say what they are about",
        asks="Name the folder or module after what it is about (glossary), not after being useful.",
        concerns=lambda file: file.is_python,
        broken=house.vague_paths,
        good=(Example("services/vacancies/matching.py", ""), Example("handlers/common/paths.py", "")),
        bad=(Example("services/utils.py", ""), Example("handlers/helpers/taps.py", ""), Example("storage/core.py", "")),
    ),
    Rule(
        name="definitions say what they are about",
        asks="Name the class or function after what the person did, the desk decides or the query asks.",
        concerns=lambda file: file.is_python,
        broken=house.vague_definitions,
        good=(
            Example("handlers/start/router.py", "def region_picked(): ..."),
            Example("channels/pace.py", "class Pace(Limiter):\n    async def process_request(self): ..."),
        ),
        bad=(
            Example("handlers/start/router.py", "async def process_region(): ..."),
            Example("services/alerts/desk.py", "class AlertManager: ..."),
            Example("channels/pace.py", "class Pace:\n    def handle_answer(self): ..."),
        ),
    ),
    Rule(
        name="the face of a package is a docstring",
        asks="Keep a docstring in __init__.py and nothing else.",
        concerns=lambda file: file.path.name == "__init__.py",
        broken=house.more_than_a_docstring,
        good=(Example("feeds/__init__.py", '"""Gathers vacancies."""\n'),),
        bad=(
            Example("feeds/__init__.py", ""),
            Example("feeds/__init__.py", '"""Gathers."""\nfrom feeds.client import Client\n'),
            Example("feeds/__init__.py", "settings = 1\n"),
        ),
    ),
    Rule(
        name="a module is read in one sitting",
        asks=f"Split the module: it has more than {house.LONGEST_MODULE} lines.",
        concerns=lambda file: file.is_python and not file.under("tests", "storage/migrations"),
        broken=house.too_long_a_module,
        good=(Example("bot/turn.py", "1\n" * 350),),
        bad=(Example("bot/turn.py", "1\n" * 351),),
    ),
    Rule(
        name="a function fits a screen",
        asks=f"Split the function: it has more than {house.LONGEST_FUNCTION} lines.",
        concerns=lambda file: file.is_python and not file.under("storage/migrations"),
        broken=house.too_long_a_function,
        good=(Example("bot/turn.py", "def turn():\n" + "    1\n" * 59),),
        bad=(Example("bot/turn.py", "def turn():\n" + "    1\n" * 60),),
    ),
    Rule(
        name="a suppression names its code and its reason",
        asks="Write `# noqa: CODE  # why` or `# type: ignore[code]  # why`, in at least two words.",
        concerns=lambda file: file.is_python,
        broken=house.unexplained_suppressions,
        good=(
            Example("bot/logs.py", "import x  # noqa: F401  # the import registers the tables\n"),
            Example("bot/logs.py", "x = y()  # type: ignore[no-untyped-call]  # the library ships no types\n"),
            Example("bot/logs.py", "ok = '# noqa'\n"),
        ),
        bad=(
            Example("bot/logs.py", "import x  # noqa\n"),
            Example("bot/logs.py", "import x  # noqa: F401\n"),
            Example("bot/logs.py", "x = y()  # type: ignore\n"),
            Example("bot/logs.py", "x = y()  # type: ignore[no-untyped-call]\n"),
            Example("bot/logs.py", "x = y()  # pragma: no cover\n"),
        ),
    ),
    Rule(
        name="no addresses of registries or of one machine",
        asks="Leave the choice of package index and folder to whoever installs.",
        concerns=lambda file: True,
        broken=house.foreign_addresses,
        good=(Example("docs/operating.md", "See https://core.telegram.org/bots/api and /var/lib/jobline.\n"),),
        bad=(
            Example("Dockerfile", f"RUN pip install --{'index'}-url https://{REGISTRY}/simple aiogram\n"),
            Example("docs/operating.md", f"cd {HOME}\n"),
        ),
    ),
    Rule(
        name="handlers have no words",
        asks="Move the words to screens.py or letters.py; a handler says nothing itself.",
        concerns=lambda file: (
            file.is_python and file.under("handlers") and file.path.name not in ("screens.py", "letters.py")
        ),
        broken=house.words_for_people,
        good=(
            Example(
                "handlers/start/router.py", '"""Hello and welcome."""\nname = "start"\npattern = Command("menu")\n'
            ),
            Example("handlers/start/router.py", 'raise LookupError("no such region")\n'),
            Example("handlers/start/router.py", 'log.info("turn ended", kind="start")\n'),
        ),
        bad=(
            Example("handlers/start/router.py", 'await message.answer("What is your name?")\n'),
            Example("handlers/start/router.py", 'screen = Screen("Hello!")\n'),
            Example("handlers/start/router.py", 'screen = Screen(f"Dear {name}, good morning")\n'),
            Example("handlers/start/router.py", 'screen = Screen("Сәлем")\n'),
            Example("handlers/start/router.py", 'screen = Screen(_("Start"))\n'),
        ),
    ),
    Rule(
        name="a sentence is translated whole",
        asks="Give the sentence placeholders, or join whole paragraphs with newlines.",
        concerns=lambda file: file.is_python and file.under(*house.PRODUCT),
        broken=house.glued_translations,
        good=(
            Example("handlers/start/screens.py", '_("Dear {name}, welcome").format(name=name)\n'),
            Example("handlers/start/screens.py", "f\"<b>{_('Benefits')}</b>\\n{_('Choose one.')}\"\n"),
            Example("handlers/start/screens.py", '"\\n".join([_("One."), _("Two.")])\n'),
            Example("handlers/start/screens.py", "_(scheme.title)\n"),
        ),
        bad=(
            Example("handlers/start/screens.py", '_("Dear ") + name\n'),
            Example("handlers/start/screens.py", '"- " + _("Benefits")\n'),
            Example("handlers/start/screens.py", "f\"{_('Region')}: {region}\"\n"),
            Example("handlers/start/screens.py", "f\"{_('Good')} {_('morning')}\"\n"),
            Example("handlers/start/screens.py", "f\"{_('Found')} 3 vacancies\"\n"),
            Example("handlers/start/screens.py", '_(f"Dear {name}")\n'),
            Example("handlers/start/screens.py", '_("Dear " + name)\n'),
        ),
    ),
)


@cache
def project() -> tuple[File, ...]:
    """Every text file of the project: what is tracked, and what is new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip  # one argument a line would hide that this is one command
    names = listed.stdout.split("\0") if listed.returncode == 0 else without_git()
    return tuple(read(ROOT, sorted({name for name in names if name and (ROOT / name).is_file()})))


def without_git() -> Iterator[str]:
    """List an unpacked archive, in which nothing is tracked."""
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if not {".venv", "var", "__pycache__"} & set(parts) and not any(part.endswith("_cache") for part in parts):
            yield "/".join(parts)


def read(root: Path, names: list[str]) -> Iterator[File]:
    for name in names:
        raw = (root / name).read_bytes()
        if b"\0" not in raw[:8000]:
            yield File(PurePosixPath(name), raw.decode("utf-8"))


def the(example: Example) -> File:
    return File(PurePosixPath(example.path), example.text)


def each(examples: Callable[[Rule], tuple[Example, ...]]) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.name}-{number}")
        for rule in RULES
        for number, example in enumerate(examples(rule), 1)
    ]


@pytest.mark.parametrize(("rule", "example"), each(lambda rule: rule.good))
def test_rule_accepts_its_good_example(rule: Rule, example: Example) -> None:
    assert rule.concerns(the(example))
    assert list(rule.broken(the(example))) == []


@pytest.mark.parametrize(("rule", "example"), each(lambda rule: rule.bad))
def test_rule_refuses_its_bad_example(rule: Rule, example: Example) -> None:
    assert rule.concerns(the(example))
    assert list(rule.broken(the(example))) != []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_project_keeps_the_rule(rule: Rule) -> None:
    broken = sorted({f"{file.path}:{line}" for file in project() if rule.concerns(file) for line in rule.broken(file)})

    assert not broken, "\n".join([rule.asks, *broken])


def test_there_is_a_project_to_look_at() -> None:
    assert {"bot/__init__.py", "jobline", "pyproject.toml"} <= {str(file.path) for file in project()}


# ------------------------------------------------------------------------------------------------ files that agree


def folders_on_the_map(readme: str) -> set[str]:
    """Read the map: lines that begin with a folder's name and a slash, in a block of code or a table; indented ones lie deeper."""
    return set(re.findall(r"^(?:\| *)?`?([a-z]\w*)/(?=[\s`|])", readme, re.MULTILINE))


def test_the_map_is_read_from_blocks_and_tables() -> None:
    assert folders_on_the_map("```\nbot/     wires\nhandlers/  listens\n  common/  shared\n```\n| `web/` | shows |\nsee web/x\n") == {
        "bot", "handlers", "web",
    }  # fmt: skip  # three words need no three lines


def test_readme_maps_every_folder_and_no_other() -> None:
    readme = ROOT / "README.md"
    if not readme.exists() and not os.environ.get("CI"):
        pytest.skip("README.md is not written yet")
    there = {
        file.path.parts[0] for file in project() if len(file.path.parts) > 1 and not str(file.path).startswith(".")
    }

    assert folders_on_the_map(readme.read_text("utf-8")) == there


def pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE))


def requested(requirements: list[str]) -> set[str]:
    """The bare names of requirements, spelled the way the lock spells them."""
    return {re.split(r"[\[<>=~! ]", one)[0].lower().replace("_", "-") for one in requirements}


def lock_sections() -> tuple[dict[str, str], dict[str, str]]:
    run_time, _, development = (ROOT / "requirements.lock").read_text("utf-8").partition("# --- development\n")
    return pins(run_time), pins(development)


def test_everything_we_ask_for_is_locked_in_its_section() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run_time, development = lock_sections()

    assert requested(asked["project"]["dependencies"]) <= run_time.keys()
    assert requested(asked["dependency-groups"]["dev"]) <= development.keys()
    assert not run_time.keys() & development.keys()


def test_the_lock_holds_nothing_but_exact_versions() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()

    assert [
        line for line in lines if line and not line.startswith("#") and not re.fullmatch(r"[a-z\d-]+==[\w.]+", line)
    ] == []


def test_notice_names_every_library_that_is_delivered() -> None:
    named = set(re.findall(r"^- ([a-z\d-]+) ", (ROOT / "NOTICE").read_text("utf-8"), re.MULTILINE))

    assert named == lock_sections()[0].keys()


def written(value: object) -> str:
    """A setting's default the way a person writes it in `.env`."""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return "" if value is None else str(value).replace(f"{ROOT}/", "")


def test_the_example_shows_every_setting_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    shown = dict(re.findall(r"^(?:# )?(JOBLINE_[A-Z_]+)=(.*)$", example, re.MULTILINE))
    for_operators = {
        f"JOBLINE_{name.upper()}": written(field.default)
        for name, field in Settings.model_fields.items()
        if not (field.description or "").startswith("tests only")
    }

    assert shown == for_operators
