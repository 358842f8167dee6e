"""A learner in the folder of the notebooks of a workspace."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from grader import kit
from grader.notebook import guesses
from tests.notebooks.workspaces import SKELETON


class Learner:
    """A workspace and its compose file; the current folder is that of the notebooks."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.file = workspace / kit.COMPOSE_FILE

    def write(self, text: str) -> None:
        """Save the compose file."""
        self.file.write_text(text, "utf-8")

    def beside(self, name: str, text: str) -> None:
        """Save a file beside the notebooks."""
        path = self.workspace / "notebooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Learner]:
    """Someone who has not written anything yet."""
    workspace = tmp_path / "kata"
    (workspace / "notebooks").mkdir(parents=True)
    copytree(Path(kit.kit_folder()) / "exercises", workspace / "exercises")
    made = Learner(workspace)
    made.write(SKELETON)
    monkeypatch.chdir(workspace / "notebooks")
    guesses.forget_guesses()
    yield made
    guesses.forget_guesses()
