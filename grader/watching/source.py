"""What is watched: one submission, graded again on demand and asked whether it has changed."""

import os
import time
from collections.abc import Callable

from grader.compose.request import Request
from grader.report import Report
from grader.watching.alarm import DEBOUNCE_MS, MAX_DEBOUNCES
from grader.watching.seen import SeenFiles

GRACE_MS = 120  # an editor that deletes and creates anew, or a slow writer, gets so long until a broken file counts
MAX_GRACES = 3

# Kinds of refusals that mean: the text does not hold together. While somebody writes this is no news about any check.
UNFINISHED_KINDS = frozenset({"yaml_syntax", "yaml_alias", "dotenv_syntax"})


def is_unfinished(report: Report) -> bool:
    """Tell whether a report is about a text that is empty, cut off or no YAML, rather than about what it says."""
    return report.score is None or any(error.kind in UNFINISHED_KINDS for error in report.errors)


class Source:
    """One submission. `grade` makes the report of a request; it is called with files that remember what was asked."""

    def __init__(self, request: Request, grade: Callable[[Request], Report]) -> None:
        self._request = request
        self._grade = grade
        self._seen = SeenFiles(request.files)

    def look(self) -> Report:
        """Grade what lies there now."""
        self._seen = SeenFiles(self._request.files)
        return self._grade(self._request._replace(files=self._seen))

    def look_when_quiet(self) -> Report:
        """Wait until the save that is going on is over, then grade.

        What is missing, empty or cut off may just be on its way: it gets a moment more.
        """
        self._wait_until_quiet()
        report = self.look()
        for _ in range(MAX_GRACES):
            if not is_unfinished(report):
                break
            time.sleep(GRACE_MS / 1000)
            if not self._seen.stale():
                break
            self._wait_until_quiet()
            report = self.look()
        return report

    def stale(self) -> bool:
        """Tell whether anything that the last grading saw is different now."""
        return self._seen.stale()

    def paths(self) -> list[str]:
        """Return the absolute paths that a change is expected at."""
        return self._seen.paths()

    def names_read(self) -> list[str]:
        """Return the files that the last grading has read, as paths from the submission's folder where inside."""
        start = self._request.folder + os.sep
        return [path.removeprefix(start) for path in self._seen.paths_read()]

    def asks_for(self, path: str) -> bool:
        """Tell whether the last grading has read or looked for the file at `path` (from the current folder)."""
        real = os.path.realpath(path)
        return any(os.path.realpath(asked) == real for asked in self._seen.paths())

    def _wait_until_quiet(self) -> None:
        before = self._seen.answers_now()
        for _ in range(MAX_DEBOUNCES):
            time.sleep(DEBOUNCE_MS / 1000)
            now = self._seen.answers_now()
            if now == before:
                return
            before = now
