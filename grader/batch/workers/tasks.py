"""What goes to a worker and what comes back. Who hands chunks out needs nothing of what grades them."""

import os
from collections.abc import Mapping
from typing import NamedTuple

from grader.batch.briefs import Brief
from grader.batch.submission import Submission
from grader.endings import CommandFailed


class Settings(NamedTuple):
    """What every worker has to know.

    `rubric` is its folder. With `feedback` each submission gets a page: written below the folder `out`, or given back
    where that is None; `many` is for `PageNames`.
    """

    rubric: str
    feedback: bool
    out: str | None
    many: bool


class Task(NamedTuple):
    """One submission to grade. `known` is what grading looked at in an earlier run that is still worth something."""

    submission: Submission
    known: Mapping[str, str | None] | None = None


class Done(NamedTuple):
    """What became of one submission: its line of `results.jsonl` with its brief; no line where the earlier one holds.

    `fault` tells that the grader failed, `score` is None where nothing was graded. `page` is for who writes it.
    """

    line: bytes | None
    brief: Brief | None = None
    score: int | None = None
    fault: bool = False
    page: bytes | None = None


def write_page(out: str, name: str, page: bytes) -> None:
    """Write one page below the folder `out`. Raises `CommandFailed`."""
    path = os.path.join(out, name)
    try:
        try:
            file = open(path, "wb")  # noqa: SIM115
        except FileNotFoundError:  # the first one of its folder
            os.makedirs(os.path.dirname(path), exist_ok=True)
            file = open(path, "wb")  # noqa: SIM115
        with file:
            file.write(page)
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}. What was graded so far is kept.") from error
