"""`include`: whole projects that are copied into this one.

Compose: compose-go 2.9.1 (`loader/include.go`). An included project has its own folder and its own `.env`; variables of
the including project win over it. A name that is there already must mean the same.
"""

import posixpath
from collections.abc import Callable
from typing import Any

from grader.compose.env_files import read_env_file
from grader.compose.govalues import go_string, type_name, unconvertible
from grader.compose.marks import Mark
from grader.compose.paths import absolute, clean
from grader.compose.reading import FIND_FILES, INCLUDE, Reading
from grader.compose.timestamps import Timestamp
from grader.compose.tree import Map, Place, Seq, key_mark, new_map, value_mark

SECTIONS = ("services", "volumes", "networks", "secrets", "configs", "models")
MAX_INCLUDED = 50  # files that include each other

LoadIncluded = Callable[[list[str], list[str]], Map]  # the files, and those whose inclusion led to them


class Includer:
    """Follows the `include` of one document. `around` are the files whose inclusion led here."""

    def __init__(self, reading: Reading, around: list[str], load_included: LoadIncluded) -> None:
        self.reading = reading
        self.around = around
        self.load_included = load_included

    def run(self, root: Map) -> None:
        """Copy everything that the document includes into it, in place."""
        items, place = root.pop("include"), root.places.pop("include")
        if items is None:
            return
        if type(items) is not Seq:
            message = f"`include` must be a list, got {go_string(items)}"
            self._refuse(message, ("include",), value_mark(place), "include_form")
            return
        problems = [f"'[{index}]{problem}" for index, item in enumerate(items) for problem in _problems(item)]
        if problems:
            message = "decoding failed due to the following error(s):\n\n" + "\n".join(problems)
            self._refuse(message, ("include",), value_mark(place), "include_form")
        for index, item in enumerate(items):
            if not _problems(item):
                self._include(root, item, items.places[index], index)

    def _include(self, root: Map, item: Any, place: Place, index: int) -> None:
        reading = self.reading
        entry = item if type(item) is Map else {"path": item} if type(item) is str else {}
        outer = reading.directory
        paths = [posixpath.normpath(posixpath.join(outer, name)) for name in _texts(entry.get("path"))]
        directory = self._directory(entry.get("project_directory"), paths[0]) if paths else outer
        if paths and (paths[0] in self.around or len(self.around) > MAX_INCLUDED):
            message = "include cycle detected:\n<f>" + "\n include <f>" * len(self.around)
            if paths[0] not in self.around:  # Compose knows no such limit
                message = f"include leads through more than {MAX_INCLUDED} files and was not followed further"
            self._refuse(message, ("include", str(index)), value_mark(place), "include_cycle")
            return
        values, origins, base, layer = reading.values, reading.origins, reading.base, reading.layer
        reading.values, reading.origins = dict(values), dict(origins)
        reading.base = (*layer, INCLUDE, len(reading.ranked))
        self._read_variables(entry, outer, directory, place)
        reading.directory = directory
        reading.asked_at.update(zip(paths, _marks(item, place), strict=False))
        included = self.load_included(paths, self.around) if paths else new_map()
        reading.values, reading.origins, reading.directory = values, origins, outer
        reading.base, reading.layer = base, layer
        for section in SECTIONS:
            self._import(root, included, section, place)

    def _directory(self, folder: Any, first: str) -> str:
        """Return the folder of an included project; instead of a folder that is not there, the one around it."""
        reading = self.reading
        if folder in (None, ""):
            return posixpath.dirname(first)
        outer, text = reading.directory, str(folder)
        home = reading.home_of(text)
        found = clean(absolute(text, outer, home))
        if text.startswith("/") or reading.files.kind(found) == "folder":
            return found
        return clean(absolute(posixpath.dirname(text) or ".", outer, home))

    def _read_variables(self, entry: Any, outer: str, directory: str, place: Place) -> None:
        reading = self.reading
        named = [posixpath.normpath(posixpath.join(outer, name)) for name in _texts(entry.get("env_file"))]
        own = posixpath.join(directory, ".env")
        if not named and reading.files.kind(own) == "file":
            named = [own]
        read: dict[str, str] = {}
        for path in named:
            kind = reading.files.kind(path)
            if kind is None or kind == "folder":
                message = "<f> is not a file" if kind else f"stat <f>: {reading.why_missing(path)}"
                reading.refuse_whole(FIND_FILES, message, ("include",), value_mark(place), "file_missing")
            else:
                read_env_file(reading, path, read)
        for name, value in read.items():
            reading.values.setdefault(name, value)

    def _import(self, root: Map, included: Map, section: str, place: Place) -> None:
        source = included.get(section)
        if type(source) is not Map:
            return
        if type(root.get(section)) is not Map:
            root[section] = new_map()
            root.places[section] = place
        target = root[section]
        for name, value in source.items():
            if name not in target:
                target[name] = value
                target.places[name] = source.places[name]
            elif target[name] != value:
                message = f"{section}.{name} conflicts with imported resource"
                at = key_mark(target.places[name])
                self._refuse(message, (section, name), at, "include_conflict")

    def _refuse(self, message: str, path: tuple[str, ...], at: Mark, kind: str) -> None:
        self.reading.refuse(INCLUDE, message, path, at, kind, len(self.reading.ranked) + 1)


def _problems(item: Any) -> list[str]:
    """Return what is wrong with the form of an entry."""
    if type(item) is not Map:
        kind = "slice" if type(item) is Seq else type_name(item)
        empty = item is None or type(item) is Timestamp  # for Go a time is a struct, here one without any of the fields
        return [] if empty or type(item) is str else [f'\' expected a map or struct, got "{kind}"']
    found = [(key, _no_texts(item.get(key))) for key in ("path", "env_file")]
    found.insert(1, ("project_directory", unconvertible(item.get("project_directory"))))
    return [f".{key}' {problem}" for key, problem in found if problem]


def _no_texts(value: Any) -> str:
    texts = value if type(value) is Seq else (value,)
    bad = value is not None and any(type(text) is not str for text in texts)
    return f"invalid type {type_name(value)} for string list" if bad else ""


def _marks(item: Any, place: Place) -> list[Mark]:
    """Return where the paths of an entry stand."""
    named = item.get("path") if type(item) is Map else item
    if type(named) is Seq:
        return [value_mark(at) for text, at in zip(named, named.places, strict=True) if type(text) is str]
    return [value_mark(item.places["path"] if type(item) is Map and "path" in item else place)]


def _texts(value: Any) -> list[str]:
    if type(value) is str:
        return [value]
    return [item for item in value if type(item) is str] if type(value) is Seq else []
