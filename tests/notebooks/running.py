"""Run notebooks with nbclient and read what they answered from the private JSON type."""

import copy
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from grader.notebook.result import RESULT_TYPE
from tests.notebooks.workspaces import ROOT

CELL_TIMEOUT_SECONDS = 120
# A call that a learner switches on by taking the sign away; hints and reasons are given to nobody who did not ask.
SWITCHED_OFF = re.compile(r"^# (?=(?:q\.|%).*\))", re.MULTILINE)
FORGET = "%reset -f"


class Cell(NamedTuple):
    """One code cell after a run: its source and its outputs."""

    source: str
    outputs: list[Any]

    @property
    def results(self) -> list[dict[str, Any]]:
        """The answers of the grader that it shows."""
        return [output["data"][RESULT_TYPE] for output in self.outputs if RESULT_TYPE in output.get("data", {})]


def read(path: Path) -> Any:
    """Return a notebook."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def switched_on(notebook: Any) -> Any:
    """Return the notebook with every switched-off call switched on."""
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        if cell.cell_type == "code":
            cell.source = SWITCHED_OFF.sub("", cell.source)
    return changed


class Kernel:
    """A kernel in which a notebook is run again and again, its names forgotten in between."""

    def __init__(self, client: NotebookClient) -> None:
        self._client = client

    def run(self, notebook: Any) -> list[Cell]:
        """Run all code cells. Raises `CellExecutionError` for the first that fails."""
        notebook = copy.deepcopy(notebook)
        notebook.cells.append(nbformat.v4.new_code_cell(FORGET))  # type: ignore[no-untyped-call]
        self._client.nb = notebook
        for number, cell in enumerate(notebook.cells):
            self._client.execute_cell(cell, number)
        return [Cell(cell.source, cell.outputs) for cell in notebook.cells[:-1] if cell.cell_type == "code"]


@contextmanager
def kernel(workspace: Path, home: Path) -> Iterator[Kernel]:
    """Start a kernel in the folder of a workspace's notebooks, without Docker and without settings of a person."""
    manager = AsyncKernelManager(kernel_name="python3")
    manager.transport_encryption = "auto"  # else ipykernel 7.4 warns about an open port, once a kernel
    folder = workspace / "notebooks"
    client = NotebookClient(
        nbformat.v4.new_notebook(),  # type: ignore[no-untyped-call]
        km=manager,
        timeout=CELL_TIMEOUT_SECONDS,
        resources={"metadata": {"path": str(folder)}},
    )
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *(path for path in sys.path if path)]),
        "DOCKER_HOST": f"unix://{home}/none.sock",
        "IPYTHONDIR": str(home),
    }
    with client.setup_kernel(env=environment, cleanup_kc=True):
        yield Kernel(client)
