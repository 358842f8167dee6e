"""Runs command lines of `grade` one by one, each in a process of its own, and measures them.

    python -m tests.hostile.server

Reads a JSON object a line (`folder`, `words`) from stdin and answers with one a line (the fields of `running.Ran`).
The modules are imported once and the process forks for every command, so a command costs milliseconds.
"""

import json
import os
import resource
import sys
import tempfile
import time
from importlib import import_module
from typing import Any

from grader import cli
from grader.commands.texts import COMMAND_TEXTS

MAX_ADDRESS_BYTES = 2 * 1024**3  # a bomb ends here and not with the machine
MAX_CPU_SECONDS = 20
MAX_WALL_SECONDS = 60
FAILED_TO_RUN = 99


def serve() -> None:
    """Answer until stdin ends."""
    import deepdiff  # noqa: F401  so that not every fork pays for it

    for name in (*COMMAND_TEXTS, "grade"):
        import_module(f"grader.commands.{name}")
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(measured(asked["folder"], asked["words"])), flush=True)


def measured(folder: str, words: list[str]) -> dict[str, Any]:
    """Run one command line in `folder`, in a fork."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.monotonic()
        child = os.fork()
        if child == 0:
            _run(folder, words, out.fileno(), err.fileno())
        _, status, usage = os.wait4(child, 0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "out": _content(out),
            "err": _content(err),
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
            "wall_seconds": time.monotonic() - begun,
            "peak_mib": usage.ru_maxrss / 1024,
        }


def _run(folder: str, words: list[str], out: int, err: int) -> None:
    """Be the command: never returns."""
    code = FAILED_TO_RUN
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESS_BYTES, MAX_ADDRESS_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _alarm(MAX_WALL_SECONDS)
        os.chdir(folder)
        sys.stdin.close()
        code = cli.run(words)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _alarm(seconds: int) -> None:
    import signal

    signal.alarm(seconds)


def _content(file: Any) -> str:
    file.seek(0)
    return str(file.read().decode("utf-8", "surrogateescape"))


if __name__ == "__main__":
    serve()
