"""`grade explain [CHECK | SERVICE] [PATH]`: what is asked and why; what a container would do with the file."""

import argparse
import os
import sys
from collections.abc import Sequence

from grader.commands.names import exercise_of, unknown_name
from grader.commands.submission import add_rubric_option, open_rubric
from grader.endings import CommandFailed
from grader.exercise import Check, Exercise
from grader.findings import Outcome
from grader.grading import grade, read_skeleton
from grader.report import Report
from grader.reports.clean import clean
from grader.reports.lines import title, wrap
from grader.reports.look import Look, look_of
from grader.reports.lost import failed_block
from grader.reports.places import shown_path, shown_place
from grader.reports.words import points
from grader.rubric import Rubric
from grader.workspace import NoSubmission, locate, request

STATES = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "wrong",
    Outcome.NOT_ATTEMPTED: "not attempted",
    Outcome.SKIPPED: "waits",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `grade explain`."""
    parser.add_argument("name", nargs="?", metavar="CHECK|SERVICE", help="a check, a service or an exercise")
    parser.add_argument("path", nargs="?", metavar="PATH", help="the file to look at (default: your workspace)")
    add_rubric_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation."""
    rubric = open_rubric(arguments.rubric)
    look = look_of(sys.stdout, os.environ)
    print("\n".join(_lines(arguments, rubric, look)))
    return 0


def _lines(arguments: argparse.Namespace, rubric: Rubric, look: Look) -> list[str]:
    name = arguments.name
    if name is None:
        return overview(rubric.exercises, _report(rubric, None), look)
    try:
        return check_lines(rubric.check(name), _report(rubric, arguments.path), look)
    except KeyError:
        pass
    exercise = exercise_of(rubric, name)
    if exercise is None:
        raise unknown_name(rubric, name)
    if name == exercise.service:
        return service_lines(name, rubric, arguments.path, look)
    return overview([exercise], _report(rubric, arguments.path), look)


def _report(rubric: Rubric, path: str | None) -> Report | None:
    """Grade the file; None where none was named and none is here. Raises `CommandFailed` for a named one."""
    try:
        return grade(request(locate(path)), rubric)
    except NoSubmission as error:
        if path is None:
            return None
        raise CommandFailed(str(error)) from error


def overview(exercises: Sequence[Exercise], report: Report | None, look: Look) -> list[str]:
    """List exercises with their checks, and how the file stands in each."""
    results = {check.id: check for check in report.checks()} if report else {}
    lines: list[str] = []
    for exercise in exercises:
        total = points(sum(check.points for check in exercise.checks))
        lines += title(f"{exercise.id}: {exercise.title} ({total})", look, "bold")
        lines.append(f"  exercises/{exercise.id}/TASK.md")
        for check in exercise.checks:
            result = results.get(check.id)
            state = f", {STATES[result.outcome]}" if result else ""
            lines += wrap(f"{check.id} ({check.points}{state}): {check.title}", look.width, "  ", "      ")
        lines.append("")
    lines.append(f"One check in detail: grade explain {exercises[0].checks[0].id}")
    service = next((exercise.service for exercise in exercises if exercise.service), None)
    if service:
        lines.append(f"What its container would do with your file: grade explain {service}")
    return lines


def check_lines(check: Check, report: Report | None, look: Look) -> list[str]:
    """Say what a check asks, why, how it is missed, and how the file stands. The right lines stay behind the hints."""
    return [
        *title(f"{check.id}: {check.title} ({points(check.points)})", look, "bold"),
        f"Asked in exercises/{check.exercise}/{check.task}",
        "",
        *wrap(check.why, look.width),
        "",
        "Wrong would be, for example:",
        *(f"    {line}" for line in clean(check.wrong).rstrip().split("\n")),
        "",
        *_standing(check, report, look),
    ]


def _standing(check: Check, report: Report | None, look: Look) -> list[str]:
    hint = f"For a hint: grade hint {check.id}"
    if report is None:
        return ["There is no compose file here to look at.", hint]
    if report.reason:
        return [*wrap(f"{shown_path(report, None)} cannot be graded: {report.reason.message}", look.width), hint]
    result = next(found for found in report.checks() if found.id == check.id)
    state = f"{shown_path(report, None)}: {STATES[result.outcome]}"
    if result.outcome is Outcome.PASSED:
        return [state + (f" ({shown_place(report, result.at)})" if result.at else "")]
    if result.outcome is Outcome.FAILED:
        return [f"{state}.", "", *failed_block(report, result, look)]
    if result.outcome is Outcome.SKIPPED:
        return [*wrap(f"{state} for {result.because}. {result.message or ''}", look.width), hint]
    return [*wrap(f"{state}. {result.message or ''}", look.width), hint]


def service_lines(service: str, rubric: Rubric, path: str | None, look: Look) -> list[str]:
    """Say what the container of a service would do with the file."""
    from grader.commands.explain_service import explain_service
    from grader.compose.errors import Unreadable
    from grader.compose.loader import load
    from grader.secrets import Secrets

    try:
        loaded = load(request(locate(path)))
    except NoSubmission as error:
        raise CommandFailed(str(error)) from error
    except Unreadable as error:
        raise CommandFailed(f"{error.at}: {error.message}" if error.at else error.message) from error
    secrets = Secrets(loaded, rubric, read_skeleton(rubric.skeleton))
    return [secrets.hide(explain_service(loaded, service, look.width).rstrip("\n"))]
