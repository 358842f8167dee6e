"""The head of the text report: a line an exercise, and what Docker Compose and the containers would say."""

from collections import Counter

from grader.findings import Outcome
from grader.report import ExerciseResult, Report
from grader.reports.lines import title, wrap
from grader.reports.look import Look
from grader.reports.places import name_file, shown_path

BAR_CELLS = 10
MAX_ERRORS = 5

WORKS = "works"
CLIENTS_FAIL = "starts but clients fail"


def exercise_lines(report: Report, look: Look) -> list[str]:
    """Return one line an exercise: its points and, in words, what is missing."""
    name_width = max((len(exercise.id) for exercise in report.exercises), default=0)
    return [_exercise_line(exercise, name_width, look) for exercise in report.exercises]


def _exercise_line(exercise: ExerciseResult, name_width: int, look: Look) -> str:
    style = "green" if exercise.score == exercise.max_score else "yellow"
    name = f"  {exercise.id:<{name_width}}  "
    score = f"{exercise.score:>3} / {exercise.max_score:<3}"
    words = _words(exercise)
    needed = len(f"{name}{score}  {words}")
    bar = look.bar(exercise.score, exercise.max_score, cells=BAR_CELLS)
    if bar and needed + len(bar) + 2 <= look.width:
        name += look.paint(bar, style) + "  "
    gap = "  " if needed <= look.width else "\n      "
    return f"{name}{score}{gap}{look.paint(words, style)}"


def _words(exercise: ExerciseResult) -> str:
    """Return `complete`, `nothing yet`, or how many checks ended how."""
    counts = Counter(check.outcome for check in exercise.checks)
    if counts[Outcome.PASSED] == len(exercise.checks):
        return "complete"
    if untouched(exercise):
        return "nothing yet"
    waiting = counts[Outcome.SKIPPED]
    parts = (
        (counts[Outcome.FAILED], "wrong"),
        (counts[Outcome.NOT_ATTEMPTED], "not attempted"),
        (waiting, "waits" if waiting == 1 else "wait"),
    )
    return ", ".join(f"{count} {word}" for count, word in parts if count)


def untouched(exercise: ExerciseResult) -> bool:
    """Tell whether nothing of an exercise was tried: no check passed or failed, and some could have been."""
    outcomes = {check.outcome for check in exercise.checks}
    return Outcome.NOT_ATTEMPTED in outcomes and not outcomes & {Outcome.PASSED, Outcome.FAILED}


def compose_lines(report: Report, look: Look) -> list[str]:
    """Say whether Docker Compose accepts the file, in its own words if not, and what the containers would do."""
    if report.accepted:
        return wrap(f"Docker Compose accepts the file. {containers_sentence(report)}", look.width)
    lines = title("Docker Compose refuses the file. It says:", look, "bold", "red")
    for error in report.errors[:MAX_ERRORS]:
        place = f"{shown_path(report, error.file)}:{error.line}:{error.column or 1}: " if error.line else ""
        words = name_file(error.message, shown_path(report, error.file))
        lines += wrap(place + words, look.width, "  ", "    ")
    if len(report.errors) > MAX_ERRORS:
        lines.append(f"  and {len(report.errors) - MAX_ERRORS} more (all of them: --format json)")
    return lines


def containers_sentence(report: Report) -> str:
    """Return a sentence about the containers whose exercise is shown and was begun, those that work first."""
    begun = {exercise.service for exercise in report.exercises if not untouched(exercise)}
    results = {name: result for name, result in report.containers.items() if name in begun and result.verdict}
    working = [name for name, result in results.items() if result.verdict == WORKS]
    clauses = [f"{_listing(working)} would work"] if working else []
    for name, result in results.items():
        if result.verdict == CLIENTS_FAIL:
            clauses.append(f"{name} would start, but its clients would fail")
        elif result.verdict != WORKS:
            clauses.append(f"{name} would not start ({result.verdict})")
    return f"The containers: {'; '.join(clauses)}." if clauses else ""


def _listing(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
