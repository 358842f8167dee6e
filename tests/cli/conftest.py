"""A shell in an empty folder, and one in a workspace."""

from pathlib import Path

import pytest

from tests.cli.commandline import Shell, make_workspace


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A person in an empty folder."""
    return Shell(tmp_path, monkeypatch, capsys)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A person in a fresh workspace."""
    make_workspace(tmp_path / "kata")
    return Shell(tmp_path / "kata", monkeypatch, capsys)
