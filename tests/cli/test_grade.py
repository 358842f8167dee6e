"""`grade`: which file, which options, which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.arguments import Parser
from grader.commands import grade
from grader.commands.texts import COMMAND_TEXTS
from tests.cli.commandline import BELOW, FULL, NOT_GRADABLE, SKELETON, SOLUTION, USAGE, Shell


def test_the_untouched_skeleton_scores_nothing_and_fits_one_screen(workspace: Shell) -> None:
    """Everything is not attempted, and the report says how to start."""
    ran = workspace.type()

    assert BELOW == ran.code
    assert ran.out.splitlines()[0].endswith(" 0 / 100")
    assert len(ran.out.splitlines()) <= 24
    assert "exercises/01-mongodb/TASK.md" in ran.out


def test_the_solution_scores_everything(shell: Shell) -> None:
    """And is told how to see it run."""
    ran = shell.type(os.fspath(SOLUTION))

    assert FULL == ran.code
    assert ran.out.splitlines()[0].endswith(" 100 / 100")
    assert "docker compose up -d" in ran.out


def test_full_marks_for_some_exercises_do_not_start_what_would_not_run(workspace: Shell) -> None:
    """MongoDB and the volumes are right, MySQL has not been begun."""
    text = SOLUTION.read_text(encoding="utf-8")
    workspace.write("docker-compose.yml", "".join(line for line in text.splitlines(True) if "MYSQL_" not in line))
    ran = workspace.type("--exercise", "mongodb", "--exercise", "volumes")

    assert FULL == ran.code
    assert "Full marks." in ran.out
    assert "docker compose up" not in ran.out


@pytest.mark.parametrize("words", [[], ["kata/docker-compose.yml"]])
def test_a_path_alone_is_read_as_the_parser_reads_it(words: list[str]) -> None:
    """The short way to the plain command knows the same options with the same defaults."""
    parser = Parser(prog="grade", description="")
    grade.add_arguments(parser)

    assert vars(parser.parse_args(words)) == vars(grade.with_path(*words))


def test_without_a_path_the_nearest_workspace_upwards_is_meant(
    workspace: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From anywhere inside; the file is named from where one stands."""
    monkeypatch.chdir(workspace.folder / "exercises" / "02-kafka")
    ran = workspace.type()

    assert ran.out.startswith(os.path.join("..", "..", "docker-compose.yml"))
    assert BELOW == ran.code


def test_a_given_path_is_not_searched_upwards(workspace: Shell) -> None:
    """`grade exercises` does not find the workspace around it."""
    ran = workspace.type("exercises")

    assert NOT_GRADABLE == ran.code
    assert "There is no compose file in exercises" in " ".join(ran.out.split())


def test_a_file_is_read_without_its_override_file_and_a_folder_with_it(workspace: Shell) -> None:
    """As Compose does with `-f` and without."""
    workspace.write(
        "docker-compose.override.yml", "services: {mongodb: {environment: {MONGO_INITDB_DATABASE: shop}}}\n"
    )
    folder = json.loads(workspace.type(".", "--format", "json").out)
    file = json.loads(workspace.type("docker-compose.yml", "--format", "json").out)

    assert (5, 0) == (folder["score"], file["score"])


def test_one_exercise_is_graded_alone(shell: Shell) -> None:
    """By its id, its name, its service or its number."""
    for word in ("02-kafka", "kafka", "2", "02"):
        data = json.loads(shell.type(os.fspath(SOLUTION), "--exercise", word, "--format", "json").out)

        assert ["02-kafka"] == [exercise["id"] for exercise in data["exercises"]]
        assert 40 == data["score"] == data["max_score"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], BELOW),
        (["--fail-under", "5"], FULL),
        (["--fail-under", "5.5"], BELOW),
        (["--fail-under", "0"], FULL),
        (["--exit-zero"], FULL),
    ],
)
def test_exit_codes_of_a_file_with_five_points(workspace: Shell, options: list[str], code: int) -> None:
    """Below, at and above the asked share."""
    workspace.write(
        "docker-compose.override.yml", "services: {mongodb: {environment: {MONGO_INITDB_DATABASE: shop}}}\n"
    )

    assert code == workspace.type(*options).code


def test_the_report_goes_into_a_file(workspace: Shell) -> None:
    """And nothing to the terminal."""
    ran = workspace.type("--format", "json", "-o", "out.json")

    assert (BELOW, "") == (ran.code, ran.out)
    assert 0 == json.loads((workspace.folder / "out.json").read_text())["score"]


@pytest.mark.parametrize("name", [".env", "docker-compose.override.yml", ""])
def test_the_report_never_overwrites_what_is_read_beside_the_file(shell: Shell, name: str) -> None:
    """Nor does an empty name, of a variable that is not set, pass for the terminal."""
    shell.write("docker-compose.yml", "services: {}\n")
    if name:
        shell.write(name, "# mine\n")
    ran = shell.type(".", "--format", "json", "-o", name)

    assert (USAGE, "") == (ran.code, ran.out)
    assert not name or "# mine\n" == (shell.folder / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["docker-compose.yml", "exercises/../docker-compose.yml"])
def test_the_report_never_overwrites_the_graded_file(workspace: Shell, name: str) -> None:
    """However it is spelt."""
    ran = workspace.type("-o", name)

    assert USAGE == ran.code
    assert SKELETON.read_bytes() == (workspace.folder / "docker-compose.yml").read_bytes()


def test_a_report_that_cannot_be_written_is_a_sentence(workspace: Shell) -> None:
    """With the path and the reason."""
    ran = workspace.type("-o", "nowhere/report.txt")

    assert NOT_GRADABLE == ran.code
    assert "nowhere/report.txt" in ran.err


def test_variables_come_from_options_and_never_from_the_shell(
    workspace: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--env` stands for the shell; the last one wins."""
    workspace.write(
        "docker-compose.override.yml", "services: {mongodb: {environment: {MONGO_INITDB_DATABASE: $NAME}}}\n"
    )
    monkeypatch.setenv("NAME", "shell")

    def score(*options: str) -> int:
        result: int = json.loads(workspace.type("--format", "json", *options).out)["score"]
        return result

    assert 1 == score()
    assert 5 == score("--env", "NAME=shop")
    assert 1 == score("--env", "NAME=shop", "--env", "NAME=")


def test_an_env_file_is_read_from_the_current_folder_wherever_it_lies(workspace: Shell) -> None:
    """Whoever types the option may reach out of the submission."""
    workspace.write(
        "docker-compose.override.yml", "services: {mongodb: {environment: {MONGO_INITDB_DATABASE: $NAME}}}\n"
    )
    (workspace.folder.parent / "given.env").write_text("NAME=shop\n")

    assert 5 == json.loads(workspace.type("--format", "json", "--env-file", "../given.env").out)["score"]
    assert USAGE == workspace.type("--env-file", "missing.env").code


def test_another_rubric_counts(workspace: Shell) -> None:
    """Points changed in a copy, no line of Python."""
    path = workspace.folder / "exercises" / "01-mongodb" / "exercise.yaml"
    path.write_text(path.read_text().replace("points: 4", "points: 14", 1))

    assert 110 == json.loads(workspace.type("--rubric", "exercises", "--format", "json").out)["max_score"]


def test_a_broken_rubric_is_a_sentence(workspace: Shell) -> None:
    """File, key, remedy; exit code 3 because it is no student's fault."""
    path = workspace.folder / "exercises" / "01-mongodb" / "exercise.yaml"
    path.write_text(path.read_text().replace("points: 4", "points: none", 1))
    ran = workspace.type("--rubric", "exercises")

    assert NOT_GRADABLE == ran.code
    assert "exercise.yaml" in ran.err
    assert "points" in ran.err
    assert USAGE == workspace.type("--rubric", "missing").code


def test_no_password_appears_in_any_format(workspace: Shell) -> None:
    """Neither right nor wrong ones."""
    text = SOLUTION.read_text().replace("MYSQL_PASSWORD: analytics_password", "MYSQL_PASSWORD: ' s3cret-one'", 1)
    workspace.write("docker-compose.yml", text.replace("root_password", "s3cret-root"))
    for name in ("text", "unix", "json"):
        assert "s3cret" not in workspace.type("--format", name).out


def test_python_m_grader_is_the_same_command(tmp_path: Path) -> None:
    """The same output and exit code, from any folder."""
    command = [sys.executable, "-m", "grader", os.fspath(SKELETON.parent.parent / "solutions"), "--format", "unix"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (0, "", "") == (ran.returncode, ran.stdout, ran.stderr)


def test_version_and_help(shell: Shell) -> None:
    """Help teaches: examples, commands, exit codes, a first round."""
    version = shell.type("--version")
    text = shell.type("--help").out

    assert (0, "compose-kata 0.1.0\n") == (version.code, version.out)
    for part in (
        "examples:",
        "grade hint",
        "grade reset",
        "exit codes:\n  0 full marks",
        "exercises/01-mongodb/TASK.md",
    ):
        assert part in text


@pytest.mark.parametrize("words", [[], *([name] for name in COMMAND_TEXTS)])
def test_help_fits_80_columns(shell: Shell, words: list[str]) -> None:
    """Of every command."""
    ran = shell.type(*words, "--help")

    assert 0 == ran.code
    assert [] == [line for line in ran.out.splitlines() if len(line) > 80]


def test_a_fault_of_the_grader_is_one_sentence(workspace: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback unless it is asked for."""
    monkeypatch.setattr("grader.commands.grade.locate", lambda path: 1 // 0)
    ran = workspace.type()

    assert NOT_GRADABLE == ran.code
    assert "the grader itself failed (ZeroDivisionError" in ran.err
    assert "GRADE_DEBUG=1" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="Windows closes no standard streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_fault(closed: str) -> None:
    """A daemon has none; the exit code says how it went."""
    line = f'"{sys.executable}" -m grader "{SOLUTION}" {closed}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=60, check=False)

    assert 0 == done.returncode
    assert b"failed" not in done.stderr
