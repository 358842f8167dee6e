"""A million results against a class of two: counts and bounded lists, not records."""

import tracemalloc
from pathlib import Path

from grader.batch.gradebooks.sentences import MAX_NAMED
from tests.batch.gradebooks.records import opened, record
from tests.batch.records import student

STRANGERS = 20_000
MAX_GROWTH_BYTES = 500_000


def test_memory_does_not_grow_with_the_results(tmp_path: Path) -> None:
    """Those without a row go to the list at once; the sentence names a few."""
    path = tmp_path / "grades.csv"
    path.write_text("id,grade\nada,\ngrace,\n", encoding="utf-8")
    gradebook = opened("csv", path, tmp_path / "out")
    gradebook.add(record("first", 1, student=student(id="stranger")))
    tracemalloc.start()

    for number in range(STRANGERS):
        gradebook.add(record(f"submission-{number}", 1, student=student(id=f"stranger-{number}")))
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    said = gradebook.finish()

    assert grown < MAX_GROWTH_BYTES
    assert any(f"and {STRANGERS + 1 - MAX_NAMED:,} more" in sentence for sentence in said)
    assert STRANGERS + 4 == (tmp_path / "out" / "grades-not-filled.csv").read_text(encoding="utf-8").count("\n")
