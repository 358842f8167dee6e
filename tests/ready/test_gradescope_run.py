"""The autograder zip, unpacked and run in a folder that is laid out as Gradescope does."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from grader import __version__, kit
from grader.ready.gradescope.archive import autograder_zip
from tests.reports.schemas import broken_rules

ROOT = Path(__file__).parents[2]
SOLUTION = ROOT / "solutions" / "docker-compose.yml"
HALF = ROOT / "tests" / "data" / "readme" / "docker-compose.yml"


class Ran(NamedTuple):
    """How one run of the autograder ended; the results are None where it wrote none."""

    code: int
    out: str
    results: dict[str, Any] | None


class Autograder:
    """The folder `/autograder` of a container."""

    def __init__(self, root: Path, *, python: bool = True) -> None:
        self.root = root
        self.submission = root / "submission"
        for name in ("source", "submission", "results"):
            (root / name).mkdir()
        with zipfile.ZipFile(io.BytesIO(autograder_zip(kit.rubric_folder()))) as archive:
            archive.extractall(root / "source")
        if python:  # in place of setup.sh: this interpreter, which has the libraries
            (root / "venv" / "bin").mkdir(parents=True)
            self.script(root / "venv" / "bin" / "python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')

    @staticmethod
    def script(path: Path, text: str) -> None:
        """Write an executable file."""
        path.write_text(text)
        path.chmod(0o755)

    def bash(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a script of the zip without this process's Python settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        return subprocess.run(
            ["bash", str(self.root / "source" / script)],
            cwd=self.root,
            env={**kept, "AUTOGRADER_ROOT": str(self.root), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def grade(self) -> Ran:
        """Run the autograder on what lies in `submission`."""
        ran = self.bash("run_autograder")
        written = self.root / "results" / "results.json"
        text = written.read_text("utf-8") if written.exists() else None
        if text is not None:
            assert [] == broken_rules("gradescope-results", text)
        return Ran(ran.returncode, ran.stdout + ran.stderr, None if text is None else json.loads(text))


@pytest.fixture
def autograder(tmp_path: Path) -> Autograder:
    """A container after its setup."""
    return Autograder(tmp_path)


def test_a_submission_in_a_folder_of_a_folder_is_graded(autograder: Autograder) -> None:
    """Paths in the results are the student's own."""
    folder = autograder.submission / "week 3" / "kata"
    folder.mkdir(parents=True)
    (folder / "docker-compose.yml").write_bytes(HALF.read_bytes())
    ran = autograder.grade()

    assert (0, 60) == (ran.code, ran.results and ran.results["score"])
    assert "docker-compose.yml:43:19\n" in json.dumps(ran.results).replace("\\n", "\n")
    assert "week 3" not in json.dumps(ran.results)


def test_python_files_of_a_submission_are_never_imported(autograder: Autograder) -> None:
    """The grader runs in the student's folder, which must not be a place for modules."""
    for name in ("grader", "yaml", "json", "sitecustomize", "encodings"):
        (autograder.submission / name).mkdir()
        (autograder.submission / name / "__init__.py").write_text("raise SystemExit('executed')\n")
    (autograder.submission / "docker-compose.yml").write_bytes(SOLUTION.read_bytes())
    ran = autograder.grade()

    assert (0, 100) == (ran.code, ran.results and ran.results["score"])
    assert "executed" not in ran.out


def test_an_empty_submission_scores_nothing_and_says_why(autograder: Autograder) -> None:
    """That is a result, not a failure of the autograder."""
    ran = autograder.grade()

    assert (0, 0) == (ran.code, ran.results and ran.results["score"])
    assert "There is no compose file" in (ran.results or {})["output"]
    assert "Upload docker-compose.yml" in (ran.results or {})["output"]


def test_a_fault_of_the_grader_leaves_no_results(autograder: Autograder) -> None:
    """Not even those of the run before: Gradescope then says that the autograder failed."""
    (autograder.submission / "docker-compose.yml").write_bytes(SOLUTION.read_bytes())
    before = autograder.grade()
    (autograder.root / "source" / "exercises" / "skeleton.yml").unlink()
    ran = autograder.grade()

    assert before.results is not None
    assert (3, None) == (ran.code, ran.results)
    assert "the rubric cannot be used" in ran.out


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a/docker-compose.yml", "b/docker-compose.yml"], "a/docker-compose.yml was graded, not what is in b."),
        (["docker-compose.yml", "compose.yaml"], "compose.yaml was graded, not docker-compose.yml."),
        (["docker-compose (1).yml", "notes.txt"], "docker-compose (1).yml was graded."),
        (["docker-compose.yml.txt"], "docker-compose.yml.txt was graded."),
        (["week 3/mine.yml", "week 3/notes.txt"], "week 3/mine.yml was graded."),
    ],
)
def test_what_was_graded_is_said_where_it_is_a_guess(autograder: Autograder, names: list[str], said: str) -> None:
    """In the same words as for a class."""
    for name in names:
        path = autograder.submission / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(HALF.read_bytes())
    ran = autograder.grade()

    assert (0, 60) == (ran.code, ran.results and ran.results["score"])
    assert said in (ran.results or {})["output"]


def test_an_archive_that_was_not_unpacked_is_read(autograder: Autograder) -> None:
    """Gradescope unpacks a zip only where it is uploaded alone."""
    with zipfile.ZipFile(autograder.submission / "kata.zip", "w") as archive:
        archive.writestr("kata/docker-compose.yml", HALF.read_bytes())
    (autograder.submission / "report.pdf").touch()
    ran = autograder.grade()

    assert (0, 60) == (ran.code, ran.results and ran.results["score"])
    assert "docker-compose.yml:43:19\n" in json.dumps(ran.results).replace("\\n", "\n")


def test_a_link_is_not_followed(autograder: Autograder) -> None:
    """Neither up nor round in a circle."""
    (autograder.root / "docker-compose.yml").write_bytes(SOLUTION.read_bytes())
    (autograder.submission / "up").symlink_to(autograder.root)
    (autograder.submission / "docker-compose.yml").symlink_to(autograder.root / "docker-compose.yml")
    ran = autograder.grade()

    assert (0, 0) == (ran.code, ran.results and ran.results["score"])
    assert "lies outside the submission" in (ran.results or {})["output"]


@pytest.mark.slow
def test_the_setup_makes_all_that_a_run_needs(tmp_path: Path) -> None:
    """A virtual environment with three libraries, and a first grading as proof."""
    autograder = Autograder(tmp_path, python=False)
    (autograder.submission / "docker-compose.yml").write_bytes(HALF.read_bytes())
    setup = autograder.bash("setup.sh", AUTOGRADER_PYTHON=sys.executable)
    ran = autograder.grade()

    assert (0, f"compose-kata {__version__} is ready") == (setup.returncode, setup.stdout.strip().splitlines()[-1])
    assert (0, 60) == (ran.code, ran.results and ran.results["score"])
