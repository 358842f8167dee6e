"""The tasks of VS Code: `.vscode/tasks.json` reads what `--format unix` prints."""

import json
import os
import re
import stat
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from grader.kit import make_workspace
from grader.report import Problem, Report
from grader.reports.unix import render_unix
from grader.watching.screens import UnixScreen
from grader.watching.source import Round
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED
from tests.watching.sessions import ROOT

FILE = ROOT / ".vscode" / "tasks.json"
TASKS: dict[str, dict[str, Any]] = {task["label"]: task for task in json.loads(FILE.read_text())["tasks"]}
ONCE, WATCH = TASKS["grade"], TASKS["grade: watch"]
LONG = HALF._replace(warnings=[Problem("a: b [c] d:1:2: e", "C:\\Users\\x y\\docker-compose.yml", 7, 3)])


def found(task: dict[str, Any], line: str) -> dict[str, str] | None:
    """Return what the task's problem matcher takes out of a line; JavaScript reads these expressions as Python does."""
    pattern = task["problemMatcher"]["pattern"]
    match = re.search(pattern["regexp"], line)
    return match and {name: match[group] for name, group in pattern.items() if name != "regexp"}


def rounds(*reports: Report) -> list[str]:
    """Return the lines that `--watch --format unix` prints for these reports."""
    stream = StringIO()
    screen = UnixScreen(stream)
    for report in reports:
        screen.show(Round(report, [report.file], unfinished=False))
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("task", [ONCE, WATCH], ids=["once", "watch"])
@pytest.mark.parametrize("report", [HALF, REFUSED, BROKEN, LONG], ids=["half", "refused", "broken", "long"])
def test_every_finding_is_read_back(task: dict[str, Any], report: Report) -> None:
    """File, line, column, message and id, one problem a line."""
    lines = render_unix(report).splitlines()
    problems = [found(task, line) for line in lines]

    assert lines
    for line, problem in zip(lines, problems, strict=True):
        assert problem is not None
        assert line == "{file}:{line}:{column}: {message} [{code}]".format(**problem)


def test_a_path_of_windows_and_a_message_with_colons_stay_whole() -> None:
    """The first place in the line is the file's."""
    problem = found(ONCE, "C:\\x y\\a.yml:7:3: see b.yml:1:2: it [is] odd [kafka.node-id]")

    assert problem is not None
    assert ("C:\\x y\\a.yml", "7", "3") == (problem["file"], problem["line"], problem["column"])
    assert ("see b.yml:1:2: it [is] odd", "kafka.node-id") == (problem["message"], problem["code"])


def test_the_editor_knows_where_a_round_begins_and_ends() -> None:
    """Every round has both lines; neither is taken for a finding, and no finding for one of them."""
    background = WATCH["problemMatcher"]["background"]
    lines = rounds(HALF, BROKEN, FULL)
    marks = [
        "begin" if re.search(background["beginsPattern"], line) else "end"
        for line in lines
        if re.search(background["beginsPattern"], line) or re.search(background["endsPattern"], line)
    ]
    findings = [line for line in lines if found(WATCH, line)]

    assert ["begin", "end"] * 3 == marks
    assert len(lines) == len(marks) + len(findings)
    assert render_unix(HALF).splitlines() + render_unix(BROKEN).splitlines() == findings


def test_both_tasks_read_alike_and_run_what_there_is() -> None:
    """One owner: what the one task has found is not shown twice by the other."""
    once, watch = dict(ONCE["problemMatcher"]), dict(WATCH["problemMatcher"])
    del watch["background"]

    assert once == watch
    assert WATCH["isBackground"]
    assert (["--format", "unix", "--exit-zero"], ["--watch", "--format", "unix"]) == (ONCE["args"], WATCH["args"])


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize("place", [".venv/bin", "bin"])
def test_the_grade_of_the_workspace_is_taken_and_else_the_one_on_the_path(tmp_path: Path, place: str) -> None:
    """As VS Code would run it: variables filled in, through a shell."""
    workspace = tmp_path / "kata"
    for folder in {"bin", place}:
        program = (workspace if folder == ".venv/bin" else tmp_path) / folder / "grade"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\necho {folder} $@\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    path = ONCE["options"]["env"]["PATH"]
    path = path.replace("${workspaceFolder}", os.fspath(workspace)).replace(
        "${env:PATH}", f"{tmp_path / 'bin'}{os.pathsep}{os.defpath}"
    )
    workspace.mkdir(exist_ok=True)
    ran = subprocess.run(
        ["/bin/sh", "-c", " ".join([ONCE["command"], *ONCE["args"]])],
        cwd=workspace,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )

    assert f"{place} --format unix --exit-zero\n" == ran.stdout


def test_a_new_workspace_has_the_tasks_and_nothing_else_of_the_editor(tmp_path: Path) -> None:
    """Whoever works on the clone may keep settings beside them."""
    made = make_workspace(os.fspath(tmp_path / "kata"), with_solutions=False)
    folder = tmp_path / "kata" / ".vscode"

    assert ".vscode" in made
    assert [folder / "tasks.json"] == list(folder.iterdir())
    assert FILE.read_bytes() == (folder / "tasks.json").read_bytes()
