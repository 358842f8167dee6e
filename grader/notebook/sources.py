"""Which file an answer is about: the workspace's own, one beside the notebook, a text, or one of these with a change.

A change is laid on the file as Docker Compose lays an override file on it, in memory: the file on the disk stays as it
is.
"""

import json
import os
import posixpath
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.compose.discovery import OVERRIDE_NAMES
from grader.compose.files import Files, FolderFiles, Kind, MemoryFiles
from grader.compose.request import Request
from grader.workspace import compose_file, locate

CHANGE_NAME = "your change"  # the file that a change is read from, as every answer names it
TEXT_NAME = "text.yml"
MEMORY = "/submission"


class Change(NamedTuple):
    """Other values for one service: variables (None takes one away), and its volumes if they are given."""

    service: str
    variables: Mapping[str, str | None]
    volumes: Sequence[str] | None


class Source(NamedTuple):
    """A file to grade. `path` names one (None: the workspace's), `text` stands for one; `changes` are laid on top.

    `call` is what was typed to get it: `q`, `q.of("broken/01.yml")`; a text stands in it as three dots.
    """

    call: str = "q"
    path: str | None = None
    text: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def kind(self) -> str:
        """One of `workspace`, `file`, `text`, `change`: what programs are told."""
        if self.changes:
            return "change"
        return "text" if self.text is not None else "file" if self.path is not None else "workspace"


WORKSPACE = Source()


class Layered:
    """The files of a submission, and more that lie in memory."""

    def __init__(self, files: Files, changes: Mapping[str, bytes]) -> None:
        self._files, self._changes = files, changes

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        return self._changes[path] if path in self._changes else self._files.read(path)

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        return "file" if path in self._changes else self._files.kind(path)


def request_of(source: Source) -> Request:
    """Return what the loader is asked for. Reads nothing but names of files. Raises `NoSubmission`."""
    if source.text is not None:
        files: Files = MemoryFiles({TEXT_NAME: source.text.encode("utf-8", "replace")}, MEMORY)
        folder, named = MEMORY, TEXT_NAME
    else:
        place = locate(source.path)
        files, folder, named = FolderFiles(place.folder), place.folder.replace(os.sep, "/"), place.file or ""
    if not source.changes:
        return Request(files, folder, compose_files=(named,) if named else ())
    found = (named,) if named else _as_compose_finds(folder)
    texts = {_name(number): change_text(change) for number, change in enumerate(source.changes, start=1)}
    contents = {posixpath.join(folder, name): text.encode("utf-8", "replace") for name, text in texts.items()}
    return Request(Layered(files, contents), folder, compose_files=(*found, *texts))


def _name(number: int) -> str:
    return CHANGE_NAME if number == 1 else f"{CHANGE_NAME} {number}"


def _as_compose_finds(folder: str) -> tuple[str, ...]:
    """Return the names of the compose file of a folder and of its override file."""
    main = compose_file(folder)
    override = next((name for name in OVERRIDE_NAMES if os.path.lexists(os.path.join(folder, name))), None)
    return tuple(name for name in (main, override) if name)


def change_text(change: Change) -> str:
    """Return a change as an override file. Compose: `!reset` takes a value away, `!override` replaces a list."""
    lines = ["services:", f"  {json.dumps(change.service)}:"]
    if change.variables:
        lines.append("    environment:")
    for name, value in change.variables.items():
        lines.append(f"      {json.dumps(name)}: {'!reset null' if value is None else json.dumps(value)}")
    if change.volumes is not None:
        lines.append(f"    volumes: !override {json.dumps(list(change.volumes))}")
    return "\n".join(lines) + "\n"


def shown_file(source: Source, file: str) -> str:
    """Return a file of the submission as a reader of the notebook knows it; never an absolute path.

    For the workspace that is its path in the workspace; for a file beside the notebook as it was typed.
    """
    if file.startswith(CHANGE_NAME):
        return file
    if source.text is not None or source.path is None or os.path.isabs(source.path):
        return file
    inside = source.path if os.path.isdir(source.path) else os.path.dirname(source.path)
    return posixpath.normpath(posixpath.join(inside.replace(os.sep, "/") or ".", file))
