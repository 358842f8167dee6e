"""Dashboards for tests: written from records, and read as a browser without a program reads them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from grader.batch.dashboard import Dashboard
from grader.batch.lookalikes.search import Group
from tests.batch.graded import rubric

MADE = date(2026, 11, 30)
VOID = frozenset({"meta", "input"})
APART = frozenset({"td", "th", "dt", "dd", "li", "p", "div", "caption", "summary"})


def write(
    folder: Path, records: Iterable[Mapping[str, Any]], *, groups: Sequence[Group] = (), changes: Sequence[str] = ()
) -> Path:
    """Write the dashboard of some records and return the page."""
    dashboard = Dashboard(str(folder), rubric(), page_of=lambda submission: f"feedback/{submission}.html")
    for record in records:
        dashboard.add(record)
    dashboard.finish(groups=groups, changes=changes, made=MADE)
    return folder / "index.html"


class Reader(HTMLParser):
    """Collects the text of a page by the section it stands in, its links, and elements that were not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: dict[str, str] = {"": ""}
        self.links: list[str] = []
        self.elements: list[str] = []
        self.open: list[str] = []
        self._section = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        if tag in APART:
            self.sections[self._section] += " "
        if tag not in VOID:
            self.open.append(tag)
        known = dict(attrs)
        if tag == "section":
            self._section = known["aria-labelledby"] or ""
            self.sections[self._section] = ""
        if tag == "a":
            self.links.append(known["href"] or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.sections[self._section] += data


def read(page: Path) -> Reader:
    """Read a page; texts have single blanks."""
    reader = Reader()
    reader.feed(page.read_text("utf-8"))
    reader.close()
    assert [] == reader.open
    reader.sections = {name: " ".join(text.split()) for name, text in reader.sections.items()}
    return reader
