"""However a run is ended: what was graded is kept, and nothing of it goes on."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.batch.fire import command
from tests.batch.graded import SOLUTION_FILE


def test_ctrl_c_ends_it_with_a_sentence(tmp_path: Path) -> None:
    """However often it is pressed; the gradebook of the run before stays, and the same command goes on."""
    if os.name != "posix":
        pytest.skip("this system has no signals")
    paths = a_class(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "gradebook.csv").write_text("that of before")
    (out / "results.jsonl").touch()
    process = subprocess.Popen(
        command(paths, out, "--no-feedback"),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # a shell may have switched it off
    )
    wait_until(lambda: (out / "results.jsonl").exists() and (out / "results.jsonl").stat().st_size > 0)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert 130 == process.returncode
    assert said.endswith("\nInterrupted. What was graded is kept: the same command goes on from there.\n")
    assert "Traceback" not in said
    assert {"gradebook.csv", "results.jsonl"} == {path.name for path in out.iterdir()}
    assert "that of before" == (out / "gradebook.csv").read_text()


def test_no_worker_outlives_a_killed_run(tmp_path: Path) -> None:
    """Whoever kills the command has killed it."""
    marker = f"--out={tmp_path / 'out'}"
    if not os.path.isdir("/proc/self"):
        pytest.skip("only /proc tells which processes there are")
    environment = {**os.environ, "COMPOSE_KATA_MARKER": marker}
    process = subprocess.Popen(
        command(a_class(tmp_path), tmp_path / "out"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    path = tmp_path / "out" / "results.jsonl"
    wait_until(lambda: path.exists() and path.stat().st_size > 0)
    process.kill()
    process.wait()
    wait_until(lambda: not processes_with(marker))

    assert [] == processes_with(marker)


def a_class(folder: Path) -> Path:
    """Write the list of a class that takes some seconds; return it."""
    paths = folder / "class.csv"
    paths.write_text("path,student\n" + "".join(f"{SOLUTION_FILE},{number}\n" for number in range(3000)))
    return paths


def processes_with(marker: str) -> list[str]:
    """Return the processes that have inherited a word in their environment."""
    found = []
    for name in os.listdir("/proc"):
        try:
            environment = Path("/proc", name, "environ").read_bytes() if name.isdigit() else b""
        except OSError:
            continue
        if marker.encode() in environment:
            found.append(name)
    return found


def wait_until(true: Any, seconds: float = 20.0) -> None:
    """Wait until something has happened; the assertion that follows says what has not."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
