"""Running a command line in this process, as `grade` does."""

import os
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest

from grader import kit
from grader.cli import run

ROOT = Path(__file__).parents[2]
SOLUTION = ROOT / "solutions" / "docker-compose.yml"
SKELETON = ROOT / "exercises" / "skeleton.yml"
FULL, BELOW, USAGE, NOT_GRADABLE = 0, 1, 2, 3  # exit codes


class Ran(NamedTuple):
    """What one command line printed, and its exit code."""

    code: int
    out: str
    err: str


class Shell:
    """A person in a folder who types commands."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.chdir(folder)
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GRADE_DEBUG"):
            monkeypatch.delenv(name, raising=False)
        self.folder = folder
        self._capsys = capsys

    def type(self, *words: str) -> Ran:
        """Run `grade` with these words."""
        self._capsys.readouterr()
        code = run(words)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    def write(self, name: str, text: str) -> Path:
        """Write a file in the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def make_workspace(folder: Path, compose_file: Path = SKELETON) -> None:
    """Lay out a workspace with the given compose file, without the large folders."""
    folder.mkdir(exist_ok=True)
    copytree(os.path.join(kit.kit_folder(), "exercises"), folder / "exercises")
    (folder / "docker-compose.yml").write_bytes(compose_file.read_bytes())
