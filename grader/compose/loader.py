"""Reads a compose project as Docker Compose does.

    text -> tree (nodes with marks) -> project (as Compose resolves it)

Compose stops at the first error; here every error is noted with its rank, what is refused is repaired or left out, and
the reading goes on, so a refused file is still judged.
"""

from grader.compose.canonical import expand
from grader.compose.consistency import check_consistency
from grader.compose.declarations import check_declarations
from grader.compose.discovery import find
from grader.compose.errors import Unreadable
from grader.compose.extends import Extender
from grader.compose.files import FileRefused
from grader.compose.include import Includer
from grader.compose.interpolation import interpolate
from grader.compose.marks import Mark
from grader.compose.merge import CannotOverride, merge_projects
from grader.compose.model import Loaded
from grader.compose.normalise import normalise
from grader.compose.oddities import Document, Steps
from grader.compose.parser import parse
from grader.compose.profiles import active_services
from grader.compose.project import build_project
from grader.compose.reading import (
    EXTENDS,
    INCLUDE,
    KEYS,
    LAYERS,
    MERGE,
    READ_FILES,
    UNIQUE,
    UNIQUE_AGAIN,
    Reading,
)
from grader.compose.request import Request
from grader.compose.resets import apply_resets
from grader.compose.resolve import resolve_project
from grader.compose.texts import decode, lines
from grader.compose.tree import Map, Place, new_map, value_mark
from grader.compose.unique import enforce
from grader.compose.validation import validate


def load(request: Request) -> Loaded:
    """Read a project. Raises `Unreadable` if there is nothing to judge."""
    reading = Reading(request)
    paths = find(reading)
    root = _load_model(reading, paths, [])
    normalise(reading, root)
    active = active_services(reading, root)
    check_consistency(reading, root, active, root.get("services") or new_map())
    project = build_project(reading, root, active)
    return Loaded(
        project=project,
        refusals=reading.refusals(),
        warnings=reading.notices,
        files=tuple(reading.names),
        texts={name: lines(text) for name, text in reading.texts.items()},
        damaged=reading.damaged,
    )


def _load_model(reading: Reading, paths: list[str], around: list[str]) -> Map:
    """Return the files of one project merged, validated and with absolute paths."""
    base = reading.base
    root = new_map()
    for number, path in enumerate(paths):
        reading.layer = (*base, LAYERS, number)
        for document in _documents(reading, path):
            reading.layer = (*base, LAYERS, number, document.number)
            _add_document(reading, root, document, path, [*around, path])
    check_declarations(reading, root)
    resolve_project(reading, root, reading.directory)
    return root


def _documents(reading: Reading, path: str) -> list[Document]:
    name = reading.name_of(path)
    data = _read(reading, path)
    if data is None:
        return []
    reading.names.append(name)
    reading.texts[name] = decode(data)
    return parse(reading, data, name)


def _read(reading: Reading, path: str) -> bytes | None:
    try:
        return reading.files.read(path)
    except FileRefused as refused:
        raise Unreadable(f"{reading.name_of(path)} cannot be read: {refused.reason}.") from None


def _add_document(reading: Reading, root: Map, document: Document, path: str, around: list[str]) -> None:
    """Lay one document on what was read before, through all of Compose's stages."""
    own = document.root
    place = document.place
    at = Mark(reading.name_of(path), 1, 1) if place is None else value_mark(place)
    if type(own) is not Map:
        reading.refuse(KEYS, "top-level object must be a mapping", (), at, "top_level")
        return
    interpolate(reading, document)
    Extender(reading, "<f>", lambda other, mark: _load_other(reading, other, mark)).run(own, document.resets)
    apply_resets(document.resets, root)
    Includer(reading, around, lambda *given: _load_included(reading, *given)).run(own)

    def on_fault(fault: CannotOverride) -> None:
        reading.refuse(MERGE, str(fault), fault.path, value_mark(fault.place), "override_type")

    merge_projects(root, own, on_fault)
    enforce(reading, root, UNIQUE)
    validate(reading, root, at)
    root.pop("version", None)
    expand(reading, root)
    enforce(reading, root, UNIQUE_AGAIN)


def _load_other(reading: Reading, path: str, at: Mark) -> tuple[Map, list[Steps]] | None:
    return None


def _load_included(reading: Reading, paths: list[str], directory: str, around: list[str], place: Place) -> Map:
    return new_map()
