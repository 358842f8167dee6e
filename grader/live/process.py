"""One program of the engine, with a time limit and bounded output. Never a shell."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from typing import IO, NamedTuple

MAX_OUTPUT_BYTES = 1024 * 1024  # of one stream; the end of it is kept
CHUNK_BYTES = 64 * 1024
STOP_SECONDS = 5.0  # between asking a program to end and ending it
_POSIX = os.name == "posix"


class Ran(NamedTuple):
    """What became of a program: its exit code (None: it was stopped at its time limit) and the end of its output."""

    code: int | None
    out: str
    error: str

    @property
    def well(self) -> bool:
        """Tell whether it ended by itself, without a complaint."""
        return self.code == 0


class Process:
    """A running program. `merged` puts its error stream into its output, in the order of writing."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: str | None = None,
        stdin: bytes | None = None,
        merged: bool = False,
    ) -> None:
        # a session of its own: Ctrl-C is for us, who then end it and clean up
        self._child = subprocess.Popen(
            list(argv),
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE,
            start_new_session=True,
            bufsize=0,
        )
        self._tails = [_Tail(stream) for stream in (self._child.stdout, self._child.stderr) if stream is not None]
        if stdin is not None:
            threading.Thread(target=self._feed, args=(stdin,), daemon=True).start()

    def _feed(self, data: bytes) -> None:
        stream = self._child.stdin
        assert stream is not None
        # it may end without reading: its exit code and its words say why
        with contextlib.suppress(BrokenPipeError), stream:
            stream.write(data)

    def ended(self) -> bool:
        """Tell whether the program has ended by itself."""
        return self._child.poll() is not None

    def wait(self, seconds: float) -> bool:
        """Wait for the end; False if the time is over before."""
        try:
            self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """End the program and whatever it started."""
        if not self.ended():
            self._signal(signal.SIGTERM)
            if not self.wait(STOP_SECONDS):
                self._signal(signal.SIGKILL if _POSIX else signal.SIGTERM)
                self._child.wait()

    def _signal(self, number: signal.Signals) -> None:
        try:
            if _POSIX:
                os.killpg(self._child.pid, number)
            else:
                self._child.send_signal(number)
        except ProcessLookupError:
            pass  # it has just ended

    def result(self) -> Ran:
        """Return what it wrote so far and how it ended."""
        code = self._child.poll()
        texts = [tail.text(finished=code is not None) for tail in self._tails]
        stopped = code is not None and code < 0
        return Ran(None if stopped else code, texts[0], texts[1] if len(texts) > 1 else "")


class _Tail:
    """Reads a stream to its end in a thread and keeps the last MAX_OUTPUT_BYTES of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._data = bytearray()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._stream:
            while part := os.read(self._stream.fileno(), CHUNK_BYTES):
                with self._lock:
                    self._data += part
                    del self._data[:-MAX_OUTPUT_BYTES]

    def text(self, *, finished: bool) -> str:
        if finished:
            self._thread.join(STOP_SECONDS)  # a grandchild may hold the stream open
        with self._lock:
            return self._data.decode("utf-8", "replace")


def run(
    argv: Sequence[str],
    *,
    seconds: float,
    environment: Mapping[str, str],
    folder: str | None = None,
    stdin: bytes | None = None,
    merged: bool = False,
) -> Ran:
    """Run a program to its end or to its time limit. Raises `OSError` where it cannot be started."""
    process = Process(argv, environment=environment, folder=folder, stdin=stdin, merged=merged)
    try:
        if not process.wait(max(seconds, 0.0)):
            process.stop()
            return process.result()._replace(code=None)
        return process.result()
    finally:
        process.stop()


class Deadline:
    """A moment to be done by."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left, at least 0."""
        return max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        """Tell whether the time is over."""
        return self.left == 0.0
