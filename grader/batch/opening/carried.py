"""A submission that travels: what lies in it is read here, and graded on a computer that cannot see its folder."""

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from grader.batch.opening.collecting import UNREAD_FOLDERS
from grader.batch.opening.junk import is_junk
from grader.batch.opening.opened import Opened, open_content
from grader.batch.submission import Carried, Content, LooseFile, Nothing, OnDisk, Packed
from grader.compose.files import FileRefused, Kind, MemoryFiles, Reason
from grader.workspace import NoSubmission

MAX_ENTRIES = 2000  # of one submission; a clone of the exercise has some hundred that count
MAX_BYTES = 8 * 1024 * 1024  # of one submission


class CarriedFiles(NamedTuple):
    """Files as they were seen: by absolute POSIX path their kind, and their bytes or why they are not read.

    `inside` is how the paths of the submission begin; nothing is known of others.
    """

    inside: str
    kinds: Mapping[str, Kind]
    contents: Mapping[str, bytes]
    refusals: Mapping[str, Reason]

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        if path in self.contents:
            return self.contents[path]
        if not path.startswith(self.inside):
            raise FileRefused(path, "outside")
        raise FileRefused(path, self.refusals.get(path, "missing"))

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        return self.kinds.get(path)


def carried(content: Content) -> Content:
    """Return a content that can be graded anywhere: where it lies on this computer's disk, with its files."""
    if not isinstance(content, OnDisk | LooseFile | Packed):
        return content
    try:
        opened = open_content(content)
    except NoSubmission as error:
        return Nothing(str(error))
    if isinstance(opened.files, MemoryFiles):
        return Carried(*opened)
    return Carried(*opened._replace(files=_read(content, opened)))


def _read(content: Content, opened: Opened) -> CarriedFiles:
    kinds: dict[str, Kind] = {}
    contents: dict[str, bytes] = {}
    refusals: dict[str, Reason] = {}
    left = MAX_BYTES
    for path in _paths(content, opened):
        kind = opened.files.kind(path)
        if kind is None:
            continue
        kinds[path] = kind
        try:
            data = opened.files.read(path) if kind == "file" else b""
        except FileRefused as error:
            refusals[path] = error.reason
            continue
        if kind != "file":
            refusals[path] = kind
        elif len(data) > left:
            refusals[path] = "too large"
        else:
            contents[path] = data
            left -= len(data)
    return CarriedFiles(opened.folder.rstrip("/") + "/", kinds, contents, refusals)


def _paths(content: Content, opened: Opened) -> Iterator[str]:
    """Yield the paths of what lies in the folder, the nearest first, junk left out."""
    if isinstance(content, LooseFile):
        yield f"{opened.folder.rstrip('/')}/{opened.compose_files[0]}"
        return
    folders = [opened.folder]
    count = 0
    for folder in folders:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_junk(entry.name, folder=is_folder):
                continue
            count += 1
            if count > MAX_ENTRIES:
                return
            path = f"{folder.rstrip('/')}/{entry.name}"
            yield path
            if is_folder and entry.name not in UNREAD_FOLDERS:
                folders.append(path)
