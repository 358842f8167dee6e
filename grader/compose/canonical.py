"""Short forms become long ones.

Compose: compose-go 2.9.1 (`transform/`). What the schema refused is gone by now, so kinds are as the schema wants them.
"""

from collections.abc import Callable
from typing import Any

from grader.compose.gotext import quote
from grader.compose.govalues import panic, type_name
from grader.compose.mounts import parse_mount
from grader.compose.ports import parse_port
from grader.compose.reading import CANONICAL, Reading
from grader.compose.scalars import MAX_INT
from grader.compose.tree import Map, Place, Seq, key_mark, map_at, new_map, new_seq, seq_at, value_mark
from grader.remembered import remembered

MAX_PORTS = 4096  # of one service that are spelled out of ranges; nothing looks at more

_STARTED = {"condition": "service_started", "required": True}


def expand(reading: Reading, root: Map) -> None:
    """Bring a merged project into its canonical form, in place."""
    services = root.get("services")
    if type(services) is Map:  # a file that is only extended has not met the schema
        for name, service in services.items():
            if type(service) is not Map:
                continue
            for key in [key for key in service if key in _FORMS]:
                service[key] = _FORMS[key](reading, service[key], service.places[key], ("services", name, key))
    for section in ("volumes", "networks", "secrets", "configs"):
        declared = root.get(section)
        if type(declared) is Map:
            for name, item in declared.items():
                if type(item) is not Map:
                    if item is not None and section == "networks":  # of a name that the schema passes over
                        at = value_mark(declared.places[name])
                        message = panic(item, "map[string]interface {}")
                        reading.refuse(CANONICAL, message, (section, name), at, "schema_type")
                elif "external" in item:
                    _external(reading, item, section, name)


Form = Callable[[Reading, Any, Place, tuple[str, ...]], Any]


def _build(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    if type(value) is str:
        return map_at(place, {"context": value})
    if type(value) is Map:
        for key, is_pair in (("additional_contexts", _is_pair), ("ssh", _is_key)):
            if type(value.get(key)) is Seq:
                value[key] = _pairs(reading, value[key], is_pair, (*path, key))
        if type(value.get("ulimits")) is Map:
            _limits(reading, value["ulimits"], (*path, "ulimits"))
        if type(value.get("secrets")) is Seq:
            _named_sources(reading, value["secrets"], place, path)
        for key in ("provenance", "sbom"):
            if type(value.get(key)) is bool:
                value[key] = "true" if value[key] else "false"
    return value


def _limits(reading: Reading, limits: Map, path: tuple[str, ...]) -> None:
    """Refuse limits that are neither a number nor a map; the texts of a service's are cast before."""
    for name in [name for name, limit in limits.items() if type(limit) is not Map]:
        if type(limits[name]) is not int or limits[name] > MAX_INT:
            message = f"{'.'.join((*path, name))}: invalid type {type_name(limits[name])} for external"
            reading.refuse(CANONICAL, message, (*path, name), value_mark(limits.places[name]), "schema_type")
            del limits[name], limits.places[name]


def _ulimits(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    if type(value) is Map:
        _limits(reading, value, path)
    return value


def _is_pair(item: str, dotted: str) -> str | None:
    return None if "=" in item else f"{dotted}: invalid value {item}, expected key=value"


def _is_key(item: str, dotted: str) -> str | None:
    return None if "=" in item or item == "default" else f"invalid ssh key {quote(item)}"


def _pairs(reading: Reading, items: Seq, problem_of: Callable[[str, str], str | None], path: tuple[str, ...]) -> Map:
    """Return a list of `key=value` as a map."""
    made = new_map()
    for item, place in zip(items, items.places, strict=True):
        problem = problem_of(item, ".".join(path))
        if problem is not None:
            reading.refuse(CANONICAL, problem, path, value_mark(place), "list_item")
            continue
        name, equals, text = item.partition("=")
        made[name] = text if equals else None
        made.places[name] = place
    return made


def _depends_on(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    if type(value) is Seq:
        return _keyed(value, _STARTED)
    if type(value) is Map:
        for name, entry in value.items():
            if type(entry) is Map:
                for key in _STARTED.keys() - entry.keys():
                    entry[key] = _STARTED[key]
                    entry.places[key] = value.places[name]
    return value


def _keyed(items: Seq, values: dict[str, Any] | None) -> Map:
    """Return a map whose keys are the items of a list."""
    made = new_map()
    for item, place in zip(items, items.places, strict=True):
        made[item] = None if values is None else map_at(place, values)
        made.places[item] = place
    return made


def _names(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    return _keyed(value, None) if type(value) is Seq else value


def _listed(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    return seq_at(place, [value]) if type(value) is str else value


def _env_file(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    items = seq_at(place, [value]) if type(value) is str else value
    if type(items) is Seq:
        for index, item in enumerate(items):
            if type(item) is str:
                items[index] = map_at(items.places[index], {"path": item, "required": True})
            elif type(item) is Map and "required" not in item:
                item["required"] = True
                item.places["required"] = items.places[index]
    return items


def _volumes(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    if type(value) is Seq:
        for index, item in enumerate(value):
            if type(item) is str:
                value[index] = _mount(item, value.places[index])
    return value


def long_mounts(texts: Seq) -> list[Map]:
    """Return mounts in the short form as maps. Raises `ValueError` if one is no mount."""
    return [_mount(text, place) for text, place in zip(texts, texts.places, strict=True)]


def _mount(text: str, place: Place) -> Map:
    return map_at(place, _mount_values(text))


@remembered
def _mount_values(text: str) -> dict[str, Any]:
    """Return the long form of a mount; it is only copied from."""
    spec = parse_mount(text)
    values: dict[str, Any] = {"type": spec.type, "target": spec.cleaned, SHORT: text}
    if spec.source:
        values["source"] = spec.source
    if spec.read_only:
        values["read_only"] = True
    if spec.options:
        values[OPTIONS] = spec.options
    return values


SHORT = "x-short\0"  # the key under which a mount keeps its short form; no file can hold a NUL
OPTIONS = "x-options\0"  # the options of a short form beside `ro`


def _ports(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    if type(value) is not Seq:
        return value
    made = new_seq()
    for index, item in enumerate(value):
        item_place = value.places[index]
        if type(item) is Map:
            made.append(item)
            made.places.append(item_place)
            continue
        if type(item) not in (int, str) or (type(item) is int and item > MAX_INT):
            message = f"{'.'.join(path)}: invalid type {type_name(item)} for port"
            reading.refuse(CANONICAL, message, (*path, str(index)), value_mark(item_place), "port")
            continue
        try:
            ports = parse_port(str(item)) if len(made) < MAX_PORTS else parse_port(str(item), 1)
        except ValueError as error:
            reading.refuse(CANONICAL, str(error), (*path, str(index)), value_mark(item_place), "port")
            continue
        for port in ports:
            made.append(map_at(item_place, port))
            made.places.append(item_place)
    return made


def _named_sources(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    """Secrets and configs: a name alone is the source."""
    if type(value) is Seq:
        for index, item in enumerate(value):
            if type(item) is str:
                value[index] = map_at(value.places[index], {"source": item})
    return value


def _devices(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    if type(value) is not Seq:
        return value
    for index, item in enumerate(value):
        if type(item) is not str:
            continue
        parts = item.split(":")
        if len(parts) > 3:
            message = f"confusing device mapping, please use long syntax: {item}"
            reading.refuse(CANONICAL, message, (*path, str(index)), value_mark(value.places[index]), "device")
            parts = parts[:3]
        target = parts[1] if len(parts) > 1 and parts[1] else parts[0]
        permissions = parts[2] if len(parts) > 2 else "rwm"
        values = {"source": parts[0], "target": target, "permissions": permissions}
        value[index] = map_at(value.places[index], values)
    return value


def _gpus(reading: Reading, value: Any, place: Place, path: tuple[str, ...]) -> Any:
    return seq_at(place, [map_at(place, {"count": "all"})]) if type(value) is str else value


def _external(reading: Reading, item: Map, section: str, name: str) -> None:
    """Turn the old form `external: {name: x}` into a name and a boolean."""
    outer = item["external"]
    if type(outer) is not Map:
        return
    place = item.places["external"]
    item["external"] = True
    if "name" not in outer:
        return
    reading.warn(
        CANONICAL,
        f"{section}.{name}: external.name is deprecated. Please set name and external: true",
        value_mark(place),
    )
    if "name" not in item:
        item["name"] = outer["name"]
        item.places["name"] = outer.places["name"]
    elif item["name"] != outer["name"]:
        message = f"{section}.{name}: name and external.name conflict; only use name"
        reading.refuse(CANONICAL, message, (section, name, "external"), key_mark(place), "volume_external_conflict")


_FORMS: dict[str, Form] = {
    "build": _build,
    "configs": _named_sources,
    "depends_on": _depends_on,
    "devices": _devices,
    "dns": _listed,
    "env_file": _env_file,
    "gpus": _gpus,
    "label_file": _listed,
    "models": _names,
    "networks": _names,
    "ports": _ports,
    "secrets": _named_sources,
    "ulimits": _ulimits,
    "volumes": _volumes,
}
