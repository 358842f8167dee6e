"""A folder of the disk that holds submissions."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from grader.batch.opening.junk import is_junk
from grader.batch.opening.kinds import is_archive_name
from grader.batch.sources.holding import GLANCE_UNITS, Glance, Loaded, Order, Unit, holds_units, only_folder
from grader.batch.sources.notes import Notes
from grader.batch.submission import LooseFile, Nothing, OnDisk, Packed
from grader.compose.files import FileRefused, FolderFiles
from grader.endings import UsageError

_SEPARATOR = "\0"  # no file name has it
INSIDE_ENTRIES = 1_000
LINK = "It is a link, and links are not followed. Put the files themselves in its place, or name them in a list."


class Folder:
    """The units are its files and folders in the order of their names; what is junk is passed over.

    Of a million only the names are kept, as one text: 20 MB, after 80 while they are sorted.
    """

    is_archive = False

    def __init__(self, path: str) -> None:
        path = os.path.abspath(path)
        names = _list(path)
        only = only_folder([_entry(name) for name in names[:GLANCE_UNITS]]) if len(names) <= GLANCE_UNITS else None
        if only is not None:
            inner = _list(os.path.join(path, only))
            if holds_units([_entry(name) for name in inner[:GLANCE_UNITS]]):
                path, names = os.path.join(path, only), inner
        self.path = path
        self._names = _SEPARATOR.join(names)
        self.glance = Glance(os.path.basename(path), [_entry(name) for name in names[:GLANCE_UNITS]], self._inside)

    def names(self) -> Iterable[tuple[str, bool]]:
        """Return the units by name."""
        return map(_entry, self._listed())

    def units(self, notes: Notes, order: Order | None = None) -> Iterator[Unit]:
        """Yield one unit a name."""
        names: Iterable[str] = self._listed()
        if order is not None:
            names = sorted(names, key=lambda name: (order(*_entry(name)), name))
        for listed in names:
            name, is_folder = _entry(listed)
            yield Unit(name, is_folder, partial(self._load, name, is_folder))

    def read(self, name: str, limit: int) -> bytes | None:
        """Return at most `limit` bytes of a file; None where it cannot be read."""
        path = os.path.join(self.path, name)
        if os.path.islink(path) or not os.path.isfile(path):
            return None
        try:
            with open(path, "rb") as file:
                return file.read(limit)
        except OSError:
            return None

    def _listed(self) -> Iterator[str]:
        at = 0
        while at < len(self._names):
            end = self._names.find(_SEPARATOR, at)
            end = len(self._names) if end < 0 else end
            yield self._names[at:end]
            at = end + 1

    def _load(self, name: str, is_folder: bool) -> Loaded:
        path = os.path.join(self.path, name)
        if is_folder:
            return Loaded(OnDisk(path))
        if os.path.islink(path):
            return Loaded(Nothing(LINK))
        return Loaded(Packed(name, path, None) if is_archive_name(name) else LooseFile(path))

    def _inside(self, name: str) -> Sequence[str]:
        try:
            with os.scandir(os.path.join(self.path, name)) as entries:
                return [entry.name for _, entry in zip(range(INSIDE_ENTRIES), entries, strict=False)]
        except OSError:
            return ()


def read_small(path: str) -> bytes | None:
    """Read a student's file as grading would; None where that is refused."""
    folder, _ = os.path.split(path)
    try:
        return None if os.path.islink(path) else FolderFiles(folder).read(path)
    except FileRefused:
        return None


def _list(path: str) -> list[str]:
    """Return the sorted names of a folder without junk, those of folders with a slash behind."""
    try:
        with os.scandir(path) as entries:
            names = [entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name for entry in entries]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Check its name and its permissions.") from error
    names = [name for name in names if not is_junk(name.rstrip("/"), folder=name[-1:] == "/")]
    names.sort()
    return names


def _entry(listed: str) -> tuple[str, bool]:
    return (listed[:-1], True) if listed[-1:] == "/" else (listed, False)
