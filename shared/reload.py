"""Run a program and start it again whenever a Python file changes."""

import logging
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from watchfiles import PythonFilter, watch

from shared.sentences import CODE_NOT_MOUNTED
from shared.stopping import StopSignal

# Docker kills a container 10 seconds after SIGTERM; ours shall end in less than 5.
STOP_SECONDS = 3.0
LOOK_MS = 500
# Python: the exit code after an exception that nobody caught, and after a syntax error.
CODE_OF_FAULT = 1
# The exit code of a service that has said why it ends. Docker then starts it again: `restart` in docker-compose.yml.
CODE_OF_REASON = 3

log = logging.getLogger("reload")


class Supervisor:
    """One child process, and whether it shall go on."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self._folder = folder
        self._stop = StopSignal()

    def run(self) -> int:
        """Run the command until it ends by itself or SIGTERM arrives; return the exit code of the container.

        A program that fails after an edit is no reason to end: the next edit will mend it.
        """
        self._stop.listen()
        if not os.path.ismount(self._folder):
            log.warning(CODE_NOT_MOUNTED.format(folder=self._folder))
        child: subprocess.Popen[bytes] | None = subprocess.Popen(self._command)
        edited = False
        # An empty set of changes is a look at the child: `yield_on_timeout` makes one every LOOK_MS.
        for changes in watch(
            self._folder,
            watch_filter=PythonFilter(),
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
            stop_event=self._stop,
        ):
            if child is not None and child.poll() is not None:
                if not edited or child.returncode != CODE_OF_FAULT:
                    return child.returncode
                log.error("the program failed after the edit, see above; it starts again after the next edit")
                child = None
            if changes:
                edited = True
                names = sorted({Path(path).name for _, path in changes})
                log.info("%s changed: starting again", ", ".join(names))
                _end(child)
                child = subprocess.Popen(self._command)
        _end(child)
        return 0


def _end(child: subprocess.Popen[bytes] | None) -> None:
    """End the child: politely first, and by force after STOP_SECONDS."""
    if child is None:
        return
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
