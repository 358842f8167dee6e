"""The states in which notebooks are run are what they say they are."""

import pytest

from grader.findings import Outcome
from tests.notebooks.workspaces import BROKEN, SERVICES, STATES, with_wrong_service


def test_the_skeleton_is_untouched_and_the_solution_complete() -> None:
    """The two ends of the way."""
    outcomes = [{check.outcome for check in state.report().checks()} for state in STATES[:2]]

    assert [{Outcome.NOT_ATTEMPTED}, {Outcome.PASSED}] == outcomes


@pytest.mark.parametrize("service", SERVICES)
def test_one_service_alone_is_wrong(service: str) -> None:
    """It is the only one that loses a check, and it does so by something written."""
    lost = [check for check in with_wrong_service(service).report().checks() if check.outcome.lost]

    assert {service} == {check.id.partition(".")[0] for check in lost}
    assert {Outcome.FAILED} == {check.outcome for check in lost}


def test_the_broken_file_is_no_yaml() -> None:
    """Docker Compose refuses it for that, and the grader still sees most of it."""
    report = BROKEN.report()

    assert ["yaml_syntax"] == [error.kind for error in report.errors]
    assert report.score is not None
    assert 0 < report.score < report.max_score
