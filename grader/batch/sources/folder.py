"""A folder of the disk that holds submissions."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from grader.batch.opening.junk import is_junk
from grader.batch.opening.kinds import is_archive_name
from grader.batch.sources.holding import GLANCE_UNITS, Glance, Loaded, Order, Unit, holds_units, only_folder
from grader.batch.sources.notes import Notes
from grader.batch.sources.sorted_names import SortedNames
from grader.batch.submission import LooseFile, Nothing, OnDisk, Packed
from grader.compose.files import FileRefused, FolderFiles
from grader.endings import UsageError

INSIDE_ENTRIES = 1_000
LINK = "It is a link, and links are not followed. Put the files themselves in its place, or name them in a list."


class Folder:
    """The units are its files and folders in the order of their names; what is junk is passed over."""

    is_archive = False

    def __init__(self, path: str) -> None:
        path = os.path.abspath(path)
        names = _list(path)
        first = [_entry(name) for name in names.first(GLANCE_UNITS)]
        only = only_folder(first) if len(names) <= GLANCE_UNITS else None
        if only is not None:
            inner = _list(os.path.join(path, only))
            inside = [_entry(name) for name in inner.first(GLANCE_UNITS)]
            if holds_units(inside):
                path, names, first = os.path.join(path, only), inner, inside
        self.path = path
        self._names = names
        self.glance = Glance(os.path.basename(path), first, self._inside)

    def names(self) -> Iterable[tuple[str, bool]]:
        """Return the units by name."""
        return map(_entry, self._names)

    def units(self, notes: Notes, order: Order | None = None) -> Iterator[Unit]:
        """Yield one unit a name."""
        names = self._names
        if order is not None:
            names = SortedNames(names, key=lambda listed: order(*_entry(listed)))
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


def _list(path: str) -> SortedNames:
    """Return the names of a folder without junk, those of folders with a slash behind."""
    try:
        with os.scandir(path) as entries:
            return SortedNames(_listed(entries))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Check its name and its permissions.") from error


def _listed(entries: Iterable["os.DirEntry[str]"]) -> Iterator[str]:
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_junk(entry.name, folder=is_folder):
            yield f"{entry.name}/" if is_folder else entry.name


def _entry(listed: str) -> tuple[str, bool]:
    return (listed[:-1], True) if listed[-1:] == "/" else (listed, False)
