"""The report for people: one screen that says where the file stands, what is wrong, and what to do next."""

from grader.findings import Outcome
from grader.report import CheckResult, Problem, Report
from grader.reports.clean import clean_line
from grader.reports.lines import display_width, title, wrap
from grader.reports.look import PLAIN, Look
from grader.reports.lost import failed_block, not_attempted_lines, points
from grader.reports.places import name_file, shown_path
from grader.reports.summary import compose_lines, exercise_lines
from grader.reports.verification import verification_lines

MAX_LISTED = 10  # of a kind that is only listed: changes, warnings


def render_text(report: Report, look: Look = PLAIN) -> str:
    """Return the report as text. Lines fit into `look.width` columns; without colours and symbols it says the same."""
    if report.score is None:
        return _join([_heading(report, look, "not gradable"), _reason(report, look)])
    heading = _heading(report, look, f"{report.score} / {report.max_score}")
    summary = [*heading, *exercise_lines(report, look)]
    if report.score == report.max_score:
        return _join([summary, _listed(report, look), verification_lines(report, look)])
    return _join([summary, compose_lines(report, look), *_lost(report, look), _next(report, look)])


def _join(sections: list[list[str]]) -> str:
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _heading(report: Report, look: Look, result: str) -> list[str]:
    file = shown_path(report, None)
    complete = report.score is not None and report.score == report.max_score
    shown = look.paint(result, "bold", "green" if complete else "yellow")
    gap = look.width - display_width(file) - len(result)
    if gap < 2:
        return [*title(file, look, "bold"), " " * (look.width - len(result)) + shown]
    return [look.paint(file, "bold") + " " * gap + shown]


def _reason(report: Report, look: Look) -> list[str]:
    """Say why nothing could be graded: where, what, and whose fault it is."""
    reason = report.reason
    if reason is None:
        return []
    text = reason.message
    if reason.line and not text.startswith(report.file):
        text = f"{shown_path(report, None)}:{reason.line}:{reason.column or 1}: {text}"
    if reason.kind == "grader":
        text += "\nThis says nothing about your file, and it is no score."
    return wrap(text, look.width, "  ")


def _lost(report: Report, look: Look) -> list[list[str]]:
    """Return the sections between summary and end."""
    if _untouched(report):
        return [_listed(report, look), _how_to_start(report, look)]
    failed = [check for check in report.checks() if check.outcome is Outcome.FAILED]
    return [
        *(failed_block(report, check, look) for check in failed),
        not_attempted_lines(report, look),
        _waiting(report, look),
        _listed(report, look),
    ]


def _untouched(report: Report) -> bool:
    return all(check.outcome is Outcome.NOT_ATTEMPTED for check in report.checks())


def _how_to_start(report: Report, look: Look) -> list[str]:
    first = _first_lost(report)
    if first is None:
        return []
    file = shown_path(report, None)
    steps = (
        f"Read {_task_file(first)}; exercises/README.md is the map.",
        f"Write what it asks for into {file}, below the service, and save.",
        f"Run grade again. For a hint: grade hint {first.id}",
    )
    lines = title("Nothing is filled in yet. How to start:", look, "bold")
    for number, step in enumerate(steps, start=1):
        lines += wrap(step, look.width, f"  {number}. ", "     ")
    return lines


def _waiting(report: Report, look: Look) -> list[str]:
    """Group what could not be judged by what it waits for; an exercise that waits as a whole is named as one."""
    groups: dict[str, list[str]] = {}
    for exercise in report.exercises:
        waiting = [check for check in exercise.checks if check.outcome is Outcome.SKIPPED]
        causes = {check.because or "" for check in waiting}
        if len(waiting) == len(exercise.checks) and len(causes) == 1:
            groups.setdefault(causes.pop(), []).append(f"{exercise.id} ({points(exercise.max_score)})")
            continue
        for check in waiting:
            groups.setdefault(check.because or "", []).append(f"{check.id} ({points(check.max_score)})")
    lines: list[str] = []
    for because, names in groups.items():
        cause = "the skeleton to be put back" if because == "skeleton" else because or "another part of the file"
        verb = "waits" if len(names) == 1 else "wait"
        lines += wrap(f"{', '.join(names)} {verb} for {cause}", look.width, "  ", "    ")
    return [*title("Not judged yet:", look, "bold"), *lines] if lines else []


def _listed(report: Report, look: Look) -> list[str]:
    """List the changes of the skeleton and the warnings."""
    lines: list[str] = []
    if report.changes:
        lines += title("Different from the skeleton (only environment and volumes are asked for):", look, "bold")
        for change in report.changes[:MAX_LISTED]:
            place = f"line {change.line}: " if change.line else ""
            path = "" if change.path in change.message else f"{change.path}: "
            lines += wrap(place + clean_line(path + change.message), look.width, "  ", "    ")
        lines += _more(len(report.changes))
    if report.warnings:
        lines += [*([""] if lines else []), *title("Warnings:", look, "bold")]
        for warning in report.warnings[:MAX_LISTED]:
            place = f"{_line_of(report, warning)}: " if warning.line else ""
            lines += wrap(
                place + clean_line(name_file(warning.message, shown_path(report, warning.file))),
                look.width,
                "  ",
                "    ",
            )
        lines += _more(len(report.warnings))
    return lines


def _more(count: int) -> list[str]:
    return [f"  and {count - MAX_LISTED} more (all of them: --format json)"] if count > MAX_LISTED else []


def _next(report: Report, look: Look) -> list[str]:
    lines = wrap(f"Next: {_next_step(report)}", look.width, "", "      ")
    return [look.paint(line, "bold", "cyan") for line in lines]


def _next_step(report: Report) -> str:
    """Return the one thing to do now: what Compose refuses, else the first lost check, else what waits for it."""
    check = _first_lost(report)
    if not report.accepted and report.errors:
        error = report.errors[0]
        check = next((lost for lost in report.checks() if lost.outcome.lost and _owns(lost, error)), None)
        if check is None:
            return f"make Docker Compose accept the file ({_line_of(report, error)}), then run grade again"
    if check is not None:
        return f"{check.id} ({points(check.max_score)}), {check.task}"
    return "put back what differs from the skeleton, then run grade again (grade reset --help)"


def _owns(check: CheckResult, error: Problem) -> bool:
    """Tell whether a wrong check says in words of its own what Compose refuses."""
    if check.outcome is not Outcome.FAILED:
        return False
    at_error = check.at is not None and (check.at.file, check.at.line) == (error.file, error.line)
    return at_error and error.message not in (check.message or "")


def _first_lost(report: Report) -> CheckResult | None:
    return next((check for check in report.checks() if check.outcome.lost), None)


def _line_of(report: Report, problem: Problem) -> str:
    """Return `line 3` in the compose file, `other.env:3` elsewhere."""
    if problem.file in (None, report.file):
        return f"line {problem.line}" if problem.line else shown_path(report, None)
    return f"{shown_path(report, problem.file)}:{problem.line or 1}"


def _task_file(check: CheckResult) -> str:
    return check.task.partition("#")[0]
