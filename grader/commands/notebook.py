"""`grade notebook`: open the notebooks of the workspace in JupyterLab. Nothing is installed."""

import argparse
import os
import sys

from grader.endings import UsageError
from grader.workspace import find_workspace

FOLDER = "notebooks"
INSTALL = "python -m pip install 'compose-kata[notebook]'   (in a clone: .venv/bin/pip install -e '.[notebook]')"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There are no options: what JupyterLab can do is set in its own settings."""


def run(arguments: argparse.Namespace) -> int:
    """Start JupyterLab in the workspace with the first notebook and wait for its end."""
    from importlib.util import find_spec

    folder = find_workspace(os.getcwd())
    if folder is None:
        raise UsageError(
            "there is no workspace here (a compose file beside exercises/). Go to yours, or make one: grade init DIR"
        )
    first = first_notebook(folder)
    if first is None:
        raise UsageError(
            f"the workspace {os.path.relpath(folder)} has no notebooks in {FOLDER}/. A new one has: grade init DIR"
        )
    if find_spec("jupyterlab") is None or find_spec("ipykernel") is None:
        raise UsageError(
            f"JupyterLab is not installed for this Python. Install it with\n  {INSTALL}\n"
            f"or open the folder {FOLDER} in VS Code, whose Jupyter extension needs only: pip install ipykernel"
        )
    return _start(folder, first)


def first_notebook(workspace: str) -> str | None:
    """Return the path in the workspace of the first notebook by name, None if there is none."""
    try:
        names = sorted(name for name in os.listdir(os.path.join(workspace, FOLDER)) if name.endswith(".ipynb"))
    except OSError:
        return None
    return os.path.join(FOLDER, names[0]) if names else None


def start_command(workspace: str, notebook: str) -> list[str]:
    """Return the command that opens a notebook of the workspace.

    JupyterLab: the folder of the notebook would be its root, and nothing above it could be opened. The file to complete
    and the tasks, to which the notebooks link, lie there.
    """
    return [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={workspace}", notebook]


def _start(workspace: str, notebook: str) -> int:
    """Run JupyterLab until it ends; Ctrl-C is for it, which asks whether it is meant."""
    import subprocess

    print("JupyterLab opens in your browser. To end it: Ctrl-C here, twice.", flush=True)
    process = subprocess.Popen(start_command(workspace, notebook), cwd=workspace)
    while True:
        try:
            return 0 if process.wait() == 0 else 3
        except KeyboardInterrupt:
            continue
