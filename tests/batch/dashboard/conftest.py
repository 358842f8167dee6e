"""The system's Chromium without a window, for the pages of the dashboard."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.notebooks.lab import QUIET, chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser; the test is skipped where there is none."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    program = chromium()
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=program, args=list(QUIET))
        yield opened
        opened.close()
