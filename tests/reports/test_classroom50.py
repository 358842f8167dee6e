"""`classroom50`: the report's part, and the part that the runner knows."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from grader.report import Report
from grader.reports import FORMATS
from grader.reports.classroom50 import complaint, with_submission
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED, UNTOUCHED
from tests.reports.schemas import broken_rules

RUNNER = {
    "CLASSROOM": "databases",
    "ASSIGNMENT": "compose",
    "ASSIGNMENT_TYPE": "individual",
    "OWNER": "ada",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://github.com/school/databases-compose-ada/commit/a1b2c3d",
    "RELEASE_URL": "https://github.com/school/databases-compose-ada/releases/tag/1",
    "REVIEW_URL": "https://github.com/school/databases-compose-ada/compare/0...a1b2c3d",
}
NOW = datetime(2026, 6, 2, 8, 0, 1, tzinfo=UTC)


def result(sample: Report, **changed: str) -> dict[str, Any]:
    """Return the whole document."""
    found: dict[str, Any] = json.loads(with_submission(FORMATS["classroom50"](sample), {**RUNNER, **changed}, NOW))
    return found


@pytest.mark.parametrize("sample", [HALF, UNTOUCHED, FULL, REFUSED])
def test_a_result_is_as_the_schema_says(sample: Report) -> None:
    """No other keys on top; whole points."""
    text = with_submission(FORMATS["classroom50"](sample), {**RUNNER, "GITHUB_ACTOR": "ada"}, NOW)

    assert [] == broken_rules("classroom50-result", text)


def test_the_score_is_that_of_the_tests() -> None:
    """And a test earns only what it passed."""
    found = result(HALF)

    assert (8, 19) == (found["score"], found["max-score"])
    assert found["score"] == sum(test["score"] for test in found["tests"] if test["passed"])


def test_a_test_says_how_it_ended() -> None:
    """In keys of its own, which are kept."""
    tests = {test["test-name"]: test for test in result(HALF)["tests"]}

    assert (False, "failed", 41) == tuple(tests["kafka.cluster-id"][key] for key in ("passed", "outcome", "line"))
    assert ("skipped", "waits for kafka.cluster-id") == (
        tests["kafka.starts"]["outcome"],
        tests["kafka.starts"]["message"],
    )


def test_the_moment_is_that_of_the_submission() -> None:
    """Grading again must not make it late."""
    found = result(HALF)

    assert ("2026-06-01T14:32:05Z", "2026-06-02T08:00:01Z") == (found["datetime"], found["graded_at"])


@pytest.mark.parametrize("tag", ["submit/1", "submit/2026-06-31T25-00-00Z-a"])
def test_a_tag_without_a_moment_leaves_that_of_grading(tag: str) -> None:
    """The runner puts the commit's in its place."""
    assert "2026-06-02T08:00:01Z" == result(HALF, SUBMISSION_TAG=tag)["datetime"]


def test_who_pushed_is_named_where_it_is_known() -> None:
    """The number is null where it is none."""
    assert {"username": "bob", "id": 7} == result(HALF, GITHUB_ACTOR="bob", GITHUB_ACTOR_ID="7")["submitted_by"]
    assert {"username": "bob", "id": None} == result(HALF, GITHUB_ACTOR="bob", GITHUB_ACTOR_ID="x")["submitted_by"]
    assert "submitted_by" not in result(HALF)


def test_without_a_review_the_commit_stands_for_it() -> None:
    """There is nothing to compare with the first one."""
    assert RUNNER["COMMIT_URL"] == result(HALF, REVIEW_URL="")["review"]


def test_what_cannot_be_graded_has_no_result() -> None:
    """The runner then says that grading failed."""
    assert "" == FORMATS["classroom50"](BROKEN)


def test_the_user_stands_for_the_owner() -> None:
    """The runner sets either."""
    environment = {**RUNNER, "OWNER": "", "USERNAME": "ada"}

    assert complaint(environment) is None
    assert "ada" == json.loads(with_submission(FORMATS["classroom50"](HALF), environment, NOW))["owner"]


def test_a_complaint_names_every_variable_that_is_missing() -> None:
    """All at once, also those that are empty."""
    environment = {name: value for name, value in RUNNER.items() if name not in ("OWNER", "COMMIT_URL", "REVIEW_URL")}

    assert "these variables of the runner are not set: ASSIGNMENT, OWNER or USERNAME, COMMIT_URL" == complaint(
        {**environment, "ASSIGNMENT": ""}
    )


@pytest.mark.parametrize(("name", "value"), [("SUBMISSION_TAG", "v1"), ("ASSIGNMENT_TYPE", "team")])
def test_a_value_that_the_schema_refuses_is_refused_first(name: str, value: str) -> None:
    """A result that nobody takes helps nobody."""
    assert (complaint({**RUNNER, name: value}) or "").startswith(name)
