"""The GitHub Action: its steps run with bash and the variables that GitHub would give."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INSTALL, GRADE = ACTION["runs"]["steps"]
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]  # what `shell: bash` means
HALF = (ROOT / "tests" / "data" / "readme" / "docker-compose.yml").read_bytes()
SOLUTION = (ROOT / "solutions" / "docker-compose.yml").read_bytes()


class Ran(NamedTuple):
    """How a step ended, its output, and what it left in the files of GitHub."""

    code: int
    out: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """A runner with a checkout and a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.workspace = root / "my repository"
        self.temp = root / "temp"
        self.workspace.mkdir()
        self.temp.mkdir()

    def install_by_hand(self) -> None:
        """Put programs where the first step would: this interpreter, and this copy of the grader."""
        folder = self.temp / "compose-kata" / "bin"
        folder.mkdir(parents=True)
        main = "from grader.__main__ import main; main()"
        for name, call in (("python", f'"{sys.executable}"'), ("grade", f'"{sys.executable}" -P -c "{main}"')):
            (folder / name).write_text(f'#!/bin/sh\nexec env PYTHONPATH="{ROOT}" {call} "$@"\n')
            (folder / name).chmod(0o755)

    def step(self, step: dict[str, Any], **inputs: str) -> Ran:
        """Run one step of the action; inputs as in a workflow, with `_` for `-`."""
        given = {name: str(entry.get("default", "")) for name, entry in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        variables = {
            name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: given[found[1]], value)
            for name, value in step.get("env", {}).items()
        }
        script, output, summary = (self.temp / name for name in ("step.sh", "output", "summary"))
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("")
        summary.write_text("")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        ran = subprocess.run(
            [*BASH, str(script)],
            cwd=self.workspace,
            env={
                **kept,
                **variables,
                "RUNNER_TEMP": str(self.temp),
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(summary),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
        return Ran(ran.returncode, ran.stdout + ran.stderr, outputs, summary.read_text("utf-8"))


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner after the first step, with a file that is half done."""
    made = Runner(tmp_path)
    made.install_by_hand()
    (made.workspace / "docker-compose.yml").write_bytes(HALF)
    return made


def test_no_input_is_written_into_a_script() -> None:
    """It would be part of it: inputs come in through variables."""
    assert [] == [step["name"] for step in ACTION["runs"]["steps"] if "${{" in step["run"]]
    assert set(ACTION["inputs"]) == {
        name for value in GRADE["env"].values() for name in re.findall(r"inputs\.([\w-]+)", value)
    }


def test_the_lines_are_annotated_and_the_summary_written_once(runner: Runner) -> None:
    """Below full marks the step fails, and still says the score."""
    ran = runner.step(GRADE)

    assert (1, {"score": "60", "max-score": "100"}) == (ran.code, ran.outputs)
    assert "::error file=docker-compose.yml,line=40," in ran.out
    assert ran.out.endswith("60 of 100 points.\n")
    assert 1 == ran.summary.count("60 / 100")


@pytest.mark.parametrize("inputs", [{"fail_under": "60"}, {"exit_zero": "true"}, {"exercise": "01-mongodb"}])
def test_the_step_succeeds_where_it_is_asked_for_less(runner: Runner, inputs: dict[str, str]) -> None:
    """From a share on, always, or for one exercise."""
    assert 0 == runner.step(GRADE, **inputs).code


def test_a_report_is_written_in_any_format(runner: Runner) -> None:
    """For the step that uploads it."""
    ran = runner.step(GRADE, format="sarif", output="my report.sarif", exit_zero="true")

    assert 0 == ran.code
    assert '"version": "2.1.0"' in (runner.workspace / "my report.sarif").read_text("utf-8")


def test_a_report_that_cannot_be_written_fails_the_step(runner: Runner) -> None:
    """The next step would look for it in vain. The score is said all the same."""
    ran = runner.step(GRADE, output="nowhere/report.json", exit_zero="true")

    assert (3, "60") == (ran.code, ran.outputs["score"])
    assert "the report cannot be written to nowhere/report.json" in ran.out
    assert "60 of 100 points.\n" in ran.out


def test_annotations_in_a_file_do_not_double_the_summary(runner: Runner) -> None:
    """It belongs to the call that prints them."""
    ran = runner.step(GRADE, format="github", output="annotations.txt", exit_zero="true")

    assert (0, 1) == (ran.code, ran.summary.count("60 / 100"))


def test_what_cannot_be_graded_fails_the_step_without_a_score(runner: Runner) -> None:
    """Also where everything that can be graded succeeds."""
    ran = runner.step(GRADE, path="nowhere.yml", exit_zero="true", output="report.json")

    assert (3, {"score": "", "max-score": "100"}) == (ran.code, ran.outputs)
    assert "::error file=nowhere.yml," in ran.out


def test_a_wrong_input_is_said(runner: Runner) -> None:
    """The step fails with the sentence of the command line."""
    ran = runner.step(GRADE, fail_under="much")

    assert 0 != ran.code
    assert "'much' is no number from 0 to 100" in ran.out


@pytest.mark.parametrize("hostile", ["$(touch executed)", "`touch executed`", '"; touch executed; "', "--format=text"])
def test_an_input_is_never_executed(runner: Runner, hostile: str) -> None:
    """Whatever it holds, it is the name of a file, and of none that is there."""
    ran = runner.step(GRADE, path=hostile)

    assert 3 == ran.code
    assert not list(runner.workspace.glob("executed*"))


def test_what_the_student_wrote_is_no_command(runner: Runner) -> None:
    """Commands are stopped while reports are written, and the runner obeys again before the annotations."""
    (runner.workspace / ".env").write_text("COMPOSE_PATH_SEPARATOR=;\nCOMPOSE_FILE='a\n::add-mask::6'\n")
    ran = runner.step(GRADE, format="classroom50", output="result.json")
    lines = [line for line in ran.out.splitlines() if line.startswith("::")]
    tokens = [line.removeprefix("::stop-commands::") for line in lines[0::2]]

    assert 3 == ran.code
    assert [f"::{token}::" for token in tokens[:2]] == lines[1:4:2]
    assert ["::error file=docker-compose.yml,line=1"] == [line[:38] for line in lines[4:]]


def test_python_files_of_the_repository_are_never_imported(runner: Runner) -> None:
    """It is the student's."""
    for name in ("grader", "json", "yaml", "sitecustomize"):
        (runner.workspace / f"{name}.py").write_text("open('executed', 'w')\n")
    (runner.workspace / "docker-compose.yml").write_bytes(SOLUTION)
    ran = runner.step(GRADE)

    assert (0, "100") == (ran.code, ran.outputs["score"])
    assert not list(runner.workspace.glob("executed*"))


@pytest.mark.slow
def test_the_first_step_installs_what_the_second_needs(tmp_path: Path) -> None:
    """From the action's own folder, whatever lies in the repository."""
    runner = Runner(tmp_path)
    (runner.workspace / "docker-compose.yml").write_bytes(HALF)
    (runner.workspace / "pip.py").write_text("open('executed', 'w')\n")
    installed = runner.step(INSTALL)
    ran = runner.step(GRADE, fail_under="50")

    assert 0 == installed.code, installed.out
    assert (0, "60") == (ran.code, ran.outputs["score"])
    assert not list(runner.workspace.glob("executed*"))
