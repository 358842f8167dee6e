"""The report of one submission: all findings, stamped with ids and points. Renderers are pure functions of it."""

from collections.abc import Sequence
from typing import Literal

from grader.compose.marks import Mark
from grader.findings import Outcome
from grader.light_tuple import NamedTuple

SCHEMA = "compose-kata/report/1"


class Excerpt(NamedTuple):
    """One line of a student's file to show: its number, its text (passwords masked) and what to underline."""

    file: str
    line: int
    text: str
    column: int
    width: int


class CheckResult(NamedTuple):
    """One finding with its check's id, title and points.

    `at` is where to look, `source` where the text comes from if that is elsewhere; `excerpt` shows the line of the two
    that a reader should change; `log` is what the container would log, cut where it would give the answer away; `task`
    is the link into the TASK, relative to the workspace.
    """

    id: str
    title: str
    outcome: Outcome
    score: int
    max_score: int
    message: str | None
    because: str | None
    at: Mark | None
    source: Mark | None
    excerpt: Excerpt | None
    log: str | None
    task: str
    expected: str | None = None
    actual: str | None = None


class ExerciseResult(NamedTuple):
    """The checks of one exercise."""

    id: str
    title: str
    service: str | None
    score: int
    max_score: int
    checks: Sequence[CheckResult]


class Problem(NamedTuple):
    """A sentence with a place: an error or warning of Compose, or one of ours. `kind` is an error's, of `Refusal`."""

    message: str
    file: str | None
    line: int | None
    column: int | None
    kind: str | None = None


class Change(NamedTuple):
    """One difference from the skeleton: `services.kafka.image`, a sentence, the line (None: it was removed)."""

    path: str
    message: str
    line: int | None


class ContainerResult(NamedTuple):
    """What one container would do; both None for a file that Compose refuses or a service that is not there."""

    verdict: str | None
    message: str | None


class Reason(NamedTuple):
    """Why nothing could be graded: `input` (the submission) or `grader` (our fault)."""

    kind: Literal["input", "grader"]
    message: str
    line: int | None
    column: int | None


class Report(NamedTuple):
    """Everything a renderer may show about one submission.

    `folder` is the absolute folder that marks are relative to; it is not part of any machine-readable format.
    """

    grader: str
    folder: str
    file: str
    status: Literal["graded", "not gradable"]
    reason: Reason | None
    score: int | None
    max_score: int
    accepted: bool
    errors: Sequence[Problem]
    containers: dict[str, ContainerResult]
    changes: Sequence[Change]
    exercises: Sequence[ExerciseResult]
    warnings: Sequence[Problem]

    def checks(self) -> list[CheckResult]:
        """Return all checks in the order of the exercises."""
        return [check for exercise in self.exercises for check in exercise.checks]
