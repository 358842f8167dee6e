"""Judge an answer that differs from the solution in one place, through the real engine."""

import functools
from pathlib import Path

from grader.report import CheckResult, Report
from grader.rubric import Rubric, load_rubric
from grader.selftest.submissions import grade_text, lost_checks

ROOT = Path(__file__).parent.parent.parent


@functools.cache
def rubric() -> Rubric:
    """The kit's rubric."""
    return load_rubric(str(ROOT / "exercises"))


@functools.cache
def solution() -> str:
    """The kit's answer."""
    return (ROOT / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")


def graded(override: str) -> Report:
    """Lay a snippet on the solution, as an override file."""
    report = grade_text(solution(), rubric(), override=override)
    assert report.status == "graded", report.reason
    return report


def edited(old: str, new: str, *, count: int = 1) -> Report:
    """Replace a text of the solution that must be there."""
    assert old in solution()
    report = grade_text(solution().replace(old, new, count), rubric())
    assert report.status == "graded", report.reason
    return report


def with_environment(service: str, variables: str) -> Report:
    """Lay variables (YAML of a mapping's inside, flow style) on one service of the solution."""
    return graded(f"services: {{{service}: {{environment: {{{variables}}}}}}}")


def judge(check_id: str, snippet: str) -> CheckResult:
    """Lay a snippet on the service that a check is about and return the check's result."""
    service = rubric().check(check_id).service
    report = graded(snippet if service is None else f"services: {{{service}: {{{snippet}}}}}")
    return result(report, check_id)


def result(report: Report, check_id: str) -> CheckResult:
    """One check of a report."""
    return next(check for check in report.checks() if check.id == check_id)


def lost(report: Report) -> list[str]:
    """The ids of the lost checks."""
    return lost_checks(report)
