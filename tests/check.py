"""The verbs `test` and `check`: what everybody runs before a commit, and the build server after it.

`./jobline` starts this file inside the project's environment, development section installed.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent


class Need(NamedTuple):
    """Something outside Python that some tests use."""

    what: str
    seen: str
    package: str


NEEDS = (
    Need("a PostgreSQL server", "usr/lib/postgresql/*/bin/initdb", "postgresql"),
    Need("the Chromium browser", "usr/bin/chromium", "chromium"),
    Need("fonts for every script we write", "usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "fonts-noto-core"),
)


class Step(NamedTuple):
    """One thing the build server looks at."""

    name: str
    command: list[str]


def steps() -> list[Step]:
    """Everything `check` does, the quick ones first. Catalogues, packs and documents are looked at by tests."""
    python = sys.executable
    return [
        Step("format", [python, "-m", "ruff", "format", "--check", "."]),
        Step("lint", [python, "-m", "ruff", "check", "."]),
        Step("types", [python, "-m", "mypy"]),
        Step("imports", [python, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]),
        Step("migrations", [python, "-m", "bot", "migrate", "--check"]),
        Step("tests", pytest_command(["--cov", "--cov-report=term"])),
    ]


def on_build_server() -> bool:
    """Tell whether nothing may be skipped."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def provide_needs() -> None:
    """On the build server install what is missing; anywhere else only say so, the tests then skip with their reason."""
    missing = [need for need in NEEDS if not any(Path("/").glob(need.seen))]
    if not missing:
        return
    packages = [need.package for need in missing]
    if on_build_server() and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        subprocess.run(["apt-get", "install", "-qqy", "--no-install-recommends", *packages], env=quiet, check=False)
        return
    print(f"Missing here: {', '.join(need.what for need in missing)}. The tests that use it are skipped.")
    print(f"On Debian: sudo apt-get install {' '.join(packages)}", flush=True)


def pytest_command(words: list[str]) -> list[str]:
    """Spread the tests over the processors; a later word overrides an earlier one.

    An idle worker takes from a busy one. (Distribution by groups waits for ever after a worker has crashed; this one reports it.)
    """
    return [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *words]


def from_here(word: str) -> str:
    """Turn a path given in the caller's folder into one that holds from the project's root."""
    path, colons, test_name = word.partition("::")
    there = Path.cwd() / path
    known = not word.startswith("-") and Path.cwd() != ROOT and there.exists()
    return f"{there}{colons}{test_name}" if known else word


def test(words: list[str]) -> NoReturn:
    """Run the tests; further words go to pytest."""
    command = pytest_command([from_here(word) for word in words if word != "--"])
    provide_needs()
    os.chdir(ROOT)
    os.execv(sys.executable, command)


def check(words: list[str]) -> NoReturn:
    """Do every step (or the named ones) even after one failed, and end with one line that says it all."""
    unknown = set(words) - {step.name for step in steps()}
    if unknown:
        sys.exit(f"check has no step {', '.join(sorted(unknown))}; it has {', '.join(step.name for step in steps())}.")
    provide_needs()
    os.chdir(ROOT)
    Path("var/coverage").mkdir(parents=True, exist_ok=True)
    chosen = [step for step in steps() if not words or step.name in words]
    began = time.monotonic()
    failed = [step.name for step in chosen if not green(step)]
    print(f"\n{verdict([step.name for step in chosen], failed)} ({time.monotonic() - began:.0f} s)")
    sys.exit(1 if failed else 0)


def green(step: Step) -> bool:
    """Do one step, its own words left as they are, and its duration below them."""
    print(f"\n── {step.name} " + "─" * (70 - len(step.name)), flush=True)
    began = time.monotonic()
    code = subprocess.run(step.command, check=False).returncode
    print(f"{'✗' if code else '✓'} {step.name}, {time.monotonic() - began:.1f} s", flush=True)
    return code == 0


def verdict(chosen: list[str], failed: list[str]) -> str:
    """Say it in one friendly line."""
    if failed:
        return f"{len(failed)} of {len(chosen)} steps want your attention: {', '.join(failed)}"
    return "Green, all of it" if len(chosen) == len(steps()) else f"Green: {', '.join(chosen)}"


if __name__ == "__main__":
    {"test": test, "check": check}[sys.argv[1]](sys.argv[2:])
