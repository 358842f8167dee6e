"""Values of the wrong kind in a file that is only extended: no schema looks at it before its short forms become long.

Compose: compose-go 2.9.1 (`transform/`). Where Compose takes the kind for granted it ends in a panic, whose first words
are given here.
"""

from collections.abc import Callable
from typing import Any

from grader.compose.govalues import go_string, go_value, panic, type_name
from grader.compose.reading import CANONICAL, Reading
from grader.compose.tree import Map, Seq, value_mark

# the kinds of values with a short form, and how messages call the key
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "build": ((str, Map), " for build"),
    "depends_on": ((Seq, Map), " for depend_on"),
    "env_file": ((str, Seq), " for env_file"),
    "extends": ((str, Map), " for extends"),
    "gpus": ((str, Seq), " for gpus"),
    "ports": ((Seq,), " for port"),
}
_BUILD_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "additional_contexts": ((Seq, Map), ""),
    "ssh": ((Seq, Map), " for ssh"),
}


def take_out_wrong_kinds(reading: Reading, root: Map) -> None:
    """Refuse values that have no long form, and take them out."""
    services = root.get("services")
    for name, service in services.items() if type(services) is Map else ():
        if type(service) is Map:
            _check_service(reading, service, ("services", name))
    for section in ("volumes", "networks", "secrets", "configs"):
        declared = root.get(section)
        if type(declared) is Map:
            _check_items(reading, declared, (section,), _declaration)


def _check_service(reading: Reading, service: Map, path: tuple[str, ...]) -> None:
    _check_keys(reading, service, path, _KINDS)
    for key, problem_of in _ITEMS.items():
        if type(service.get(key)) in (Map, Seq):
            _check_items(reading, service[key], (*path, key), problem_of)
    build = service.get("build")
    if type(build) is Map:
        _check_keys(reading, build, (*path, "build"), _BUILD_KINDS)
        for key in ("provenance", "sbom"):
            if type(build.get(key)) not in (str, bool) and key in build:
                build[key] = go_value(build[key])  # Compose makes a text of anything
        for key, problem_of in _BUILD_ITEMS.items():
            if type(build.get(key)) in (Map, Seq):
                _check_items(reading, build[key], (*path, "build", key), problem_of)


def take_out_odd_paths(reading: Reading, root: Map) -> None:
    """Refuse what stands where Compose makes a path absolute and is no text, and take it out."""
    services = root.get("services")
    for name, service in services.items() if type(services) is Map else ():
        if type(service) is not Map:
            continue
        path = ("services", name)
        build, develop, files = service.get("build"), service.get("develop"), service.get("label_file")
        extends = service.get("extends")
        if type(extends) is Map and "file" in extends and type(extends["file"]) is not str:
            _take_out(reading, extends, "file", panic(extends["file"]), (*path, "extends"))
        if type(build) is Map and "context" in build and type(build["context"]) is not str:
            _take_out(reading, build, "context", panic(build["context"]), (*path, "build"))
        for mount in _maps_of(service.get("volumes")):
            if mount.get("type") == "bind" and "source" in mount and type(mount["source"]) is not str:
                _take_out(reading, mount, "source", panic(mount["source"]), (*path, "volumes"))
        for entry in _maps_of(develop.get("watch") if type(develop) is Map else None):
            if "path" in entry and type(entry["path"]) not in (str, Seq):
                message = f"unexpected type {type_name(entry['path'])}"
                _take_out(reading, entry, "path", message, (*path, "develop", "watch"))
        if type(files) is Seq:
            for index in range(len(files) - 1, -1, -1):
                if type(files[index]) is not str:
                    message = f"unexpected type {type_name(files[index])}"
                    _take_out(reading, files, index, message, (*path, "label_file"))


def _maps_of(items: Any) -> list[Map]:
    return [item for item in items if type(item) is Map] if type(items) is Seq else []


def _check_keys(
    reading: Reading, values: Map, path: tuple[str, ...], kinds: dict[str, tuple[tuple[type, ...], str]]
) -> None:
    for key in [key for key in values if key in kinds]:
        wanted, what = kinds[key]
        value = values[key]
        if value.__class__ not in wanted:
            _take_out(reading, values, key, f"{'.'.join((*path, key))}: invalid type {type_name(value)}{what}", path)


def _check_items(
    reading: Reading, items: Any, path: tuple[str, ...], problem_of: Callable[[Any, Any, str], str]
) -> None:
    keys = list(items) if type(items) is Map else range(len(items) - 1, -1, -1)
    for key in keys:
        shown = key if type(items) is Map else "[]"
        problem = problem_of(items, items[key], f"{'.'.join(path)}.{shown}")
        if problem:
            _take_out(reading, items, key, problem, path)


def _take_out(reading: Reading, container: Any, key: Any, message: str, path: tuple[str, ...]) -> None:
    at = value_mark(container.places[key])
    reading.refuse(CANONICAL, message, (*path, str(key)), at, "schema_type")
    del container[key], container.places[key]


def _name(items: Any, item: Any, place: str) -> str:
    """A name in a list; in a map anything goes."""
    return "" if type(items) is Map or type(item) is str else panic(item)


def _dependency(items: Any, item: Any, place: str) -> str:
    if type(items) is Seq:
        return _name(items, item, place)
    return "" if type(item) is Map else f"{place}: unsupported value {go_string(items)}"


def _mount(items: Any, item: Any, place: str) -> str:
    """A volume or a device."""
    return "" if type(item) in (str, Map) else f"{place}: invalid type {type_name(item)} for service volume mount"


def _source(items: Any, item: Any, place: str) -> str:
    """A secret or a config."""
    return "" if type(item) in (str, Map) else f"{place}: unsupported type {type_name(item)}"


def _port(items: Any, item: Any, place: str) -> str:
    good = type(item) in (str, int, Map)
    return "" if good else f"{place.rpartition('.')[0]}: invalid type {type_name(item)} for port"


def _context(items: Any, item: Any, place: str) -> str:
    return "" if type(items) is Seq or type(item) is str else panic(item)


def _ssh_key(items: Any, item: Any, place: str) -> str:
    return "" if type(items) is Map or type(item) is str else f"invalid ssh key type {type_name(item)}"


def _declaration(items: Any, item: Any, place: str) -> str:
    return "" if item is None or type(item) is Map else panic(item, "map[string]interface {}")


def _limit(items: Any, item: Any, place: str) -> str:
    """A limit in a list; those in a map are looked at where they become long."""
    good = type(items) is Map or type(item) in (int, Map)
    return "" if good else f"{place}: invalid type {type_name(item)} for external"


_BUILD_ITEMS: dict[str, Callable[[Any, Any, str], str]] = {
    "additional_contexts": _context,
    "secrets": _source,
    "ssh": _ssh_key,
    "ulimits": _limit,
}
_ITEMS: dict[str, Callable[[Any, Any, str], str]] = {
    "configs": _source,
    "depends_on": _dependency,
    "devices": _mount,
    "models": _name,
    "networks": _name,
    "ports": _port,
    "secrets": _source,
    "ulimits": _limit,
    "volumes": _mount,
}
