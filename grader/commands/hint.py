"""`grade hint CHECK [LEVEL]`: one of three hints, and the exact call for the next one."""

import argparse
import os
import sys

from grader.commands.names import exercise_of, unknown_name
from grader.commands.submission import add_rubric_option, open_rubric
from grader.endings import UsageError
from grader.exercise import Check, Exercise
from grader.grading import grade
from grader.light_tuple import NamedTuple
from grader.reports.lines import wrap
from grader.reports.look import look_of
from grader.reports.words import points
from grader.rubric import Rubric
from grader.workspace import NoSubmission, locate, request


class Choice(NamedTuple):
    """The check a hint is given for (None: all are passed), and a sentence about how it was chosen."""

    check: Check | None
    sentence: str | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `grade hint`."""
    parser.add_argument("name", metavar="CHECK", help="a check's id; or a service or exercise")
    parser.add_argument("level", nargs="?", default="1", metavar="LEVEL", help="1, 2 or 3 (default 1)")
    add_rubric_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the hint."""
    rubric = open_rubric(arguments.rubric)
    choice = _choose(rubric, arguments.name)
    check = choice.check
    width = look_of(sys.stdout, os.environ).width
    if choice.sentence:
        print("\n".join(wrap(choice.sentence, width)))
    if check is None:
        return 0
    level = _level(arguments.level, len(check.hints))
    print("\n".join(wrap(f"{check.id}: {check.title} ({points(check.points)})", width)))
    print("\n".join(wrap(check.hints[level - 1], width, f"Hint {level} of {len(check.hints)}: ", "  ")))
    print()
    if level < len(check.hints):
        print(f"Next hint: grade hint {check.id} {level + 1}")
    else:
        print(f"That was the last hint. Why it matters: grade explain {check.id}")
    return 0


def _level(text: str, highest: int) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= highest:
        raise UsageError(f"there is no hint level {text!r}; the levels are 1 to {highest}")
    return int(text)


def _choose(rubric: Rubric, name: str) -> Choice:
    """Find the check that is meant. Raises `UsageError`."""
    try:
        return Choice(rubric.check(name), None)
    except KeyError:
        pass
    exercise = exercise_of(rubric, name)
    if exercise is None:
        raise unknown_name(rubric, name)
    return _first_unsolved(rubric, exercise)


def _first_unsolved(rubric: Rubric, exercise: Exercise) -> Choice:
    try:
        report = grade(request(locate(None)), rubric, exercises=[exercise.id])
    except NoSubmission:
        report = None
    if report is None or report.score is None:
        return Choice(exercise.checks[0], "No file could be graded here, so this is the exercise's first check.")
    results = report.checks()
    for result in [*(r for r in results if r.outcome.lost), *(r for r in results if r.because)]:
        return Choice(rubric.check(result.id), None)
    return Choice(None, f"Every check of {exercise.id} is passed. All checks: grade explain")
