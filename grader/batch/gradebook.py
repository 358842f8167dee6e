"""`gradebook.csv`: a line a student (RFC 4180, UTF-8), for spreadsheets and systems without a module of their own."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from grader.batch.briefs import LOST, Brief
from grader.batch.counted import counted
from grader.batch.gradebooks.cells import line_of_cells
from grader.batch.gradebooks.guard import guard
from grader.batch.output_files import GRADEBOOK
from grader.batch.written import WholeFile, write_anew
from grader.rubric import Rubric

WHO = ("submission", "student", "name", "email", "login", "attempt", "late", "status", "score", "max_score")
WHY = ("lost", "reason", "remarks", "feedback")
OUTCOMES_KEPT = 1000  # submissions of a class end alike
UTF_8, UTF_8_WITH_BOM = "utf-8", "utf-8-sig"


class Gradebook:
    """Writes a line for the last attempt of each student; the members of a group have a line each. An `Output`.

    `page_of` returns the page of a submission relative to the output, None where there are no pages.
    """

    def __init__(self, out: str, rubric: Rubric, page_of: Callable[[str], str | None], *, bom: bool) -> None:
        self._exercises = [exercise.id for exercise in rubric.exercises]
        self._check_ids = tuple(check.id for check in rubric.checks())
        self._page_of = page_of
        self._path = os.path.join(out, GRADEBOOK)
        self._encoding = UTF_8_WITH_BOM if bom else UTF_8
        self._file: WholeFile | None = None
        self._remarked = 0

    def add(self, brief: Brief) -> None:
        """Write the lines of one submission, if it is the student's last attempt."""
        file = self._file or self._begin()
        if brief.counts:
            lines = list(self._lines(brief))
            file.write("".join(lines))
            self._remarked += len(lines) if brief.remarks else 0

    def _begin(self) -> WholeFile:
        """Begin the file: not before there is a submission, since another run may be writing there until then."""
        self._file = write_anew(self._path, encoding=self._encoding)
        self._file.write(line_of_cells((*WHO, *self._exercises, *WHY)))
        return self._file

    def _lines(self, brief: Brief) -> Iterator[str]:
        what = [
            str(brief.attempt),
            "late" if brief.late else "",
            brief.status,
            "" if brief.score is None else str(brief.score),
            str(brief.max_score),
            *(map(str, brief.scores) if brief.scores else [""] * len(self._exercises)),
            _lost(self._check_ids, brief.outcomes),
            guard(brief.reason[1]) if brief.reason else "",
            guard(" ".join(brief.remarks)),
            self._page_of(brief.submission) or "",
        ]
        for student in (brief.student or {}, *brief.members):
            who = (brief.submission, *map(student.get, ("id", "name", "email", "login")))
            yield line_of_cells([*[guard(word) if word else "" for word in who], *what])

    def finish(self) -> Sequence[str]:
        """Put the file in its place."""
        (self._file or self._begin()).finish()
        remarks = ""
        if self._remarked:
            remarks = f"; {counted(self._remarked, 'line has', 'lines have')} a remark to look at"
        return [f"{GRADEBOOK}: a line a student{remarks}"]


@lru_cache(maxsize=OUTCOMES_KEPT)
def _lost(check_ids: tuple[str, ...], outcomes: str) -> str:
    """Return the ids of the checks that were lost."""
    return " ".join([check for check, letter in zip(check_ids, outcomes, strict=False) if letter in LOST])
