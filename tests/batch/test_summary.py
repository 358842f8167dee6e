"""`summary.json` is the class in numbers."""

import json
from pathlib import Path
from statistics import median
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from grader.batch.briefs import brief_of
from grader.batch.output_files import SUMMARY
from grader.batch.summary import Summary, _median
from tests.batch.graded import NO_YAML, SKELETON, SOLUTION, record_of, rubric


def summary_of(folder: Path, *records: Any) -> tuple[dict[str, Any], str]:
    """Return what is written, and what is said."""
    summary = Summary(str(folder), rubric(), "edition", "files")
    for found in records:
        summary.add(brief_of(found))
    said = " ".join(summary.finish())
    return json.loads((folder / SUMMARY).read_text("utf-8")), said


def test_it_counts_scores_exercises_and_checks(tmp_path: Path) -> None:
    """Mean and median over what was graded."""
    data, said = summary_of(tmp_path, record_of(SOLUTION, "a"), record_of(SOLUTION, "b"), record_of(SKELETON, "c"))

    assert (3, 3, 66.67, 100) == (data["submissions"], data["graded"], data["score"]["mean"], data["score"]["median"])
    assert {"0": 1, "100": 2} == data["score"]["counts"]
    assert {"id": "kafka.node-id", "passed": 2, "failed": 0, "not_attempted": 1, "skipped": 0} in data["checks"]
    assert "mean 66.7, median 100, from 0 to 100 of 100" in said


def test_what_cannot_be_graded_is_no_zero(tmp_path: Path) -> None:
    """It is counted apart, with its reason."""
    data, said = summary_of(tmp_path, record_of(SOLUTION, "a"), record_of(NO_YAML, "b"))

    assert (1, 1, 0, 100) == (
        data["graded"],
        data["not_gradable"],
        data["grader_faults"],
        data["score"]["mean"],
    )
    assert ["b"] == [entry["submission"] for entry in data["could_not_be_graded"]]
    assert "1 not gradable" in said


def test_earlier_attempts_do_not_count(tmp_path: Path) -> None:
    """They are only counted."""
    first = record_of(SKELETON, "a", attempt=1, attempts=2)
    data, _ = summary_of(tmp_path, first, record_of(SOLUTION, "a2", attempt=2, attempts=2))

    assert (2, 1, 1, 100) == (data["submissions"], data["earlier_attempts"], data["graded"], data["score"]["mean"])


def test_a_class_that_was_taken_for_one_student_is_pointed_out(tmp_path: Path) -> None:
    """Its folders lie too deep to be seen; among others a student may have several folders."""
    one = record_of(SOLUTION, "a", remarks=("2 folders hold a compose file. b/x.yml was graded, not what is in c.",))

    assert summary_of(tmp_path, one)[1].endswith("name the folder in which they lie.")
    assert "name the folder" not in summary_of(tmp_path, one, record_of(SOLUTION, "b"))[1]
    assert "name the folder" not in summary_of(tmp_path, record_of(SOLUTION, "b"))[1]


def test_an_empty_class_has_a_summary(tmp_path: Path) -> None:
    """There is no mean of nothing."""
    data, _ = summary_of(tmp_path)

    assert (0, None, None) == (data["graded"], data["score"]["mean"], data["score"]["median"])


@given(st.lists(st.integers(0, 100), min_size=1))
def test_the_median_is_the_median(scores: list[int]) -> None:
    """Of scores that are only counted."""
    assert median(scores) == _median({score: scores.count(score) for score in scores})
