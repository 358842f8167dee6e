"""What of a report belongs together: what was not begun, what waits for what, and the one thing to do next."""

from collections.abc import Iterator

from grader.findings import FAILED, NOT_ATTEMPTED, SKELETON, SKIPPED
from grader.light_tuple import NamedTuple
from grader.report import CheckResult, ExerciseResult, Problem, Report
from grader.reports.words import Names, line_of, points, untouched


class Begin(NamedTuple):
    """An exercise that was not begun, its first check, and the checks of others that wait for it to be begun."""

    exercise: ExerciseResult
    first: CheckResult
    task_file: str
    then: list[CheckResult]


class Waiting(NamedTuple):
    """What cannot be judged for one reason: names (of checks, or of an exercise as a whole) with points, the reason."""

    names: list[tuple[str, int]]
    cause: str

    @property
    def verb(self) -> str:
        """Return `waits` or `wait`."""
        return "waits" if len(self.names) == 1 else "wait"


class Step(NamedTuple):
    """The one thing to do now: a lost check, or (None) what the words say."""

    check: CheckResult | None
    words: str


def nothing_begun(report: Report) -> bool:
    """Tell whether nothing is filled in yet."""
    return not report.score and all(
        check.outcome is NOT_ATTEMPTED for exercise in report.exercises for check in exercise.checks
    )


def not_attempted(report: Report) -> Iterator[Begin | CheckResult]:
    """Yield what is not there yet: an exercise that was not begun as one, else check by check."""
    begun = [(exercise, not untouched(exercise)) for exercise in _incomplete(report)]
    services = {exercise.service for exercise, is_begun in begun if not is_begun}
    missing = [
        [check for check in exercise.checks if check.outcome is NOT_ATTEMPTED] if is_begun else []
        for exercise, is_begun in begun
    ]
    for (exercise, is_begun), checks in zip(begun, missing, strict=True):
        if is_begun:
            yield from [check for check in checks if _service(check) not in services] if services else checks
        else:
            then = [check for others in missing for check in others if _service(check) == exercise.service]
            first = next(check for check in exercise.checks if check.outcome.lost)
            yield Begin(exercise, first, task_file(exercise.checks[0]), then)


def waiting(report: Report) -> list[Waiting]:
    """Group what could not be judged by what it waits for; an exercise that waits as a whole is named as one."""
    groups: dict[str, list[tuple[str, int]]] = {}
    for exercise in _incomplete(report):
        checks = [check for check in exercise.checks if check.outcome is SKIPPED]
        if not checks:
            continue
        causes = {check.because or "" for check in checks}
        if len(checks) == len(exercise.checks) and len(causes) == 1:
            groups.setdefault(causes.pop(), []).append((exercise.id, exercise.max_score))
            continue
        for check in checks:
            groups.setdefault(check.because or "", []).append((check.id, check.max_score))
    return [Waiting(names, _cause(because)) for because, names in groups.items()]


def next_step(report: Report, names: Names) -> Step:
    """Return the one thing to do now: what Compose refuses, else the first lost check, else what waits for it."""
    check = first_lost(report)
    if not report.accepted and report.errors:
        error = report.errors[0]
        check = next((lost for lost in report.checks() if lost.outcome.lost and _owns(lost, error)), None)
        if check is None:
            line = line_of(report, error, names)
            return Step(None, f"make Docker Compose accept the file ({line}), then run grade again")
    if check is not None:
        return Step(check, f"{check.id} ({points(check.max_score)}), {check.task}")
    return Step(None, "put back what differs from the skeleton, then run grade again (grade reset --help)")


def first_steps(report: Report, names: Names) -> list[str]:
    """Return how to begin with a file in which nothing is filled in."""
    first = first_lost(report)
    if first is None:
        return []
    return [
        f"Read {task_file(first)}; exercises/README.md is the map.",
        f"Write what it asks for into {names(report, None)}, below the service, and save.",
        f"Run grade again. For a hint: grade hint {first.id}",
    ]


def first_lost(report: Report) -> CheckResult | None:
    """Return the first check that is lost."""
    return next((check for exercise in report.exercises for check in exercise.checks if check.outcome.lost), None)


def task_file(check: CheckResult) -> str:
    """Return the TASK that speaks of a check, without the heading in it."""
    return check.task.partition("#")[0]


def _incomplete(report: Report) -> list[ExerciseResult]:
    """Return the exercises in which a check earned nothing."""
    return [exercise for exercise in report.exercises if exercise.score != exercise.max_score]


def _cause(because: str) -> str:
    return "the skeleton to be put back" if because == SKELETON else because or "another part of the file"


def _owns(check: CheckResult, error: Problem) -> bool:
    """Tell whether a wrong check says in words of its own what Compose refuses."""
    if check.outcome is not FAILED:
        return False
    at_error = check.at is not None and (check.at.file, check.at.line) == (error.file, error.line)
    return at_error and error.message not in (check.message or "")


def _service(check: CheckResult) -> str:
    """Return the part of a check's id that names its service."""
    return check.id.partition(".")[0]
