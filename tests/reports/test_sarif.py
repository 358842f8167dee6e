"""`sarif`: the schema of SARIF, and what GitHub asks for beyond it."""

import json
from pathlib import Path
from typing import Any

import pytest

from grader.compose.marks import Mark
from grader.findings import Outcome
from grader.report import Change, Report
from grader.reports import FORMATS
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED, UNTOUCHED, WRONG, exercise, report
from tests.reports.schemas import broken_rules


def run(sample: Report) -> dict[str, Any]:
    """Return the only run of the log."""
    runs = json.loads(FORMATS["sarif"](sample))["runs"]
    assert 1 == len(runs)
    found: dict[str, Any] = runs[0]
    return found


def place(result: dict[str, Any]) -> dict[str, Any]:
    """Return file and region of a result."""
    found: dict[str, Any] = result["locations"][0]["physicalLocation"]
    return found


@pytest.mark.parametrize("sample", [HALF, UNTOUCHED, FULL, REFUSED, BROKEN])
@pytest.mark.parametrize("schema", ["sarif-2.1.0", "sarif-github"])
def test_a_log_is_as_the_schemas_say(sample: Report, schema: str) -> None:
    """That of OASIS, and the rules of code scanning."""
    assert [] == broken_rules(schema, FORMATS["sarif"](sample))


def test_wrong_is_an_error_and_missing_a_warning() -> None:
    """What passed or waits is no alert."""
    found = [(result["ruleId"], result["level"]) for result in run(HALF)["results"]]

    assert [("kafka.cluster-id", "error"), ("kafka.node-id", "error"), ("kafka.listeners", "warning")] == found


def test_every_check_is_a_rule_and_every_result_knows_its_rule() -> None:
    """By name and by place."""
    seen = run(HALF)
    rules = [rule["id"] for rule in seen["tool"]["driver"]["rules"]]

    assert [check.id for check in HALF.checks()] == rules
    assert [result["ruleId"] for result in seen["results"]] == [
        rules[result["ruleIndex"]] for result in seen["results"]
    ]


def test_a_region_ends_behind_its_last_character() -> None:
    """`my-cluster` in columns 19 to 28."""
    region = place(run(HALF)["results"][0])["region"]

    assert {"startLine": 41, "startColumn": 19, "endLine": 41, "endColumn": 29} == region


def test_a_mark_without_a_width_is_one_character_wide() -> None:
    """An empty region would be none."""
    bare = WRONG._replace(at=Mark("docker-compose.yml", 5, 1))
    region = place(run(report(exercise("02-kafka", [bare])))["results"][0])["region"]

    assert (1, 2) == (region["startColumn"], region["endColumn"])


def test_a_path_starts_at_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the command runs; blanks and letters beyond ASCII are encoded."""
    monkeypatch.chdir(tmp_path)
    seen = run(HALF._replace(folder=str(tmp_path / "my wörk")))

    assert "my%20w%C3%B6rk/docker-compose.yml" == place(seen["results"][0])["artifactLocation"]["uri"]


@pytest.mark.parametrize("name", ["a:b?c#d.yml", "\x1b\u202e\ud800.yml", "%2e%2e/x.yml"])
def test_a_strange_file_name_stays_a_path(name: str) -> None:
    """No scheme, no query, no fragment, no way out."""
    strange = WRONG._replace(at=Mark(name, 5, 1))
    text = FORMATS["sarif"](report(exercise("02-kafka", [strange])))

    assert [] == broken_rules("sarif-github", text)


def test_a_submission_elsewhere_has_paths_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that leads out of the repository would be shown nowhere."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    seen = run(HALF._replace(folder=str(tmp_path / "there")))

    assert "docker-compose.yml" == place(seen["results"][0])["artifactLocation"]["uri"]


def fingerprints(sample: Report) -> list[str]:
    """Return the fingerprint of each result."""
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in run(sample)["results"]]


def test_a_fingerprint_stays_when_the_line_moves() -> None:
    """An alert that was closed by hand must not come back for an empty line above it."""
    moved = WRONG._replace(
        at=WRONG.at and WRONG.at._replace(line=50), excerpt=WRONG.excerpt and WRONG.excerpt._replace(line=50)
    )

    assert fingerprints(report(exercise("02-kafka", [WRONG]))) == fingerprints(report(exercise("02-kafka", [moved])))


def test_equal_alerts_are_counted() -> None:
    """A fingerprint names one alert."""
    first, second = fingerprints(report(exercise("02-kafka", [WRONG, WRONG])))

    assert (":1", ":2") == (first[-2:], second[-2:])
    assert first[:-2] == second[:-2]


def test_what_cannot_be_graded_is_one_alert() -> None:
    """With its place, as far as it is known."""
    seen = run(BROKEN)

    assert [("not-gradable", "error")] == [(result["ruleId"], result["level"]) for result in seen["results"]]
    assert (3, 9) == tuple(place(seen["results"][0])["region"][key] for key in ("startLine", "startColumn"))


def test_changes_of_the_skeleton_are_alerts_where_checks_wait_for_them() -> None:
    """Else nothing would say what to put back."""
    waiting = WRONG._replace(outcome=Outcome.SKIPPED, because="skeleton")
    changed = report(exercise("02-kafka", [waiting]))._replace(changes=(Change("services.kafka.image", "is new", 7),))

    assert [("skeleton", "warning", "services.kafka.image: is new")] == [
        (result["ruleId"], result["level"], result["message"]["text"]) for result in run(changed)["results"]
    ]
    assert [] == [result for result in run(HALF)["results"] if result["ruleId"] == "skeleton"]


def test_a_refusal_is_said_once() -> None:
    """By the check that owns it where one is marked for it, else by itself."""
    owned = REFUSED._replace(errors=[REFUSED.errors[0]._replace(line=41)])

    assert ["compose", "kafka.cluster-id", "kafka.x"] == [result["ruleId"] for result in run(REFUSED)["results"]]
    assert ["kafka.cluster-id", "kafka.x"] == [result["ruleId"] for result in run(owned)["results"]]
