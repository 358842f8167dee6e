"""Which file is meant: from what was typed to a `Request`, or to a sentence that says why there is none."""

import os
from collections.abc import Mapping, Sequence

from grader.compose.discovery import NAMES
from grader.compose.files import FolderFiles, Kind
from grader.compose.request import Request
from grader.light_tuple import NamedTuple

EXERCISES = "exercises"
SKELETON = "skeleton.yml"


class NoSubmission(Exception):
    """There is nothing to grade at the place asked for: `folder` and `file` name it, the text says what to do."""

    def __init__(self, message: str, *, folder: str, file: str) -> None:
        super().__init__(message)
        self.folder = folder
        self.file = file


class Place(NamedTuple):
    """A submission: its absolute folder, and its compose file if one was named (None: as Compose finds it)."""

    folder: str
    file: str | None


class SubmissionFiles:
    """A submission's folder, and the env files that whoever typed the command named, wherever those lie."""

    def __init__(self, folder: str, given: Sequence[str]) -> None:
        self._folder = FolderFiles(folder)
        self._given = {path: FolderFiles(os.path.dirname(path)) for path in given}

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        return self._given.get(path, self._folder).read(path)

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        return self._given.get(path, self._folder).kind(path)


def find_workspace(start: str) -> str | None:
    """Return the nearest folder upwards that holds a compose file beside `exercises`, None if there is none."""
    folder = os.path.abspath(start)
    while True:
        if os.path.isdir(os.path.join(folder, EXERCISES)) and compose_file(folder):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def find_exercises(start: str) -> str | None:
    """Return the nearest folder upwards with the exercises in it, None if there is none."""
    folder = os.path.abspath(start)
    while not os.path.isfile(os.path.join(folder, EXERCISES, SKELETON)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def compose_file(folder: str) -> str | None:
    """Return the name of the compose file that Compose takes in `folder`, None if there is none."""
    for name in NAMES:
        if os.path.lexists(os.path.join(folder, name)):
            return name
    return None


def locate(path: str | None) -> Place:
    """Find the submission behind PATH. Raises `NoSubmission`.

    A file is read like Compose's `-f`, a folder like Compose reads a folder. Without PATH it is the nearest workspace
    upwards, else the current folder.
    """
    if path is None:
        here = os.getcwd()
        return _folder(find_workspace(here) or here, "the current folder")
    if not path:
        raise NoSubmission(
            "The name of the file is empty. Leave it out to grade your workspace, or name a file.",
            folder=os.getcwd(),
            file="docker-compose.yml",
        )
    if os.path.isdir(path):
        return _folder(os.path.abspath(path), path)
    absolute = os.path.abspath(path)
    if not os.path.lexists(absolute):
        raise _missing(path, absolute)
    return Place(os.path.dirname(absolute), os.path.basename(absolute))


def request(place: Place, *, env_files: Sequence[str] = (), variables: Mapping[str, str] | None = None) -> Request:
    """Return what the loader is asked for; `env_files` are paths from the current folder."""
    given = tuple(os.path.realpath(path) for path in env_files)
    return Request(
        files=SubmissionFiles(place.folder, given) if given else FolderFiles(place.folder),
        folder=place.folder.replace(os.sep, "/"),  # the loader knows POSIX paths only
        compose_files=() if place.file is None else (place.file,),
        env_files=given,
        variables=variables or {},
    )


def _folder(folder: str, name: str) -> Place:
    found = compose_file(folder)
    if found is not None and any(os.path.exists(os.path.join(folder, known)) for known in NAMES):
        return Place(folder, None)
    if found is not None:
        raise NoSubmission(
            f"{found} is a link that leads nowhere. Put the file itself in its place.", folder=folder, file=found
        )
    raise NoSubmission(
        f"There is no compose file in {name}: none of {', '.join(NAMES)}. "
        "Go to your workspace, name the file, or make a workspace: grade init DIR",
        folder=folder,
        file="docker-compose.yml",
    )


def _missing(path: str, absolute: str) -> NoSubmission:
    from grader.spelling import nearest  # here, because most paths are there

    folder, name = os.path.split(absolute)
    try:
        neighbours = os.listdir(folder)
    except OSError:
        remedy = f" The folder {os.path.dirname(path)} is not there either."
    else:
        near = nearest(name, neighbours)
        remedy = f" Did you mean {os.path.join(os.path.dirname(path), near)}?" if near else ""
    return NoSubmission(
        f"There is no file or folder {path}.{remedy} Check the name and the folder you are in.",
        folder=folder,
        file=name,
    )
