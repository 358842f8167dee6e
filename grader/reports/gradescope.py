"""`results.json` of a Gradescope autograder: a test a check, the total on top.

Status is `passed` or `failed` only, so what waits says so in its output. Formats are named everywhere: on top
Gradescope would take a student's text for HTML. There is no result for a fault of the grader: Gradescope then says that
the autograder failed, and nobody gets a zero.
"""

import re
from typing import Any

from grader.findings import Outcome
from grader.report import CheckResult, Problem, Report
from grader.reports.alerts import waits_for
from grader.reports.clean import clean
from grader.reports.places import name_file, shown_path, shown_place

MAX_LISTED = 5  # warnings, changes of the skeleton


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
    lines = [shown_place(report, check.at)] if check.at else []
    if check.excerpt:
        lines.append(f"{check.excerpt.line:>5} | {check.excerpt.text}")
    file = shown_path(report, check.at.file if check.at else None)
    begin = "Not attempted yet: " if check.outcome is Outcome.NOT_ATTEMPTED else ""
    lines.append(begin + name_file(check.message or check.title, file))
    if check.log:
        lines.append(f"The container would log: {check.log}")
    return [*lines, f"More: grade hint {check.id}"]


def _output(report: Report) -> list[str]:
    """Return what stands on top: why nothing could be graded, or what Compose says and what was changed."""
    if report.reason:
        place = f"line {report.reason.line}, column {report.reason.column or 1}: " if report.reason.line else ""
        return ["This submission cannot be graded.", f"{shown_path(report, None)}: {place}{report.reason.message}"]
    lines = [f"{report.score} of {report.max_score} points."]
    lines.append("Docker Compose accepts the file." if report.accepted else "Docker Compose refuses the file:")
    lines += [_problem(report, error) for error in report.errors]
    if report.changes:
        lines.append("Different from the skeleton (only environment and volumes are asked for):")
        for change in report.changes[:MAX_LISTED]:
            place = f"line {change.line}: " if change.line else ""
            path = "" if change.path in change.message else f"{change.path}: "
            lines.append(f"  {place}{path}{change.message}")
        lines += _more(len(report.changes))
    if report.warnings:
        lines.append("Warnings:")
        lines += [_problem(report, warning) for warning in report.warnings[:MAX_LISTED]]
        lines += _more(len(report.warnings))
    return lines


def _problem(report: Report, problem: Problem) -> str:
    file = shown_path(report, problem.file)
    place = f"{file}:{problem.line}:{problem.column or 1}: " if problem.line else ""
    return f"  {place}{name_file(problem.message, file)}"


def _more(count: int) -> list[str]:
    return [f"  and {count - MAX_LISTED} more"] if count > MAX_LISTED else []
