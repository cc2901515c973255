"""The script that starts everything, tried on a copy of itself with an empty lock file, so that no library is fetched."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "jobline"
OUTSIDE = str(getattr(sys, "_base_executable", sys.executable))  # the environment the tests run in may have no pip
PROGRAM = '''
import os, sys

@app.command()
def demo():
    """Chat with it here.

    More about it.
    """

@app.command("gather")
def gather_vacancies():
    """Import vacancies once."""

app.add_typer(staff, name="staff", help="Invite counsellors.")

@staff.command()
def invite():
    """Print a link."""
'''
ECHO = "import json, os, sys\nprint(json.dumps([sys.argv[1:], os.getcwd(), __file__, sys.prefix]))\n"


def loaded() -> ModuleType:
    """The script as a module, whose environment is never the one these tests run in: it would leave that by replacing the process."""
    loader = SourceFileLoader("jobline_script", str(SCRIPT))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    module.__dict__["VENV"] = Path("/nowhere/.venv")
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the project with nothing in it but the script and a program that says how it was started."""
    root = tmp_path / "checkout"
    (root / "bot").mkdir(parents=True)
    shutil.copy(SCRIPT, root / "jobline")
    (root / "requirements.lock").write_text("# --- run-time\n\n# --- development\n")
    (root / "bot" / "__main__.py").write_text(ECHO)
    return root


def call(
    script: Path, *words: str, folder: Path | None = None, python: str = OUTSIDE, **environment: str
) -> "subprocess.CompletedProcess[str]":
    cleaned = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE", "COV_"))}
    return subprocess.run(
        [python, str(script), *words],
        cwd=folder or script.parent,
        env={**cleaned, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def started(done: "subprocess.CompletedProcess[str]") -> tuple[list[str], Path, Path, Path]:
    assert done.returncode == 0, done.stderr
    words, folder, file, prefix = json.loads(done.stdout)
    return words, Path(folder), Path(file), Path(prefix)


def test_first_start_makes_the_environment_and_the_second_finds_it(checkout: Path) -> None:
    first, second = call(checkout / "jobline", "demo", "--port", "0"), call(checkout / "jobline", "demo")

    assert started(first)[0] == ["demo", "--port", "0"]
    assert "Preparing" in first.stderr
    assert started(second)[3] == checkout / ".venv"
    assert second.stderr == ""


def test_the_callers_folder_stays_and_lends_no_packages(checkout: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "bot").mkdir(parents=True)
    (elsewhere / "bot" / "__main__.py").write_text("raise SystemExit('the wrong bot')")
    link = tmp_path / "link"
    link.symlink_to(checkout / "jobline")

    _, folder, file, _ = started(call(link, "demo", folder=elsewhere))

    assert folder == elsewhere
    assert file == checkout / "bot" / "__main__.py"


def test_a_python_without_ensurepip_is_enough(checkout: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "ensurepip"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('left out by the distribution')")

    started(call(checkout / "jobline", "demo", PYTHONPATH=str(broken.parent)))

    assert not list((checkout / ".venv").glob("lib/*/site-packages/pip"))


def test_a_moved_checkout_heals_without_installing(checkout: Path, tmp_path: Path) -> None:
    started(call(checkout / "jobline", "demo"))
    script = checkout / ".venv" / "bin" / "a-tool"
    script.write_text(f"#!{checkout}/.venv/bin/python\n")
    moved = checkout.rename(tmp_path / "moved")

    again = call(moved / "jobline", "demo")

    assert started(again)[3] == moved / ".venv"
    assert again.stderr == ""
    assert (moved / ".venv" / "bin" / "a-tool").read_text() == f"#!{moved}/.venv/bin/python\n"


def test_an_activated_environment_is_mended_from_outside(checkout: Path) -> None:
    started(call(checkout / "jobline", "demo"))
    (checkout / ".venv" / "jobline.stamp").unlink()

    again = call(checkout / "jobline", "demo", python=str(checkout / ".venv" / "bin" / "python"))

    assert started(again)[3] == checkout / ".venv"
    assert "Preparing" in again.stderr


@pytest.mark.parametrize("damage", ["interpreter", "packages", "stamp", "half a stamp"])
def test_a_broken_environment_is_made_anew(checkout: Path, damage: str) -> None:
    started(call(checkout / "jobline", "demo"))
    environment = checkout / ".venv"
    library = next(environment.glob("lib/*/site-packages"))
    stamp = environment / "jobline.stamp"
    if damage == "interpreter":
        (environment / "bin" / "python").unlink()
        (environment / "bin" / "python").symlink_to("/nowhere/python")
    elif damage == "packages":
        stamp.write_text(stamp.read_text().replace('"packages": 0', '"packages": 9'))
        library.rename(library.with_name("gone"))
    elif damage == "stamp":
        stamp.unlink()
    else:
        stamp.write_text('{"python": ')

    again = call(checkout / "jobline", "demo")

    started(again)
    assert "Preparing" in again.stderr


def test_a_changed_lock_file_installs_again_and_a_changed_development_section_does_not(checkout: Path) -> None:
    lock = checkout / "requirements.lock"
    started(call(checkout / "jobline", "demo"))

    lock.write_text("# --- run-time\n\n# --- development\n# another\n")
    assert call(checkout / "jobline", "demo").stderr == ""

    lock.write_text("# --- run-time\n# another\n\n# --- development\n")
    assert "Preparing" in call(checkout / "jobline", "demo").stderr


def test_a_folder_that_is_no_environment_is_left_alone(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "diary.txt").write_text("mine")

    refused = call(checkout / "jobline", "demo")

    assert refused.returncode == 1
    assert "not a Python environment" in refused.stderr
    assert (checkout / ".venv" / "diary.txt").read_text() == "mine"


def test_many_first_starts_at_once_make_one_environment(checkout: Path) -> None:
    with ThreadPoolExecutor(4) as starters:
        ended = list(starters.map(lambda number: call(checkout / "jobline", "demo", str(number)), range(4)))

    assert [started(done)[0] for done in ended] == [["demo", str(number)] for number in range(4)]
    assert sum("Preparing" in done.stderr for done in ended) == 1


def test_a_library_that_cannot_be_had_is_explained(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text("no-such-library==0\n# --- development\n")

    failed = call(checkout / "jobline", "demo", PIP_NO_INDEX="1", PATH="/usr/bin:/bin")

    assert failed.returncode == 1
    assert "could not be installed" in failed.stderr
    assert not (checkout / ".venv" / "jobline.stamp").exists()


def test_the_list_of_verbs_comes_from_the_program_and_needs_no_environment(checkout: Path) -> None:
    (checkout / "bot" / "__main__.py").write_text(PROGRAM)

    listed = call(checkout / "jobline")

    assert listed.returncode == 0
    assert [line.split()[0] for line in listed.stdout.splitlines() if line.startswith("  ")] == [
        "demo", "gather", "staff", "test", "check",
    ]  # fmt: skip
    assert "Chat with it here.\n" in listed.stdout
    assert not (checkout / ".venv").exists()


def test_a_mistyped_verb_shows_the_list(checkout: Path) -> None:
    (checkout / "bot" / "__main__.py").write_text(PROGRAM)

    refused = call(checkout / "jobline", "dmeo")

    assert refused.returncode == 2
    assert "no verb dmeo" in refused.stderr
    assert "demo" in refused.stderr


def test_an_old_python_is_told_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    script = loaded()
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(script.shutil, "which", lambda name: None)

    with pytest.raises(script.Failed, match=r"3\.11 or newer, and this is 3\.9"):
        script.suitable_python()


def test_an_old_python_hands_over_to_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    script, handed = loaded(), []
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(script.shutil, "which", lambda name: sys.executable if name == "python3.12" else None)
    monkeypatch.setattr(script.os, "execv", lambda program, words: handed.append(program))

    with pytest.raises(script.Failed):
        script.suitable_python()  # goes on only because the replaced execv returns

    assert handed == [sys.executable]
