"""Run `grade live` for a compose file and hold what happened against what was predicted."""

import functools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from grader.live.engine import NoEngine, find_engine
from grader.report import CheckResult, Report
from grader.selftest.submissions import grade_text
from tests.checks.judged import rubric
from tests.live.variants import ROOT, SOLUTION, Variant

LIMIT_SECONDS = 900.0
WORKS = "works"


class Run(NamedTuple):
    """One file that was run: the report about it, the report of the run (JSON), and how long it took."""

    report: Report
    live: Mapping[str, Any]
    seconds: float

    @property
    def failed_step(self) -> Mapping[str, Any] | None:
        """The first step that failed."""
        return next((step for step in self.live["steps"] if step["outcome"] == "failed"), None)


@functools.cache
def missing_engine() -> str | None:
    """Return why nothing can be run here, None if it can."""
    try:
        find_engine(os.environ)
    except NoEngine as error:
        return str(error)
    return None


def run_solution() -> Run:
    """Run the kit's answer."""
    return run_file(SOLUTION)


def run_variant(variant: Variant) -> Run:
    """Run a variant of it."""
    return _run(variant.text())


def run_file(path: Path) -> Run:
    """Run a compose file as it is."""
    return _run(path.read_text(encoding="utf-8"))


def complaints(variant: Variant | None, run: Run) -> list[str]:
    """Return in what the run differs from what must be: what `grade` predicts, and the same cause in both reports."""
    said = [f"{one['about']}: {one['predicted']}, but {one['happened']}" for one in run.live["disagreements"]]
    step = run.failed_step
    expected = () if variant is None else variant.steps
    as_expected = not expected if step is None else step["id"] in expected
    if not as_expected:
        seen = "no step fails" if step is None else f"the first failed step is {step['id']} ({step['message']})"
        said.append(f"{seen}, it must be {' or '.join(expected) or 'none'}")
    if variant is None:
        return said
    lost = [check for check in run.report.checks() if check.outcome.lost]
    if [variant.check] != [check.id for check in lost]:
        return [*said, f"grade must lose {variant.check} alone, it loses {', '.join(check.id for check in lost)}"]
    if step is not None and as_expected:
        said += _other_cause(lost[0], step, file=run.report.file)
    return said


def verdict(report: Report) -> str:
    """Return what `grade` says in short: the lost check, and what the container would do if that is not to work."""
    lost = ", ".join(check.id for check in report.checks() if check.outcome.lost)
    verdicts = [one.verdict for one in report.containers.values() if one.verdict not in (None, WORKS)]
    return f"{lost or 'full marks'}{f' ({verdicts[0]})' if verdicts else ''}"


def outcome(run: Run) -> str:
    """Return what happened in short: the first failed step and the check that owns it."""
    step = run.failed_step
    if step is None:
        return str(run.live["status"])
    return f"{step['id']}: {step['check']}"


def _other_cause(lost: CheckResult, step: Mapping[str, Any], *, file: str) -> list[str]:
    """Compare the owner of the failed step and the sentence with those of the report about the file."""
    cause = (lost.message or lost.title).replace("<f>", file)
    said = []
    if step["check"] != lost.id:
        said.append(f"the step {step['id']} blames {step['check']}")
    sentences = [step["message"] or "", *(cause["message"] for cause in step["causes"])]
    if not any(cause in sentence for sentence in sentences):
        said.append(f"the student reads {' / '.join(sentences)!r} instead of {cause!r}")
    return said


def _run(text: str) -> Run:
    with tempfile.TemporaryDirectory(prefix="grade-live-") as folder:
        path = Path(folder) / "docker-compose.yml"
        path.write_text(text, encoding="utf-8")
        begin = time.monotonic()
        ran = subprocess.run(
            [sys.executable, "-m", "grader", "live", str(path), "--trust", "--format", "json"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
        seconds = time.monotonic() - begin
    try:
        live = json.loads(ran.stdout)
    except ValueError:
        raise AssertionError(f"grade live ended with {ran.returncode}: {ran.stderr or ran.stdout}") from None
    return Run(grade_text(text, rubric()), live, seconds)
