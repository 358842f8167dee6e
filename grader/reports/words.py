"""What a report for people says about a submission, in words and groups without a layout: every format says the same.

`Names` is how a file is named: from the current folder on a terminal (`places.shown_path`), from the submission's
folder on a page (`places.own_path`).
"""

from collections.abc import Callable

from grader.compose.marks import Mark, in_words
from grader.findings import FAILED, NOT_ATTEMPTED, PASSED, SKIPPED
from grader.report import Change, CheckResult, ExerciseResult, Problem, Report
from grader.reports.places import name_file

WORKS = "works"
CLIENTS_FAIL = "starts but clients fail"

Names = Callable[[Report, str | None], str]

CHANGES_TITLE = "Different from the skeleton (only environment and volumes are asked for)"
UNTOUCHED = "nothing yet"
NOT_YOUR_FAULT = "This says nothing about your file, and it is no score."


def points(count: int) -> str:
    """Return `1 point`, `4 points`."""
    return "1 point" if count == 1 else f"{count} points"


def more(count: int, limit: int) -> str | None:
    """Return how many of a list are not shown."""
    return f"and {count - limit} more (all of them: --format json)" if count > limit else None


def exercise_words(exercise: ExerciseResult) -> str:
    """Return `complete`, `nothing yet`, or how many checks ended how."""
    if exercise.score == exercise.max_score:
        return "complete"
    if untouched(exercise):
        return UNTOUCHED
    outcomes = [check.outcome for check in exercise.checks]
    waiting = outcomes.count(SKIPPED)
    parts = (
        (outcomes.count(FAILED), "wrong"),
        (outcomes.count(NOT_ATTEMPTED), "not attempted"),
        (waiting, "waits" if waiting == 1 else "wait"),
    )
    return ", ".join([f"{count} {word}" for count, word in parts if count])


def untouched(exercise: ExerciseResult) -> bool:
    """Tell whether nothing of an exercise was tried: no check passed or failed, and some could have been."""
    if exercise.score:
        return False
    some = False
    for check in exercise.checks:
        outcome = check.outcome
        if outcome is PASSED or outcome is FAILED:
            return False
        some = some or outcome is NOT_ATTEMPTED
    return some


def containers_sentence(report: Report) -> str:
    """Return what the containers of `verdicts` would do, those that work first; empty where there are none."""
    shown = verdicts(report)
    working = [name for name, verdict in shown if verdict == WORKS]
    clauses = [f"{_listing(working)} {verdict_words(WORKS)}"] if working else []
    clauses += [f"{name} {verdict_words(verdict)}" for name, verdict in shown if verdict != WORKS]
    return f"The containers: {'; '.join(clauses)}." if clauses else ""


def verdicts(report: Report) -> list[tuple[str, str]]:
    """Return name and verdict of each container whose exercise is shown and was begun."""
    begun = [exercise.service for exercise in report.exercises if not untouched(exercise)]
    return [(name, result.verdict) for name, result in report.containers.items() if name in begun and result.verdict]


def verdict_words(verdict: str) -> str:
    """Return what a container with this verdict would do."""
    if verdict == WORKS:
        return "would work"
    return "would start, but its clients would fail" if verdict == CLIENTS_FAIL else f"would not start ({verdict})"


def _listing(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def reason_words(report: Report, names: Names) -> list[str]:
    """Return why nothing could be graded: where and what, then whose fault it is."""
    reason = report.reason
    if reason is None:
        return []
    text = reason.message
    if reason.line and not text.startswith(report.file):
        text = f"{names(report, None)}:{reason.line}:{reason.column or 1}: {text}"
    return [text, NOT_YOUR_FAULT] if reason.kind == "grader" else [text]


def place_of(report: Report, mark: Mark, names: Names) -> str:
    """Return `file:line:column`."""
    return f"{names(report, mark.file)}:{mark.line}:{mark.column}"


def place_to_change(report: Report, check: CheckResult, names: Names) -> str:
    """Return the place of the line that is shown: the one a reader should change. Empty: there is none."""
    if check.excerpt and check.source and check.excerpt.file == check.source.file:
        return place_of(report, check.source, names)
    return place_of(report, check.at, names) if check.at else ""


def both_places(report: Report, check: CheckResult, names: Names) -> str | None:
    """Return where a value is written and where its text comes from, if that is elsewhere."""
    if not (check.at and check.source):
        return None
    written, source = place_of(report, check.at, names), place_of(report, check.source, names)
    return f"Written at {written}, its text comes from {source}."


def message_of(report: Report, check: CheckResult) -> str:
    """Return what is wrong, without the words of Docker Compose that stand at the top of the report already."""
    message = check.message or check.title
    for error in report.errors if not report.accepted else ():
        named = error.message.replace("<f>", in_words(error.file or report.file))  # see `refusal_in_words`
        for words in (error.message, named):
            message = message.replace(words, "its words are above")
    return message


def error_words(report: Report, error: Problem, names: Names) -> str:
    """Return what Docker Compose says, in its own words, behind the place."""
    file = names(report, error.file)
    place = f"{file}:{error.line}:{error.column or 1}: " if error.line else ""
    return place + name_file(error.message, file)


def change_words(change: Change) -> str:
    """Return one difference from the skeleton."""
    place = f"line {change.line}: " if change.line else ""
    path = "" if change.path in change.message else f"{change.path}: "
    return place + path + change.message


def warning_words(report: Report, warning: Problem, names: Names) -> str:
    """Return one warning."""
    place = f"{line_of(report, warning, names)}: " if warning.line else ""
    return place + name_file(warning.message, names(report, warning.file))


def line_of(report: Report, problem: Problem, names: Names) -> str:
    """Return `line 3` in the compose file, `other.env:3` elsewhere."""
    if problem.file in (None, report.file):
        return f"line {problem.line}" if problem.line else names(report, None)
    return f"{names(report, problem.file)}:{problem.line or 1}"


def place_of_missing(report: Report, check: CheckResult, names: Names) -> str | None:
    """Return where something that is missing belongs: `line 3`, or `file:line:column` in another file."""
    if check.at is None:
        return None
    return f"line {check.at.line}" if check.at.file == report.file else place_of(report, check.at, names)
