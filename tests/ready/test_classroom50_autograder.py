"""The autograder of Classroom 50, run in a checkout with the variables of the runner."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reports.schemas import broken_rules
from tests.reports.test_classroom50 import RUNNER

ROOT = Path(__file__).parents[2]
AUTOGRADER = ROOT / "docs" / "ready" / "classroom50" / "autograder.py"
HALF = (ROOT / "tests" / "data" / "readme" / "docker-compose.yml").read_bytes()

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script with a wheel beside it."""
    folder = tmp_path_factory.mktemp("autograder")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    ran = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    (folder / AUTOGRADER.name).write_bytes(AUTOGRADER.read_bytes())
    return folder / AUTOGRADER.name


def run(script: Path, checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run the script as the runner does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        [sys.executable, str(script)],
        cwd=checkout,
        env={**kept, **RUNNER},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_checkout_gets_its_result_and_its_report(script: Path, tmp_path: Path) -> None:
    """Nothing of the checkout is imported, and a result that the student has committed does not count."""
    (tmp_path / "docker-compose.yml").write_bytes(HALF)
    (tmp_path / "result.json").write_text('{"score": 100}')
    for name in ("grader", "json", "pip", "yaml", "tempfile"):
        (tmp_path / f"{name}.py").write_text("open('executed', 'w')\n")
    ran = run(script, tmp_path)
    text = (tmp_path / "result.json").read_text("utf-8")

    assert 0 == ran.returncode, ran.stdout + ran.stderr
    assert [] == broken_rules("classroom50-result", text)
    assert (60, "databases", 43) == tuple(
        value if isinstance(value, int | str) else len(value)
        for value in (json.loads(text)[key] for key in ("score", "classroom", "tests"))
    )
    assert "60 / 100" in (tmp_path / "release-body.md").read_text("utf-8")
    assert not (tmp_path / "executed").exists()


def test_what_cannot_be_graded_leaves_no_result(script: Path, tmp_path: Path) -> None:
    """Not even the one that the student has committed."""
    (tmp_path / "result.json").write_text('{"score": 100}')
    ran = run(script, tmp_path)

    assert 3 == ran.returncode
    assert not (tmp_path / "result.json").exists()
    assert "There is no compose file" in ran.stdout


def test_no_line_of_the_log_is_a_command_of_the_student(script: Path, tmp_path: Path) -> None:
    """The runner obeys lines that begin with `::`, but for those between a token and the same token."""
    (tmp_path / "docker-compose.yml").write_bytes(HALF)
    (tmp_path / ".env").write_text("COMPOSE_PATH_SEPARATOR=;\nCOMPOSE_FILE='a\n::add-mask::6'\n")
    ran = run(script, tmp_path)
    first, *said, last = [line for line in ran.stdout.splitlines() if line.startswith(("::", "grade:"))]

    assert 3 == ran.returncode
    assert [True] == [line.startswith("grade: there is no classroom50 result: COMPOSE_FILE names a ") for line in said]
    assert f"::{first.removeprefix('::stop-commands::')}::" == last


def test_without_its_wheel_the_script_says_so(tmp_path: Path) -> None:
    """An error of the infrastructure."""
    ran = run(AUTOGRADER, tmp_path)

    assert 1 == ran.returncode
    assert "0 wheels of compose-kata lie beside autograder.py: one is needed" in ran.stdout
