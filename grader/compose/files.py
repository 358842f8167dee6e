"""Where a project's files come from: a folder, or memory.

Nothing else in the package opens a file of a submission.
"""

import errno
import os
import stat
from collections.abc import Mapping
from typing import Literal, Protocol

MAX_FILE_BYTES = 512 * 1024  # of one file; the largest compose file of this exercise has 6 KiB

# Windows knows neither FIFOs among its files nor these flags.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)

Kind = Literal["file", "folder", "special", "outside"]
Reason = Literal["missing", "folder", "outside", "special", "too large", "unreadable"]

# what is wrong with a file that is not read, and what to do, behind the file's name
NOT_READ = {
    "missing": "is not there; check its name and the folder",
    "folder": "is a folder; a file is needed",
    "outside": "lies outside the submission and was not read; copy it beside the compose file",
    "special": "is no ordinary file and was not read; put a text file in its place",
    "too large": f"is larger than {MAX_FILE_BYTES // 1024} KiB and was not read; take out what does not belong there",
    "unreadable": "cannot be read; check its permissions",
}


class FileRefused(Exception):
    """A file that is not read. `reason` is a key of `NOT_READ`; `path` the absolute path asked for."""

    def __init__(self, path: str, reason: Reason) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Files(Protocol):
    """Read access to absolute POSIX paths."""

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""


class FolderFiles:
    """The files of one folder and those below it. Symbolic links that lead out are not followed."""

    def __init__(self, root: str) -> None:
        self._root = root

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        real = self._real(path)
        if real is None:
            raise FileRefused(path, "outside")
        return _read(path, real)

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        try:
            mode = os.lstat(path).st_mode
        except (OSError, ValueError):
            return None
        if os.path.dirname(path) == self._root and not stat.S_ISLNK(mode):
            return _kind_of(mode)
        real = self._real(path)
        return "outside" if real is None else _kind(real)

    def _real(self, path: str) -> str | None:
        """Return the path without symbolic links, None if it leads out of the folder."""
        if os.path.dirname(path) == self._root and not os.path.islink(path):
            return path
        real = os.path.realpath(path)
        root = os.path.realpath(self._root)
        if real == root or real.startswith(root.rstrip(os.sep) + os.sep):
            return real
        return None


class AllFiles:
    """Every file of the machine, for a reader who trusts the project: `grade config`."""

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        return _read(path, path)

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        return _kind(path)


class MemoryFiles:
    """Files that exist in memory only; their paths are relative to `folder`, and none outside is read."""

    def __init__(self, files: Mapping[str, str | bytes], folder: str = "/submission") -> None:
        self._folder = folder
        at = {os.path.normpath(f"{folder}/{name}"): data for name, data in files.items()}
        self._files = {
            path: data.encode() if isinstance(data, str) else data
            for path, data in at.items()
            if path.startswith(folder + "/")
        }
        self._folders = {folder}
        for path in self._files:
            while (path := os.path.dirname(path)) not in self._folders and path.startswith(folder):
                self._folders.add(path)

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        path = os.path.normpath(path)
        data = self._files.get(path)
        if data is None:
            kind = self.kind(path)
            raise FileRefused(path, "missing" if kind is None else "outside" if kind == "outside" else "folder")
        if len(data) > MAX_FILE_BYTES:
            raise FileRefused(path, "too large")
        return data

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        if path in self._files:
            return "file"
        path = os.path.normpath(path) if "/." in path or "//" in path else path.rstrip("/")
        if path in self._files:
            return "file"
        if path in self._folders:
            return "folder"
        return None if path.startswith(self._folder + "/") else "outside"


def _kind(path: str) -> Kind | None:
    try:
        return _kind_of(os.stat(path).st_mode)
    except (OSError, ValueError):
        return None


def _kind_of(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return "file"
    return "folder" if stat.S_ISDIR(mode) else "special"


def _read(path: str, real: str) -> bytes:
    """Read a regular file. It is opened without waiting, so a FIFO cannot stop us, and looked at before it is read."""
    try:
        descriptor = os.open(real, _OPEN_FLAGS)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise FileRefused(path, "missing") from None
    except OSError as error:
        if error.errno == errno.ELOOP:  # a link to itself leads to nothing, and no permission helps
            raise FileRefused(path, "missing") from None
        kind = _kind(real)
        raise FileRefused(path, kind if kind == "special" or kind == "folder" else "unreadable") from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise FileRefused(path, "folder")
        if not stat.S_ISREG(status.st_mode):
            raise FileRefused(path, "special")
        if status.st_size > MAX_FILE_BYTES:
            raise FileRefused(path, "too large")
        return _read_all(descriptor, path)
    except OSError:
        raise FileRefused(path, "unreadable") from None
    finally:
        os.close(descriptor)


def _read_all(descriptor: int, path: str) -> bytes:
    """Read to the end of a file, which may grow meanwhile."""
    parts = []
    size = 0
    while part := os.read(descriptor, MAX_FILE_BYTES + 1):
        parts.append(part)
        size += len(part)
        if size > MAX_FILE_BYTES:
            raise FileRefused(path, "too large")
    return b"".join(parts)
