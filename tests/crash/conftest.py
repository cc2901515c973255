"""What crash tests share: every one of them is marked, and may take longer than others."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
HANGING_S = 600
"""Starting a dozen programs takes a while on a small machine; this only catches hanging."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.crash)
            item.add_marker(pytest.mark.timeout(HANGING_S))
