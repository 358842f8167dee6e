"""How a submission is looked through where it lies: on the disk, or in memory."""

import itertools
import os
from collections.abc import Mapping, Sequence

from grader.batch.opening.junk import is_junk
from grader.batch.opening.locating import PEEKED_BYTES, Entry, Listing
from grader.compose.discovery import NAMES
from grader.compose.files import FileRefused, FolderFiles

MAX_ENTRIES = 10_000  # of one folder; what lies behind them is found only under a name that Compose looks for


def folder_listing(root: str) -> Listing:
    """Look through a folder of the disk. Links to folders are not followed."""

    def entries(folder: str) -> Sequence[Entry]:
        path = os.path.join(root, *folder.split("/")) if folder else root
        try:
            with os.scandir(path) as listed:
                found = [
                    Entry(entry.name, entry.is_dir(follow_symlinks=False))
                    for entry in itertools.islice(listed, MAX_ENTRIES)
                ]
        except OSError:
            return ()
        if len(found) == MAX_ENTRIES:
            there = {entry.name for entry in found}
            missed = (name for name in NAMES if name not in there and os.path.lexists(os.path.join(path, name)))
            found += [Entry(name, False) for name in missed]
        return sorted(entry for entry in found if not is_junk(entry.name, folder=entry.is_folder))

    def beginning(path: str) -> bytes:
        try:
            return FolderFiles(root).read(f"{root}/{path}")[:PEEKED_BYTES]
        except FileRefused:
            return b""

    return Listing(entries, beginning)


def memory_listing(files: Mapping[str, bytes]) -> Listing:
    """Look through files in memory, by their relative POSIX paths."""
    folders: dict[str, set[Entry]] = {"": set()}
    for path in files:
        folder, _, name = path.rpartition("/")
        is_folder = False
        while True:
            known = folder in folders
            folders.setdefault(folder, set()).add(Entry(name, is_folder))
            if known or not folder:
                break
            folder, _, name = folder.rpartition("/")
            is_folder = True

    def entries(folder: str) -> Sequence[Entry]:
        return sorted(entry for entry in folders.get(folder, ()) if not is_junk(entry.name, folder=entry.is_folder))

    return Listing(entries, lambda path: files[path][:PEEKED_BYTES])
