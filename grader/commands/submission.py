"""What several commands share: options that say how a file is read, the rubric, the report about a missing file."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader import kit
from grader.endings import CommandFailed, UsageError
from grader.exercise import RubricError
from grader.report import Reason, Report
from grader.rubric import Rubric, load_rubric
from grader.workspace import NoSubmission

if TYPE_CHECKING:  # as in `grader.commands.grade`
    from argparse import ArgumentParser


def add_rubric_option(parser: "ArgumentParser") -> None:
    """Declare `--rubric`."""
    parser.add_argument("--rubric", metavar="DIR", help="another rubric: a changed copy of exercises/")


def add_reading_options(parser: "ArgumentParser") -> None:
    """Declare `--rubric` and what stands for the shell's variables."""
    add_rubric_option(parser)
    parser.add_argument(
        "--env-file", action="append", default=[], metavar="FILE", help="read this instead of .env (repeatable)"
    )
    parser.add_argument(
        "--env",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a variable for ${KEY} (repeatable, the last wins)",
    )


def variables_of(pairs: Sequence[str]) -> dict[str, str]:
    """Turn `KEY=VALUE` texts into variables; the last wins. Raises `UsageError`."""
    variables: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"--env {pair}: write a name and a value, for example --env MYSQL_USER=student")
        variables[name] = value
    return variables


def env_files_of(paths: Sequence[str]) -> Sequence[str]:
    """Return the files of `--env-file`. Raises `UsageError` for one that is not there."""
    for path in paths:
        if not os.path.isfile(path):
            raise UsageError(f"--env-file {path}: there is no such file. Paths start in the current folder.")
    return paths


def open_rubric(folder: str | None) -> Rubric:
    """Load the rubric in `folder`, by default the one that comes with the grader. Raises `CommandEnd`."""
    if folder is not None and not os.path.isdir(folder):
        raise UsageError(f"--rubric {folder}: there is no such folder. Give a copy of the folder exercises/.")
    try:
        return load_rubric(folder or kit.rubric_folder())
    except RubricError as error:
        raise CommandFailed(f"the rubric cannot be used: {error}") from error


def not_gradable(error: NoSubmission, rubric: Rubric, remark: str = "") -> Report:
    """Return the report about a submission that is not there; `remark` is one more sentence for the reader."""
    from grader.grading import not_gradable as report_of  # `grade hint` needs none of it

    reason = Reason("input", f"{error}{remark}", None, None)
    return report_of(rubric, reason, folder=error.folder, file=error.file)
