"""`file:line:column: message [id]`, one line a problem: what editors and other programs read."""

from collections.abc import Iterator

from grader.findings import SKELETON
from grader.report import Report
from grader.reports.clean import clean_line
from grader.reports.places import name_file, shown_path


def render_unix(report: Report) -> str:
    """Return the lost checks, one a line; before them why nothing was graded, Compose's errors and all warnings.

    Where checks wait for the skeleton, its differences are listed too: else nothing would say what to mend.
    """
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    if report.reason:
        reason = report.reason
        yield _line(report, None, reason.line, reason.column, reason.message, "not gradable")
    for error in report.errors:
        words = name_file(error.message, shown_path(report, error.file))
        yield _line(report, error.file, error.line, error.column, words, "compose")
    for warning in report.warnings:
        words = name_file(warning.message, shown_path(report, warning.file))
        yield _line(report, warning.file, warning.line, warning.column, words, "warning")
    if any(check.because == SKELETON for check in report.checks()):
        for change in report.changes:
            yield _line(report, None, change.line, None, change.message, SKELETON)
    for check in report.checks():
        if check.outcome.lost:
            file, line, column = (check.at.file, check.at.line, check.at.column) if check.at else (None, None, None)
            words = name_file(check.message or check.title, shown_path(report, file))
            yield _line(report, file, line, column, words, check.id)


def _line(report: Report, file: str | None, line: int | None, column: int | None, message: str, name: str) -> str:
    """Return one line; what has no place is put at the file's first character, which every reader understands."""
    return f"{shown_path(report, file)}:{line or 1}:{column or 1}: {clean_line(message)} [{name}]"
