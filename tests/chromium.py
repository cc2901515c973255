"""Debian's Chromium, driven by its path: the fixture for every test that looks at a page."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

COMPLAINTS: list[str] = []
"""What pages complained about; a test fails on the first one."""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        reason = "no chromium on this machine: the page cannot be driven"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        await started.close()
    assert COMPLAINTS == []
