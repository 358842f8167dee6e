"""`grade [PATH]`: score one compose file and print the report in one of the formats."""

import os
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from grader import __version__
from grader.commands.submission import add_reading_options, env_files_of, not_gradable, open_rubric, variables_of
from grader.compose.discovery import NAMES, OVERRIDE_NAMES
from grader.endings import CommandFailed, UsageError
from grader.grading import grade
from grader.report import Report
from grader.reports import FORMATS
from grader.reports.look import look_of
from grader.reports.text import render_text
from grader.rubric import Rubric
from grader.workspace import NoSubmission, locate, request

if TYPE_CHECKING:  # a PATH alone is read without it, see `grader.cli`
    from argparse import ArgumentParser, Namespace

    Arguments = Namespace | SimpleNamespace

EXIT_FULL, EXIT_BELOW, EXIT_NOT_GRADABLE = 0, 1, 3


def add_arguments(parser: "ArgumentParser") -> None:
    """Declare the options of the plain command."""
    parser.add_argument(
        "path", nargs="?", metavar="PATH", help="a compose file or its folder (default: your workspace)"
    )
    parser.add_argument(
        "--exercise",
        action="append",
        default=[],
        metavar="ID",
        help="only this exercise: 02-kafka, kafka or 2 (repeatable)",
    )
    add_reading_options(parser)
    parser.add_argument(
        "--format",
        choices=list(FORMATS),
        default="text",
        metavar="FORMAT",
        help="text, html, markdown for people, unix for editors, json for programs, others for services: %(choices)s",
    )
    parser.add_argument("-o", dest="output", metavar="FILE", help="write the report to FILE instead of the terminal")
    parser.add_argument(
        "--watch",
        action="store_true",
        help="grade again after every save and say what has changed (text, unix; others with -o)",
    )
    parser.add_argument(
        "--fail-under", type=_percent, default=100.0, metavar="PERCENT", help="exit code 0 from this share on (100)"
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit code 0 whenever the file could be graded")
    parser.add_argument("--version", action="version", version=f"compose-kata {__version__}")


def with_path(path: str | None = None) -> SimpleNamespace:
    """Return what the parser of `add_arguments` answers to a PATH alone (None: to nothing)."""
    return SimpleNamespace(
        path=path,
        exercise=[],
        rubric=None,
        env_file=[],
        env=[],
        format="text",
        output=None,
        watch=False,
        fail_under=100.0,
        exit_zero=False,
    )


def run(arguments: "Arguments") -> int:
    """Grade, write the report, and return the exit code."""
    rubric = open_rubric(arguments.rubric)
    exercises = [_exercise_id(rubric, word) for word in arguments.exercise]
    if arguments.watch:
        last = _watch(arguments, rubric, exercises)
        if last is not None:
            return _exit_code(last, arguments.fail_under, exit_zero=arguments.exit_zero)
    report = _report(arguments, rubric, exercises)
    if arguments.output is not None:
        _write(arguments.output, _rendered(arguments.format, report), report)
    elif arguments.format == "text":
        sys.stdout.write(render_text(report, look_of(sys.stdout, os.environ)))
    else:
        sys.stdout.write(_rendered(arguments.format, report))
    return _exit_code(report, arguments.fail_under, exit_zero=arguments.exit_zero)


def _report(arguments: "Arguments", rubric: Rubric, exercises: Sequence[str]) -> Report:
    try:
        place = locate(arguments.path)
    except NoSubmission as error:
        return not_gradable(error, rubric, _meant_otherwise(rubric, arguments.path))
    asked = request(place, env_files=env_files_of(arguments.env_file), variables=variables_of(arguments.env))
    return grade(asked, rubric, exercises=exercises)


def _watch(arguments: "Arguments", rubric: Rubric, exercises: Sequence[str]) -> Report | None:
    """Grade after every save until Ctrl-C and return the last report; None where there is nothing to watch."""
    from grader.watching.loop import watch
    from grader.watching.screens import screen_for
    from grader.watching.source import Source

    try:
        place = locate(arguments.path)
    except NoSubmission:
        return None
    asked = request(place, env_files=env_files_of(arguments.env_file), variables=variables_of(arguments.env))
    source = Source(asked, lambda again: grade(again, rubric, exercises=exercises))

    def write(report: Report) -> None:
        if source.asks_for(arguments.output):
            raise UsageError(f"-o {arguments.output} is a file that grading reads. Choose another name for the report.")
        if report.score is not None or FORMATS[arguments.format](report):  # else there is nothing to write this time
            _write(arguments.output, _rendered(arguments.format, report), report)

    return watch(source, screen_for(arguments.format, sys.stdout, write if arguments.output else None))


def _meant_otherwise(rubric: Rubric, word: str | None) -> str:
    """Return a sentence for a PATH that is none but names something of the rubric."""
    if word is None:
        return ""
    from grader.commands.names import exercise_of

    if exercise_of(rubric, word):
        return f" To grade one exercise: grade --exercise {word}"
    known = any(word == check.id for check in rubric.checks())
    return f" For one check: grade explain {word}" if known else ""


def _rendered(name: str, report: Report) -> str:
    from grader.commands.delivery import rendered  # here, because text needs none of it

    return rendered(name, report, os.environ)


def _exit_code(report: Report, fail_under: float, *, exit_zero: bool) -> int:
    if report.score is None:
        return EXIT_NOT_GRADABLE
    if exit_zero or report.score * 100 >= fail_under * report.max_score:
        return EXIT_FULL
    return EXIT_BELOW


def _write(path: str, text: str, report: Report) -> None:
    """Write the report, but never over the file that it is about, nor what Compose reads beside it."""
    for name in (report.file, *NAMES, *OVERRIDE_NAMES, ".env"):
        read = os.path.join(report.folder, name)
        if os.path.exists(path) and os.path.exists(read) and os.path.samefile(path, read):
            what = "the file that is graded" if name == report.file else "a file that grading reads"
            raise UsageError(f"-o {path} is {what}. Choose another name for the report.")
    if not path:
        raise UsageError("-o needs the name of a file, and this one is empty.")
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise CommandFailed(
            f"the report cannot be written to {path}: {error.strerror}. Choose another place."
        ) from error


def _exercise_id(rubric: Rubric, word: str) -> str:
    from grader.commands.names import exercise_of
    from grader.spelling import did_you_mean

    exercise = exercise_of(rubric, word)
    if exercise is None:
        ids = [known.id for known in rubric.exercises]
        raise UsageError(f"there is no exercise {word!r}.{did_you_mean(word, ids)} All exercises: {', '.join(ids)}")
    return exercise.id


def _percent(text: str) -> float:
    from argparse import ArgumentTypeError

    try:
        percent = float(text)
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise ArgumentTypeError(f"{text!r} is no number from 0 to 100")
    return percent
