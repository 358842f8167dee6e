"""What a report has to say at lines of files, for the formats that GitHub shows there: `sarif` and `github`."""

from collections.abc import Iterator
from typing import Literal

from grader.compose.marks import Mark
from grader.findings import SKELETON, Outcome
from grader.light_tuple import NamedTuple
from grader.report import CheckResult, Report
from grader.reports.places import name_file, shown_path
from grader.reports.words import change_words

NOT_GRADABLE, COMPOSE = "not-gradable", "compose"
TITLES = {
    NOT_GRADABLE: "The submission cannot be graded",
    COMPOSE: "Docker Compose refuses the file",
    SKELETON: "Something that the task gives was changed",
}


class Alert(NamedTuple):
    """One thing to mend: its rule (a check's id or one of `TITLES`), what it costs, and its place.

    `file` is as in the report, None for the compose file; `end_column` is the column after the last character; `text`
    is the line of the file with passwords masked, empty where it is not known.
    """

    rule: str
    title: str
    level: Literal["error", "warning"]
    message: str
    points: int
    file: str | None
    line: int
    column: int
    end_column: int
    text: str = ""


def alerts(report: Report) -> list[Alert]:
    """Return why nothing was graded, what Compose refuses, what to put back, and the lost checks, in this order.

    A refusal that a lost check is marked for is not said twice. Changes of the skeleton are listed where a check waits
    for them: a skipped check says nothing itself.
    """
    return list(_alerts(report))


def _alerts(report: Report) -> Iterator[Alert]:
    if report.reason:
        reason = report.reason
        yield _plain(NOT_GRADABLE, "error", reason.message, None, reason.line, reason.column)
    lost = [check for check in report.checks() if check.outcome.lost]
    marked = {(check.at.file, check.at.line) for check in lost if check.at and check.outcome is Outcome.FAILED}
    for error in report.errors:
        if (error.file, error.line) not in marked:
            words = name_file(error.message, shown_path(report, error.file))
            yield _plain(COMPOSE, "error", words, error.file, error.line, error.column)
    if any(check.because == SKELETON for check in report.checks()):
        for change in report.changes:
            yield _plain(SKELETON, "warning", change_words(change._replace(line=None)), None, change.line, None)
    for check in lost:
        yield _lost(report, check)


def _plain(
    rule: str, level: Literal["error", "warning"], message: str, file: str | None, line: int | None, column: int | None
) -> Alert:
    """Return an alert that costs no points by itself; what has no place is put at the file's first character."""
    column = column or 1
    return Alert(rule, TITLES[rule], level, message, 0, file, line or 1, column, column + 1)


def _lost(report: Report, check: CheckResult) -> Alert:
    at = check.at or Mark(report.file, 1, 1)
    return Alert(
        check.id,
        check.title,
        "error" if check.outcome is Outcome.FAILED else "warning",
        name_file(check.message or check.title, shown_path(report, at.file)),
        check.max_score - check.score,
        at.file,
        at.line,
        at.column,
        at.column + max(at.width, 1),
        check.excerpt.text if check.excerpt and check.excerpt[:2] == at[:2] else "",
    )
