"""Texts and folders as submissions, graded in memory."""

import os

from grader.compose.files import FolderFiles, MemoryFiles
from grader.compose.request import Request
from grader.grading import grade
from grader.report import Report
from grader.rubric import Rubric

MEMORY = "/submission"
OVERRIDE = "docker-compose.override.yml"


def grade_text(text: str, rubric: Rubric, *, override: str | None = None) -> Report:
    """Grade a compose file given as text, with an override file on top if one is given."""
    files = {"docker-compose.yml": text}
    if override is not None:
        files[OVERRIDE] = override
    return grade(Request(MemoryFiles(files, MEMORY), MEMORY), rubric)


def grade_case(path: str, rubric: Rubric) -> Report:
    """Grade a case: one compose file, or a folder with side files."""
    if os.path.isdir(path):
        return grade(Request(FolderFiles(path), path), rubric)
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
        return grade_text(file.read(), rubric)


def lost_checks(report: Report) -> list[str]:
    """Return the ids of the lost checks."""
    return [check.id for check in report.checks() if check.outcome.lost]
