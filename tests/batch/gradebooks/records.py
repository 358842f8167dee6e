"""Short for what a batch does with a gradebook: it opens one, and hands it the records of `results.jsonl`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.batch.gradebooks import open_gradebooks
from grader.batch.gradebooks.filling import FilledGradebook
from tests.batch import records
from tests.batch.records import not_gradable, report_of


def opened(kind: str, path: Path | str, out: Path, **known: Any) -> FilledGradebook:
    """Open one gradebook; the folder `out` is there, as in a batch."""
    out.mkdir(exist_ok=True)
    (gradebook,) = open_gradebooks([f"{kind}={path}"], str(out), **known)
    return gradebook


def record(
    submission: str,
    score: int | None,
    *,
    student: Mapping[str, Any] | None = None,
    members: Sequence[Mapping[str, Any]] = (),
    attempt: int = 1,
    attempts: int = 1,
) -> dict[str, Any]:
    """Return the record of a submission; without a score it was not gradable. What was lost is two checks."""
    report = not_gradable("input", "This is no YAML.") if score is None else {**report_of({}), **_graded(score)}
    whose = None if student is None else records.student(**student)
    others = [records.student(**member) for member in members]
    return records.record(submission, report, student=whose, members=others, attempt=attempt, attempts=attempts)


def _graded(score: int) -> dict[str, Any]:
    checks = [
        {"id": "kafka.node-id", "outcome": "failed", "score": 0, "max_score": 2},
        {"id": "kafka.cluster-id", "outcome": "not attempted", "score": 0, "max_score": 3},
        {"id": "kafka.starts", "outcome": "skipped", "score": 0, "max_score": 1},
        {"id": "mysql.user", "outcome": "passed", "score": 3, "max_score": 3},
    ]
    return {"score": score, "exercises": [{"id": "02-kafka", "checks": checks}]}
