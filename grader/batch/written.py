"""Files of the output: the old one stays until the new one is whole."""

import io
import os
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO

from grader.endings import CommandFailed

UNFINISHED = ".unfinished"


class WholeFile(io.TextIOWrapper):
    """A text file that takes its place by `finish`, or at the end of `with`; closed in another way it goes.

    Line ends are written as they are given.
    """

    def __init__(self, path: str, raw: BinaryIO, encoding: str) -> None:
        super().__init__(raw, encoding=encoding, errors="replace", newline="")
        self._path = path

    def finish(self) -> None:
        """Write what is left and put the file in its place. Raises `CommandFailed`."""
        try:
            super().close()
            os.replace(self._path + UNFINISHED, self._path)
        except OSError as error:
            self._discard()
            raise CommandFailed(
                f"{self._path} cannot be written: {error.strerror}. What was graded is kept: "
                "mend this and run the same command again."
            ) from error

    def close(self) -> None:
        """Give the file up, as whoever is interrupted does: the old one stays."""
        if not self.closed:
            with suppress(OSError):
                super().close()
            self._discard()

    def _discard(self) -> None:
        with suppress(OSError):
            os.remove(self._path + UNFINISHED)

    def __enter__(self) -> "WholeFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()
        else:
            self.close()


def write_anew(path: str, *, encoding: str = "utf-8") -> WholeFile:
    """Open a new file that replaces `path` when it is finished. Raises `CommandFailed`."""
    try:
        raw = open(path + UNFINISHED, "wb")  # noqa: SIM115 - who gets it closes it
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}. Choose another folder with --out.") from error
    return WholeFile(path, raw, encoding)
