"""The dashboard of a class: one page, `index.html`, opened from disk. It needs no network and no other file.

Memory stays flat: what is kept of a submission are counts, sums and bounded lists (`tally`). Above `tally.MAX_LISTED`
students there is no list of all. Nothing of a student's can be run by the page: texts are cleaned, escaped by Jinja2,
and the page's own rules (Content-Security-Policy) allow only the program and style whose hashes it names.
"""

import os
from collections.abc import Callable, Sequence
from datetime import date

from grader.batch.briefs import Brief
from grader.batch.dashboard.page import render, template
from grader.batch.dashboard.tally import Tally
from grader.batch.dashboard.view import View
from grader.batch.lookalikes.search import Group
from grader.batch.output_files import DASHBOARD
from grader.batch.written import write_anew
from grader.rubric import Rubric

__all__ = ["Dashboard"]


class Dashboard:
    """Writes OUT/index.html from the submissions of a batch.

    `page_of` gives the path of a submission's feedback page relative to `out`, with `/`; None: it has none.
    """

    def __init__(self, out: str, rubric: Rubric, *, page_of: Callable[[str], str | None]) -> None:
        self._out = out
        self._rubric = rubric
        self._page_of = page_of
        self._tally = Tally(rubric)

    def add(self, brief: Brief) -> None:
        """Count one submission. Only a student's last attempt goes into the figures."""
        self._tally.add(brief)

    def make_ready(self) -> None:
        """Load what the page is made with, while there is nothing else to do."""
        template()

    def finish(
        self, *, groups: Sequence[Group] = (), changes: Sequence[str] = (), made: date | None = None
    ) -> list[str]:
        """Write the page; return what to tell the instructor. Raises `CommandFailed`.

        `groups` are look-alikes, `changes` sentences about what an earlier run said otherwise. `made` is the date in
        the page, today's if it is None.
        """
        self._tally.settle()
        view = View(self._tally, self._rubric, self._page_of)
        text = render(view.values(groups, changes), made or date.today())
        path = os.path.join(self._out, DASHBOARD)
        with write_anew(path) as file:
            file.write(text)
        return [f"The class at a glance: open {path} in a browser."]
