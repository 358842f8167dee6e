"""The wheel by itself: installed in a fresh environment, away from the clone."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without this process's Python settings."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(list(command), cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once."""
    folder = tmp_path_factory.mktemp("dist")
    ran = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def grade(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment and return its `grade`."""
    folder = tmp_path_factory.mktemp("venv")
    assert run(sys.executable, "-m", "venv", folder, cwd=folder).returncode == 0
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    ran = run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    assert ran.returncode == 0, ran.stderr
    return scripts / "grade"


def test_the_wheel_holds_one_package(wheel: Path) -> None:
    """And no leftovers of tools; the rubric and the code of the apps are inside."""
    names = zipfile.ZipFile(wheel).namelist()

    assert ["grader"] == sorted({name.partition("/")[0] for name in names if ".dist-info" not in name})
    assert not [name for name in names if "__pycache__" in name or "_cache/" in name]
    assert {"grader/report.schema.json", "grader/kit/exercises/skeleton.yml"} <= set(names)
    assert {"grader/kit/.vscode/tasks.json", "grader/kit/notebooks/00_start_here.ipynb"} <= set(names)
    assert {f"grader/kit/notebooks/broken/{number:02}.yml" for number in range(1, 11)} <= set(names)
    assert [name for name in names if name.startswith("grader/kit/apps/mongo_backend/shared/")]


def test_a_workspace_made_from_the_wheel_can_be_graded(grade: Path, tmp_path: Path) -> None:
    """`grade init`, then 0 for the skeleton and 100 for the solution, both read from the new folder."""
    made = run(grade, "init", "kata", "--with-solutions", cwd=tmp_path)
    workspace = tmp_path / "kata"
    skeleton = run(grade, cwd=workspace)
    solution = run(grade, "solutions/docker-compose.yml", cwd=workspace)

    assert (0, "") == (made.returncode, made.stderr)
    assert (1, " 0 / 100") == (skeleton.returncode, skeleton.stdout.splitlines()[0][-8:])
    assert (0, " 100 / 100") == (solution.returncode, solution.stdout.splitlines()[0][-10:])


def test_the_selftest_of_the_wheel_says_what_it_left_out(grade: Path, tmp_path: Path) -> None:
    """The folders of cases are only in a clone."""
    ran = run(grade, "selftest", cwd=tmp_path)

    assert 0 == ran.returncode, ran.stdout
    assert "skipped: " in ran.stdout
