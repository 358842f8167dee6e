"""Where a project's files come from: a folder, or memory.

Nothing else in the package opens a file of a submission.
"""

from typing import Literal, Protocol


class FileRefused(Exception):
    """A file that is not read. `reason` is one of the words below; `path` the absolute path asked for."""

    def __init__(
        self, path: str, reason: Literal["missing", "folder", "outside", "special", "too large", "unreadable"]
    ) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Files(Protocol):
    """Read access to absolute POSIX paths."""

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""

    def kind(self, path: str) -> Literal["file", "folder", "special", "outside"] | None:
        """Tell what lies at `path`; None: nothing."""
