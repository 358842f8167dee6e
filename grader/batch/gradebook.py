"""`gradebook.csv`: a line a student (RFC 4180, UTF-8), for spreadsheets and systems without a module of their own."""

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from grader.batch.counted import counted
from grader.batch.gradebooks.guard import guard
from grader.batch.output_files import GRADEBOOK
from grader.batch.records import counts, lost_checks
from grader.batch.written import WholeFile, write_anew
from grader.rubric import Rubric

WHO = ("submission", "student", "name", "email", "login", "attempt", "late", "status", "score", "max_score")
WHY = ("lost", "reason", "remarks", "feedback")
UTF_8, UTF_8_WITH_BOM = "utf-8", "utf-8-sig"


class Gradebook:
    """Writes a line for the last attempt of each student; the members of a group have a line each. An `Output`.

    `page_of` returns the page of a submission relative to the output, None where there are no pages.
    """

    def __init__(self, out: str, rubric: Rubric, page_of: Callable[[str], str | None], *, bom: bool) -> None:
        self._exercises = [exercise.id for exercise in rubric.exercises]
        self._page_of = page_of
        self._path = os.path.join(out, GRADEBOOK)
        self._encoding = UTF_8_WITH_BOM if bom else UTF_8
        self._file: WholeFile | None = None
        self._writer: Any = None
        self._remarked = 0

    def add(self, record: Mapping[str, Any]) -> None:
        """Write the lines of one record, if it is the student's last attempt."""
        if self._file is None:
            self._begin()
        if counts(record):
            lines = list(self._lines(record))
            self._writer.writerows(lines)
            self._remarked += len(lines) if record["remarks"] else 0

    def _begin(self) -> WholeFile:
        """Begin the file: not before there is a record, since another run may be writing there until then."""
        self._file = write_anew(self._path, encoding=self._encoding)
        self._writer = csv.writer(self._file)
        self._writer.writerow((*WHO, *self._exercises, *WHY))
        return self._file

    def _lines(self, record: Mapping[str, Any]) -> Iterator[list[object]]:
        report = record["report"]
        scores = {exercise["id"]: exercise["score"] for exercise in report["exercises"]}
        reason = report["reason"]
        what = [
            record["attempt"],
            "late" if record["late"] else "",
            report["status"],
            report["score"],
            report["max_score"],
            *(scores.get(exercise) for exercise in self._exercises),
            " ".join(check["id"] for check in lost_checks(record)),
            guard(reason["message"]) if reason else "",
            guard(" ".join(record["remarks"])),
            self._page_of(record["submission"]) or "",
        ]
        for student in (record["student"] or {}, *record["members"]):
            who = (record["submission"], *(student.get(key) for key in ("id", "name", "email", "login")))
            yield [*(guard(word) if word else "" for word in who), *what]

    def finish(self) -> Sequence[str]:
        """Put the file in its place."""
        (self._file or self._begin()).finish()
        remarks = ""
        if self._remarked:
            remarks = f"; {counted(self._remarked, 'line has', 'lines have')} a remark to look at"
        return [f"{GRADEBOOK}: a line a student{remarks}"]
