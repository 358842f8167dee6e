"""`gradescope`: the results of an autograder."""

import json
from typing import Any

import pytest

from grader.findings import Outcome
from grader.report import Change, Report
from grader.reports import FORMATS
from tests.reports.samples import BROKEN, FULL, HALF, REFUSAL, REFUSED, UNTOUCHED, WRONG, exercise, report
from tests.reports.schemas import broken_rules


def results(sample: Report) -> dict[str, Any]:
    """Return the document."""
    found: dict[str, Any] = json.loads(FORMATS["gradescope"](sample))
    return found


@pytest.mark.parametrize("sample", [HALF, UNTOUCHED, FULL, REFUSED, BROKEN])
def test_results_are_as_the_schema_says(sample: Report) -> None:
    """No key that Gradescope does not know, numbers as numbers, a test's number as a text."""
    assert [] == broken_rules("gradescope-results", FORMATS["gradescope"](sample))


def test_the_score_on_top_is_that_of_the_tests() -> None:
    """Gradescope takes the one on top."""
    found = results(HALF)

    assert HALF.score == found["score"] == sum(test["score"] for test in found["tests"])
    assert HALF.max_score == sum(test["max_score"] for test in found["tests"])


def test_tests_are_numbered_as_the_exercises_are() -> None:
    """Also where only one exercise is graded."""
    only = HALF._replace(exercises=HALF.exercises[1:])

    assert ["1.1", "1.2", "2.1", "2.2", "2.3", "2.4"] == [test["number"] for test in results(HALF)["tests"]]
    assert "2.1" == results(only)["tests"][0]["number"]


def test_a_test_says_what_is_wrong_and_where() -> None:
    """With the line itself; what waits is no fault and says so."""
    tests = {test["name"].partition(":")[0]: test for test in results(HALF)["tests"]}

    assert [
        "docker-compose.yml:41:19",
        "   41 |       CLUSTER_ID: my-cluster",
        "      |                   ^^^^^^^^^^",
        "The cluster id decodes to 7 bytes: too short.",
        "The container would log: Cluster ID string my-cluster does not appear to be a valid UUID",
        "More: grade hint kafka.cluster-id",
    ] == tests["kafka.cluster-id"]["output"].splitlines()
    assert ("passed", "") == (tests["mongodb.database"]["status"], tests["mongodb.database"]["output"])
    assert "Not attempted yet: Kafka has no listeners yet." in tests["kafka.listeners"]["output"]
    assert ("failed", "Not judged yet: waits for kafka.cluster-id.") == (
        tests["kafka.starts"]["status"],
        tests["kafka.starts"]["output"],
    )


def test_students_texts_are_never_taken_for_html() -> None:
    """On top the default format would be."""
    found = results(HALF)

    assert {"text"} == {found[key] for key in ("output_format", "test_output_format", "test_name_format")}


def test_what_cannot_be_graded_scores_nothing_and_says_why() -> None:
    """Line, column and what to do."""
    found = results(BROKEN)

    assert (0, []) == (found["score"], found["tests"])
    assert "docker-compose.yml:3:9: This is no YAML" in found["output"]


def test_a_fault_of_the_grader_is_no_result() -> None:
    """Gradescope then says that the autograder failed: a zero would be the student's."""
    fault = BROKEN._replace(reason=BROKEN.reason and BROKEN.reason._replace(kind="grader"))

    assert "" == FORMATS["gradescope"](fault)


def test_the_top_shows_what_compose_says_and_what_was_changed() -> None:
    """Five of a kind, the others counted."""
    changes = [Change(f"services.s{number}", "is new", number) for number in range(1, 8)]
    output = results(REFUSED._replace(changes=changes))["output"].splitlines()

    assert f"  docker-compose.yml:20:5: {REFUSAL.replace('<f>', 'docker-compose.yml')}" in output
    assert "  line 5: services.s5: is new" in output
    assert "  line 6: services.s6: is new" not in output
    assert "  and 2 more" in output


def test_an_exercise_without_a_number_gets_its_place() -> None:
    """Rubrics are free in their names."""
    bare = report(exercise("02-kafka", [WRONG])._replace(id="networks"))

    assert ["1.1"] == [test["number"] for test in results(bare)["tests"]]
    assert Outcome.FAILED.value == results(bare)["tests"][0]["status"]


def test_a_line_of_another_file_is_shown_with_that_files_name() -> None:
    """And both places are said: where the value is written, and where its text comes from."""
    tests = {test["name"].partition(":")[0]: test for test in results(HALF)["tests"]}

    assert [
        ".env:2:9",
        "    2 | NODE_ID=one",
        "      |         ^^^",
        "This is no whole number.",
        "Written at docker-compose.yml:30:22, its text comes from .env:2:9.",
        "More: grade hint kafka.node-id",
    ] == tests["kafka.node-id"]["output"].splitlines()
