"""Where a text stands: file, line, column (from 1)."""

import os

from grader.light_tuple import NamedTuple


class Mark(NamedTuple):
    """One place in one file.

    `file` is relative to the submission's folder (POSIX separators) or absolute where the file lies outside it;
    `line` and `column` count from 1, columns in characters; `width` is the number of characters on that line
    which a reader should look at (0: unknown).
    """

    file: str
    line: int
    column: int
    width: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


def in_words(file: str) -> str:
    """Return the file of a mark as part of a sentence: without the place on this computer of what lies outside."""
    return os.path.basename(file) if os.path.isabs(file) else file


class Marks(NamedTuple):
    """The two places of one value, which travel with it through every merge.

    `written` is the entry in the compose file (the value, or the key where the value is empty); `source` is where its
    text comes from: the `.env` line behind `${X}`, the line of an `env_file`, the anchor, the extended file. Both are
    equal for a value that is simply written down.
    """

    written: Mark
    source: Mark
