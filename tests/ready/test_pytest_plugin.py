"""`pytest --grade`, run as whoever installed the grader would."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README_FILE = ROOT / "tests" / "data" / "readme" / "docker-compose.yml"
SOLUTION = ROOT / "solutions" / "docker-compose.yml"
PASSED, FAILED, USAGE, NOTHING = 0, 1, 4, 5  # exit codes of pytest


def pytest_in(folder: Path, *words: str) -> tuple[int, list[str]]:
    """Run pytest with the plugin alone in a folder; return its exit code and lines."""
    command = [sys.executable, "-P", "-m", "pytest", "-p", "grader.pytest_plugin", "-p", "no:cacheprovider", *words]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # else it is loaded twice wherever the grader is installed
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "120",
    }
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    return ran.returncode, (ran.stdout + ran.stderr).splitlines()


OTHER = """
def test_other() -> None:
    with open("docker-compose.yml", encoding="utf-8") as file:
        assert "services:" in file.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file that is half done, and a test of somebody else."""
    (tmp_path / "docker-compose.yml").write_bytes(README_FILE.read_bytes())
    (tmp_path / "test_other.py").write_text(OTHER)
    return tmp_path


def test_each_check_is_a_test_and_nothing_else_runs(folder: Path) -> None:
    """Passed, failed or skipped with what it waits for, and the score below."""
    code, lines = pytest_in(folder, "--grade", "-v", "-rs")
    ends = {line.split("::")[1].split()[0]: line.split()[1] for line in lines if " [" in line and "::" in line}

    assert FAILED == code
    assert 43 == len(ends)
    assert ("PASSED", "FAILED", "FAILED", "SKIPPED") == tuple(
        ends[name] for name in ("kafka.node-id", "kafka.cluster-id", "kafka.offsets-replication", "kafka.starts")
    )
    assert "SKIPPED [1] docker-compose.yml: waits for kafka.advertised-listeners" in lines
    assert any("grade: 60 of 100 points" in line for line in lines)
    assert not any("test_other" in line for line in lines)


def test_a_lost_check_shows_what_is_wrong_and_no_traceback(folder: Path) -> None:
    """The line itself, and how to go on."""
    _, lines = pytest_in(folder, "--grade", "-k", "cluster-id")
    start = next(number for number, line in enumerate(lines) if line.startswith("The cluster id decodes"))

    assert [
        "The cluster id decodes to 7 bytes: too short for Kafka.",
        "docker-compose.yml:43:19",
        "   43 |       CLUSTER_ID: my-cluster",
        "      |                   ^^^^^^^^^^",
    ] == lines[start : start + 4]
    assert {"Costs 3 of 100 points.", "More: grade hint kafka.cluster-id"} <= set(lines)
    assert any("collected 43 items / 42 deselected / 1 selected" in line for line in lines)


def test_what_is_not_there_yet_says_so(folder: Path) -> None:
    """A failure that is no fault."""
    _, lines = pytest_in(folder, "--grade", "-k", "offsets")

    assert any(line.startswith("Not attempted yet: The offsets topic") for line in lines)


def test_tests_that_are_named_run_beside_the_checks(folder: Path) -> None:
    """One run for both."""
    code, lines = pytest_in(folder, f"--grade={SOLUTION}", "test_other.py")

    assert PASSED == code
    assert any("44 passed" in line for line in lines)


def test_without_the_option_nothing_changes(folder: Path) -> None:
    """Nobody else's tests may notice that the grader is installed."""
    code, lines = pytest_in(folder)

    assert PASSED == code
    assert any("1 passed" in line for line in lines)


def test_nothing_of_a_submission_is_executed(folder: Path, tmp_path: Path) -> None:
    """A `conftest.py` beside the file is the student's."""
    (folder / "conftest.py").write_text("import pathlib\npathlib.Path('executed').touch()\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code, _ = pytest_in(elsewhere, f"--grade={folder}")

    assert FAILED == code
    assert not list(tmp_path.rglob("executed"))


def test_a_path_behind_a_blank_is_refused(folder: Path, tmp_path: Path) -> None:
    """Pytest would take its settings from the submission, and `--grade tests` would grade the tests."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code, lines = pytest_in(elsewhere, "--grade", str(folder))

    assert USAGE == code
    assert any("write --grade=PATH, with the equals sign" in line for line in lines)


def test_a_project_may_grade_at_every_run(folder: Path) -> None:
    """The option is one of its settings then."""
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --grade=docker-compose.yml\n")
    code, lines = pytest_in(folder, "test_other.py")

    assert FAILED == code
    assert any("44 items" in line for line in lines)


def test_settings_of_a_submission_are_not_those_of_pytest(tmp_path: Path) -> None:
    """They could name a module to import."""
    submission, elsewhere = tmp_path / "ada", tmp_path / "elsewhere"
    submission.mkdir()
    elsewhere.mkdir()
    (submission / "docker-compose.yml").write_bytes(README_FILE.read_bytes())
    (submission / "pytest.ini").write_text("[pytest]\npythonpath = .\naddopts = -p evil\n")
    (submission / "evil.py").write_text("import pathlib\npathlib.Path('executed').touch()\n")
    code, lines = pytest_in(elsewhere, f"--grade={submission}")

    assert FAILED == code
    assert any("43 items" in line for line in lines)
    assert not list(tmp_path.rglob("executed"))


def test_checks_run_in_several_processes_and_the_score_is_said(folder: Path) -> None:
    """With pytest-xdist the workers grade, and one of them tells."""
    code, lines = pytest_in(folder, "-p", "xdist", "-n", "1", "--grade=.", "--tb=no")

    assert FAILED == code
    assert 1 == len([line for line in lines if "grade: 60 of 100 points" in line])


def test_the_name_of_a_file_cannot_steer_a_terminal(folder: Path) -> None:
    """It stands at the begin of each test's name."""
    name = "a\x1b[2J\n::error::b.yml"
    (folder / "docker-compose.yml").rename(folder / name)
    _, lines = pytest_in(folder, f"--grade={name}", "-v", "--tb=no")

    assert not [line for line in lines if "\x1b" in line or line.startswith("::")]


def test_no_line_begins_with_what_a_student_wrote(folder: Path) -> None:
    """In the log of GitHub it would be a command."""
    (folder / ".env").write_text("COMPOSE_PATH_SEPARATOR=;\nCOMPOSE_FILE='a\n::add-mask::6'\n")
    code, lines = pytest_in(folder, "--grade")

    assert FAILED == code
    assert any("This cannot be graded: COMPOSE_FILE names a" in line for line in lines)
    assert not [line for line in lines if line.lstrip().startswith("::")]


def test_what_cannot_be_graded_is_one_failure(tmp_path: Path) -> None:
    """With the reason and its place."""
    (tmp_path / "docker-compose.yml").write_text("- no map\n")
    code, lines = pytest_in(tmp_path, "--grade")

    assert FAILED == code
    assert any(
        line.startswith("This cannot be graded (line 1, column 1): docker-compose.yml holds no") for line in lines
    )
    assert any("1 failed" in line for line in lines)


def test_a_rubric_that_is_not_there_is_a_mistake_of_the_command_line(folder: Path) -> None:
    """Said in a sentence."""
    code, lines = pytest_in(folder, "--grade", "--grade-rubric=nowhere")

    assert USAGE == code
    assert any("--rubric nowhere: there is no such folder" in line for line in lines)


def test_loading_the_plugin_loads_nothing_of_the_grader() -> None:
    """It is imported at every start of pytest wherever the grader is installed."""
    code = (
        "import sys, pytest; before = set(sys.modules); import grader.pytest_plugin; print(*set(sys.modules) - before)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )

    assert {"grader", "grader.pytest_plugin"} == set(ran.stdout.split())
