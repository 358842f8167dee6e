"""What the text report says where marks are lost: a block for what is wrong, a line for what is not there yet."""

from grader.findings import Outcome
from grader.report import CheckResult, Report
from grader.reports.groups import Begin, first_steps, next_step, not_attempted, nothing_begun, waiting
from grader.reports.lines import display_width, excerpt_lines, title, wrap
from grader.reports.look import Look
from grader.reports.places import shown_path
from grader.reports.words import both_places, message_of, place_of_missing, place_to_change, points

INDENT = "   "
MAX_LOG_LINES = 8


def lost_sections(report: Report, look: Look, listed: list[str]) -> list[list[str]]:
    """Return what is wrong, what is missing, `listed` (what else there is to say), and the one thing to do next."""
    if nothing_begun(report):
        return [listed, _how_to_start(report, look), _next(report, look)]
    failed = [check for check in report.checks() if check.outcome is Outcome.FAILED]
    return [
        *(failed_block(report, check, look) for check in failed),
        _not_attempted_lines(report, look),
        _waiting(report, look),
        listed,
        _next(report, look),
    ]


def failed_block(report: Report, check: CheckResult, look: Look) -> list[str]:
    """Show one wrong thing: which check, where, the line itself, why, and what the container would say."""
    lines = _header(report, check, look)
    if check.excerpt:
        lines += excerpt_lines(check.excerpt, look)
    lines += wrap(message_of(report, check), look.width, INDENT)
    both = both_places(report, check, shown_path)
    if both:
        lines += wrap(both, look.width, INDENT)
    if check.log:
        log = wrap(f"The container would log: {check.log}", look.width, INDENT, INDENT + "  ")
        lines += log[:MAX_LOG_LINES] + ([INDENT + "  ..."] if len(log) > MAX_LOG_LINES else [])
    lines.append(look.paint(f"{INDENT}More: grade hint {check.id}", "dim"))
    return lines


def _header(report: Report, check: CheckResult, look: Look) -> list[str]:
    place = place_to_change(report, check, shown_path)
    cost = f"-{check.max_score - check.score}"
    name = f"{check.id:<34}"
    gap = look.width - display_width(f"{name}  {place}") - len(cost)
    if gap < 2:
        gap = max(look.width - len(check.id) - len(cost), 2)
        return [look.paint(check.id, "bold") + " " * gap + look.paint(cost, "red"), *wrap(place, look.width, INDENT)]
    return [f"{look.paint(name, 'bold')}  {look.paint(place, 'cyan')}{' ' * gap}{look.paint(cost, 'red')}"]


def _not_attempted_lines(report: Report, look: Look) -> list[str]:
    """List what is not there yet: an exercise that was not begun in one line, else check by check."""
    lines: list[str] = []
    for part in not_attempted(report):
        words = _begin(part) if isinstance(part, Begin) else _missing(report, part)
        lines += wrap(words, look.width, "  ", "    ")
    return [*title("Not attempted yet:", look, "bold"), *lines] if lines else []


def _begin(part: Begin) -> str:
    then = ", ".join(f"{check.id} ({points(check.max_score)})" for check in part.then)
    words = f"{part.exercise.id} ({points(part.exercise.max_score)}): begin with {part.task_file}"
    return f"{words}, then {then}" if then else words


def _missing(report: Report, check: CheckResult) -> str:
    place = place_of_missing(report, check, shown_path)
    where = f", {place}" if place else ""
    return f"{check.id} ({points(check.max_score)}){where}: {check.message or check.title}"


def _how_to_start(report: Report, look: Look) -> list[str]:
    steps = first_steps(report, shown_path)
    lines = title("Nothing is filled in yet. How to start:", look, "bold") if steps else []
    for number, step in enumerate(steps, start=1):
        lines += wrap(step, look.width, f"  {number}. ", "     ")
    return lines


def _waiting(report: Report, look: Look) -> list[str]:
    lines: list[str] = []
    for group in waiting(report):
        names = ", ".join(f"{name} ({points(count)})" for name, count in group.names)
        lines += wrap(f"{names} {group.verb} for {group.cause}", look.width, "  ", "    ")
    return [*title("Not judged yet:", look, "bold"), *lines] if lines else []


def _next(report: Report, look: Look) -> list[str]:
    lines = wrap(f"Next: {next_step(report, shown_path).words}", look.width, "", "      ")
    return [look.paint(line, "bold", "cyan") for line in lines]
