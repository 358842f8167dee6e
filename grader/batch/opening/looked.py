"""What grading looked at: enough to tell later, without grading, that a submission is still the same."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from grader.batch.opening.opened import Opened, open_content
from grader.batch.records import key_of
from grader.batch.submission import Content
from grader.compose.files import FileRefused, Files, Kind
from grader.workspace import NoSubmission

DIGEST_BYTES = 8
HOW = "./"  # under this name: which file was taken for the compose file, and what was said about it


class Held(NamedTuple):
    """A file that was read before grading asks for it."""

    path: str
    data: bytes
    digest: str


class Looked:
    """The files of an opened submission; each path that is looked at is noted.

    To be graded as `opened.request(Looked(opened))`.
    """

    def __init__(self, opened: Opened) -> None:
        self._files: Files = opened.files
        self._inside = opened.folder.rstrip("/") + "/"
        self._cut = len(self._inside)
        self._noted: dict[str, str | None] = {HOW: _how(opened)}
        self._held: Held | None = None

    def hold(self, name: str) -> Held | None:
        """Read a file of the folder without noting it, so that `read` need not; None where it cannot be read."""
        path = self._inside + name
        try:
            data = self._files.read(path)
        except FileRefused:
            return None
        self._held = Held(path, data, digest(data))
        return self._held

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        held = self._held
        if held is not None and path == held.path:
            self._noted[self._name(path)] = held.digest
            return held.data
        try:
            data = self._files.read(path)
        except FileRefused as error:
            self._noted[self._name(path)] = None if error.reason == "missing" else error.reason
            raise
        self._noted[self._name(path)] = digest(data)
        return data

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        kind = self._files.kind(path)
        # as `_name` has it: this is asked ten times a submission
        self._noted.setdefault(path[self._cut :] if path.startswith(self._inside) else path, kind)
        return kind

    def files(self) -> dict[str, str | None]:
        """Return what was seen at each path, relative to the folder that was graded.

        A digest where a file was read; where it was not, a word (`file`, `folder`, `special`, `outside`, `too large`,
        `unreadable`); None where there was nothing.
        """
        return self._noted

    def _name(self, path: str) -> str:
        return path[self._cut :] if path.startswith(self._inside) else path


def not_opened(error: NoSubmission) -> dict[str, str | None]:
    """Return what stands for the look-ups where there was nothing to grade."""
    return {HOW: digest(str(error).encode("utf-8", "surrogatepass"))}


def still_same(content: Content, files: Mapping[str, str | None]) -> bool:
    """Tell whether each look-up noted in `files` would find the same again."""
    try:
        opened = open_content(content)
    except NoSubmission as error:
        return files == not_opened(error)
    return same_looks(opened, files)


def same_looks(opened: Opened, files: Mapping[str, str | None]) -> bool:
    """Tell whether each look-up noted in `files` finds the same in this submission."""
    inside = opened.folder.rstrip("/") + "/"
    for name, seen in files.items():
        if name == HOW:
            if seen != _how(opened):
                return False
        else:
            own = _own_name(name, opened)
            if seen != _seen(opened.files, own if own.startswith("/") else inside + own, seen):
                return False
    return HOW in files


def _own_name(name: str, opened: Opened) -> str:
    """Return the name of a file of which a line says this: bytes that are no characters cannot be kept there."""
    if "?" not in name:
        return name
    return next((given for given in opened.compose_files if key_of(given) == name), name)


def digest(data: bytes) -> str:
    """Return a short digest, 16 hexadecimal digits."""
    return blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def _how(opened: Opened) -> str:
    return _how_digest(opened.located, opened.compose_files, opened.remarks)


@lru_cache(maxsize=256)  # nearly all of a class were found in the same way
def _how_digest(located: str, compose_files: tuple[str, ...], remarks: tuple[str, ...]) -> str:
    how = "\0".join((located, *compose_files, "", *remarks))
    return digest(how.encode("utf-8", "surrogatepass"))


def _seen(files: Files, path: str, before: str | None) -> str | None:
    """Look again in the way that gave `before`."""
    if before is None or before in ("file", "folder", "special", "outside"):
        kind = files.kind(path)
        if kind != "file" or before == "file":
            return kind
    try:
        return digest(files.read(path))
    except FileRefused as error:
        return None if error.reason == "missing" else error.reason
