"""The autograder zip: what is in it, and the command that writes it."""

import io
import tomllib
import zipfile
from pathlib import Path

import pytest

from grader import kit
from grader.cli import run
from grader.ready.gradescope.archive import autograder_zip

ROOT = Path(__file__).parents[2]


def test_the_scripts_lie_at_the_root_and_can_be_run() -> None:
    """With line ends of Unix and a first line that names the program."""
    with zipfile.ZipFile(io.BytesIO(autograder_zip(kit.rubric_folder()))) as archive:
        for name in ("setup.sh", "run_autograder"):
            data = archive.read(name)

            assert 0o755 == archive.getinfo(name).external_attr >> 16 & 0o777
            assert data.startswith(b"#!/usr/bin/env bash\n")
            assert b"\r" not in data


def test_the_zip_holds_no_answers_and_nothing_of_the_clone() -> None:
    """The grader and the rubric; the same sources give the same bytes."""
    content = autograder_zip(kit.rubric_folder())
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()

    assert {"exercises", "grader", "requirements.txt", "run_autograder", "setup.sh"} == {
        name.partition("/")[0] for name in names
    }
    assert not [
        name for name in names if "solutions" in name or "__pycache__" in name or name.startswith("grader/kit/")
    ]
    assert len(names) == len(set(names))
    assert content == autograder_zip(kit.rubric_folder())


def test_the_libraries_are_those_of_the_package() -> None:
    """Written down twice: the zip knows no pyproject.toml."""
    listed = (ROOT / "grader" / "ready" / "gradescope" / "requirements.txt").read_text("utf-8").splitlines()

    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"] == listed


def test_the_command_writes_the_zip_and_says_what_to_do_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the points to enter; a rubric of one's own travels in it."""
    monkeypatch.chdir(tmp_path)
    code = run(["package", "gradescope"])
    out, err = capsys.readouterr()

    assert (0, "") == (code, err)
    assert "100 autograder points" in " ".join(out.split())
    assert [] == [line for line in out.splitlines() if len(line) > 80]
    assert zipfile.is_zipfile("compose-kata-gradescope.zip")


def test_a_rubric_that_cannot_be_used_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not in front of the first student."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()

    assert 3 == run(["package", "gradescope", "--rubric", "mine"])
    assert "the rubric cannot be used" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.zip"))


def test_a_zip_that_cannot_be_written_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the place and the reason."""
    monkeypatch.chdir(tmp_path)

    assert 3 == run(["package", "gradescope", "-o", "nowhere/x.zip"])
    assert "grade: nowhere/x.zip cannot be made: No such file or directory.\n" == capsys.readouterr().err
