"""Lists of a service in which every key, target or name may be there once: the last one wins, at the first one's place.

Compose: compose-go 2.9.1 (`override/uncity.go`). What has no key is refused here, before the schema is looked at; it is
then replaced by what was meant, as far as that is clear, or taken out.
"""

from collections.abc import Callable
from typing import Any

from grader.compose.govalues import go_string, panic, type_name
from grader.compose.items import path_of
from grader.compose.mounts import parse_mount
from grader.compose.reading import UNIQUE, UNIQUE_AGAIN, Reading
from grader.compose.scalars import MAX_INT, to_text
from grader.compose.tree import Map, Place, Seq, map_at, value_mark


class NoKey(Exception):
    """An item without a key. `message` is Compose's, `repaired` what stands for the item (None: nothing)."""

    def __init__(self, message: str, kind: str, repaired: Any = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.repaired = repaired


def enforce_again(reading: Reading, root: Map) -> None:
    """Make unique what the long forms show to be the same: cleaned targets, ports out of ranges."""
    for name, service in _maps(root.get("services")):
        mounts = service.get("volumes")
        if type(mounts) is Seq and len(mounts) > 1 and len({mount.get("target") for mount in mounts}) != len(mounts):
            _enforce(reading, mounts, _mount, ("services", name, "volumes"), UNIQUE_AGAIN)
        ports = service.get("ports")
        if type(ports) is Seq and ports and (len(ports) > 1 or "target" not in ports[0]):
            _enforce(reading, ports, _port, ("services", name, "ports"), UNIQUE_AGAIN)


def enforce(reading: Reading, root: Map) -> None:
    """Make the lists of all services unique, in place."""
    stage = UNIQUE
    services = root.get("services")
    if type(services) is Map:
        for name, service in services.items():
            if type(service) is not Map:
                continue
            for key, value in service.items():
                if value.__class__ is Seq and key in _KEYS:
                    _enforce(reading, value, _KEYS[key], ("services", name, key), stage)
            _enforce_below(reading, service, ("services", name), stage)
    for name, network in _maps(root.get("networks")):
        if type(network.get("labels")) is Seq:
            _enforce(reading, network["labels"], _text, ("networks", name, "labels"), stage)
        ipam = network.get("ipam")
        if type(ipam) is Map and type(ipam.get("options")) is Seq:
            _enforce(reading, ipam["options"], _text, ("networks", name, "ipam", "options"), stage)


_BUILD_LISTS = dict.fromkeys(("args", "additional_contexts", "platform", "tags", "labels")).keys()


def _enforce_below(reading: Reading, service: Map, steps: tuple[str, ...], stage: int) -> None:
    build = service.get("build")
    if type(build) is Map and not _BUILD_LISTS.isdisjoint(build):
        for key in _BUILD_LISTS:
            if type(build.get(key)) is Seq:
                _enforce(reading, build[key], _text, (*steps, "build", key), stage)
    deploy = service.get("deploy")
    if type(deploy) is Map and type(deploy.get("labels")) is Seq:
        _enforce(reading, deploy["labels"], _text, (*steps, "deploy", "labels"), stage)
    networks = service.get("networks")
    for name, network in _maps(networks) if type(networks) is Map else ():
        for key in ("aliases", "link_local_ips"):
            if type(network.get(key)) is Seq:
                _enforce(reading, network[key], _text, (*steps, "networks", name, key), stage)


def _maps(value: Any) -> list[tuple[str, Map]]:
    if type(value) is not Map:
        return []
    return [(key, item) for key, item in value.items() if type(item) is Map]


def _enforce(
    reading: Reading, items: Seq, key_of: Callable[[Any, str], Any], steps: tuple[str, ...], stage: int
) -> None:
    if len(items) == 1 and items[0].__class__ is str and key_of is not _mount:
        return  # one alone is unique, and of the texts only those of mounts may have no key
    try:
        if len({key_of(item, "") for item in items}) == len(items):
            return
    except NoKey:
        pass  # seen to below
    known: dict[Any, int] = {}
    kept: list[Any] = []
    places: list[Place] = []
    for index, item in enumerate(items):
        place = items.places[index]
        try:
            key = key_of(item, "")
        except NoKey:
            item, key = _repair(reading, item, key_of, (*steps, index), place, stage)
            if key is None:
                continue
        at = known.get(key)
        if at is None:
            known[key] = len(kept)
            kept.append(item)
            places.append(place)
        else:
            kept[at] = item
            places[at] = place
    items[:] = kept
    items.places[:] = places


def _repair(
    reading: Reading, item: Any, key_of: Callable[[Any, str], Any], steps: tuple[Any, ...], place: Place, stage: int
) -> tuple[Any, Any]:
    """Refuse an item, and return what stands for it and its key; both are None if nothing does."""
    dotted = ".".join((*steps[:-1], f"[{steps[-1]}]"))
    try:
        return item, key_of(item, dotted)
    except NoKey as error:
        reading.refuse(stage, str(error), path_of(steps, item), value_mark(place), error.kind)
        repaired = error.repaired
    if type(repaired) is Map:
        repaired = map_at(place, dict(repaired))
    try:
        return (repaired, key_of(repaired, dotted)) if repaired is not None else (None, None)
    except NoKey:
        return None, None


def _text(item: Any, dotted: str) -> str:
    """Return the key of `KEY=value`."""
    if type(item) is str:
        return item.partition("=")[0]
    repaired = None
    if type(item) is Map and len(item) == 1:
        name, value = next(iter(item.items()))
        repaired = name if value is None else None if isinstance(value, (Map, Seq)) else f"{name}={to_text(value)}"
    elif item is not None and type(item) not in (Map, Seq):
        repaired = to_text(item)
    raise NoKey(f"{dotted}: unexpected type {type_name(item)}", "env_list_item", repaired)


def _mount(item: Any, dotted: str) -> str:
    """Return the target of a mount."""
    if type(item) is Map:
        target = item.get("target")
        if type(target) is str:
            return target
        raise NoKey(f"service volume {dotted} is missing a mount target", "volume_no_target", _meant_mount(item))
    if type(item) is not str:
        return ""
    try:
        return parse_mount(item).target
    except ValueError as error:
        raise NoKey(str(error), "volume_spec", _meant_spec(item)) from None


def _meant_mount(item: Map) -> Any:
    """Return the mount that `db: /data` or a long form with the names of Docker's own options stands for."""
    for name in ("target", "dst", "destination"):
        if item.get(name) is not None and type(item[name]) not in (Map, Seq):
            meant = {key: value for key, value in item.items() if key not in (name, "src", "dst", "destination")}
            if "src" in item:
                meant["source"] = item["src"]
            return _as_map({**meant, "target": to_text(item[name])})
    if len(item) != 1 or "type" in item or "source" in item:
        return None
    source, target = next(iter(item.items()))
    if target is None:
        source = source.rstrip(": ")
        return source if ":" in source else None
    if type(target) is not str or not target.strip(": "):
        return None
    return f"{source.strip()}:{target.strip(': ')}"


def _as_map(values: dict[str, Any]) -> Map:
    made = Map(values)
    made.places = {}
    return made


def _meant_spec(item: str) -> str | None:
    """Return a short form without its empty parts and without what follows the options."""
    parts = [part for part in item.split(":") if part]
    meant = ":".join(parts[:3])
    try:
        parse_mount(meant)
    except ValueError:
        return None
    return meant


def _device(item: Any, dotted: str) -> str:
    if type(item) is Map:
        target = item.get("target")
        if type(target) is not str:
            raise NoKey(f"service device {dotted} is missing a mount target", "device_no_target")
        return target
    if type(item) is not str:
        return ""
    parts = item.split(":")
    return parts[1] if len(parts) > 1 else parts[0]


def _expose(item: Any, dotted: str) -> str:
    if type(item) is str or (type(item) is int and item <= MAX_INT):
        return str(item)
    raise NoKey(f"{dotted}: unsupported expose value {go_string(item)}", "list_item")


def _file_mount(folder: str) -> Callable[[Any, str], Any]:
    def key_of(item: Any, dotted: str) -> Any:
        if type(item) is str:
            return f"{folder}/{item}"
        if type(item) is Map:
            if "target" not in item:
                return f"{folder}/{go_string(item.get('source'))}"
            if type(item["target"]) is not str:
                raise NoKey(panic(item["target"]), "schema_type")
            return item["target"]
        raise NoKey(f"{dotted}: unsupported expose value {go_string(item)}", "list_item")

    return key_of


def _port(item: Any, dotted: str) -> str:
    if type(item) is Map:
        if "target" not in item:
            raise NoKey(f"service ports {dotted} is missing a target port", "port_no_target")
        host, protocol = item.get("host_ip", "0.0.0.0"), item.get("protocol", "tcp")
        published = go_string(item.get("published"))  # a number is not the same as its text
        return f"{host}:{published}:{item['target']}/{protocol}"
    return str(item) if type(item) in (str, int) else ""


def _env_file(item: Any, dotted: str) -> str:
    if type(item) is Map:
        if "path" not in item:
            raise NoKey(f"environment path attribute {dotted} is missing", "env_file_no_path")
        if type(item["path"]) is not str:
            raise NoKey(panic(item["path"]), "schema_type")
        return item["path"]
    return item if type(item) is str else ""


_KEYS: dict[str, Callable[[Any, str], Any]] = {
    "annotations": _text,
    "cap_add": _text,
    "cap_drop": _text,
    "configs": _file_mount(""),
    "devices": _device,
    "dns": _text,
    "dns_opt": _text,
    "dns_search": _text,
    "environment": _text,
    "env_file": _env_file,
    "expose": _expose,
    "labels": _text,
    "links": _text,
    "ports": _port,
    "profiles": _text,
    "secrets": _file_mount("/run/secrets"),
    "sysctls": _text,
    "tmpfs": _text,
    "volumes": _mount,
}
