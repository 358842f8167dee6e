"""Grade one submission: read it, judge it, stamp ids and points. Never raises for what a student wrote."""

import functools
import os
from collections.abc import Sequence

from grader import __version__
from grader.compose.errors import Unreadable
from grader.compose.files import FolderFiles
from grader.compose.loader import load
from grader.compose.marks import Mark
from grader.compose.model import Loaded, Notice, Project
from grader.compose.request import Request
from grader.excerpts import excerpt_at
from grader.findings import Finding, Outcome
from grader.judging import judge
from grader.masking import mask_refusal, mask_text, mask_warning, secret_marks
from grader.report import CheckResult, ContainerResult, ExerciseResult, Problem, Reason, Report
from grader.rubric import Check, Exercise, Rubric, unknown_service
from grader.skeleton import compare
from grader.stack import Stack

CONTAINERS = ("kafka", "mongodb", "mysql")
DEFAULT_FILE = "docker-compose.yml"
MAX_LOG_CHARACTERS = 240
# texts of containers that go on with the answer
GIVE_AWAYS = (" The valid options", " Each entry should be", ". Found ")


def grade(request: Request, rubric: Rubric, *, exercises: Sequence[str] = ()) -> Report:
    """Return the report of one submission.

    `exercises` limits the report to these exercise ids (all checks are judged all the same: they depend on each other).
    A submission that cannot be read, and a fault of the grader itself, give a report that is `not gradable`.
    """
    try:
        loaded = load(request)
    except Unreadable as error:
        return _not_gradable(request, rubric, Reason("input", error.message, *_line_column(error.at)), error.at)
    except Exception as error:  # a fault of ours must not become a student's zero
        return _not_gradable(request, rubric, _fault(error), None)
    try:
        if loaded.refusals:
            from grader.judging.charges import without_refused  # here, because most files are accepted

            loaded = without_refused(loaded)
        skeleton = read_skeleton(rubric.skeleton)
        complaint = unknown_service(rubric, skeleton.services)
        if complaint is not None:
            reason = Reason("grader", f"the rubric cannot be used: {complaint}", None, None)
            return _not_gradable(request, rubric, reason, None)
        stack = Stack(loaded, compare(skeleton, loaded.project), rubric.owners)
        findings = judge(stack, rubric)
        return _report(request, rubric, stack, findings, exercises)
    except Exception as error:  # as above
        return _not_gradable(request, rubric, _fault(error), None)


@functools.lru_cache(maxsize=8)
def read_skeleton(path: str) -> Project:
    """Read the skeleton that submissions are compared with, once a process."""
    folder = os.path.dirname(os.path.abspath(path))
    name = os.path.basename(path)
    return load(Request(FolderFiles(folder), folder, compose_files=(name,), project_name="skeleton")).project


def _fault(error: Exception) -> Reason:
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(frame.filename)}:{frame.lineno}"
    return Reason(
        "grader", f"the grader failed on this file ({type(error).__name__} in {place}); please report it", None, None
    )


def _not_gradable(request: Request, rubric: Rubric, reason: Reason, at: Mark | None) -> Report:
    file = (
        at.file
        if at is not None
        else os.path.basename(request.compose_files[0])
        if request.compose_files
        else DEFAULT_FILE
    )
    return Report(
        grader=__version__,
        folder=request.folder,
        file=file,
        status="not gradable",
        reason=reason,
        score=None,
        max_score=rubric.max_score,
        accepted=False,
        errors=(),
        containers={name: ContainerResult(None, None) for name in CONTAINERS},
        changes=(),
        exercises=(),
        warnings=(),
    )


def _report(
    request: Request, rubric: Rubric, stack: Stack, findings: dict[str, Finding], exercises: Sequence[str]
) -> Report:
    loaded = stack.loaded
    lost = any(finding.outcome is not Outcome.PASSED for finding in findings.values())
    secrets = secret_marks(loaded.project) if lost or loaded.warnings else {}
    shown = [exercise for exercise in rubric.exercises if not exercises or exercise.id in exercises]
    results = tuple(_exercise(exercise, findings, loaded, secrets) for exercise in shown)
    return Report(
        grader=__version__,
        folder=request.folder,
        file=loaded.files[0],
        status="graded",
        reason=None,
        score=sum(result.score for result in results),
        max_score=sum(result.max_score for result in results),
        accepted=not loaded.refusals,
        errors=tuple(
            Problem(mask_refusal(refusal), refusal.at.file, refusal.at.line, refusal.at.column, refusal.kind)
            for refusal in loaded.refusals[:1]
        ),
        containers={name: _container(stack, name) for name in CONTAINERS},
        changes=stack.changes.listed,
        exercises=results,
        warnings=tuple(_warning(notice, loaded, secrets) for notice in (*loaded.warnings, *loaded.remarks)),
    )


def _exercise(
    exercise: Exercise,
    findings: dict[str, Finding],
    loaded: Loaded,
    secrets: dict[tuple[str, int], list[Mark]],
) -> ExerciseResult:
    checks = tuple(_stamp(check, findings[check.id], loaded, secrets) for check in exercise.checks)
    return ExerciseResult(
        exercise.id,
        exercise.title,
        exercise.service,
        sum(check.score for check in checks),
        sum(check.max_score for check in checks),
        checks,
    )


def _stamp(check: Check, finding: Finding, loaded: Loaded, secrets: dict[tuple[str, int], list[Mark]]) -> CheckResult:
    outcome, message, at, source, expected, actual, because, log = finding
    earned = outcome is Outcome.PASSED
    if at is None and outcome.lost:
        at = Mark(loaded.files[0], 1, 1)  # nothing is written that it would belong under
    return CheckResult(
        check.id,
        check.title,
        outcome,
        check.points if earned else 0,
        check.points,
        None if message is None else mask_text(message),
        because,
        at,
        source,
        None if earned else excerpt_at(at, loaded.texts, secrets),
        cut_log(log),
        check.link,
        expected,
        actual,
    )


def cut_log(message: str | None) -> str | None:
    """Shorten a container's text for people, and end it where it would go on with the answer."""
    if message is None:
        return None
    for phrase in GIVE_AWAYS:
        message = message.partition(phrase)[0]
    return message if len(message) <= MAX_LOG_CHARACTERS else message[:MAX_LOG_CHARACTERS] + " ..."


def _container(stack: Stack, name: str) -> ContainerResult:
    # of another image nothing is known
    if stack.loaded.refusals or name not in stack.project.services or (name, "image") in stack.changes.parts:
        return ContainerResult(None, None)
    model = stack.containers.of(name)
    return ContainerResult(None, None) if model is None else ContainerResult(model.verdict.value, model.message)


def _warning(notice: Notice, loaded: Loaded, secrets: dict[tuple[str, int], list[Mark]]) -> Problem:
    at = notice.at
    if at is None:
        return Problem(notice.message, None, None, None)
    lines = loaded.texts.get(at.file, ())
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    message = mask_warning(notice.message, line, at_secret=(at.file, at.line) in secrets)
    return Problem(message, at.file, at.line, at.column)


def _line_column(at: Mark | None) -> tuple[int | None, int | None]:
    return (at.line, at.column) if at is not None else (None, None)
