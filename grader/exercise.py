"""An exercise and its checks, as records: what `exercise.yaml` says."""

from collections.abc import Mapping
from typing import Any

from grader.light_tuple import NamedTuple


class RubricError(Exception):
    """A rubric that cannot be used. The text names the file, the key and the remedy."""


class Check(NamedTuple):
    """One requirement: what is asked, how it is judged, and every text about it.

    `service` is the one its parameters name, None if they name none; `link` is `task` as seen from the workspace.
    """

    id: str
    title: str
    points: int
    kind: str
    parameters: Mapping[str, Any]
    needs: tuple[str, ...]
    hints: tuple[str, ...]
    why: str
    task: str
    wrong: str
    right: str
    exercise: str
    service: str | None
    link: str


class Exercise(NamedTuple):
    """One folder of `exercises/`. `service` is None where no single service is meant."""

    id: str
    title: str
    service: str | None
    checks: tuple[Check, ...]
