"""`unix` and `json`: what editors and programs read."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import grader
from grader.compose.marks import Mark
from grader.findings import Outcome
from grader.report import Change, Problem, Report
from grader.reports import FORMATS
from grader.reports.clean import clean
from tests.reports.samples import BROKEN, FULL, HALF, REFUSAL, REFUSED, UNTOUCHED, WRONG, exercise, report

SCHEMA = json.loads((Path(grader.__file__).parent / "report.schema.json").read_text("utf-8"))
SAMPLES = [HALF, UNTOUCHED, FULL, REFUSED, BROKEN]


def test_the_table_names_the_formats_in_the_order_of_help() -> None:
    """`text` first: it is the default."""
    names = ["text", "unix", "json", "html", "markdown", "junit", "sarif", "github", "gradescope", "classroom50"]

    assert names == list(FORMATS)


def test_unix_has_a_line_for_each_lost_check_and_each_warning() -> None:
    """What passed or waits is not listed."""
    lines = FORMATS["unix"](HALF).splitlines()

    assert [
        'docker-compose.yml:33:9: The "X" variable is not set. Defaulting to a blank string. [warning]',
        "docker-compose.yml:41:19: The cluster id decodes to 7 bytes: too short. [kafka.cluster-id]",
        "docker-compose.yml:30:22: This is no whole number. [kafka.node-id]",
        "docker-compose.yml:12:7: Kafka has no listeners yet. [kafka.listeners]",
    ] == lines


def test_unix_says_what_to_mend_where_checks_wait_for_the_skeleton() -> None:
    """Nothing is lost then, and still there is something to do."""
    waiting = WRONG._replace(outcome=Outcome.SKIPPED, because="skeleton")
    changed = report(exercise("02-kafka", [waiting]))._replace(changes=(Change("services.kafka.image", "is new", 7),))

    assert "docker-compose.yml:7:1: is new [skeleton]\n" == FORMATS["unix"](changed)


def test_unix_shows_composes_refusal_and_why_nothing_was_graded() -> None:
    """A line that editors can jump to, even where the place is unknown."""
    refused = FORMATS["unix"](REFUSED).splitlines()[0]
    broken = FORMATS["unix"](BROKEN._replace(reason=BROKEN.reason and BROKEN.reason._replace(line=None, column=None)))

    assert f"docker-compose.yml:20:5: {REFUSAL.replace('<f>', 'docker-compose.yml')} [compose]" == refused
    assert broken.startswith("docker-compose.yml:1:1: This is no YAML")
    assert broken.endswith(" [not gradable]\n")


def test_unix_paths_start_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that an editor finds them."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path)
    line = FORMATS["unix"](HALF._replace(folder=os.fspath(tmp_path / "work"))).splitlines()[1]

    assert line.startswith(f"work{os.sep}docker-compose.yml:41:19: ")


def test_unix_stays_on_one_line_whatever_a_message_holds() -> None:
    """A line end in a value must not make a second problem."""
    text = FORMATS["unix"](report(exercise("02-kafka", [WRONG._replace(message="a\nb:1:1: c\r\x1b[2J")])))

    assert 1 == text.count("\n")
    assert "\x1b" not in text


@pytest.mark.parametrize("sample", SAMPLES)
def test_json_is_as_the_schema_says(sample: Report) -> None:
    """The published schema leaves no key free."""
    data = json.loads(FORMATS["json"](sample))

    assert [] == [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)]


def test_the_schema_is_a_schema() -> None:
    """And refuses a report that gives points without grading."""
    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(FORMATS["json"](BROKEN))
    data["score"] = 0

    assert not Draft202012Validator(SCHEMA).is_valid(data)


def test_json_tells_places_outcomes_and_what_a_check_waits_for() -> None:
    """Paths are relative to the submission."""
    data: dict[str, Any] = json.loads(FORMATS["json"](HALF._replace(folder="/elsewhere")))
    checks = {entry["id"]: entry for entry in data["exercises"][1]["checks"]}

    assert "docker-compose.yml" == data["file"]
    assert ("docker-compose.yml", 41, 19) == tuple(
        checks["kafka.cluster-id"][key] for key in ("file", "line", "column")
    )
    assert ("skipped", "kafka.cluster-id") == (checks["kafka.starts"]["outcome"], checks["kafka.starts"]["because"])
    assert {"verdict": "storage format fails", "message": "Cluster ID"} == data["containers"]["kafka"]
    assert not data["skeleton"]["intact"]


def test_a_file_outside_is_named_from_the_submission(tmp_path: Path) -> None:
    """What `--env-file` names: no format for other people tells where it lies on this computer."""
    outside = os.fspath(tmp_path / "class" / "my.env")
    wrong = WRONG._replace(at=Mark(outside, 2, 1, 3), source=Mark(outside, 2, 1, 3), excerpt=None)
    refused = report(exercise("02-kafka", [wrong]), accepted=False)._replace(
        folder=os.fspath(tmp_path / "ada"), errors=[Problem("failed to read <f>: line 2", outside, 2, 1)]
    )
    data = json.loads(FORMATS["json"](refused))

    assert "../class/my.env" == data["compose"]["errors"][0]["file"] == data["exercises"][0]["checks"][0]["file"]
    assert os.fspath(tmp_path) not in FORMATS["html"](refused)


def test_json_keeps_expected_values_and_lines_of_the_file_to_itself() -> None:
    """The answer stays behind the last hint, and a line may hold a password."""
    secret = WRONG._replace(expected="the-answer", actual="the-password")
    text = FORMATS["json"](report(exercise("02-kafka", [secret])))

    assert not [word for word in ("the-answer", "the-password", "CLUSTER_ID:") if word in text]


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_control_characters_through(name: str) -> None:
    """Escapes, bells, C1 controls, marks that turn the text round, half characters."""
    bad = "a\x1b[31m\x07\x9b\u202e\u2066\ud800b"
    text = FORMATS[name](HALF._replace(warnings=[Problem(bad, f"{bad}.yml", 1, 1)]))
    shown = json.dumps(json.loads(text), ensure_ascii=False) if name == "json" else text

    assert not set(shown) & set("\x1b\x07\x9b\u202e\u2066\ud800")


def test_clean_replaces_one_for_one() -> None:
    """Columns stay true; line ends and tabs stay."""
    assert "a\ufffdb\tc\nd" == clean("a\x1bb\tc\r\nd")
