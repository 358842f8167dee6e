"""A JupyterLab of its own on a copy of the workspace, and a headless Chromium that looks at it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

from grader.commands.notebook import first_notebook, start_command
from tests.notebooks.workspaces import ROOT

START_SECONDS = 60
RUN_SECONDS = 120
PICTURE_SECONDS = 30
STOP_SECONDS = 15
# Nothing is asked of a network, and the page can be told to run all cells.
LAB_OPTIONS = (
    "--no-browser",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port_retries=0",
    "--IdentityProvider.token=",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.expose_app_in_browser=True",
)
NO_QUESTIONS = '{"fetchNews": "false", "checkForUpdates": false}'
NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED"
MAX_OPENINGS = 3
RUN_ALL = "async () => { await window.jupyterapp.commands.execute('notebook:run-all-cells'); }"
# A code cell that has run has a number; one without a source never gets one.
UNFINISHED = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  return panel.content.widgets.filter(cell => cell.model.type === 'code' && !cell.model.executionCount).length;
}"""
# All pictures that the Markdown cells name stand in the page and have a size, and so has every other one that is there:
# answers have some too. Cells are drawn when they come into view.
PICTURES_LOADED = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === 'markdown');
  const named = cell => (cell.model.sharedModel.getSource().match(/!\\[/g) || []).length;
  const missing = cells.filter(cell => cell.node.querySelectorAll('img').length < named(cell));
  missing.forEach(cell => cell.node.scrollIntoView());
  const shown = [...document.querySelectorAll('.jp-Notebook img')];
  return !missing.length && shown.every(picture => picture.complete && picture.naturalWidth > 0);
}"""
READY = """() => {
  const panel = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  return !!(panel && panel.sessionContext && panel.sessionContext.session
    && panel.sessionContext.session.kernel && panel.sessionContext.session.kernel.status === 'idle');
}"""


@contextmanager
def jupyterlab(workspace: Path, home: Path) -> Iterator[str]:
    """Start JupyterLab as `grade notebook` does and yield its address; settings and history go to `home`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *(path for path in sys.path if path)]),
        "DOCKER_HOST": f"unix://{home}/none.sock",
        **{f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")},
        **{f"JUPYTERLAB_{name}_DIR": str(home / name) for name in ("SETTINGS", "WORKSPACES")},
        "IPYTHONDIR": str(home / "ipython"),
    }
    notebook = first_notebook(str(workspace))
    assert notebook is not None
    command = [*start_command(str(workspace), notebook), *LAB_OPTIONS, f"--ServerApp.port={port}", "--allow-root"]
    settings = home / "SETTINGS" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(NO_QUESTIONS, "utf-8")
    with (home / "lab.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=workspace, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/api", process, home / "lab.log")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=START_SECONDS):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"JupyterLab does not answer:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def open_and_run(page: Any, address: str, notebook: str, *, theme: str) -> list[str]:
    """Open a notebook, run all its cells, and return what the browser's console complained about meanwhile.

    Where the machine's network changes under the browser (Docker does that), what was being loaded fails: the page is
    opened again. Raises playwright's `TimeoutError` for a notebook that never comes to its end or lacks a picture.
    """
    from playwright.sync_api import Error

    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for opening in range(1, MAX_OPENINGS + 1):
        complaints.clear()
        try:
            page.goto(f"{address}/lab/tree/notebooks/{notebook}?reset", timeout=START_SECONDS * 1000)
            page.wait_for_function(READY, timeout=START_SECONDS * 1000)
            page.evaluate(f"window.jupyterapp.commands.execute('apputils:change-theme', {{theme: {theme!r}}})")
            page.evaluate(RUN_ALL)
            page.wait_for_function(f"() => ({UNFINISHED})() === 0", timeout=RUN_SECONDS * 1000)
            page.wait_for_function(PICTURES_LOADED, timeout=PICTURE_SECONDS * 1000)
        except Error:
            if opening == MAX_OPENINGS or not _network_changed(complaints):
                raise
        else:
            if not _network_changed(complaints):
                break
    return complaints


def _network_changed(complaints: list[str]) -> bool:
    return any(NETWORK_CHANGED in complaint for complaint in complaints)
