"""One line of `results.jsonl`: a submission, whose it is, and its report without the texts that the rubric holds.

    {"submission", "student", "members", "attempt", "attempts", "late", "handed_in", "remarks",
     "files", "basis", "report", "choices", "traits"}

`files` tells what grading looked at, `basis` everything else that the line rests on (the rubric, this grader, what the
source says): while both stay the same the submission need not be graded again. In `report`, titles, links and keys
without a value are left out; `full_report` puts them back.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grader import __version__
from grader.batch.submission import Student, Submission
from grader.report import SCHEMA, CheckResult, ExerciseResult, Report
from grader.reports.clean import clean
from grader.reports.json import report_data
from grader.rubric import Rubric

MAX_REMARKS = 20
MAX_REMARK_CHARACTERS = 500
DIGEST_BYTES = 8
# a check's place and words, which most checks lack
_OPTIONAL = ("message", "because", "file", "line", "column")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def basis(submission: Submission, rubric_digest: str) -> str:
    """Return a digest of what a record rests on besides the files it looked at."""
    known = (rubric_digest, *submission[:1], *submission[2:])
    return hashlib.blake2b(repr(known).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()


def record(
    submission: Submission,
    report: Report,
    *,
    basis: str,
    files: Mapping[str, str | None],
    remarks: Sequence[str] = (),
    choices: Mapping[str, str] | None = None,
    traits: Sequence[str] = (),
) -> bytes:
    """Return the line of one submission, with its line end. `remarks` are further ones, of opening it."""
    said = (*submission.remarks, *remarks)[:MAX_REMARKS]
    line = _encode(
        {
            "submission": submission.id,
            "student": submission.student and _student(submission.student),
            "members": [_student(member) for member in submission.members],
            "attempt": submission.attempt,
            "attempts": submission.attempts,
            "late": submission.late,
            "handed_in": submission.handed_in,
            "remarks": [clean(remark[:MAX_REMARK_CHARACTERS]) for remark in said],
            "files": files,
            "basis": basis,
            "report": _report(report),
            "choices": choices or {},
            "traits": list(traits),
        }
    )
    # names of files may hold bytes that are no characters
    return line.encode("utf-8", "replace") + b"\n"


def _student(student: Student) -> dict[str, str | None]:
    return {"id": student.id, "name": student.name, "email": student.email, "login": student.login}


def _report(report: Report) -> dict[str, Any]:
    data = report_data(report._replace(exercises=()))
    del data["schema"], data["grader"]
    data["exercises"] = [_exercise(exercise, report.file) for exercise in report.exercises]
    return data


def _exercise(exercise: ExerciseResult, main_file: str) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "score": exercise.score,
        "max_score": exercise.max_score,
        "checks": [_check(check, main_file) for check in exercise.checks],
    }


def _check(check: CheckResult, main_file: str) -> dict[str, Any]:
    """Return a check; its file is left out where it is the submission's compose file."""
    data: dict[str, Any] = {
        "id": check.id,
        "outcome": check.outcome.value,
        "score": check.score,
        "max_score": check.max_score,
    }
    if check.message is not None:
        data["message"] = clean(check.message)
    if check.because is not None:
        data["because"] = check.because
    at = check.at
    if at is not None:
        if at.file != main_file:
            data["file"] = clean(at.file)
        data["line"] = at.line
        data["column"] = at.column
    return data


def full_report(found: Mapping[str, Any], rubric: Rubric) -> dict[str, Any]:
    """Return what `grade --format json` says of the submission, from its record and the rubric it was graded by."""
    report = found["report"]
    exercises = {exercise.id: exercise for exercise in rubric.exercises}
    return {
        "schema": SCHEMA,
        "grader": __version__,
        **report,
        "exercises": [
            {
                "id": exercise["id"],
                "title": exercises[exercise["id"]].title,
                "score": exercise["score"],
                "max_score": exercise["max_score"],
                "checks": [_full_check(check, rubric, report["file"]) for check in exercise["checks"]],
            }
            for exercise in report["exercises"]
        ],
        "warnings": report["warnings"],
    }


def _full_check(check: Mapping[str, Any], rubric: Rubric, main_file: str) -> dict[str, Any]:
    known = rubric.check(check["id"])
    optional = {key: check.get(key) for key in _OPTIONAL}
    if optional["file"] is None and optional["line"] is not None:
        optional["file"] = main_file
    return {
        "id": known.id,
        "title": known.title,
        "outcome": check["outcome"],
        "score": check["score"],
        "max_score": check["max_score"],
        **optional,
        "task": known.link,
    }


def checks_of(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield all checks of a record in the order of the rubric."""
    for exercise in found["report"]["exercises"]:
        yield from exercise["checks"]
