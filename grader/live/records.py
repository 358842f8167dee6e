"""What flows through a live run: causes, outcomes of steps, disagreements, and the report of it all."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from grader.report import Report

SCHEMA = "compose-kata/live/1"

StepOutcome = Literal["passed", "failed", "skipped"]
Status = Literal["proven", "failed", "not run"]


class Cause(NamedTuple):
    """Why a service does not do its work.

    `check` is the id of the check that owns the fault (None: it is the computer's); `message` a sentence in the
    student's terms; `line` the decisive line of the service's log, bounded, without control characters and passwords
    (None: no single line says it).
    """

    service: str
    check: str | None
    message: str
    line: str | None


class StepResult(NamedTuple):
    """How one step ended.

    `check` owns the failure (None: nobody's, or not known); `because` names the step that a skipped one waits for;
    `causes` are what the logs say, the most decisive first.
    """

    id: str
    title: str
    outcome: StepOutcome
    seconds: float
    message: str | None
    check: str | None = None
    because: str | None = None
    causes: Sequence[Cause] = ()


class Disagreement(NamedTuple):
    """What `grade` predicts and a running stack contradicts: a finding about the grader, never about the student.

    `about` is a check's id or a container (`containers.kafka`).
    """

    about: str
    predicted: str
    happened: str


class Beyond(NamedTuple):
    """One thing of a project that the kit does not have: `services.kafka.privileged` and a sentence."""

    path: str
    message: str


class Stop(NamedTuple):
    """Why nothing was run: the `input` (no file, not gradable), the `engine`, or what needs `--trust`."""

    kind: Literal["input", "engine", "trust"]
    message: str


class LiveReport(NamedTuple):
    """Everything a renderer may show about one live run.

    `project` is Compose's name of the project (None: nothing was run); `kept` tells that it still runs; `remarks` are
    sentences about the run as a whole; `predicted` is the report about the file; `ports` maps `app:8000` to an address
    of the host; `stop_commands` are what ends a project that was kept.
    """

    grader: str
    file: str
    project: str | None
    status: Status
    stop: Stop | None
    in_place: bool
    kept: bool
    seconds: float
    beyond: Sequence[Beyond]
    steps: Sequence[StepResult]
    disagreements: Sequence[Disagreement]
    remarks: Sequence[str]
    predicted: Report | None
    ports: Mapping[str, str]
    stop_commands: Sequence[str] = ()
