"""One line of `results.jsonl`: a submission, whose it is, and its report without the texts that the rubric holds.

    {"submission", "student", "members", "attempt", "attempts", "late", "handed_in", "remarks",
     "files", "basis", "report", "choices", "traits", "digest"}

`files` tells what grading looked at, `basis` everything else that the line rests on (the rubric, this grader, what the
source says): while both stay the same the submission need not be graded again, if the line is still what its `digest`
says: one that somebody has changed by hand tells nothing. In `report`, titles, links and keys
without a value are left out; `full_report` puts them back.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from typing import Any

from grader import __version__
from grader.batch.submission import Student, Submission
from grader.findings import Outcome
from grader.report import SCHEMA, CheckResult, ExerciseResult, Report
from grader.reports.clean import clean
from grader.reports.json import report_data
from grader.rubric import Rubric

MAX_REMARKS = 20
MAX_REMARK_CHARACTERS = 500
DIGEST_BYTES = 8
MAX_LINE_BYTES = 4 * 1024 * 1024  # a longer line is none of ours
# a check's place and words, which most checks lack
_OPTIONAL = ("message", "because", "file", "line", "column")

_LOST = frozenset(outcome.value for outcome in Outcome if outcome.lost)
_BEGIN, _REPORT = b'{"submission":', b',"report":{'
_DIGEST, _END = b',"digest":"', b'"}\n'

_decode = json.JSONDecoder().raw_decode
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
    about = {
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
    }
    line = (
        f'{_encode(about)[:-1]},"report":{_report(report)}'
        f',"choices":{_encode(choices or {})},"traits":{_encode(list(traits))}}}'
    )
    # names of files may hold bytes that are no characters
    return sealed(line.encode("utf-8", "replace"))


def sealed(line: bytes) -> bytes:
    """Return a JSON object, without its line end, as a line that ends in its own digest."""
    return b"%s%s%s%s" % (line[:-1], _DIGEST, _digest(line[:-1]), _END)


def is_whole(line: bytes) -> bool:
    """Tell whether a line is as it was written."""
    text, found, digest = line.rpartition(_DIGEST)
    return bool(found) and digest == _digest(text) + _END


def name_in(line: bytes) -> str | None:
    """Return the name of the submission that a line is about, None for what is no line of ours.

    The rest is not looked at: that takes twenty times as long.
    """
    if not line.startswith(_BEGIN):
        return None
    try:
        name, _ = _decode(line.decode(), len(_BEGIN))
    except (ValueError, RecursionError):
        return None
    return name if isinstance(name, str) else None


def head_of(line: bytes) -> dict[str, Any]:
    """Return what a whole line says before its report, which is nearly all of it."""
    head, found, _ = line.partition(_REPORT)  # a text within the line has no such quote marks
    data: dict[str, Any] = json.loads(head + b"}" if found else line)
    return data


def _digest(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=DIGEST_BYTES).hexdigest().encode()


def _student(student: Student) -> dict[str, str | None]:
    return {"id": student.id, "name": student.name, "email": student.email, "login": student.login}


# The checks are most of a line and much alike: their JSON text is written here, in half the time of an encoder.


def _report(report: Report) -> str:
    data = report_data(report._replace(exercises=()))
    del data["schema"], data["grader"], data["exercises"]
    warnings = data.pop("warnings")
    exercises = ",".join([_exercise(exercise, report.file) for exercise in report.exercises])
    return f'{_encode(data)[:-1]},"exercises":[{exercises}],"warnings":{_encode(warnings)}}}'


def _exercise(exercise: ExerciseResult, main_file: str) -> str:
    checks = ",".join([_check(check, main_file) for check in exercise.checks])
    head = f'"id":{_quoted(exercise.id)},"score":{exercise.score},"max_score":{exercise.max_score}'
    return f'{{{head},"checks":[{checks}]}}'


def _check(check: CheckResult, main_file: str) -> str:
    """Return a check; its file is left out where it is the submission's compose file."""
    check_id, _, outcome, score, max_score, message, because, at = check[:8]
    text = _head(check_id, outcome.word, score, max_score)
    if message is not None:
        text += f',"message":{_quoted(clean(message))}'
    if because is not None:
        text += f',"because":{_quoted(because)}'
    if at is None:
        return f"{text}}}"
    file, line, column = at[:3]
    if file != main_file:
        text += f',"file":{_quoted(clean(file))}'
    return f'{text},"line":{line},"column":{column}}}'


@lru_cache(maxsize=1024)  # of the few outcomes of the checks of a rubric
def _head(check_id: str, outcome: str, score: int, max_score: int) -> str:
    return f'{{"id":{_quoted(check_id)},"outcome":{_quoted(outcome)},"score":{score},"max_score":{max_score}'


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


def counts(found: Mapping[str, Any]) -> bool:
    """Tell whether a record is that of the student's last attempt, the one that counts."""
    last: bool = found["attempt"] == found["attempts"]
    return last


def checks_of(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return all checks of a record in the order of the rubric."""
    return [check for exercise in found["report"]["exercises"] for check in exercise["checks"]]


def lost_checks(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the checks of a record whose points the student has lost, in the order of the rubric."""
    return [check for check in checks_of(found) if check["outcome"] in _LOST]


def key_of(submission: str) -> str:
    """Return the name of a submission as it stands in a line: what is no character cannot be kept there."""
    return submission.encode("utf-8", "replace").decode()
