"""A submission, ready to be graded: its files, its folder, its compose file."""

import os
import stat
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.batch.opening.kinds import is_archive_name
from grader.batch.opening.listings import folder_listing, memory_listing
from grader.batch.opening.locating import Located, locate
from grader.batch.opening.loose import LooseFiles
from grader.batch.opening.members import ArchiveRefused, shown
from grader.batch.opening.unpacking import unpack
from grader.batch.submission import Carried, Content, InMemory, LooseFile, OnDisk, Packed
from grader.compose.discovery import NAMES
from grader.compose.files import Files, FolderFiles, MemoryFiles
from grader.compose.request import Request
from grader.workspace import NoSubmission

VIRTUAL_FOLDER = "/submission"  # of what lies in memory
DEFAULT_FILE = "docker-compose.yml"
MAX_NESTING = 3  # archives in archives of one student


class Opened(NamedTuple):
    """What the loader needs of a submission. `remarks` are sentences for the instructor.

    `folder` is absolute (POSIX); no `compose_files`: as Compose finds them in it. `located` is the folder's path inside
    of what was handed in.
    """

    files: Files
    folder: str
    compose_files: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    located: str = ""

    def request(self, files: Files | None = None, variables: Mapping[str, str] | None = None) -> Request:
        """Return what the grader is asked; `files` stand for its own, such as those that note what is looked at."""
        return Request(
            files=files or self.files, folder=self.folder, compose_files=self.compose_files, variables=variables or {}
        )


def open_content(content: Content) -> Opened:
    """Return the submission behind `content`. Raises `NoSubmission` with a sentence where nothing can be graded."""
    if isinstance(content, OnDisk):
        return _on_disk(content.path)
    if isinstance(content, LooseFile):
        folder, name = os.path.split(content.path)
        return Opened(LooseFiles(content.path), _posix(folder), (name,))
    if isinstance(content, InMemory):
        return _in_memory(content.files, (), MAX_NESTING)
    if isinstance(content, Carried):
        return Opened(*content)
    if isinstance(content, Packed):
        return _packed(content.name, content.path, content.data, (), MAX_NESTING)
    raise _nothing(content.reason)


def _on_disk(path: str) -> Opened:
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        mode = 0
    if stat.S_ISLNK(mode):
        raise _nothing("The submission is a link and was not followed.", path)
    if not stat.S_ISDIR(mode):
        raise _nothing("The folder of the submission is not there any more.", path)
    located = locate(folder_listing(path))
    if located is None:
        raise _nothing(_NO_FILE if _can_be_read(path) else "The folder cannot be read; check its permissions.", path)
    if located.archive is not None:
        inner = os.path.join(path, *located.archive.split("/"))
        return _packed(located.archive, inner, None, located.remarks, MAX_NESTING)
    folder = os.path.join(path, *located.folder.split("/")) if located.folder else path
    if located.name and not os.path.exists(os.path.join(folder, located.name)):
        _refuse_dead_link(folder)
    files = () if located.file is None else (located.file,)
    return Opened(FolderFiles(folder), _posix(folder), files, located.remarks, located.folder)


def _in_memory(files: Mapping[str, bytes], remarks: Sequence[str], nesting: int) -> Opened:
    if not files:
        raise _nothing(" ".join(["There is no file in it.", *remarks]))
    located = locate(memory_listing(files))
    if located is None:
        archives = sum(1 for name in files if is_archive_name(name))
        none = f"There are {archives} archives in it and no compose file." if archives > 1 else _NO_FILE
        raise _nothing(" ".join([none, *remarks]))
    if located.archive is not None:
        return _packed(located.archive, None, files[located.archive], (*remarks, *located.remarks), nesting)
    return _from_memory(files, located, remarks)


def _from_memory(files: Mapping[str, bytes], located: Located, remarks: Sequence[str]) -> Opened:
    if located.folder:
        inside = located.folder + "/"
        files = {name[len(inside) :]: data for name, data in files.items() if name.startswith(inside)}
    return Opened(
        MemoryFiles(files, VIRTUAL_FOLDER),
        VIRTUAL_FOLDER,
        () if located.file is None else (located.file,),
        (*remarks, *located.remarks),
        located.folder,
    )


def _packed(name: str, path: str | None, data: bytes | None, remarks: Sequence[str], nesting: int) -> Opened:
    if nesting == 0:
        raise _nothing(f"{shown(name)} is an archive in more than {MAX_NESTING} others and was not unpacked.")
    try:
        unpacked = unpack(name, path, data)
    except ArchiveRefused as error:
        raise _nothing(str(error)) from None
    return _in_memory(unpacked.files, (*remarks, *unpacked.remarks), nesting - 1)


_NO_FILE = f"There is no compose file in it: none of {', '.join(NAMES)}, and no single file that could be meant."


def _can_be_read(folder: str) -> bool:
    try:
        with os.scandir(folder):
            return True
    except OSError:
        return False


def _refuse_dead_link(folder: str) -> None:
    """Refuse, as `grade FOLDER` does, where all that Compose could find leads nowhere."""
    names = [name for name in NAMES if os.path.lexists(os.path.join(folder, name))]
    if not any(os.path.exists(os.path.join(folder, name)) for name in names):
        raise _nothing(f"{names[0]} is a link that leads nowhere. Put the file itself in its place.", folder)


def _nothing(reason: str, folder: str = VIRTUAL_FOLDER) -> NoSubmission:
    return NoSubmission(reason, folder=folder, file=DEFAULT_FILE)


def _posix(path: str) -> str:
    return path.replace(os.sep, "/")  # the loader knows POSIX paths only
