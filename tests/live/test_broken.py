"""What the notebook `06_break_it` lets the grader say about its broken files is what the containers say."""

from pathlib import Path

import pytest

from tests.live.running import run_file
from tests.live.variants import ROOT

FILES = sorted((ROOT / "notebooks" / "broken").glob("*.yml"))


@pytest.mark.live
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_fails_for_its_fault(path: Path) -> None:
    """The first step that fails belongs to the check that is lost, and nothing contradicts the grader."""
    run = run_file(path)
    step = run.failed_step

    assert [] == run.live["disagreements"]
    assert step is not None
    assert [check.id for check in run.report.checks() if check.outcome.lost] == [step["check"]]
