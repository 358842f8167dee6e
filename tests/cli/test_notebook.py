"""`grade notebook`: opens the notebooks of the workspace, or says what is missing."""

import importlib.util
import subprocess
from typing import Any, ClassVar

import pytest

from tests.cli.commandline import Shell


class Started:
    """Stands for JupyterLab: notes how it was started and ends at once."""

    calls: ClassVar[list[tuple[list[str], str]]]
    code = 0

    def __init__(self, command: list[str], *, cwd: str) -> None:
        type(self).calls.append((command, cwd))

    def wait(self) -> int:
        """The exit code of JupyterLab."""
        return self.code


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> type[Started]:
    """JupyterLab is installed and is not really started."""

    class Fresh(Started):
        calls: ClassVar[list[tuple[list[str], str]]] = []

    monkeypatch.setattr(subprocess, "Popen", Fresh)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    return Fresh


def test_it_opens_the_first_notebook_in_the_workspace(workspace: Shell, started: type[Started]) -> None:
    """Also from a folder below; files are then where JupyterLab shows them."""
    workspace.write("notebooks/01_b.ipynb", "{}")
    workspace.write("notebooks/00_a.ipynb", "{}")
    ran = workspace.type("notebook")
    [(command, folder)] = started.calls

    assert (0, "") == (ran.code, ran.err)
    assert ["-m", "jupyterlab"] == command[1:3]
    assert "00_a.ipynb" in command[-1]
    assert str(workspace.folder) == folder


def test_it_says_what_to_install(workspace: Shell, started: type[Started], monkeypatch: pytest.MonkeyPatch) -> None:
    """And installs nothing."""
    workspace.write("notebooks/00_a.ipynb", "{}")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    ran = workspace.type("notebook")

    assert 2 == ran.code
    assert "pip install" in ran.err
    assert [] == started.calls


@pytest.mark.parametrize("place", ["shell", "workspace"])
def test_without_workspace_or_notebooks_it_says_how_to_get_them(
    place: str, request: pytest.FixtureRequest, started: type[Started]
) -> None:
    """Exit code 2, nothing started."""
    shell: Any = request.getfixturevalue(place)
    ran = shell.type("notebook")

    assert 2 == ran.code
    assert "grade init" in ran.err
    assert [] == started.calls


def test_a_failure_of_jupyterlab_is_no_success(
    workspace: Shell, started: type[Started], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own messages stand above."""
    workspace.write("notebooks/00_a.ipynb", "{}")
    monkeypatch.setattr(started, "code", 1)

    assert 3 == workspace.type("notebook").code
