"""A workspace in every state that a notebook must be ready for."""

import functools
from pathlib import Path
from typing import NamedTuple

from grader import kit
from grader.report import Report
from grader.rubric import Rubric, load_rubric
from grader.selftest.submissions import OVERRIDE, grade_text

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SKELETON = (ROOT / "exercises" / "skeleton.yml").read_text("utf-8")
SOLUTION = (ROOT / "solutions" / "docker-compose.yml").read_text("utf-8")


class State(NamedTuple):
    """A compose file, an override file on top of it if there is one, and the service that is wrong if one is."""

    name: str
    text: str
    override: str | None = None
    service: str | None = None

    def put(self, workspace: Path) -> None:
        """Make a workspace stand as this state says."""
        (workspace / kit.COMPOSE_FILE).write_text(self.text, "utf-8")
        override = workspace / OVERRIDE
        override.unlink(missing_ok=True)
        if self.override is not None:
            override.write_text(self.override, "utf-8")

    def report(self) -> Report:
        """What `grade` says about it."""
        return report_of(self.text, override=self.override)


@functools.cache
def report_of(text: str, *, override: str | None = None) -> Report:
    """What `grade` says about a compose file, with an override file on top of it if one is given."""
    return grade_text(text, rubric(), override=override)


@functools.cache
def rubric() -> Rubric:
    """The kit's rubric."""
    return load_rubric(kit.rubric_folder())


def with_wrong_service(service: str) -> State:
    """The solution with the rubric's own wrong example of the service's first check laid on it."""
    check = next(check for check in rubric().checks() if check.service == service)
    return State(f"{service} wrong", SOLUTION, f"services: {{{service}: {{{check.wrong}}}}}", service)


SERVICES = tuple(exercise.service for exercise in rubric().exercises if exercise.service)
# a line of kafka that stands one column too far to the right
BROKEN = State("broken", SOLUTION.replace("\n      KAFKA_PROCESS_ROLES", "\n       KAFKA_PROCESS_ROLES", 1))
STATES = (
    State("skeleton", SKELETON),
    State("solution", SOLUTION),
    *(with_wrong_service(service) for service in SERVICES),
    BROKEN,
)
