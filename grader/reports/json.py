"""The report for programs: `compose-kata/report/1`, described by `grader/report.schema.json`."""

from typing import Any

from grader.report import SCHEMA, Change, CheckResult, ExerciseResult, Problem, Report
from grader.reports.clean import clean
from grader.reports.places import own_name


def render_json(report: Report) -> str:
    """Return the report as JSON text; paths are relative to the submission, absent things are null."""
    import json

    return json.dumps(report_data(report), indent=2) + "\n"


def report_data(report: Report) -> dict[str, Any]:
    """Return the report as plain data in the order of the schema."""
    return {
        "schema": SCHEMA,
        "grader": report.grader,
        **whole_data(report),
        "exercises": [_exercise(report, exercise) for exercise in report.exercises],
        "warnings": warnings_data(report),
    }


def whole_data(report: Report) -> dict[str, Any]:
    """Return what a report says of the submission as a whole, but for warnings."""
    reason = report.reason
    return {
        "file": clean(report.file),
        "status": report.status,
        "reason": reason
        and {
            "kind": reason.kind,
            "message": clean(reason.message),
            "line": reason.line,
            "column": reason.column,
        },
        "score": report.score,
        "max_score": report.max_score,
        "compose": {"accepted": report.accepted, "errors": [_problem(report, error) for error in report.errors]},
        "containers": {
            name: {"verdict": verdict, "message": message and clean(message)}
            for name, (verdict, message) in report.containers.items()
        },
        "skeleton": {"intact": not report.changes, "changes": [_change(change) for change in report.changes]},
    }


def warnings_data(report: Report) -> list[dict[str, Any]]:
    """Return the warnings of a report."""
    return [_problem(report, warning) for warning in report.warnings]


def _exercise(report: Report, exercise: ExerciseResult) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "title": exercise.title,
        "score": exercise.score,
        "max_score": exercise.max_score,
        "checks": [_check(report, check) for check in exercise.checks],
    }


def _check(report: Report, check: CheckResult) -> dict[str, Any]:
    """Leave out what is only behind the last hint (expected) or private (actual, the excerpt)."""
    return {
        "id": check.id,
        "title": check.title,
        "outcome": check.outcome.value,
        "score": check.score,
        "max_score": check.max_score,
        "message": _text(check.message),
        "because": check.because,
        "file": clean(own_name(report, check.at.file)) if check.at else None,
        "line": check.at.line if check.at else None,
        "column": check.at.column if check.at else None,
        "task": check.task,
    }


def _problem(report: Report, problem: Problem) -> dict[str, Any]:
    return {
        "message": clean(problem.message),
        "file": clean(own_name(report, problem.file)) if problem.file else None,
        "line": problem.line,
        "column": problem.column,
    }


def _change(change: Change) -> dict[str, Any]:
    return {"path": clean(change.path), "message": clean(change.message), "line": change.line}


def _text(text: str | None) -> str | None:
    return None if text is None else clean(text)
