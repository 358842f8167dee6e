"""What `grade notebook` opens is the whole workspace: the notebooks send their reader to files beside them."""

import urllib.request
from pathlib import Path

import pytest

from grader import kit
from tests.notebooks.lab import START_SECONDS, jupyterlab

BESIDE = (kit.COMPOSE_FILE, "exercises/01-mongodb/TASK.md", "shared/kafka/config.py", "notebooks/00_start_here.ipynb")


@pytest.mark.notebook
def test_what_the_notebooks_link_to_can_be_opened(tmp_path: Path) -> None:
    """The file to complete, the tasks and the code as well as the notebooks themselves."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed: pip install -e '.[notebook]'")
    kit.make_workspace(str(tmp_path / "kata"), with_solutions=False)
    with jupyterlab(tmp_path / "kata", tmp_path / "home") as address:
        for path in BESIDE:
            with urllib.request.urlopen(f"{address}/api/contents/{path}?content=0", timeout=START_SECONDS) as answer:
                assert 200 == answer.status, path
