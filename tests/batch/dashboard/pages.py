"""Dashboards for tests: written from records, and read as a browser without a program reads them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from grader.batch.briefs import brief_of
from grader.batch.dashboard import Dashboard
from grader.batch.lookalikes.search import Group
from tests.batch.graded import rubric
from tests.batch.records import record, report_of, student
from tests.html_pages import Page

MADE = date(2026, 11, 30)
CHECKS = [check.id for check in rubric().checks()]
NOT_BEGUN = dict.fromkeys(CHECKS, "not attempted")


def write(
    folder: Path, records: Iterable[Mapping[str, Any]], *, groups: Sequence[Group] = (), changes: Sequence[str] = ()
) -> Path:
    """Write the dashboard of some records and return the page."""
    dashboard = Dashboard(str(folder), rubric(), page_of=lambda submission: f"feedback/{submission}.html")
    for one in records:
        dashboard.add(brief_of(one))
    dashboard.finish(groups=groups, changes=changes, made=MADE)
    return folder / "index.html"


class Read(NamedTuple):
    """A page as it is read: the words of each section by its id, with single blanks, and the links.

    What stands above all sections is the section without a name.
    """

    sections: dict[str, str]
    links: list[str]
    elements: set[str]


def read(page: Path) -> Read:
    """Read a page, which must be well formed."""
    found = Page(page.read_text("utf-8"))
    assert [] == found.faults
    sections = {element.attributes["aria-labelledby"] or "": element.text for element in found.named("section")}
    sections[""] = found.named("header")[0].text
    return Read(
        {name: " ".join(text.split()) for name, text in sections.items()},
        [element.attributes["href"] or "" for element in found.named("a")],
        found.names(),
    )


def named(name: str, outcomes: Mapping[str, str] | None = None, **known: Any) -> dict[str, Any]:
    """Return the record of somebody by name; what is not said is solved."""
    return record(name.lower(), report_of(outcomes or {}), student=student(name), **known)
