"""A dashboard opened from disk in a browser without a window."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
CLASS = 30


@contextmanager
def opened(browser: Any, page: Path, *, scheme: str = "light", size: dict[str, int] | None = None) -> Iterator[Any]:
    """Open a page from disk. Whatever the console says, and whatever is asked of a network, fails the test."""
    tab = browser.new_page(viewport=size or WIDE, color_scheme=scheme)
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: complaints.append(request.url) if not request.url.startswith("file:") else None)
    try:
        tab.goto(page.as_uri())
        yield tab
        assert [] == complaints
    finally:
        tab.close()
