"""What every test can ask for, and what holds for all of them."""

from collections.abc import Generator, Iterator

import pytest

from tests import canaries, loopback
from tests.databases import (
    copied_postgres_url,
    fresh_sqlite_url,
    migrated_url,
    opened,
    postgres,
    postgres_template,
    sqlite,
    sqlite_template,
)
from tests.postgres import database_url, fresh_postgres_url, missing, postgres_server, postgres_url

__all__ = [
    "copied_postgres_url",
    "database_url",
    "fresh_postgres_url",
    "fresh_sqlite_url",
    "migrated_url",
    "missing",
    "opened",
    "postgres",
    "postgres_server",
    "postgres_template",
    "postgres_url",
    "sqlite",
    "sqlite_template",
]

loopback.watch()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run in which no test passed proves nothing, so it is no success, whatever was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")  # the workers have none
    looking = exitstatus == pytest.ExitCode.OK and not session.config.option.collectonly
    if looking and reporter is not None and not reporter.stats.get("passed"):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let transcripts be written again after their sentences changed on purpose."""
    parser.addoption("--rewrite", action="store_true", help="write the transcripts as the conversations run today")


@pytest.fixture(scope="session")
def _listening() -> Iterator[canaries.Listening]:
    with canaries.watched() as stream:
        yield stream


@pytest.fixture(autouse=True)
def _nothing_personal_in_logs(_listening: canaries.Listening) -> Iterator[None]:
    """Fail the test in which something personal reached a log, at any level."""
    _listening.heard.clear()
    yield
    assert not _listening.heard, "something a test said stands in a log line"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that let something personal out to standard error, also through a program it started."""
    report = yield
    if report.passed and canaries.singing(report.capstderr):
        report.outcome, report.longrepr = "failed", "something a test said was written to standard error"
    return report
