"""Live runs made from records instead of an engine."""

import functools
from collections.abc import Mapping

from grader.live.records import Cause, LiveReport, StepResult
from grader.live.steps import STEPS
from grader.report import Report
from grader.selftest.submissions import grade_text
from tests.checks.judged import rubric, solution


@functools.cache
def predicted(old: str = "", new: str = "") -> Report:
    """The report about the solution with one text replaced."""
    assert old in solution()
    return grade_text(solution().replace(old, new) if old else solution(), rubric())


def steps(failed: Mapping[str, str | None] | None = None, *, causes: tuple[Cause, ...] = ()) -> list[StepResult]:
    """All steps passed but those of `failed`, each with the check that owns it, and those that need them."""
    failed = failed or {}
    made: dict[str, StepResult] = {}
    for step in STEPS:
        blocked = next((name for name in step.NEEDS if made[name].outcome != "passed"), None)
        if step.ID in failed:
            made[step.ID] = StepResult(
                step.ID, step.TITLE, "failed", 1.5, "It is not there.", check=failed[step.ID], causes=causes
            )
        elif blocked is not None:
            because = made[blocked].because or blocked
            made[step.ID] = StepResult(step.ID, step.TITLE, "skipped", 0.0, None, because=because)
        else:
            made[step.ID] = StepResult(step.ID, step.TITLE, "passed", 0.5, None)
    return list(made.values())


def report(results: list[StepResult], *, kept: bool = False, about: Report | None = None) -> LiveReport:
    """A run of the solution with these steps."""
    proven = all(result.outcome == "passed" for result in results)
    return LiveReport(
        grader="0.1.0",
        file="docker-compose.yml",
        project="compose-kata-live-0a1b2c3d",
        status="proven" if proven else "failed",
        stop=None,
        in_place=False,
        kept=kept,
        seconds=61.24,
        beyond=(),
        steps=results,
        disagreements=(),
        remarks=(),
        predicted=about or predicted(),
        ports={"app:8000": "127.0.0.1:49153"} if kept else {},
        stop_commands=("docker compose -p compose-kata-live-0a1b2c3d down --volumes --rmi local",) if kept else (),
    )
