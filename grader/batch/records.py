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
from typing import Any, NamedTuple

from grader import __version__
from grader.batch.briefs import LETTERS, Brief, Fault, brief
from grader.batch.submission import Student, Submission
from grader.findings import FAILED, Outcome
from grader.report import SCHEMA, CheckResult, ExerciseResult, Report
from grader.reports.clean import clean
from grader.reports.json import warnings_data, whole_data
from grader.rubric import Rubric

MAX_REMARKS = 20
MAX_REMARK_CHARACTERS = 500
DIGEST_BYTES = 8
MAX_BEGINNINGS = 2048  # texts of checks that are kept; each is bounded as their messages are
MAX_LINE_BYTES = 4 * 1024 * 1024  # a longer line is none of ours
# a check's place and words, which most checks lack
_OPTIONAL = ("message", "because", "file", "line", "column")

_BEGIN, _REPORT = b'{"submission":', b',"report":{'
_DIGEST, _END = b',"digest":"', b'"}\n'
_EXERCISES = ',"exercises":['

_LETTERS = {outcome: LETTERS[outcome.word] for outcome in Outcome}

_decode = json.JSONDecoder().raw_decode
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Recorded(NamedTuple):
    """The line of one submission, with its line end, and its brief: None where only the line tells what is in it."""

    line: bytes
    brief: Brief | None


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
) -> Recorded:
    """Return the line of one submission. `remarks` are further ones, of opening it."""
    said = (*submission.remarks, *remarks)[:MAX_REMARKS]
    about: dict[str, Any] = {
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
        "report": {**whole_data(report), "exercises": [], "warnings": warnings_data(report)},
        "choices": choices or {},
        "traits": traits,
    }
    # in one go: to set an encoder to work takes as long as what it writes here
    text = _encode(about)
    before, begin, after = text.partition(_EXERCISES)  # a text within it has no such quote marks
    exercises = ",".join([_exercise(exercise, report.file) for exercise in report.exercises])
    line = f"{before}{begin}{exercises}{after}"
    try:
        written = line.encode()
    except UnicodeEncodeError:  # names of files may hold bytes that are no characters
        return Recorded(sealed(line.encode("utf-8", "replace")), None)
    return Recorded(sealed(written), _brief(about, report))


def _brief(about: Mapping[str, Any], report: Report) -> Brief:
    checks = report.checks()
    outcomes = [check.outcome for check in checks]
    choices = about["choices"]
    reason = report.reason
    return brief(
        about,
        status=report.status,
        reason=reason and (reason.kind, clean(reason.message)),
        score=report.score,
        max_score=report.max_score,
        scores=tuple([exercise.score for exercise in report.exercises]),
        outcomes="".join(map(_LETTERS.__getitem__, outcomes)),
        wrong=tuple(
            [
                Fault(check.id, clean(check.message or ""), choices.get(check.id))
                for check, outcome in zip(checks, outcomes, strict=True)
                if outcome is FAILED
            ]
        ),
    )


def sealed(line: bytes) -> bytes:
    """Return a JSON object, without its line end, as a line that ends in its own digest."""
    text = line[:-1]
    return b"%s%s%s%s" % (text, _DIGEST, _digest(text), _END)


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


# The checks are most of a line and much alike in a class: their JSON text is put together here, much faster than by an
# encoder, from what was written before: what a check begins with, and its place.


def _exercise(exercise: ExerciseResult, main_file: str) -> str:
    exercise_id, _, _, score, max_score, checks = exercise
    texts = []
    for check in checks:
        text = _beginning(check[:_AT])
        at = check.at
        if at is not None:
            file, line, column, _ = at
            if file != main_file:  # left out where it is the submission's compose file
                text += f',"file":{_quoted(clean(file))}'
            text += _place(line, column)
        texts.append(text)
    end = "}]}" if texts else "]}"
    return _head(exercise_id, score, max_score) + "},".join(texts) + end


_AT = CheckResult._fields.index("at")


@lru_cache(maxsize=MAX_BEGINNINGS)
def _head(exercise_id: str, score: int, max_score: int) -> str:
    return f'{{"id":{_quoted(exercise_id)},"score":{score},"max_score":{max_score},"checks":['


@lru_cache(maxsize=MAX_BEGINNINGS)
def _beginning(judged: tuple[Any, ...]) -> str:
    """Return what a check's text begins with: all but its place, which is the same for many of a class."""
    check_id, _, outcome, score, max_score, message, because = judged
    text = f'{{"id":{_quoted(check_id)},"outcome":{_quoted(outcome.word)},"score":{score},"max_score":{max_score}'
    if message is not None:
        text += f',"message":{_quoted(clean(message))}'
    return text if because is None else f'{text},"because":{_quoted(because)}'


@lru_cache(maxsize=MAX_BEGINNINGS)  # numbers take their time to be written
def _place(line: int, column: int) -> str:
    return f',"line":{line},"column":{column}'


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


def key_of(submission: str) -> str:
    """Return the name of a submission as it stands in a line: what is no character cannot be kept there."""
    return submission.encode("utf-8", "replace").decode()
