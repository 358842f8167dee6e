"""Relative paths of a project become absolute.

Compose: compose-go 2.9.1 (`paths/resolve.go`). All relative paths start at the project directory, those of an extended
or included file at that file's folder.
"""

import posixpath
from typing import Any

from grader.compose.govalues import panic
from grader.compose.paths import absolute, from_host
from grader.compose.reading import PATHS, Reading
from grader.compose.tree import Map, Seq, value_mark

_REMOTE = ("https://", "http://", "git://", "ssh://", "github.com/", "git@", "service:")


def resolve_project(reading: Reading, root: Map, folder: str) -> None:
    """Make the paths of a whole project absolute, in place."""
    services = root.get("services")
    if type(services) is Map:
        for name, service in services.items():
            if type(service) is Map:
                resolve_service(reading, name, service, folder)
    volumes = root.get("volumes")
    if type(volumes) is Map:
        for volume in volumes.values():
            if type(volume) is Map and volume.get("driver") == "local":
                _device(reading, volume.get("driver_opts"), folder)
    for section in ("secrets", "configs"):
        declared = root.get(section)
        if type(declared) is Map:
            for item in declared.values():
                if type(item) is Map and type(item.get("file")) is str:
                    item["file"] = from_host(item["file"], folder, reading.home_of(item["file"]))


def _device(reading: Reading, options: Any, folder: str) -> None:
    """The device of a volume that is really a bind mount."""
    if type(options) is Map and options.get("o") == "bind" and type(options.get("device")) is str:
        device = options["device"]
        options["device"] = from_host(device, folder, reading.home_of(device))


def resolve_service(reading: Reading, name: str, service: Map, folder: str) -> None:
    """Make the paths of a service absolute, in place. A bind without source is refused and taken out."""
    volumes = service.get("volumes")
    if type(volumes) is Seq:
        for index in range(len(volumes) - 1, -1, -1):
            mount = volumes[index]
            if type(mount) is not Map or mount.get("type") != "bind":
                continue
            source = mount.get("source")
            if type(source) is str:
                mount["source"] = made = from_host(source, folder, reading.home or reading.home_of(source))
                if ".." in source:
                    reading.lead_out(source, made)
            elif source is None:
                path = ("services", name, "volumes", str(index), str(mount.get("target")))
                message = 'invalid mount config for type "bind": field Source must not be empty'
                reading.refuse_whole(PATHS, message, path, value_mark(volumes.places[index]), "volume_no_source")
                del volumes[index], volumes.places[index]
    for key, inner in (("env_file", "path"), ("label_file", None)):
        if key not in service:
            continue
        items = service[key]
        if type(items) is Seq:
            for index, item in enumerate(items):
                if inner is None and type(item) is str:
                    items[index] = absolute(item, folder, reading.home_of(item))
                elif type(item) is Map and type(item.get("path")) is str:
                    item["path"] = absolute(item["path"], folder, reading.home_of(item["path"]))
    extends = service.get("extends")
    if type(extends) is Map and type(extends.get("file")) is str:
        path_of_file = absolute(extends["file"], folder, reading.home_of(extends["file"]))
        extends["file"] = posixpath.relpath(path_of_file, reading.directory)
    resolve_build(reading, service, folder)
    develop = service.get("develop")
    if type(develop) is Map:
        for entry in develop.get("watch") or ():
            if type(entry) is Map and type(entry.get("path")) is str:
                reading.home_of(entry["path"])


def resolve_build(reading: Reading, service: Map, folder: str) -> None:
    """Make the paths of a service's build absolute, in place."""
    build = service.get("build")
    if type(build) is not Map:
        return
    context = build.get("context")
    if type(context) is str:
        build["context"] = _context(reading, context, folder)
    contexts = build.get("additional_contexts")
    if type(contexts) is Map:
        for key, value in contexts.items():
            if type(value) is str:
                contexts[key] = _context(reading, value, folder)
            else:
                reading.refuse_whole(PATHS, panic(value), (), value_mark(contexts.places[key]), "schema_type")


def _context(reading: Reading, value: str, folder: str) -> str:
    if "://" in value or value.startswith(_REMOTE):
        return value
    path = absolute(value, folder, reading.home_of(value))
    if ".." in value:
        reading.lead_out(value, path)
    return path
