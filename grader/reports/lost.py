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
    lines += wrap(_message(report, check), look.width, INDENT)
    if check.at and check.source:
        both = f"Written at {shown_place(report, check.at)}, its text comes from {shown_place(report, check.source)}."
        lines += wrap(both, look.width, INDENT)
    if check.log:
        log = wrap(f"The container would log: {check.log}", look.width, INDENT, INDENT + "  ")
        lines += log[:MAX_LOG_LINES] + ([INDENT + "  ..."] if len(log) > MAX_LOG_LINES else [])
    lines.append(look.paint(f"{INDENT}More: grade hint {check.id}", "dim"))
    return lines


def _message(report: Report, check: CheckResult) -> str:
    """Return what is wrong, without the words of Docker Compose that stand at the top of the report already."""
    message = check.message or check.title
    for error in report.errors:
        if not report.accepted and error.message in message:
            message = message.replace(error.message, "its words are above")
    return message


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
    begun = [exercise for exercise in report.exercises if not untouched(exercise)]
    later = {exercise.service for exercise in report.exercises if untouched(exercise)}
    lines: list[str] = []
    for exercise in report.exercises:
        if exercise not in begun:
            lines += _begin(exercise, begun, look)
            continue
        for check in exercise.checks:
            if check.outcome is Outcome.NOT_ATTEMPTED and _service(check) not in later:
                lines += _missing(report, check, look)
    return [*title("Not attempted yet:", look, "bold"), *lines] if lines else []


def _begin(exercise: ExerciseResult, begun: list[ExerciseResult], look: Look) -> list[str]:
    """Name an exercise that was not begun, and the checks of others that wait for its service to be begun."""
    task = exercise.checks[0].task.partition("#")[0]
    later = [
        f"{check.id} ({points(check.max_score)})"
        for other in begun
        for check in other.checks
        if check.outcome is Outcome.NOT_ATTEMPTED and _service(check) == exercise.service
    ]
    then = f", then {', '.join(later)}" if later else ""
    return wrap(f"{exercise.id} ({points(exercise.max_score)}): begin with {task}{then}", look.width, "  ", "    ")


def _missing(report: Report, check: CheckResult, look: Look) -> list[str]:
    place = ""
    if check.at:
        place = f", line {check.at.line}" if check.at.file == report.file else f", {shown_place(report, check.at)}"
    text = f"{check.id} ({points(check.max_score)}){place}: {check.message or check.title}"
    return wrap(text, look.width, "  ", "    ")


def _service(check: CheckResult) -> str:
    """Return the part of a check's id that names its service."""
    return check.id.partition(".")[0]
