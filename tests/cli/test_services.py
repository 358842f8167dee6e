"""Formats for services, as their scripts call them."""

import json
import re
from xml.etree import ElementTree

import pytest

from grader.report import Reason
from tests.cli.commandline import BELOW, FULL, NOT_GRADABLE, SKELETON, SOLUTION, USAGE, Shell
from tests.reports.marked import tokens
from tests.reports.samples import BROKEN
from tests.reports.schemas import broken_rules
from tests.reports.test_classroom50 import RUNNER

SERVICES = ("junit", "sarif", "github", "gradescope", "classroom50")


@pytest.fixture
def runner(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell with the variables of the runner of Classroom 50."""
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)
    for name in ("GITHUB_ACTOR", "GITHUB_STEP_SUMMARY", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    return shell


@pytest.mark.parametrize("name", SERVICES)
def test_exit_codes_are_those_of_every_format(runner: Shell, name: str) -> None:
    """Full marks, below that, and on wish always 0."""
    assert FULL == runner.type(str(SOLUTION), "--format", name).code
    assert BELOW == runner.type(str(SKELETON), "--format", name).code
    assert FULL == runner.type(str(SKELETON), "--format", name, "--exit-zero").code


@pytest.mark.parametrize("name", SERVICES)
def test_a_file_gets_what_the_terminal_gets(runner: Shell, name: str) -> None:
    """But for the moment of grading."""
    shown = runner.type(str(SKELETON), "--format", name)
    written = runner.type(str(SKELETON), "--format", name, "-o", "out")
    text = (runner.folder / "out").read_text("utf-8")

    assert "" == written.out
    assert [line for line in shown.out.splitlines() if "graded_at" not in line] == [
        line for line in text.splitlines() if "graded_at" not in line
    ]


@pytest.mark.parametrize("name", ["junit", "sarif", "github", "gradescope"])
def test_a_submission_that_is_not_there_is_a_document_too(runner: Shell, name: str) -> None:
    """Whoever reads it learns why; the exit code says that it is no score."""
    ran = runner.type("nowhere.yml", "--format", name)

    assert (NOT_GRADABLE, "") == (ran.code, ran.err)
    assert "There is no file or folder nowhere.yml" in ran.out


def test_classroom50_writes_no_file_for_what_cannot_be_graded(runner: Shell) -> None:
    """The runner takes that for an error, and a file for a score."""
    runner.write("docker-compose.yml", "- no mapping\n")
    ran = runner.type(".", "--format", "classroom50", "-o", "result.json")

    assert (NOT_GRADABLE, "") == (ran.code, ran.out)
    assert ran.err.startswith("grade: there is no classroom50 result: ")
    assert not (runner.folder / "result.json").exists()


def test_classroom50_names_the_variables_that_are_missing(runner: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is of use inside of the runner only."""
    monkeypatch.delenv("CLASSROOM")
    ran = runner.type(str(SOLUTION), "--format", "classroom50", "-o", "result.json")

    assert (USAGE, "") == (ran.code, ran.out)
    assert "these variables of the runner are not set: CLASSROOM." in ran.err
    assert not (runner.folder / "result.json").exists()


def test_gradescope_writes_no_file_for_a_fault_of_the_grader(runner: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody gets a zero for it."""

    reason = Reason("grader", "the grader failed", None, None)
    broken = BROKEN._replace(reason=reason)
    monkeypatch.setattr("grader.commands.grade.grade", lambda *given, **options: broken)
    ran = runner.type(str(SOLUTION), "--format", "gradescope", "--exit-zero", "-o", "results.json")

    assert (NOT_GRADABLE, "grade: there is no gradescope result: the grader failed\n") == (ran.code, ran.err)
    assert not (runner.folder / "results.json").exists()


def test_documents_of_a_real_run_are_as_their_schemas_say(runner: Shell) -> None:
    """A file that Compose refuses, in a folder with a blank, and an empty check."""
    runner.write("my work/docker-compose.yml", SOLUTION.read_text("utf-8").replace("environment:", "enviroment:", 1))
    texts = {name: runner.type("my work", "--format", name).out for name in SERVICES}

    assert [] == broken_rules("sarif-2.1.0", texts["sarif"])
    assert [] == broken_rules("sarif-github", texts["sarif"])
    assert [] == broken_rules("gradescope-results", texts["gradescope"])
    assert [] == broken_rules("classroom50-result", texts["classroom50"])
    assert "my work/docker-compose.yml" == ElementTree.fromstring(texts["junit"])[0].get("file")
    assert "::error file=my work/docker-compose.yml,line=" in texts["github"]
    assert "my%20work/docker-compose.yml" in json.dumps(json.loads(texts["sarif"])["runs"][0]["results"])


def first_path(text: str) -> str:
    """Return the path of the first annotation or alert."""
    found = re.search(r'(?:file=|"uri": ")([^",]*)', text)
    return found[1] if found else ""


@pytest.mark.parametrize("name", ["github", "sarif"])
def test_paths_start_at_the_root_of_the_repository(runner: Shell, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Wherever the command is called: GitHub shows nothing at a path that starts in a folder below."""
    runner.write("clone/week/kata/docker-compose.yml", SKELETON.read_text("utf-8"))
    monkeypatch.chdir(runner.folder / "clone" / "week")
    seen = []
    for workspace in ("", "clone/week/other", "clone"):
        monkeypatch.setenv("GITHUB_WORKSPACE", str(runner.folder / workspace) if workspace else "")
        seen.append(first_path(runner.type("kata", "--format", name).out))
    (runner.folder / "clone" / ".git").mkdir()
    monkeypatch.delenv("GITHUB_WORKSPACE")
    seen.append(first_path(runner.type("kata", "--format", name).out))

    here, root = "kata/docker-compose.yml", "week/kata/docker-compose.yml"
    assert [here, here, root, root] == seen


def test_github_appends_the_report_to_the_summary_of_the_step(runner: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below what other programs wrote; the output stays free of it."""
    summary = runner.write("summary.md", "# Before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    ran = runner.type(str(SKELETON), "--format", "github")
    markdown = runner.type(str(SKELETON), "--format", "markdown")

    assert f"# Before\n\n{markdown.out}" == summary.read_text("utf-8")
    assert "# Before" not in ran.out
    assert ran.out.endswith("0 of 100 points.\n")


def test_two_files_graded_in_one_step_have_a_heading_each(runner: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of the first report is HTML, which lasts until a blank line."""
    summary = runner.folder / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for file in (SOLUTION, SKELETON):
        runner.type(str(file), "--format", "github")
    found = tokens(summary.read_text("utf-8"))

    assert 2 == len([token for token in found if token.tag == "h2" and token.nesting == 1])


def test_a_summary_that_cannot_be_written_costs_no_annotation(runner: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container of one's own the runner's file may not be there."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(runner.folder / "nowhere" / "summary"))
    ran = runner.type(str(SKELETON), "--format", "github")

    assert (BELOW, "") == (ran.code, ran.err)
    assert ran.out.startswith("::warning file=")
    assert "::warning title=compose-kata::The summary of the step cannot be written (No such file" in ran.out
