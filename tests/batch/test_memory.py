"""What a batch has in memory at a time."""

import multiprocessing
from pathlib import Path

from grader.batch.batch import Batch, Plan
from grader.batch.sources import open_source
from tests.batch.graded import SOLUTION, rubric


def test_the_workers_are_gone_when_something_is_made_of_the_results(tmp_path: Path) -> None:
    """Both take memory, and need not take it at the same time."""
    (tmp_path / "class").mkdir()
    for name in ("ada", "grace"):
        (tmp_path / "class" / f"{name}.yml").write_text(SOLUTION, "utf-8")
    plan = Plan(str(tmp_path / "class"), str(tmp_path), 2, feedback=False, fresh=False)
    seen: list[tuple[str, bool]] = []

    def note(what: str) -> None:
        seen.append((what, bool(multiprocessing.active_children())))

    def finish() -> list[str]:
        note("end")
        return []

    Batch(open_source(plan.submissions), rubric(), plan).run(lambda brief, _: note(brief.submission), finish)

    assert [("ada", True), ("grace", True), ("end", False)] == seen
