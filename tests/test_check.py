"""What `check` does with its steps; the steps themselves are other people's tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import check
from tests.check import Need, Step


def step(name: str, code: int) -> Step:
    return Step(name, [sys.executable, "-c", f"print('{name} speaks', flush=True); raise SystemExit({code})"])


@pytest.fixture
def three_steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(check, "steps", lambda: [step("format", 0), step("lint", 1), step("tests", 0)])
    monkeypatch.setattr(check, "NEEDS", ())
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("three_steps")
def test_every_step_is_done_even_after_a_failure(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        check.check([])

    said = capfd.readouterr().out
    assert ended.value.code == 1
    assert [f"{name} speaks" in said for name in ("format", "lint", "tests")] == [True, True, True]
    assert said.splitlines()[-1].startswith("1 of 3 steps want your attention: lint")


@pytest.mark.usefixtures("three_steps")
def test_named_steps_are_done_alone(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        check.check(["tests", "format"])

    said = capfd.readouterr().out
    assert ended.value.code == 0
    assert "lint speaks" not in said
    assert said.splitlines()[-1].startswith("Green: format, tests")


@pytest.mark.usefixtures("three_steps")
def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(SystemExit, match="no step spelling; it has format, lint, tests"):
        check.check(["spelling"])


def test_all_green_is_said_in_one_line() -> None:
    names = [step.name for step in check.steps()]

    assert check.verdict(names, []) == "Green, all of it"


def test_tests_come_last_so_that_their_closing_line_ends_the_output() -> None:
    assert check.steps()[-1].name == "tests"


def test_at_home_nothing_is_installed(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CI", "")
    monkeypatch.setattr(check, "NEEDS", (Need("a telegraph", "no/such/telegraph", "telegraph"),))
    monkeypatch.setattr(subprocess, "run", None)

    check.provide_needs()

    said = capfd.readouterr().out
    assert "a telegraph" in said
    assert "sudo apt-get install telegraph" in said


@pytest.mark.parametrize(("user", "called"), [(0, ["update", "install"]), (1000, [])])
def test_only_root_on_the_build_server_installs(monkeypatch: pytest.MonkeyPatch, user: int, called: list[str]) -> None:
    asked: list[str] = []
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(check, "NEEDS", (Need("a telegraph", "no/such/telegraph", "telegraph"),))
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: asked.append(command[1]))

    check.provide_needs()

    assert asked == called


def test_a_path_given_in_a_folder_is_found_from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Path(__file__)
    monkeypatch.chdir(here.parent)

    assert check.from_here(here.name) == str(here)
    assert check.from_here(f"{here.name}::a_test") == f"{here}::a_test"
    assert check.from_here("-k") == "-k"
    assert check.from_here("no_such_file") == "no_such_file"
