"""What is watched: one submission, graded again on demand and asked whether it has changed."""

import os
import time
from collections.abc import Callable

from grader.compose.request import Request
from grader.light_tuple import NamedTuple
from grader.report import Report
from grader.watching.alarm import DEBOUNCE_MS, MAX_DEBOUNCES
from grader.watching.seen import SeenFiles

GRACE_MS = 120  # an editor that deletes and creates anew, or a slow writer, gets so long until a broken file counts
MAX_GRACES = 3

# Kinds of refusals that mean: the text does not hold together. While somebody writes this is no news about any check.
UNFINISHED_KINDS = frozenset({"yaml_syntax", "yaml_alias", "dotenv_syntax"})


class Round(NamedTuple):
    """One grading: its report, the files it rests on, and whether these are in a state that is on its way to another.

    `names` are paths from the submission's folder where they lie in it.
    """

    report: Report
    names: list[str]
    unfinished: bool


class _Good(NamedTuple):
    """The last state that was not unfinished."""

    report: Report
    text: bytes


class Source:
    """One submission. `grade` makes the report of a request; it is called with files that remember what was asked."""

    def __init__(self, request: Request, grade: Callable[[Request], Report]) -> None:
        self._request = request
        self._grade = grade
        self._seen = SeenFiles(request.files)
        self._good: _Good | None = None

    def look(self) -> Round:
        """Grade what lies there now."""
        self._seen = SeenFiles(self._request.files)
        report = self._grade(self._request._replace(files=self._seen))
        text = self._seen.content(os.path.join(self._request.folder, report.file))
        unfinished = is_unfinished(report) or (self._good is not None and _is_cut_off(report, text, self._good))
        if not unfinished:
            self._good = _Good(report, text)
        start = self._request.folder + os.sep
        return Round(report, [path.removeprefix(start) for path in self._seen.paths_read()], unfinished)

    def look_when_quiet(self) -> Round:
        """Wait until the save that is going on is over, then grade.

        What is missing, empty or cut off may just be on its way: it gets a moment more.
        """
        self._wait_until_quiet()
        seen = self.look()
        for _ in range(MAX_GRACES):
            if not seen.unfinished:
                break
            time.sleep(GRACE_MS / 1000)
            if not self._seen.stale():
                break
            self._wait_until_quiet()
            seen = self.look()
        return seen

    def stale(self) -> bool:
        """Tell whether anything that the last grading saw is different now."""
        return self._seen.stale()

    def paths(self) -> list[str]:
        """Return the absolute paths that a change is expected at."""
        return self._seen.paths()

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


def is_unfinished(report: Report) -> bool:
    """Tell whether a report is about a text that is empty or no YAML, rather than about what it says."""
    return report.score is None or any(error.kind in UNFINISHED_KINDS for error in report.errors)


def _is_cut_off(report: Report, text: bytes, good: _Good) -> bool:
    """Tell whether a compose file ends too early: half of it happens to be YAML, but Compose refuses it.

    Either its last line ends in the middle, unlike before, or it is the beginning of what it was and the rest, with
    things that the skeleton gives, is missing.
    """
    if report.accepted:
        return False
    if good.text.endswith(b"\n") and not text.endswith(b"\n"):
        return True
    return good.text.startswith(text) and len(report.changes) > len(good.report.changes)
