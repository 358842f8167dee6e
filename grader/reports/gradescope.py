"""`results.json` of a Gradescope autograder: a test a check, the total on top.

Status is `passed` or `failed` only, so what waits says so in its output. Formats are named everywhere: on top
Gradescope would take a student's text for HTML. There is no result for a fault of the grader: Gradescope then says that
the autograder failed, and nobody gets a zero.
"""

import re
from typing import Any

from grader.findings import Outcome
from grader.report import CheckResult, Report
from grader.reports.clean import clean
from grader.reports.places import shown_path
from grader.reports.plain import further_lines, message_line, place_lines, waits_for
from grader.reports.words import (
    CHANGES_TITLE,
    change_words,
    error_words,
    points,
    reason_words,
    warning_words,
)

MAX_LISTED = 5  # of a kind: warnings, changes of the skeleton


def render_gradescope(report: Report) -> str:
    """Return the results, or nothing at all for a fault of the grader."""
    import json

    if report.reason and report.reason.kind == "grader":
        return ""
    results: dict[str, Any] = {
        "score": report.score or 0,
        "output": clean("\n".join(_output(report))),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            _test(report, check, f"{_number(exercise.id, place)}.{order}")
            for place, exercise in enumerate(report.exercises, start=1)
            for order, check in enumerate(exercise.checks, start=1)
        ],
        "extra_data": {"grader": report.grader, "status": report.status},
    }
    return json.dumps(results, indent=2) + "\n"


def _number(exercise: str, place: int) -> str:
    """Return the number that the exercise's id begins with, else its place."""
    digits = re.match(r"\d+", exercise)
    return str(int(digits[0])) if digits else str(place)


def _test(report: Report, check: CheckResult, number: str) -> dict[str, Any]:
    return {
        "name": f"{check.id}: {check.title}",
        "number": number,
        "score": check.score,
        "max_score": check.max_score,
        "status": "passed" if check.outcome is Outcome.PASSED else "failed",
        "output": clean("\n".join(_said(report, check))),
        "visibility": "visible",
    }


def _said(report: Report, check: CheckResult) -> list[str]:
    """Return what stands below a test: for what is lost its line and what is wrong with it."""
    if check.outcome is Outcome.PASSED:
        return []
    if check.outcome is Outcome.SKIPPED:
        return [f"Not judged yet: {waits_for(report, check)}."]
    return [*place_lines(report, check), message_line(report, check), *further_lines(report, check)]


def _output(report: Report) -> list[str]:
    """Return what stands on top: why nothing could be graded, or what Compose says and what was changed."""
    if report.reason:
        return ["This submission cannot be graded.", *reason_words(report, shown_path), *_warnings(report)]
    lines = [f"{report.score} of {points(report.max_score)}."]
    lines.append("Docker Compose accepts the file." if report.accepted else "Docker Compose refuses the file:")
    lines += [f"  {error_words(report, error, shown_path)}" for error in report.errors]
    if report.changes:
        lines.append(f"{CHANGES_TITLE}:")
        lines += [f"  {change_words(change)}" for change in report.changes[:MAX_LISTED]]
        lines += _more(len(report.changes))
    return [*lines, *_warnings(report)]


def _warnings(report: Report) -> list[str]:
    if not report.warnings:
        return []
    shown = [f"  {warning_words(report, warning, shown_path)}" for warning in report.warnings[:MAX_LISTED]]
    return ["Warnings:", *shown, *_more(len(report.warnings))]


def _more(count: int) -> list[str]:
    return [f"  and {count - MAX_LISTED} more"] if count > MAX_LISTED else []
