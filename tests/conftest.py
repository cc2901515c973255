"""What every test can ask for, and what holds for all of them."""

import pytest

from tests import loopback
from tests.postgres import database_url, fresh_postgres_url, missing, postgres_server, postgres_url

__all__ = ["database_url", "fresh_postgres_url", "missing", "postgres_server", "postgres_url"]

loopback.watch()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run in which no test passed proves nothing, so it is no success, whatever was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")  # the workers have none
    looking = exitstatus == pytest.ExitCode.OK and not session.config.option.collectonly
    if looking and reporter is not None and not reporter.stats.get("passed"):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
