"""The client's side of `server`: what a command line printed, and what it cost."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

ROOT = Path(__file__).parents[2]


class Ran(NamedTuple):
    """What one command line printed, its exit code (below 0: the signal that ended it), and what it cost."""

    code: int
    out: str
    err: str
    cpu_seconds: float
    wall_seconds: float
    peak_mib: float


class Runner:
    """A process that runs command lines of `grade`, each in a fork of its own."""

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.server"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            errors="surrogateescape",
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate()

    def run(self, folder: Path, *words: str) -> Ran:
        """Run `grade` with these words in a folder."""
        asking, answering = self._server.stdin, self._server.stdout
        assert asking is not None
        assert answering is not None
        asking.write(json.dumps({"folder": str(folder), "words": words}) + "\n")
        asking.flush()
        return Ran(**json.loads(answering.readline()))
