"""Workflow commands of GitHub Actions: annotations at the lines of a pull request, on stdout.

GitHub keeps ten annotations of a kind a step and drops the others without a word: the dearest are printed, and one
notice for the rest. Every line that begins with `::` is a command, so no line may begin with a student's text.
"""

from grader.report import Report
from grader.reports.alerts import Alert, alerts
from grader.reports.clean import clean, clean_line
from grader.reports.places import repository_path
from grader.reports.words import points

MAX_ANNOTATIONS = 10


def render_github(report: Report, root: str | None = None) -> str:
    """Return one command a line, what costs most first, and a line with the score.

    Paths start at the folder `root` (None: the current one).
    """
    # What costs no points by itself stands in the way of all the rest: it comes first.
    found = sorted(alerts(report), key=lambda alert: (alert.points > 0, -alert.points))
    lines = [_command(report, alert, root) for alert in found[:MAX_ANNOTATIONS]]
    if len(found) > MAX_ANNOTATIONS:
        lines.append(f"::notice title=compose-kata::{len(found) - MAX_ANNOTATIONS} more: see the summary")
    lines.append("Not gradable." if report.score is None else f"{report.score} of {points(report.max_score)}.")
    return "".join(f"{line}\n" for line in lines)


def _command(report: Report, alert: Alert, root: str | None) -> str:
    title = f"{alert.rule} ({points(alert.points)})" if alert.points else alert.title
    properties = {
        "file": repository_path(report, alert.file, root),
        "line": str(alert.line),
        "endLine": str(alert.line),
        "col": str(alert.column),
        "endColumn": str(alert.end_column),
        "title": title,
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{alert.level} {written}::{_data(alert.message)}"


def _data(text: str) -> str:
    """Escape a message: `%` first, or the other escapes would be escaped again."""
    return clean(text).replace("\t", " ").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape the value of a property, where `:` and `,` have a meaning too."""
    return _data(clean_line(text)).replace(":", "%3A").replace(",", "%2C")
