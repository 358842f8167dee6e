"""One kind of proof, and the sentences about what it finds wrong."""

from typing import NamedTuple

from grader.findings import Outcome
from grader.report import Report
from grader.selftest.submissions import lost_checks


class Part(NamedTuple):
    """One kind of proof: how many ran, and a sentence for each that failed."""

    name: str
    ran: int
    failures: list[str]
    skipped_reason: str | None = None


def full_marks(name: str, report: Report) -> list[str]:
    """Return a sentence for each check that is not passed."""
    if report.status != "graded":
        return [f"{name}: not gradable ({why(report)})"]
    return [
        f"{name}: {check.id} is {check.outcome.value}: {check.message or check.because}"
        for check in report.checks()
        if check.outcome is not Outcome.PASSED
    ]


def exactly(name: str, report: Report, owner: str) -> list[str]:
    """Return a sentence if not exactly the owner is lost."""
    if report.status != "graded":
        return [f"{name}: not gradable ({why(report)})"]
    lost = lost_checks(report)
    if lost == [owner]:
        return []
    return [f"{name}: must lose {owner} alone, loses {', '.join(lost) or 'nothing'}"]


def why(report: Report) -> str:
    """Return why a report is not gradable."""
    return report.reason.message if report.reason is not None else "graded"
