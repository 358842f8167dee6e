"""The supervisor starts a program again after an edit and ends with it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.apps.modules import ROOT

SUPERVISE = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from shared.reload import Supervisor
sys.exit(Supervisor([sys.executable, "program.py"], Path.cwd()).run())
"""
PATIENCE_SECONDS = 15.0


def start(folder: Path, program: str) -> subprocess.Popen[str]:
    """Start the supervisor of `program` in the folder."""
    pytest.importorskip("watchfiles", reason="watchfiles is not installed; see the requirements.txt of the apps")
    (folder / "program.py").write_text(program, encoding="utf-8")
    code = SUPERVISE.format(root=str(ROOT))
    return subprocess.Popen([sys.executable, "-c", code], cwd=folder, text=True)


def wait_for_text(path: Path, text: str) -> None:
    """Wait until the file begins with the text."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not (path.exists() and path.read_text(encoding="utf-8") == text):
        assert time.monotonic() < end, f"{path.name} never became {text!r}"
        time.sleep(0.05)


def test_an_edit_starts_the_program_again(tmp_path: Path) -> None:
    """SIGTERM then ends both in less than five seconds."""
    program = "import pathlib, time\npathlib.Path('said').write_text('{}')\ntime.sleep(60)\n"
    running = start(tmp_path, program.format("first"))
    try:
        wait_for_text(tmp_path / "said", "first")
        time.sleep(1)  # the watch begins after the program was started
        (tmp_path / "program.py").write_text(program.format("second"), encoding="utf-8")
        wait_for_text(tmp_path / "said", "second")
        running.terminate()

        assert 0 == running.wait(timeout=5)
    finally:
        running.kill()
        running.wait()


def test_a_fault_waits_for_the_next_edit(tmp_path: Path) -> None:
    """A slip in the code must not end the container: Docker would start it again ever later."""
    program = "import pathlib, time\npathlib.Path('said').write_text('{}')\ntime.sleep(60)\n"
    running = start(tmp_path, program.format("first"))
    try:
        wait_for_text(tmp_path / "said", "first")
        time.sleep(1)  # the watch begins after the program was started
        (tmp_path / "program.py").write_text("this is no Python", encoding="utf-8")
        time.sleep(3)  # it has failed by then

        assert running.poll() is None
        (tmp_path / "program.py").write_text(program.format("mended"), encoding="utf-8")
        wait_for_text(tmp_path / "said", "mended")
    finally:
        running.terminate()
        running.wait(timeout=5)


def test_the_supervisor_ends_like_its_program(tmp_path: Path) -> None:
    """Docker then restarts the container, as the compose file says."""
    running = start(tmp_path, "import sys\nsys.exit(3)\n")

    assert 3 == running.wait(timeout=PATIENCE_SECONDS)
