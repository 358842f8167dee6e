"""What people and programs read about a live run."""

import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import grader
from grader.live.document import render_json
from grader.live.records import Beyond, Cause, Disagreement, LiveReport, Stop
from grader.live.text import TextProgress, step_lines, summary_lines
from grader.live.verification import TRUST_STOP, Options, not_run
from grader.reports.look import PLAIN, Look
from tests.live_unit.runs import predicted, report, steps

SCHEMA = Draft202012Validator(json.loads((Path(grader.__file__).parent / "live.schema.json").read_text("utf-8")))
CAUSE = Cause("kafka", "kafka.cluster-id", "The cluster id is too short.", "Cluster ID string x is no \x1b[31mUUID")
BAD_ID = predicted("CLUSTER_ID: MkU3OEVBNTcwNTJENDM2Qk", "CLUSTER_ID: any-words")
FAILED = {"up": "kafka.cluster-id"}
OPTIONS = Options(keep=False, in_place=False, trust=False)


def needs_trust() -> LiveReport:
    """A file that was not run."""
    beyond = (Beyond("services.kafka.privileged", "the kit does not use `privileged`"),)
    return not_run("docker-compose.yml", Stop("trust", TRUST_STOP), OPTIONS, predicted(), beyond)


SAMPLES = {
    "proven": report(steps()),
    "failed": report(steps(FAILED, causes=(CAUSE,)), about=BAD_ID),
    "unforeseen": report(steps(FAILED)),
    "full disk": report(steps({"up": None}, causes=(CAUSE._replace(check=None, line=None),))),
    "kept": report(steps(), kept=True),
    "disagreed": report(steps())._replace(disagreements=(Disagreement("kafka.listeners", "a", "b"),)),
    "trust": needs_trust(),
    "no engine": not_run("docker-compose.yml", Stop("engine", "There is none."), OPTIONS, predicted()),
    "no file": not_run("docker-compose.yml", Stop("input", "There is none."), OPTIONS, None),
}


def progress(results: LiveReport, look: Look = PLAIN) -> str:
    """What a pipe gets while the run goes on."""
    stream = io.StringIO()
    shown = TextProgress(stream, look)
    for step in results.steps:
        shown.begin(step.title)
        shown.end(step)
    return stream.getvalue()


def test_the_schema_is_a_schema() -> None:
    """Of the dialect that it names."""
    Draft202012Validator.check_schema(SCHEMA.schema)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_json_is_as_the_schema_says(sample: LiveReport) -> None:
    """Every kind of run, and no key is free."""
    text = render_json(sample)
    SCHEMA.validate(json.loads(text))

    assert "\x1b" not in text


def test_every_step_has_a_line() -> None:
    """On a pipe there is one line for each, without colours."""
    lines = progress(SAMPLES["proven"]).splitlines()

    assert len(SAMPLES["proven"].steps) == len(lines)
    assert all(line.startswith("passed") and line.endswith(" s") for line in lines)


def test_a_failure_shows_cause_check_and_line_harmless() -> None:
    """The log's own line is there, what a terminal could obey is not; what waits says for which step."""
    text = progress(SAMPLES["failed"])

    assert "kafka: The cluster id is too short. [kafka.cluster-id]" in text
    assert "| Cluster ID string x is no \N{REPLACEMENT CHARACTER}[31mUUID" in text
    assert "skipped   4 Five containers run and stay up (waits for 3)" in text
    assert "\x1b" not in text


class Terminal(io.StringIO):
    """A stream with a person in front of it."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_the_end_repeats_the_cause() -> None:
    """Twenty lines of skipped steps may have pushed it out of sight."""
    said = summary(SAMPLES["failed"])

    assert "Begin with step 3. kafka: The cluster id is too short. More: grade hint kafka.cluster-id" in said


def test_an_interrupted_step_keeps_its_line() -> None:
    """What is said next begins on a line of its own; a step that has ended takes its place."""
    terminal = Terminal()
    shown = TextProgress(terminal, PLAIN)
    shown.begin("Compose")
    shown.end(SAMPLES["proven"].steps[0])
    shown.begin("Images")
    shown.begin("Nothing is left over")

    lines = terminal.getvalue().split("\n")
    assert "passed    1" in lines[0].rpartition("\r")[2]
    assert ["...       2 Images", "...       2 Nothing is left over"] == lines[1:]


def test_colours_are_for_terminals() -> None:
    """The same words, painted."""
    plain, coloured = (
        "\n".join(step_lines(SAMPLES["proven"].steps[0], look, {"compose": 1})) for look in (PLAIN, Look(True))
    )

    assert "\x1b[32m" in coloured
    assert plain == coloured.replace("\x1b[32m", "").replace("\x1b[0m", "")


def test_lines_fit() -> None:
    """80 columns; commands are not broken, they are there to be copied."""
    for sample in SAMPLES.values():
        lines = [*progress(sample).splitlines(), *summary_lines(sample, PLAIN)]

        assert [] == [line for line in lines if len(line) > 80 and "docker compose" not in line]


def test_the_end_says_what_to_do_next() -> None:
    """One command for each kind of end."""
    assert "Proven" in summary(SAMPLES["proven"])
    assert "grade hint kafka.cluster-id" in summary(SAMPLES["failed"])
    assert "grade hint" not in summary(SAMPLES["unforeseen"])
    assert "docker compose -p compose-kata-live-0a1b2c3d down" in summary(SAMPLES["kept"])
    assert "app:8000 is at 127.0.0.1:49153" in summary(SAMPLES["kept"])
    assert "about the grader, not about your file" in summary(SAMPLES["disagreed"])
    assert "--trust" in summary(SAMPLES["trust"])
    assert "services.kafka.privileged" in summary(SAMPLES["trust"])


def summary(sample: LiveReport) -> str:
    """The last lines, as one text."""
    return " ".join(line.strip() for line in summary_lines(sample, PLAIN))
