"""Short for what a batch does with a gradebook: it opens one, and hands it what became of each submission."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.batch.briefs import Brief, brief_of
from grader.batch.gradebooks import open_gradebooks
from grader.batch.gradebooks.filling import FilledGradebook
from grader.exercise import Check
from tests.batch import records
from tests.batch.graded import rubric
from tests.batch.records import not_gradable, report_of

CHECKS: list[dict[str, Any]] = [
    {"id": "kafka.node-id", "outcome": "failed", "score": 0, "max_score": 2},
    {"id": "kafka.cluster-id", "outcome": "not attempted", "score": 0, "max_score": 3},
    {"id": "kafka.starts", "outcome": "skipped", "score": 0, "max_score": 1},
    {"id": "mysql.user", "outcome": "passed", "score": 3, "max_score": 3},
]


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
) -> Brief:
    """Return the brief of a submission; without a score it was not gradable. What was lost is two checks."""
    report = not_gradable("input", "This is no YAML.") if score is None else {**report_of({}), **_graded(score)}
    whose = None if student is None else records.student(**student)
    others = [records.student(**member) for member in members]
    return brief_of(
        records.record(submission, report, student=whose, members=others, attempt=attempt, attempts=attempts)
    )


def checks(*titles: str) -> list[Check]:
    """Return the checks of those records, with these titles instead of their ids."""
    found = [(check["id"], check["max_score"]) for check in CHECKS]
    names = [*titles, *(id_ for id_, _ in found[len(titles) :])]
    known = rubric().checks()[0]
    return [known._replace(id=id_, title=name, points=points) for (id_, points), name in zip(found, names, strict=True)]


def _graded(score: int) -> dict[str, Any]:
    return {"score": score, "exercises": [{"id": "02-kafka", "score": score, "checks": CHECKS}]}
