"""The lost checks of the text report: a block for what is wrong, a line for what is not there yet."""

from grader.findings import Outcome
from grader.report import CheckResult, ExerciseResult, Report
from grader.reports.lines import display_width, excerpt_lines, title, wrap
from grader.reports.look import Look
from grader.reports.places import shown_place
from grader.reports.summary import untouched

INDENT = "   "
MAX_LOG_LINES = 8


def points(count: int) -> str:
    """Return `1 point`, `4 points`."""
    return "1 point" if count == 1 else f"{count} points"


def failed_block(report: Report, check: CheckResult, look: Look) -> list[str]:
    """Show one wrong thing: which check, where, the line itself, why, and what the container would say."""
    lines = _header(report, check, look)
    if check.excerpt:
        lines += excerpt_lines(check.excerpt, look)
    lines += wrap(check.message or check.title, look.width, INDENT)
    if check.at and check.source:
        both = f"Written at {shown_place(report, check.at)}, its text comes from {shown_place(report, check.source)}."
        lines += wrap(both, look.width, INDENT)
    if check.log:
        log = wrap(f"The container would log: {check.log}", look.width, INDENT, INDENT + "  ")
        lines += log[:MAX_LOG_LINES] + ([INDENT + "  ..."] if len(log) > MAX_LOG_LINES else [])
    lines.append(look.paint(f"{INDENT}More: grade hint {check.id}", "dim"))
    return lines


def _header(report: Report, check: CheckResult, look: Look) -> list[str]:
    place = _place(report, check)
    cost = f"-{check.max_score - check.score}"
    name = f"{check.id:<34}"
    gap = look.width - display_width(f"{name}  {place}") - len(cost)
    if gap < 2:
        gap = max(look.width - len(check.id) - len(cost), 2)
        return [look.paint(check.id, "bold") + " " * gap + look.paint(cost, "red"), *wrap(place, look.width, INDENT)]
    return [f"{look.paint(name, 'bold')}  {look.paint(place, 'cyan')}{' ' * gap}{look.paint(cost, 'red')}"]


def _place(report: Report, check: CheckResult) -> str:
    """Return the place of the line that is shown: the one a reader should change."""
    if check.excerpt and check.source and check.excerpt.file == check.source.file:
        return shown_place(report, check.source)
    return shown_place(report, check.at) if check.at else ""


def not_attempted_lines(report: Report, look: Look) -> list[str]:
    """List what is not there yet: an exercise that was not begun in one line, else check by check."""
    lines: list[str] = []
    for exercise in report.exercises:
        missing = [check for check in exercise.checks if check.outcome is Outcome.NOT_ATTEMPTED]
        if not missing:
            continue
        lines += _begin(exercise, look) if untouched(exercise) else _missing(report, missing, look)
    return [*title("Not attempted yet:", look, "bold"), *lines] if lines else []


def _begin(exercise: ExerciseResult, look: Look) -> list[str]:
    task = exercise.checks[0].task.partition("#")[0]
    return wrap(f"{exercise.id} ({points(exercise.max_score)}): begin with {task}", look.width, "  ", "    ")


def _missing(report: Report, missing: list[CheckResult], look: Look) -> list[str]:
    lines: list[str] = []
    for check in missing:
        place = f" {shown_place(report, check.at)}" if check.at else ""
        text = f"{check.id} ({points(check.max_score)}){place}: {check.message or check.title}"
        lines += wrap(text, look.width, "  ", "    ")
    return lines
