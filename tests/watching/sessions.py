"""`grade --watch` as a student has it: a process of its own, files that are really saved, bounded waiting."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOLUTION = (ROOT / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")
WITHOUT_NODE_ID = SOLUTION.replace("      KAFKA_NODE_ID:", "      # KAFKA_NODE_ID:")
WITH_OTHER_HOST = SOLUTION.replace("MYSQL_HOST: mysql", "MYSQL_HOST: ${HOST}")
NO_YAML = SOLUTION.replace("KAFKA_NODE_ID: ", 'KAFKA_NODE_ID: ["')

MAX_WAIT_S = 15.0  # only ever reached by a failure
QUIET_S = 0.6  # longer than everything that watching waits for

_RUN = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from grader.cli import run; "
_WITHOUT_WATCHFILES = "sys.modules['watchfiles'] = None; "


class Session:
    """One `grade --watch` that runs, and what it has printed so far."""

    def __init__(self, folder: Path, *words: str, polling: bool) -> None:
        code = _RUN + (_WITHOUT_WATCHFILES if polling else "") + "sys.exit(run(sys.argv[1:]))"
        environment = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "COLUMNS")}
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, "--watch", *words],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**environment, "PYTHONPATH": os.fspath(ROOT), "PYTHONIOENCODING": "utf-8"},
        )
        self._printed = b""
        self._seen = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def next(self, *expected: str) -> str:
        """Wait until every expected text is printed after what was returned before, and return what is new."""
        end = time.monotonic() + MAX_WAIT_S
        while time.monotonic() < end:
            new = self._printed[self._seen :].decode()
            if all(text in new for text in expected):
                self._seen += len(new.encode())
                return new
            time.sleep(0.01)
        raise AssertionError(f"not all of {expected} were printed, but:\n{self._printed[self._seen :].decode()}")

    def nothing_more(self) -> str:
        """Wait a while and return what is new."""
        time.sleep(QUIET_S)
        return self.next()

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(MAX_WAIT_S)
        self._reader.join(MAX_WAIT_S)
        return code

    def ended(self) -> int:
        """Wait for an end that nobody asked for, and return the exit code."""
        code = self._process.wait(MAX_WAIT_S)
        self._reader.join(MAX_WAIT_S)
        return code

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._reader.join(MAX_WAIT_S)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        stream = self._process.stdout
        while stream is not None and (piece := os.read(stream.fileno(), 65536)):
            self._printed += piece
