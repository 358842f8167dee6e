"""Grade one submission: read it, judge it, stamp ids and points. Never raises for what a student wrote."""

import functools
import gc
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from grader import __version__
from grader.checks import judged
from grader.compose.errors import Unreadable
from grader.compose.files import FolderFiles
from grader.compose.loader import load
from grader.compose.marks import Mark
from grader.compose.model import Project
from grader.compose.request import Request
from grader.containers.verdict import Verdict
from grader.exercise import Check, Exercise
from grader.findings import PASSED, Finding
from grader.judging import judge
from grader.report import CheckResult, ContainerResult, ExerciseResult, Problem, Reason, Report
from grader.rubric import Rubric, unknown_service
from grader.skeleton import compare
from grader.stack import Stack

if TYPE_CHECKING:
    from grader.secrets import Secrets
    from grader.shown import Shown

CONTAINERS = ("kafka", "mongodb", "mysql")
DEFAULT_FILE = "docker-compose.yml"
WORKS = ContainerResult(Verdict.WORKS.value, None)  # a container without a problem has nothing to say
_made = tuple.__new__

# a check, its id, and what is before and behind `at` and `source` in the result of one that passes
Row = tuple[Check, str, tuple[object, ...], tuple[object, ...]]


class Graded:
    """The report of one submission, and what it was made from: None where nothing could be graded.

    `secrets` returns the passwords of the submission.
    """

    __slots__ = ("report", "secrets", "stack")  # a named tuple takes a millisecond of a cold start to be made

    def __init__(self, report: Report, stack: Stack | None, secrets: "Callable[[], Secrets] | None" = None) -> None:
        self.report = report
        self.stack = stack
        self.secrets = secrets


def grade(request: Request, rubric: Rubric, *, exercises: Sequence[str] = ()) -> Report:
    """Return the report of one submission.

    `exercises` limits the report to these exercise ids (all checks are judged all the same: they depend on each other).
    A submission that cannot be read, and a fault of the grader itself, give a report that is `not gradable`.
    """
    return grade_with_stack(request, rubric, exercises=exercises).report


def grade_with_stack(
    request: Request, rubric: Rubric, *, exercises: Sequence[str] = (), excerpts: bool = True
) -> Graded:
    """Return what `grade` returns, with the stack that was judged, for who looks further into a submission.

    Without `excerpts` the report shows no lines of the file, for who only keeps what was found.
    """
    # Whatever is made here stays until the report is done: looking for garbage meanwhile takes a tenth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _grade(request, rubric, exercises, excerpts=excerpts)
    finally:
        if collects:
            gc.enable()


def _grade(request: Request, rubric: Rubric, exercises: Sequence[str], *, excerpts: bool) -> Graded:
    try:
        loaded = load(request)
    except Unreadable as error:
        reason = Reason("input", error.message, *_line_column(error.at))
        return _not_gradable(request, rubric, reason, error.file)
    except Exception as error:  # a fault of ours must not become a student's zero
        return _not_gradable(request, rubric, _fault(error), None)
    try:
        if loaded.refusals:
            from grader.judging.charges import without_refused  # here, because most files are accepted

            loaded = without_refused(loaded)
        skeleton = read_skeleton(rubric.skeleton)
        complaint = _complaint(rubric)
        if complaint is not None:
            reason = Reason("grader", f"the rubric cannot be used: {complaint}", None, None)
            return _not_gradable(request, rubric, reason, None)

        known: list[Secrets] = []

        def secrets() -> "Secrets":
            from grader.secrets import Secrets  # here, because a solution has nothing to hide

            if not known:
                known.append(Secrets(loaded, rubric, skeleton))
            return known[0]

        changes = compare(skeleton, loaded.project, lambda text: secrets().hide(text))
        stack = Stack(loaded, changes, rubric.owners, rubric.asked_sorted, skeleton.services, judged)
        findings = judge(stack, rubric)
        made: list[Shown] = []

        def shown() -> "Shown":
            from grader.shown import Shown  # as above

            if not made:
                made.append(Shown(loaded, secrets(), excerpts=excerpts))
            return made[0]

        return Graded(_report(request, rubric, stack, findings, exercises, secrets, shown), stack, secrets)
    except Exception as error:  # as above
        return _not_gradable(request, rubric, _fault(error), None)


@functools.lru_cache(maxsize=8)
def read_skeleton(path: str) -> Project:
    """Read the skeleton that submissions are compared with, once a process."""
    folder = os.path.dirname(os.path.abspath(path))
    name = os.path.basename(path)
    return load(Request(FolderFiles(folder), folder, compose_files=(name,), project_name="skeleton")).project


@functools.lru_cache(maxsize=8)
def _complaint(rubric: Rubric) -> str | None:
    """Tell once a process why a rubric does not fit its skeleton; None: it fits."""
    return unknown_service(rubric, read_skeleton(rubric.skeleton).services)


def _fault(error: Exception) -> Reason:
    return Reason("grader", f"the grader failed on this file ({fault_place(error)}); please report it", None, None)


def fault_place(error: Exception) -> str:
    """Return the kind of a fault of ours and where it came up: `KeyError in listeners.py:30`."""
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {os.path.basename(frame.filename)}:{frame.lineno}"


def _not_gradable(request: Request, rubric: Rubric, reason: Reason, file: str | None) -> Graded:
    if file is None:
        file = os.path.basename(request.compose_files[0]) if request.compose_files else DEFAULT_FILE
    return Graded(not_gradable(rubric, reason, folder=request.folder, file=file), None)


def not_gradable(rubric: Rubric, reason: Reason, *, folder: str, file: str) -> Report:
    """Return the report of a submission about which nothing can be said but why; `folder` is absolute."""
    return Report(
        grader=__version__,
        folder=folder,
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
    request: Request,
    rubric: Rubric,
    stack: Stack,
    findings: dict[str, Finding],
    exercises: Sequence[str],
    secrets: "Callable[[], Secrets]",
    shown: "Callable[[], Shown]",
) -> Report:
    loaded = stack.loaded
    errors: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    if loaded.refusals or loaded.warnings or loaded.remarks:
        errors = shown().errors()
        warnings = shown().warnings()
    graded = tuple(
        _exercise(exercise, max_score, rows, findings, shown)
        for exercise, max_score, rows in _rows(rubric)
        if not exercises or exercise.id in exercises
    )
    return Report(
        grader=__version__,
        folder=request.folder,
        file=loaded.files[0],
        status="graded",
        reason=None,
        score=sum([result.score for result in graded]),
        max_score=sum([result.max_score for result in graded]),
        accepted=not loaded.refusals,
        errors=errors,
        containers={name: _container(stack, name, secrets) for name in CONTAINERS},
        changes=stack.changes.listed,
        exercises=graded,
        warnings=warnings,
    )


@functools.lru_cache(maxsize=8)
def _rows(rubric: Rubric) -> tuple[tuple[Exercise, int, tuple[Row, ...]], ...]:
    """Return the exercises, their points, and of each check what its result is if it passes: once a process."""
    return tuple(
        (exercise, sum(check.points for check in exercise.checks), tuple(map(_row, exercise.checks)))
        for exercise in rubric.exercises
    )


def _row(check: Check) -> Row:
    before = (check.id, check.title, PASSED, check.points, check.points, None, None)
    return check, check.id, before, (None, None, check.link, None, None)


def _exercise(
    exercise: Exercise,
    max_score: int,
    rows: tuple[Row, ...],
    findings: Mapping[str, Finding],
    shown: "Callable[[], Shown]",
) -> ExerciseResult:
    score = max_score
    results = []
    for check, check_id, before, behind in rows:
        finding = findings[check_id]
        if finding.outcome is PASSED:
            # all fields in order, in a third of the time of the class's own constructor
            results.append(_made(CheckResult, before + finding[2:4] + behind))
        else:
            score -= check.points
            results.append(shown().result(check, finding))
    return ExerciseResult(exercise.id, exercise.title, exercise.service, score, max_score, tuple(results))


def _container(stack: Stack, name: str, secrets: "Callable[[], Secrets]") -> ContainerResult:
    # of another image nothing is known
    if stack.loaded.refusals or name not in stack.project.services or (name, "image") in stack.changes.parts:
        return ContainerResult(None, None)
    model = stack.containers.of(name)
    if model is None:
        return ContainerResult(None, None)
    if model.message is None:
        return WORKS
    return ContainerResult(model.verdict.value, secrets().hide(model.message))


def _line_column(at: Mark | None) -> tuple[int | None, int | None]:
    return (at.line, at.column) if at is not None else (None, None)
