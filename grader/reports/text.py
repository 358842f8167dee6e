"""The report for people: one screen that says where the file stands, what is wrong, and what to do next."""

from grader.findings import Outcome
from grader.report import CheckResult, Report
from grader.reports.clean import clean_line
from grader.reports.lines import display_width, title, wrap
from grader.reports.look import PLAIN, Look
from grader.reports.lost import failed_block, not_attempted_lines, points
from grader.reports.places import shown_path
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
    gap = " " * max(look.width - display_width(file) - len(result), 2)
    complete = report.score is not None and report.score == report.max_score
    return [look.paint(file, "bold") + gap + look.paint(result, "bold", "green" if complete else "yellow")]


def _reason(report: Report, look: Look) -> list[str]:
    """Say why nothing could be graded: where, what, and whose fault it is."""
    reason = report.reason
    if reason is None:
        return []
    text = reason.message
    if reason.line:
        text = f"{shown_path(report, None)}:{reason.line}:{reason.column or 1}: {text}"
    if reason.kind == "grader":
        text += "\nThis is a fault of the grader, not of your file. Please report it."
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
    return not report.score and not any(check.outcome is Outcome.FAILED for check in report.checks())


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
    """Group what could not be judged by what it waits for."""
    groups: dict[str, list[CheckResult]] = {}
    for check in report.checks():
        if check.outcome is Outcome.SKIPPED:
            groups.setdefault(check.because or "", []).append(check)
    if not groups:
        return []
    lines = title("Not judged yet:", look, "bold")
    for because, checks in groups.items():
        cause = "the changed skeleton" if because == "skeleton" else because or "another part of the file"
        names = ", ".join(check.id for check in checks)
        total = sum(check.max_score for check in checks)
        verb = "waits" if len(checks) == 1 else "wait"
        lines += wrap(f"{names} ({points(total)}) {verb} for {cause}", look.width, "  ", "    ")
    return lines


def _listed(report: Report, look: Look) -> list[str]:
    """List the changes of the skeleton and the warnings."""
    lines: list[str] = []
    if report.changes:
        lines += title("Different from the skeleton (only environment and volumes are asked for):", look, "bold")
        for change in report.changes[:MAX_LISTED]:
            place = shown_path(report, None) + (f":{change.line}" if change.line else "")
            lines += wrap(f"{place}  {clean_line(change.path)}: {clean_line(change.message)}", look.width, "  ", "    ")
        lines += _more(len(report.changes))
    if report.warnings:
        lines += title("Warnings:", look, "bold")
        for warning in report.warnings[:MAX_LISTED]:
            place = f"{shown_path(report, warning.file)}:{warning.line}  " if warning.line else ""
            lines += wrap(place + clean_line(warning.message), look.width, "  ", "    ")
        lines += _more(len(report.warnings))
    return lines


def _more(count: int) -> list[str]:
    return [f"  and {count - MAX_LISTED} more (all of them: --format json)"] if count > MAX_LISTED else []


def _next(report: Report, look: Look) -> list[str]:
    if not report.accepted and report.errors:
        error = report.errors[0]
        place = f" ({shown_path(report, error.file)}:{error.line})" if error.line else ""
        text = f"make Docker Compose accept the file{place}, then run grade again"
    else:
        first = _first_lost(report)
        if first is None:
            return []
        text = f"{first.id} ({points(first.max_score)}), {first.task}"
    lines = wrap(f"Next: {text}", look.width, "", "      ")
    return [look.paint(line, "bold", "cyan") for line in lines]


def _first_lost(report: Report) -> CheckResult | None:
    return next((check for check in report.checks() if check.outcome.lost), None)


def _task_file(check: CheckResult) -> str:
    return check.task.partition("#")[0]
