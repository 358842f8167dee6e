"""Files of the output: the old one stays until the new one is whole."""

import io
import os
from typing import BinaryIO

from grader.endings import CommandFailed

UNFINISHED = ".unfinished"


class WholeFile(io.TextIOWrapper):
    """A text file that takes its place when it is closed. Line ends are written as they are given."""

    def __init__(self, path: str, raw: BinaryIO, encoding: str) -> None:
        super().__init__(raw, encoding=encoding, errors="replace", newline="")
        self._path = path

    def close(self) -> None:
        """Write what is left and put the file in its place; once."""
        if self.closed:
            return
        super().close()
        os.replace(self._path + UNFINISHED, self._path)


def write_anew(path: str, *, encoding: str = "utf-8") -> WholeFile:
    """Open a new file that replaces `path` when it is closed. Raises `CommandFailed`."""
    try:
        raw = open(path + UNFINISHED, "wb")  # noqa: SIM115 - who gets it closes it
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}. Choose another folder with --out.") from error
    return WholeFile(path, raw, encoding)
