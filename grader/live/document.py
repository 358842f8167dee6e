"""A live run for programs: `compose-kata/live/1`, described by `grader/live.schema.json`."""

import json
from typing import Any

from grader.live.records import SCHEMA, Cause, LiveReport, StepResult
from grader.reports.clean import clean


def render_json(report: LiveReport) -> str:
    """Return the report as JSON text; absent things are null."""
    return json.dumps(live_data(report), indent=2) + "\n"


def live_data(report: LiveReport) -> dict[str, Any]:
    """Return the report as plain data in the order of the schema."""
    predicted = report.predicted
    return {
        "schema": SCHEMA,
        "grader": report.grader,
        "file": clean(report.file),
        "status": report.status,
        "reason": None if report.stop is None else {"kind": report.stop.kind, "message": clean(report.stop.message)},
        "project": report.project,
        "in_place": report.in_place,
        "kept": report.kept,
        "seconds": round(report.seconds, 1),
        "beyond": [{"path": clean(one.path), "message": clean(one.message)} for one in report.beyond],
        "steps": [_step(step) for step in report.steps],
        "predicted": None
        if predicted is None
        else {
            "score": predicted.score,
            "max_score": predicted.max_score,
            "containers": {name: result.verdict for name, result in predicted.containers.items()},
            "lost": [check.id for check in predicted.checks() if check.outcome.lost],
        },
        "disagreements": [
            {"about": one.about, "predicted": clean(one.predicted), "happened": clean(one.happened)}
            for one in report.disagreements
        ],
        "ports": dict(report.ports),
        "stop_commands": list(report.stop_commands),
        "remarks": [clean(remark) for remark in report.remarks],
    }


def _step(step: StepResult) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": step.title,
        "outcome": step.outcome,
        "seconds": round(step.seconds, 1),
        "message": _text(step.message),
        "check": step.check,
        "because": step.because,
        "causes": [_cause(cause) for cause in step.causes],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "service": cause.service,
        "check": cause.check,
        "message": clean(cause.message),
        "line": _text(cause.line),
    }


def _text(text: str | None) -> str | None:
    return None if text is None else clean(text)
