"""`include`: whole projects that are copied into this one.

Compose: compose-go 2.9.1 (`loader/include.go`). An included project has its own folder and its own `.env`; variables of
the including project win over it. A name that is there already must mean the same.
"""

import posixpath
from collections.abc import Callable
from typing import Any

from grader.compose.discovery import read_env_file
from grader.compose.govalues import go_string
from grader.compose.reading import INCLUDE, Reading
from grader.compose.tree import Map, Place, Seq, key_mark, new_map, value_mark

SECTIONS = ("services", "volumes", "networks", "secrets", "configs", "models")
MAX_INCLUDED = 50  # files that include each other

LoadIncluded = Callable[[list[str], str, list[str], Place], Map]  # files, project directory, files around, place


class Includer:
    """Follows the `include` of one document. `around` are the files whose inclusion led here."""

    def __init__(self, reading: Reading, around: list[str], load_included: LoadIncluded) -> None:
        self.reading = reading
        self.around = around
        self.load_included = load_included

    def run(self, root: Map) -> None:
        """Copy everything that the document includes into it, in place."""
        if "include" not in root:
            return
        items, place = root.pop("include"), root.places.pop("include")
        if items is None:
            return
        if type(items) is not Seq:
            message = f"`include` must be a list, got {go_string(items)}"
            self.reading.refuse(
                INCLUDE, message, ("include",), value_mark(place), "include_form", len(self.reading.ranked)
            )
            return
        for index, item in enumerate(items):
            self._include(root, item, items.places[index], index)

    def _include(self, root: Map, item: Any, place: Place, index: int) -> None:
        reading = self.reading
        entry = item if type(item) is Map else {"path": item}
        names = _texts(entry.get("path"))
        if not names:
            return
        outer = reading.directory
        paths = [posixpath.normpath(posixpath.join(outer, name)) for name in names]
        folder = entry.get("project_directory")
        directory = posixpath.normpath(posixpath.join(outer, folder)) if folder else posixpath.dirname(paths[0])
        if paths[0] in self.around or len(self.around) > MAX_INCLUDED:
            message = "include cycle detected:\n<f>" + "\n include <f>" * len(self.around)
            reading.refuse(
                INCLUDE, message, ("include", str(index)), value_mark(place), "include_cycle", len(reading.ranked)
            )
            return
        values, origins = reading.values, reading.origins
        reading.values, reading.origins = dict(values), dict(origins)
        self._read_variables(entry, outer, directory)
        included = self.load_included(paths, directory, self.around, place)
        reading.values, reading.origins, reading.directory = values, origins, outer
        for section in SECTIONS:
            self._import(root, included, section, place)

    def _read_variables(self, entry: Any, outer: str, directory: str) -> None:
        reading = self.reading
        named = [posixpath.normpath(posixpath.join(outer, name)) for name in _texts(entry.get("env_file"))]
        own = posixpath.join(directory, ".env")
        if not named and reading.files.kind(own) == "file":
            named = [own]
        read: dict[str, str] = {}
        for path in named:
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
                order = len(self.reading.ranked)
                self.reading.refuse(INCLUDE, message, (section, name), at, "include_conflict", order)


def _texts(value: Any) -> list[str]:
    if type(value) is str:
        return [value]
    return [item for item in value if type(item) is str] if type(value) is Seq else []
