"""Run a program and start it again whenever a Python file changes.

Docker: the process with the number 1 gets SIGTERM when the container shall stop; it has no default reaction to it.
"""

import logging
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from watchfiles import PythonFilter, watch

# Docker kills a container 10 seconds after SIGTERM.
STOP_SECONDS = 4.0
LOOK_MS = 500

log = logging.getLogger("reload")


class Supervisor:
    """One child process, and whether it shall go on."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self._folder = folder
        self._stopping = False

    def run(self) -> int:
        """Run the command until it ends by itself or SIGTERM arrives; return the exit code of the container."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        child = subprocess.Popen(self._command)
        # An empty set of changes is a look at the child: `yield_on_timeout` makes one every LOOK_MS.
        for changes in watch(
            self._folder,
            watch_filter=PythonFilter(),
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if self._stopping:
                break
            if child.poll() is not None:
                return child.returncode
            if changes:
                names = sorted({Path(path).name for _, path in changes})
                log.info("%s changed: starting again", ", ".join(names))
                _stop(child)
                child = subprocess.Popen(self._command)
        _stop(child)
        return 0

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End the child: politely first, and by force after STOP_SECONDS."""
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
